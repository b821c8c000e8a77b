// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"fmt"
	"net/url"
	"strings"
)

// gitlabInspector is what is particular to GitLab, beside what it is asked (gitlabHost) and what is made of the answers.
type gitlabInspector struct{}

const notForAPI = "GitLab does not accept it for its API"

// gitlabKinds are from GitLab's "Token overview".
var gitlabKinds = []kindPrefix{
	{prefix: "glpat-"}, // personal, group and project access tokens alike
	{prefix: "gldt-", kind: KindDeploy, unusable: notForAPI},
	{prefix: "glcbt-", kind: KindJob, unusable: "it ends with its job"},
	{prefix: "glptt-", kind: KindTrigger, unusable: "it can do nothing but start pipelines"},
	{prefix: "glrtr-", kind: KindRunner, unusable: notForAPI},
	{prefix: "glrt-", kind: KindRunner, unusable: notForAPI},
	{prefix: "glft-", kind: KindFeed, unusable: notForAPI},
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
				"Devtron would look for GitLab's API at "+web+"/api/v4, which does not exist. The group belongs into group_id.\nWrite host = \"https://gitlab.com/\".")
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

func (gitlabInspector) open(s *session) (host, error) { return newGitLabHost(s) }

func (gitlabInspector) accepted(f Facts) bool {
	if f.Token.Failed(FailUnauthorized) {
		// GitLab before 15.5 may answer 401 for the token's description and still accept the token for the group.
		return f.Target.OK() || f.Target.Failed(FailNotFound, FailForbidden, FailScope, FailGranular)
	}
	return !unauthorized(f)
}

func (gitlabInspector) tokenPage(_ *judgment, web string) string {
	return web + "/-/user_settings/personal_access_tokens"
}

func (gitlabInspector) question(j *judgment) {
	if wrong := validGroup(j.q.GroupID); wrong != "" {
		j.fail(AttributeGroupID, "group_invalid", "This cannot be a GitLab group id", upperFirst(wrong)+". Write the number that the group's page shows.")
	}
}

func (gitlabInspector) rejected(j *judgment, failure Failure) {
	if !gitLabOAuth.MatchString(j.q.Token) {
		j.rejected(failure)
		return
	}
	j.a.Kind = KindOAuth
	j.fail(AttributeToken, "kind_unusable", "Devtron cannot use this GitLab token, which looks like an OAuth access token",
		fmt.Sprintf("%s answered: %s.", j.web, failure.said()),
		"Devtron sends the token in the header PRIVATE-TOKEN, where GitLab accepts no OAuth access token; besides, such tokens end after two hours.",
		"Use a personal or group access token with the scope api: "+j.tokenPage()+".")
}

func (gitlabInspector) judge(j *judgment) { j.gitlab() }
