// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
)

// envelope has all of the shapes in which Devtron replies: "result" of the handlers, "errors" of
// their failures (some with HTTP 200), a text "result" of the authentication middleware and of some
// handlers that refuse, an object "result" of a chart repository that failed, and "error" of a
// recovered panic.
type envelope struct {
	Code   *int            `json:"code"`
	Result json.RawMessage `json:"result"`
	Errors []envelopeError `json:"errors"`
	Error  string          `json:"error"`
}

type envelopeError struct {
	Code            json.RawMessage `json:"code"`
	InternalMessage string          `json:"internalMessage"`
	UserMessage     json.RawMessage `json:"userMessage"`
}

// requestedBy is what Devtron tells users in place of an error of the database or of Argo CD.
var requestedBy = pattern.New(`^requested by \d+$`)

// message is the user message, or the internal one where that says nothing.
func (e envelopeError) message() string {
	message := looseText(e.UserMessage)
	if message == "" || requestedBy.MatchString(message) && e.InternalMessage != "" {
		return strings.TrimSuffix(strings.TrimPrefix(e.InternalMessage, "[{"), "}]")
	}
	return message
}

// recoveredPanic is the text of Devtron's reply where a handler crashed.
const recoveredPanic = "internal server error"

// failure extracts code and text of an error and says whether it has one of Devtron's own forms. It
// is strict, because what stands in front of Devtron replies with JSON too, and because what
// Devtron itself said ends the search for a write whose reply was lost. Every recorded envelope
// repeats the HTTP status.
func (e envelope) failure(status int) (code, message string, known bool) {
	if e.Code == nil {
		return "", e.Error, e.Error == recoveredPanic && status == http.StatusInternalServerError
	}
	if *e.Code != status {
		return "", "", false
	}
	if len(e.Errors) > 0 {
		var messages []string // one for each field that is not valid
		for _, failed := range e.Errors {
			if message := failed.message(); message != "" {
				messages = append(messages, message)
			}
		}
		return looseText(e.Errors[0].Code), strings.Join(messages, "; "), len(messages) > 0
	}
	if len(e.Result) > 0 && e.Result[0] == '"' {
		return "", looseText(e.Result), true
	}
	var custom struct {
		CustomErrMsg, ActualErrMsg string
	}
	if json.Unmarshal(e.Result, &custom) != nil || custom.CustomErrMsg == "" {
		return "", "", false
	}
	return "", customMessage(custom.CustomErrMsg, custom.ActualErrMsg), true
}

// customMessage joins Devtron's own words about a chart repository and those that it quotes.
func customMessage(custom, actual string) string { return strings.TrimSuffix(custom+": "+actual, ": ") }

// looseText reads a JSON string, and anything else as it is written: Devtron is not strict about
// the types in its errors.
func looseText(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// wordings are the words by which failures of one status are told apart. This is the only place
// that goes by the wording of a message. Statuses are those that Devtron has sent with the words in
// one version or another; none means any.
var wordings = []struct {
	words    string
	statuses []int
	kind     Kind
}{
	// Projects, clusters, environments, git accounts, registries; then chart repositories and
	// registries.
	{"before deleting this ", nil, InUse},
	{"found charts deployed", nil, InUse},
	{"found chart deployments", nil, InUse},
	// A PUT of an id that does not exist, or does not exist anymore.
	{"update failed, does not exist", []int{http.StatusInternalServerError}, NotFound},
	{"update failed, provider does not exist", []int{http.StatusInternalServerError}, NotFound},
	{"failed to update in sync", []int{http.StatusInternalServerError}, Unsynced},
	{"failed to create in db", []int{http.StatusInternalServerError}, NotStorable},
	{"failed to update in db", []int{http.StatusInternalServerError}, NotStorable},
	{"update failed in db", []int{http.StatusInternalServerError}, NotStorable},
	// Since v1.8.0 Devtron says 409, and says it too where a field cannot be changed.
	{"cannot be changed", []int{http.StatusConflict}, Rejected},
	{"already exist", []int{http.StatusInternalServerError}, Conflict},
	{"already used", []int{http.StatusInternalServerError}, Conflict},
}

// kindOf maps a status to a kind. A status is Devtron's word only in Devtron's own form; in any
// other form something else has replied.
func kindOf(status int, known bool, message string) Kind {
	if !known {
		if status < 400 || status == http.StatusNotFound || status == http.StatusMethodNotAllowed {
			return NotDevtron
		}
		return Intercepted
	}
	for _, w := range wordings {
		if strings.Contains(message, w.words) && (w.statuses == nil || slices.Contains(w.statuses, status)) {
			return w.kind
		}
	}
	switch {
	case status == http.StatusUnauthorized:
		return Unauthorized
	case status == http.StatusForbidden:
		return Forbidden
	case status == http.StatusNotFound:
		return NotFound
	case status == http.StatusConflict:
		return Conflict
	case status == http.StatusPreconditionFailed:
		return Precondition
	case status >= 500, status == http.StatusTooManyRequests, status == http.StatusOK:
		return ServerError
	case status >= 400:
		return Rejected
	default:
		return NotDevtron
	}
}
