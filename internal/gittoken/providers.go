// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"net/http"
	"net/url"
	"strings"
)

// gitProviders is the table of git providers that are checked. A new one is a row here and a file with its inspector:
// the few requests, what they mean, and the data that the row points to.
var gitProviders = map[Provider]gitProvider{
	GitHub: {
		name: "GitHub", code: "github", host: "https://github.com/",
		public: []string{"github.com", "www.github.com", "api.github.com", gheSuffix},
		kinds:  githubKinds, scopes: githubScopes, implied: githubImplied, inspector: githubInspector{},
	},
	GitLab: {
		name: "GitLab", code: "gitlab", host: "https://gitlab.com/",
		public: []string{gitlabName},
		kinds:  gitlabKinds, scopes: gitlabScopes, implied: gitlabImplied, fixedScopes: true, inspector: gitlabInspector{},
	},
	AzureDevOps: {
		name: "Azure DevOps", code: "azure",
		public: []string{azureName, azureSuffix},
		kinds:  azureKinds, scopes: azureScopes, implied: azureImplied, inspector: azureInspector{},
	},
	BitbucketCloud: {
		name: "Bitbucket", code: "bitbucket", host: bitbucketWeb + "/",
		public: []string{"bitbucket.org", "www.bitbucket.org", "api.bitbucket.org"},
		kinds:  bitbucketKinds, scopes: bitbucketScopes, implied: bitbucketImplied, fixedScopes: true, inspector: bitbucketInspector{},
	},
}

// gitProvider is a row of the table.
type gitProvider struct {
	// name is for people, code begins the codes of problems that several providers have.
	name, code string
	// host is the web address of the public service; "" where there is none that fits everybody.
	host string
	// public are the names of the public service, by which it is told that a host belongs to another provider. One that
	// begins with a dot stands for all names that end so.
	public []string
	kinds  []tokenKind
	// scopes are the documented ones, implied is what else a scope grants.
	scopes  []Scope
	implied map[string][]string
	// fixedScopes says that scopes are given to a token when it is made and never after.
	fixedScopes bool
	inspector
}

// inspector is what is particular to a git provider. Its implementations have no fields.
type inspector interface {
	// address finds API and web pages of a valid host that is no other provider's.
	address(u *url.URL) address
	// credential is the header with which Devtron authenticates; "" for the value where the question lacks a part of it.
	credential(q Question) (header, value string)
	// refusal reads an answer that refuses a request.
	refusal(status int, header http.Header, body []byte) refusal
	// open makes a client that asks with the session.
	open(s *session) (host, error)
	// accepted tells whether, for all that is known, the host accepts the token at all.
	accepted(f Facts) bool
	// tokenPage is where people make tokens. web is the address of the host's pages, without a slash at its end.
	tokenPage(j *judgment, web string) string
	// question judges what can be seen without asking anybody, of what only this provider has.
	question(j *judgment)
	// rejected judges a token that the host does not accept, judge one that it does or that it could not be asked about.
	rejected(j *judgment, failure Failure)
	judge(j *judgment)
}

// NeedsUsername tells whether a token of the provider cannot be asked about without a user name.
func NeedsUsername(p Provider) bool {
	row, known := gitProviders[p]
	if !known {
		return false
	}
	_, credential := row.credential(Question{Provider: p, Token: "any"})
	return credential == ""
}

// publicHost finds the provider whose public service has the name.
func publicHost(name string) (Provider, bool) {
	name = strings.ToLower(name)
	for p, row := range gitProviders {
		for _, public := range row.public {
			if name == public || (strings.HasPrefix(public, ".") && strings.HasSuffix(name, public)) {
				return p, true
			}
		}
	}
	return "", false
}
