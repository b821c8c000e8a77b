// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"slices"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// The git providers that Devtron supports, as it spells them.
const (
	gitHub         = string(gittoken.GitHub)
	gitLab         = string(gittoken.GitLab)
	azureDevOps    = string(gittoken.AzureDevOps)
	bitbucketCloud = string(gittoken.BitbucketCloud)
)

// gitProviders lists the git providers in the order of ownerFields.
var gitProviders = func() []string {
	var names []string
	for _, field := range ownerFields {
		if !slices.Contains(names, field.gitProvider) {
			names = append(names, field.gitProvider)
		}
	}
	return names
}()

// hostString and hostStringType hold the address of a git host.
type (
	hostString     = framework.EquivalentString[hostEquivalence]
	hostStringType = framework.EquivalentStringType[hostEquivalence]
)

type hostEquivalence struct{}

// Equivalent implements framework.Equivalence. Devtron compares a host with github.com byte for
// byte, so that one in another case or with a port is the same server and does not work.
func (hostEquivalence) Equivalent(a, b string) bool {
	return weburl.Same(a, b) && gittoken.UsableHost(gittoken.GitHub, a) == gittoken.UsableHost(gittoken.GitHub, b)
}
