// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"net/url"
	"slices"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/azure"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/bitbucket"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/github"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitlab"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// definitions are the git providers whose tokens are checked. A new one is a package with the files
// of the others and a line here.
var definitions = map[Provider]inspect.Definition{
	GitHub:         github.Definition,
	GitLab:         gitlab.Definition,
	AzureDevOps:    azure.Definition,
	BitbucketCloud: bitbucket.Definition,
}

// DefaultHost is the web address of the provider's public service, as Devtron's own web page writes
// it. It is empty for Azure DevOps, whose host contains the organization.
func DefaultHost(p Provider) string { return definitions[p].DefaultHost }

// DocumentedScopes lists the scopes that are required where required_scopes is not set, in the
// order of Devtron's documentation (user guide, "GitOps"). Devtron's requests need fewer.
func DocumentedScopes(p Provider) []Scope { return slices.Clone(definitions[p].Scopes) }

// UsableHost reports whether Devtron can use the address of a git host as it is spelled.
func UsableHost(p Provider, host string) bool {
	definition, checked := definitions[p]
	u, err := weburl.Parse(host)
	if !checked || err != nil {
		return false
	}
	problem := addressOf(definition, u).Problem
	return problem == nil || problem.Severity != Error
}

// NeedsUsername reports whether a token of the provider cannot be checked without a user name.
func NeedsUsername(p Provider) bool {
	definition, checked := definitions[p]
	if !checked {
		return false
	}
	_, credential := definition.Credential(Question{Provider: p, Token: "any"})
	return credential == ""
}

// publicProvider returns the provider whose public service has the host name. Empty: none has.
func publicProvider(name string) Provider {
	for p, definition := range definitions {
		if definition.IsPublic(name) {
			return p
		}
	}
	return ""
}

// addressOf finds the API and web pages of a valid host.
func addressOf(definition inspect.Definition, u *url.URL) inspect.Address {
	if other := publicProvider(u.Hostname()); other != "" && other != definition.Provider {
		return inspect.Address{Problem: inspect.HostError("wrong_provider", "The host is "+definitions[other].Name+", not "+definition.Name,
			"Set git_provider = \""+string(other)+"\", or set host to the address of your "+definition.Name+".")}
	}
	a := definition.Address(u)
	if a.API == nil && a.Problem == nil {
		a.Problem = inspect.HostError("unusable_host", "The host has no usable API address",
			"Set host to the address that a browser shows for the start page of "+definition.Name+".")
	}
	return a
}
