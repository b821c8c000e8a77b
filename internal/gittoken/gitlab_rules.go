// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// gitlabInspector is what is particular to GitLab, beside what it is asked (gitlabHost) and what is made of the answers.
type gitlabInspector struct{}

const notForAPI = "GitLab does not accept it for its API"

// gitlabKinds are from GitLab's "Token overview". Prefixes that an administrator chose are not among them.
var gitlabKinds = []tokenKind{
	{prefix: "glpat-"}, // personal, group and project access tokens alike
	{prefix: "gldt-", kind: KindDeploy, unusable: notForAPI},
	{prefix: "glcbt-", kind: KindJob, unusable: "it expires when its job ends"},
	{prefix: "glptt-", kind: KindTrigger, unusable: "it can only start pipelines"},
	{prefix: "glrtr-", kind: KindRunner, unusable: notForAPI},
	{prefix: "glrt-", kind: KindRunner, unusable: notForAPI},
	{prefix: "glft-", kind: KindFeed, unusable: notForAPI},
	{prefix: "glimt-", kind: KindIncomingMail, unusable: notForAPI},
	{prefix: "glffct-", kind: KindFeatureFlags, unusable: notForAPI},
	{prefix: "glwt-", kind: KindWorkspaceAgent, unusable: notForAPI},
	{prefix: "glagent-", kind: KindAgent, unusable: notForAPI},
	{prefix: "glsoat-", kind: KindSCIM, unusable: notForAPI},
	{prefix: "gloas-", kind: KindOAuthSecret, unusable: "it is the secret of an application, not a token"},
}

// gitlabScopes are the documented ones; api alone is enough for a personal token.
var gitlabScopes = []Scope{
	{
		Name: "api", Missing: Error, MissingWithCustomRepository: Error,
		Why: "find the group, create and delete projects, commit files",
	},
	{Name: "read_user", Missing: Error, MissingWithCustomRepository: Error, ImpliedBy: "api", Why: "read the token owner's profile"},
	{Name: "read_api", Missing: Error, MissingWithCustomRepository: Error, ImpliedBy: "api", Why: "read groups and projects"},
	{Name: "read_repository", Missing: Error, MissingWithCustomRepository: Error, ImpliedBy: "api", Why: "clone the GitOps repositories"},
	{Name: "write_repository", Missing: Error, MissingWithCustomRepository: Error, ImpliedBy: "api", Why: "push to the GitOps repositories"},
	{Name: "read_registry", Missing: Error, MissingWithCustomRepository: Error, ImpliedBy: "api", Why: "asked for by Devtron's documentation: read container images"},
	{Name: "write_registry", Missing: Error, MissingWithCustomRepository: Error, ImpliedBy: "api", Why: "asked for by Devtron's documentation: write container images"},
}

// gitlabImplied is from GitLab's "Access token scopes" and the abilities in its lib/gitlab/auth.rb.
var gitlabImplied = map[string][]string{
	"api":              {"read_user", "read_api", "read_repository", "write_repository", "read_registry", "write_registry"},
	"read_api":         {"read_user", "read_repository", "read_registry"},
	"write_repository": {"read_repository"},
}

func (gitlabInspector) address(u *url.URL) address {
	name := strings.ToLower(u.Hostname())
	path, hasAPI := strings.CutSuffix(strings.TrimRight(u.EscapedPath(), "/"), "/api/v4")
	path = strings.TrimRight(path, "/")
	web := origin(u) + path
	a := address{web: web}
	switch {
	case name == gitlabName && publicPort(u):
		a.web = "https://gitlab.com"
		if path != "" {
			a.problem = hostProblem(Error, "gitlab_host", "The GitLab host must not contain a group",
				"Devtron would look for GitLab's API at "+web+"/api/v4, which does not exist. The group belongs in group_id.\nWrite host = \"https://gitlab.com/\".")
		} else if !strings.EqualFold(u.Scheme, "https") {
			a.problem = hostProblem(Warning, "gitlab_host", "The GitLab host is not https",
				"Devtron would send the token in clear.\nWrite host = \"https://gitlab.com/\".")
		}
	case hasAPI:
		a.problem = hostProblem(Warning, "gitlab_host", "The host should not end in /api/v4",
			"Devtron finds the API itself, and takes this value for the address of the repositories as well, where /api/v4 is wrong.\nWrite host = \""+web+"\".")
	}
	a.api = apiURL(a.web + "/api/v4/")
	return a
}

