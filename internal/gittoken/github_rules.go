// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// githubInspector is what is particular to GitHub, beside what it is asked (githubHost) and what is made of the answers.
type githubInspector struct{}

// githubKinds are from GitHub's "About authentication to GitHub".
var githubKinds = []tokenKind{
	{prefix: "github_pat_", kind: KindFineGrained},
	{prefix: "ghp_", kind: KindClassic},
	{prefix: "gho_", kind: KindOAuth},
	{prefix: "ghu_", kind: KindAppUser},
	{prefix: "ghs_", kind: KindAppInstallation, unusable: "it expires one hour after it was generated, and Devtron stores the token permanently"},
	{prefix: "ghr_", kind: KindAppRefresh, unusable: "it only renews other tokens, and GitHub does not accept it for its API"},
}

// githubScopes are the documented ones. No request that Devtron makes needs admin:org.
var githubScopes = []Scope{
	{
		Name: "repo", Missing: Error, MissingWithCustomRepository: Error,
		Why: "create the private GitOps repositories in the organization and push to them",
	},
	{
		Name: "admin:org", Missing: Error, MissingWithCustomRepository: Warning,
		Why: "asked for by Devtron's documentation; may be left out where every application names its own GitOps repository",
	},
	{
		Name: "delete_repo", Missing: Warning, MissingWithCustomRepository: Warning,
		Why: "delete the repository that Devtron's dry run creates; without it one is left behind by every save",
	},
}

// githubImplied is from GitHub's "Scopes for OAuth apps". GitHub leaves implied scopes out of its header.
var githubImplied = map[string][]string{
	"repo":                  {"repo:status", "repo_deployment", "public_repo", "repo:invite", "security_events"},
	"user":                  {"read:user", "user:email", "user:follow"},
	"admin:org":             {"write:org", "read:org", "manage_runners:org"},
	"write:org":             {"read:org"},
	"admin:repo_hook":       {"write:repo_hook", "read:repo_hook"},
	"write:repo_hook":       {"read:repo_hook"},
	"admin:public_key":      {"write:public_key", "read:public_key"},
	"write:public_key":      {"read:public_key"},
	"admin:gpg_key":         {"write:gpg_key", "read:gpg_key"},
	"write:gpg_key":         {"read:gpg_key"},
	"admin:ssh_signing_key": {"write:ssh_signing_key", "read:ssh_signing_key"},
	"write:ssh_signing_key": {"read:ssh_signing_key"},
	"project":               {"read:project"},
	"admin:enterprise":      {"manage_runners:enterprise", "manage_billing:enterprise", "read:enterprise"},
	"write:packages":        {"read:packages"},
	"write:discussion":      {"read:discussion"},
	"audit_log":             {"read:audit_log"},
	"codespace":             {"codespace:secrets"},
	"copilot":               {"manage_billing:copilot"},
}

func (githubInspector) address(u *url.URL) address {
	name := strings.ToLower(u.Hostname())
	path, hasAPI := strings.CutSuffix(strings.TrimRight(u.EscapedPath(), "/"), "/api/v3")
	path = strings.TrimRight(path, "/")
	at := func(api, web string) address { return address{api: apiURL(api), web: web} }
	switch {
	case isDotcom(name, githubName) && publicPort(u):
		a := at("https://api.github.com/", "https://github.com")
		switch {
		// Devtron takes api.github.com for the host spelled exactly github.com, and adds /api/v3 to all others.
		case u.Host != githubName || hasAPI:
			a.problem = hostProblem(Error, "github_host", "Devtron cannot use this GitHub host",
				"For any host but github.com, Devtron takes the API to be at HOST/api/v3, and gives Argo CD credentials for HOST/ORGANIZATION; neither is there.\nWrite host = \"https://github.com/\".")
		case path != "" || !strings.EqualFold(u.Scheme, "https"):
			a.problem = hostProblem(Warning, "github_host", "Unusual GitHub host",
				"Devtron gives Argo CD credentials for HOST/ORGANIZATION, and GitHub does not keep repositories there.\nWrite host = \"https://github.com/\".")
		}
		return a
	case strings.HasSuffix(name, gheSuffix):
		subdomain := strings.TrimPrefix(strings.TrimSuffix(name, gheSuffix), "api.")
		a := at("https://api."+subdomain+gheSuffix+"/", "https://"+subdomain+gheSuffix)
		a.problem = hostProblem(Warning, "github_data_residency", "It is not known whether Devtron works with GitHub data residency",
			"GitHub's API for this host is at https://api."+subdomain+gheSuffix+"/, but Devtron adds /api/v3 to the host. This check asks GitHub at the right place; Devtron itself may not.\nOnly Devtron's dry run shows whether it works: it needs Argo CD, and allow_custom_repository = false.")
		return a
	}
	web := origin(u) + path
	a := at(web+"/api/v3/", web)
	if hasAPI {
		a.problem = hostProblem(Error, "github_host", "The host must not end in /api/v3",
			"Devtron adds /api/v3 itself, so that it would ask "+web+"/api/v3/api/v3, which does not exist.\nWrite host = \""+web+"\".")
	}
	return a
}

func (githubInspector) credential(q Question) (header, value string) {
	return "Authorization", "Bearer " + q.Token
}

// refusal knows {"message":...,"documentation_url":...}. GitHub's own servers and headers name it; {"message":...} alone is what
// many gateways send.
func (githubInspector) refusal(status int, header http.Header, body []byte) refusal {
	var said struct {
		Message       string `json:"message"`
		Documentation string `json:"documentation_url"`
	}
	marked := header.Get("X-Github-Request-Id") != "" || header.Get("X-Github-Media-Type") != ""
	if json.Unmarshal(body, &said) != nil || said.Message == "" {
		// GitHub's pages for a fault of its own are no JSON.
		return refusal{own: marked && status >= http.StatusInternalServerError}
	}
	r := refusal{message: said.Message}
	r.own = marked || strings.Contains(said.Documentation, "github") || said.Message == "Bad credentials"
	if header.Get("X-Ratelimit-Remaining") == "0" || header.Get("Retry-After") != "" ||
		strings.HasSuffix(said.Documentation, "secondary-rate-limits") || strings.HasSuffix(said.Documentation, "#abuse-rate-limits") {
		r.class = FailRateLimited
	}
	return r
}

func (githubInspector) open(s *session) (host, error) { return newGitHubHost(s), nil }

func (githubInspector) accepted(f Facts) bool { return !unauthorized(f) }

func (githubInspector) tokenPage(j *judgment, web string) string {
	if j.a.Kind == KindFineGrained {
		return web + "/settings/personal-access-tokens"
	}
	return web + "/settings/tokens"
}

func (githubInspector) question(j *judgment) {
	if j.q.Organization != "" && !validOrganization(j.q.Organization) {
		j.fail(AttributeOrganization, "organization_invalid", "This cannot be the name of a GitHub organization",
			"A name has letters, digits, hyphens and underscores only. Write the name alone, as it stands in the address of the organization's page, without a URL or slash.")
	}
}

func (githubInspector) rejected(j *judgment, failure Failure) { j.rejected(failure) }

func (githubInspector) judge(j *judgment) { j.github() }
