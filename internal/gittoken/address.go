// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import "net/url"

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
	wanted := gitProviders[p]
	if owner, found := publicHost(u.Hostname()); found && owner != p {
		return address{problem: hostProblem(Error, "wrong_provider", "The host is "+gitProviders[owner].name+", not "+wanted.name,
			"Write git_provider = \""+string(owner)+"\", or the host of your "+wanted.name+".")}
	}
	a := wanted.address(u)
	if a.api == nil && a.problem == nil {
		a.problem = hostProblem(Error, "unusable_host", "The host has no usable API address",
			"Write the address that a browser shows for the start page of "+wanted.name+".")
	}
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

// apiURL parses a URL built from parts of a parsed one. It is nil where that fails: a host that nobody has thought of must
// not end the provider.
func apiURL(text string) *url.URL {
	u, err := url.Parse(text)
	if err != nil {
		return nil
	}
	return u
}
