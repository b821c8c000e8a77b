// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// recognitionOrder is the order in which providers are searched for the kind of a token. Azure
// DevOps comes first, because the random part of its tokens may begin with anything.
var recognitionOrder = []Provider{AzureDevOps, GitHub, GitLab, BitbucketCloud}

// recognize finds the kind that a token for the provider shows by itself. Some tokens show none:
// those of GitHub from before 2021, and those of a GitLab whose administrator chose the prefix.
func recognize(p Provider, token string) inspect.RecognizedKind {
	for _, provider := range recognitionOrder {
		definition := definitions[provider]
		for _, kind := range definition.TokenKinds {
			if kind.Matches(token) && (!kind.Ambiguous || provider == p) {
				return inspect.RecognizedKind{TokenKind: kind, Provider: provider, ProviderName: definition.Name}
			}
		}
	}
	return inspect.RecognizedKind{}
}

// LooksLikeToken reports whether a text has the form of a token of a git provider.
func LooksLikeToken(text string) bool { return recognize("", tokenCore(text)).Provider != "" }

// isForeign reports whether a token of the kind cannot be one of the provider's. An empty host
// means any host. Where an administrator chooses how tokens begin, the prefix of another provider
// proves nothing.
func isForeign(kind inspect.RecognizedKind, p Provider, host string) bool {
	definition, checked := definitions[p]
	if !checked || kind.Provider == "" || kind.Provider == p {
		return false
	}
	return !definition.CustomPrefixes || kind.Unique || isPublicHost(definition, host)
}

func isPublicHost(definition inspect.Definition, host string) bool {
	u, err := weburl.Parse(host)
	return err == nil && definition.IsPublic(u.Hostname())
}

// isUnusable reports whether Devtron cannot use a token of the kind at any host of the provider.
func isUnusable(kind inspect.RecognizedKind, p Provider) bool {
	if kind.Unusable == "" {
		return false
	}
	_, checked := definitions[p]
	// A provider that is not known yet may be one with custom prefixes.
	return kind.Provider == p || (!checked && (kind.Unique || definitions[kind.Provider].CustomPrefixes))
}
