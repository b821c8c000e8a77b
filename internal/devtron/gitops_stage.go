// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
)

// Cause is why a stage of the dry run failed, as far as its message shows it.
type Cause int

// Causes of a failed stage.
const (
	// CauseUnknown: the message does not show the cause.
	CauseUnknown Cause = iota
	// CauseToken: the git host does not accept the token.
	CauseToken
	// CausePermission: the git host accepts the token, but refuses the request.
	CausePermission
	// CauseOwner: the organization, group, project or workspace was not found.
	CauseOwner
	// CauseLimit: the git host refuses further requests for a while.
	CauseLimit
	// CauseGitHost: the git host failed.
	CauseGitHost
	// CauseNetwork: Devtron has no connection to the git host.
	CauseNetwork
	// CauseCertificate: Devtron does not trust the certificate of the git host.
	CauseCertificate
	// CauseCA: Devtron cannot read the CA certificate of the configuration.
	CauseCA
	// CauseHost: the address of the git host is not a URL.
	CauseHost
	// CauseWebPage: a web page answered, such as a sign-in page.
	CauseWebPage
	// CauseClone: git could not clone the repository that the dry run created.
	CauseClone
	// CauseDelete: the repository that the dry run created could not be deleted.
	CauseDelete
)

// stageDelete is the stage that shows the cause by its name.
const stageDelete = "Delete Repo"

// hostStatus finds the HTTP status of a git host in a message of Devtron's libraries, such as
// "GET https://api.github.com/...: 401 Bad credentials []", "{message: 401 Unauthorized}", and
// "404 Not Found" (08-39).
var hostStatus = pattern.New(`(?:^|: )([1-5]\d\d) `)

// causeWords are words of messages without a status. The first match counts.
var causeWords = []struct {
	words string
	cause Cause
}{
	{"failed to append certificates", CauseCA},
	{"invalid header field value", CauseToken},
	{"x509: ", CauseCertificate},
	{"tls: failed to verify certificate", CauseCertificate},
	{"unsupported protocol scheme", CauseHost},
	{"invalid URI for request", CauseHost},
	{"no gitlab group id found", CauseOwner},
	{"rate limit", CauseLimit},
	{"Too Many Requests", CauseLimit},
	{"invalid character '<'", CauseWebPage},
	{"dial tcp", CauseNetwork},
	{"no such host", CauseNetwork},
	{"connection re", CauseNetwork}, // refused, reset
	{"timeout", CauseNetwork},
	{"deadline exceeded", CauseNetwork},
	{"EOF", CauseNetwork},
}

// StageCause returns why a stage of the dry run failed. Messages differ with the git host and its
// version, so that everything uncertain is CauseUnknown.
func StageCause(stage, message string) Cause {
	if stage == stageDelete {
		return CauseDelete
	}
	for _, known := range causeWords {
		if strings.Contains(message, known.words) {
			return known.cause
		}
	}
	if found := hostStatus.FindStringSubmatch(message + " "); found != nil {
		status, _ := strconv.Atoi(found[1])
		if cause := statusCause(status, stage); cause != CauseUnknown {
			return cause
		}
	}
	if strings.HasPrefix(stage, "Clone") {
		return CauseClone
	}
	return CauseUnknown
}

func statusCause(status int, stage string) Cause {
	switch {
	case status == http.StatusUnauthorized:
		return CauseToken
	case status == http.StatusForbidden:
		return CausePermission
	case status == http.StatusNotFound && !strings.HasPrefix(stage, "Clone"):
		return CauseOwner
	case status == http.StatusTooManyRequests:
		return CauseLimit
	case status >= http.StatusInternalServerError:
		return CauseGitHost
	default:
		return CauseUnknown
	}
}
