// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"regexp"
	"strings"
	"unicode"
)

// Kinds of token, as [Answer].Kind names them.
const (
	KindClassic         = "classic"          // GitHub: classic personal access token
	KindFineGrained     = "fine-grained"     // GitHub: fine-grained personal access token
	KindAppUser         = "app-user"         // GitHub: a GitHub App acting for a user
	KindAppInstallation = "app-installation" // GitHub: an installation of a GitHub App
	KindAppRefresh      = "app-refresh"      // GitHub: renews the two above, no access token itself
	KindOAuth           = "oauth"            // all: OAuth app acting for a user
	KindPersonal        = "personal"         // GitLab, Azure DevOps: personal access token
	KindGroup           = "group"            // GitLab: group access token
	KindProject         = "project"          // GitLab, Bitbucket: project access token
	KindAPI             = "api-token"        // Bitbucket: API token of a user
	KindWorkspace       = "workspace"        // Bitbucket: workspace access token
	KindRepository      = "repository"       // Bitbucket: repository access token
	KindAppPassword     = "app-password"     // Bitbucket: app password, no longer accepted
	KindGranular        = "granular"         // GitLab: fine-grained personal access token
	KindDeploy          = "deploy"           // GitLab: deploy token
	KindJob             = "job"              // GitLab: CI/CD job token
	KindTrigger         = "trigger"          // GitLab: pipeline trigger token
	KindRunner          = "runner"           // GitLab: runner token
	KindFeed            = "feed"             // GitLab: feed token
	KindAgent           = "agent"            // GitLab: agent for Kubernetes
	KindSCIM            = "scim"             // GitLab: SCIM token
	KindOAuthSecret     = "oauth-secret"     // GitLab: secret of an OAuth application
)

// kindPrefix is how tokens of one kind begin.
type kindPrefix struct {
	prefix   string
	provider Provider // filled in by prefixOf
	kind     string
	// unusable says why Devtron cannot use tokens of this kind; "" = it can.
	unusable string
}

// prefixOf finds the kind that a token's first characters tell. The zero value means: they tell nothing, as with
// GitHub tokens made before 2021 and with self-managed GitLab, where an administrator chooses the prefix.
func prefixOf(token string) kindPrefix {
	for p, row := range gitProviders {
		for _, known := range row.kinds { // no prefix begins another
			if strings.HasPrefix(token, known.prefix) {
				known.provider = p
				return known
			}
		}
	}
	return kindPrefix{}
}

// describeKind names a kind for people.
func describeKind(k string) string {
	names := map[string]string{
		KindClassic: "classic personal access token", KindFineGrained: "fine-grained personal access token",
		KindAppUser: "GitHub App user token", KindAppInstallation: "GitHub App installation token",
		KindAppRefresh: "GitHub App refresh token", KindOAuth: "OAuth access token",
		KindPersonal: "personal access token", KindGroup: "group access token", KindProject: "project access token",
		KindGranular: "fine-grained personal access token", KindDeploy: "deploy token", KindJob: "CI/CD job token",
		KindTrigger: "pipeline trigger token", KindRunner: "runner token", KindFeed: "feed token",
		KindAPI: "API token", KindWorkspace: "workspace access token", KindRepository: "repository access token",
		KindAppPassword: "app password", KindAgent: "agent token", KindSCIM: "SCIM token", KindOAuthSecret: "OAuth application secret",
	}
	if name := names[k]; name != "" {
		return name
	}
	return "access token"
}

// gitLabOAuth is the form of GitLab's OAuth tokens, which have no prefix: 64 hexadecimal digits.
var gitLabOAuth = regexp.MustCompile(`^[0-9a-f]{64}$`)

// gitLabBot is the user name that GitLab gives the bot user of a group or project access token.
var gitLabBot = regexp.MustCompile(`^(group|project)_\d+_bot`)

// strayCharacter describes what no token contains; "" = the token may be one. Such a value is not sent anywhere.
func strayCharacter(token string) string {
	switch {
	case strings.TrimRight(token, "\r\n") != token:
		return "it ends with a line break, as the content of a file often does: write trimspace(file(...))"
	case strings.TrimSpace(token) != token:
		return "it begins or ends with a blank: write trimspace(...) around it"
	case strings.ContainsFunc(token, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }):
		return "it contains blanks or line breaks"
	case strings.ContainsFunc(token, func(r rune) bool { return r > unicode.MaxASCII }):
		return "it contains characters that no token has"
	}
	return ""
}
