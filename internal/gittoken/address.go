// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"net/url"
	"strings"
)

// The names under which the public services are reached.
const (
	githubName = "github.com"
	gitlabName = "gitlab.com"
	gheSuffix  = ".ghe.com" // GitHub Enterprise Cloud with data residency
)

// address is a host as the check sees it.
type address struct {
	api     *url.URL // where the API is, with a slash at its end
	web     string   // where people go, without a slash at its end
	problem *Problem // what Devtron will make of the host as it is written; nil = nothing bad
}

// newAddress finds API and web pages of a valid host. The libraries' own rules are not used, because they take
// https://api.corp.com for a host that needs no /api/v3 and send data-residency hosts to the wrong place.
func newAddress(p Provider, u *url.URL) address {
	if p == GitLab {
		return gitlabAddress(u)
	}
	return githubAddress(u)
}

func githubAddress(u *url.URL) address {
	name := strings.ToLower(u.Hostname())
	path, hasAPI := strings.CutSuffix(strings.TrimRight(u.Path, "/"), "/api/v3")
	path = strings.TrimRight(path, "/")
	at := func(api, web string) address { return address{api: mustURL(api), web: web} }
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
				"Devtron gives Argo CD credentials for the host with the organization behind it, and this is not where GitHub keeps repositories.\nWrite host = \"https://github.com/\".")
		}
		return a
	case strings.HasSuffix(name, gheSuffix):
		subdomain := strings.TrimPrefix(strings.TrimSuffix(name, gheSuffix), "api.")
		a := at("https://api."+subdomain+gheSuffix+"/", "https://"+subdomain+gheSuffix)
		a.problem = hostProblem(Warning, "github_data_residency", "It is not known whether Devtron works with GitHub data residency",
			"GitHub's API for this host is at https://api."+subdomain+gheSuffix+"/, but Devtron adds /api/v3 to the host. This check asks GitHub at the right place; Devtron itself may not.\nSave it with Devtron's dry run (allow_custom_repository = false, Argo CD installed) to be sure.")
		return a
	case name == gitlabName:
		return address{problem: hostProblem(Error, "wrong_provider", "The host is GitLab, not GitHub", "Write git_provider = \"GITLAB\", or the host of your GitHub.")}
	}
	web := origin(u) + path
	a := at(web+"/api/v3/", web)
	if hasAPI {
		a.problem = hostProblem(Error, "github_host", "The host must not end in /api/v3",
			"Devtron adds /api/v3 itself, so that it would ask "+web+"/api/v3/api/v3, which does not exist.\nWrite host = \""+web+"\".")
	}
	return a
}

func gitlabAddress(u *url.URL) address {
	name := strings.ToLower(u.Hostname())
	path, hasAPI := strings.CutSuffix(strings.TrimRight(u.Path, "/"), "/api/v4")
	path = strings.TrimRight(path, "/")
	web := origin(u) + path
	a := address{web: web}
	switch {
	case isDotcom(name, githubName), strings.HasSuffix(name, gheSuffix):
		a.problem = hostProblem(Error, "wrong_provider", "The host is GitHub, not GitLab", "Write git_provider = \"GITHUB\", or the host of your GitLab.")
		return a
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
	a.api = mustURL(a.web + "/api/v4/")
	return a
}

func isDotcom(name, domain string) bool {
	return name == domain || name == "www."+domain || name == "api."+domain
}

func publicPort(u *url.URL) bool {
	return u.Port() == "" || u.Port() == "443" || u.Port() == "80"
}

func hostProblem(severity Severity, code, summary, detail string) *Problem {
	return &Problem{Severity: severity, Attribute: AttributeHost, Code: code, Summary: summary, Detail: detail}
}

// mustURL parses a URL built from parts of a parsed one.
func mustURL(text string) *url.URL {
	u, err := url.Parse(text)
	if err != nil {
		panic("gittoken: " + err.Error())
	}
	return u
}