func (gitlabInspector) credential(q Question) (header, value string) { return "Private-Token", q.Token }

// gitlabMessage is how GitLab's messages begin: with the status.
var gitlabMessage = regexp.MustCompile(`^[1-5][0-9]{2}( |$)`)

// refusal knows GitLab's two shapes of error, {"message":"401 Unauthorized"} and {"error":...,"error_description":...}, and the plain
// text of its rate limits, which an administrator may change.
func (gitlabInspector) refusal(status int, header http.Header, body []byte) refusal {
	marked := header.Get("X-Gitlab-Meta") != ""
	if status == http.StatusTooManyRequests {
		text := strings.TrimSpace(string(body))
		if text == "Retry later" || header.Get("Ratelimit-Name") != "" || header.Get("Ratelimit-Observed") != "" {
			return refusal{own: true, message: text}
		}
	}
	var said struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
		Message     any    `json:"message"`
	}
	if json.Unmarshal(body, &said) != nil {
		return refusal{own: marked && status >= http.StatusInternalServerError}
	}
	message, _ := said.Message.(string)
	r := refusal{own: marked}
	switch {
	case said.Description != "":
		r.message = said.Description
		switch said.Error {
		case "insufficient_scope":
			r.own, r.class = true, FailScope
		case "insufficient_granular_scope":
			r.own, r.class = true, FailGranular
		case "invalid_token", "unauthorized", "dpop_error":
			r.own = true
		}
	case message != "":
		r.message, r.own = message, marked || gitlabMessage.MatchString(message)
	case said.Error != "":
		r.message, r.own = said.Error, marked || gitlabMessage.MatchString(said.Error)
	}
	return r
}

func (gitlabInspector) open(s *session) (host, error) { return newGitLabHost(s) }

func (gitlabInspector) accepted(f Facts) bool {
	if f.Token.Failed(FailUnauthorized) {
		// GitLab before 15.5 may answer 401 for the token's description and still accept the token for the group.
		return f.Target.OK() || f.Target.Failed(FailNotFound, FailForbidden, FailScope, FailGranular)
	}
	return !unauthorized(f)
}

func (gitlabInspector) tokenPage(j *judgment, web string) string {
	group := j.f.Target.Name
	topLevel, _, _ := strings.Cut(group, "/")
	switch {
	case group == "":
	case j.a.Kind == KindGroup:
		return web + "/groups/" + group + "/-/settings/access_tokens"
	case j.a.Kind == KindServiceAccount:
		return web + "/groups/" + topLevel + "/-/settings/service_accounts"
	}
	return web + "/-/user_settings/personal_access_tokens"
}

func (gitlabInspector) question(j *judgment) {
	if wrong := validGroup(j.q.GroupID); wrong != "" {
		j.fail(AttributeGroupID, "group_invalid", "This cannot be a GitLab group id", upperFirst(wrong)+".", "Write the group id that the group's page shows.")
	}
}

// rejected adds what a form suggests that other tokens may have as well.
func (gitlabInspector) rejected(j *judgment, failure Failure) {
	known := kindOf(GitLab, j.q.Token)
	switch {
	case gitLabOAuth.MatchString(j.q.Token):
		j.rejected(failure, "It has the form of an OAuth access token. Devtron sends a token in the header PRIVATE-TOKEN, in which GitLab accepts no OAuth access token, and these expire after two hours.",
			"If it is one, use a personal or group access token with the scope api.")
	case known.provider != "" && known.provider != GitLab:
		other := gitProviders[known.provider].name
		j.rejected(failure, fmt.Sprintf("It looks like %s token. If it is one, set git_provider = %q, or use a GitLab token.", withArticle(other), known.provider))
	default:
		j.rejected(failure)
	}
}

func (gitlabInspector) judge(j *judgment) { j.gitlab() }
