// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
)

// The check would silently skip a git provider that is missing in its table.
func TestCheckSupportsEveryGitProvider(t *testing.T) {
	t.Parallel()
	for _, name := range gitProviders {
		if len(gittoken.DocumentedScopes(gittoken.Provider(name))) == 0 {
			t.Errorf("gittoken has no scopes for %s", name)
		}
		if len(ownerAttributes(name)) == 0 {
			t.Errorf("%s has no owner argument", name)
		}
	}
	for provider, needed := range map[gittoken.Provider]bool{
		gittoken.GitHub: false, gittoken.GitLab: false, gittoken.AzureDevOps: false, gittoken.BitbucketCloud: true, "GITEA": false,
	} {
		if is := gittoken.NeedsUsername(provider); is != needed {
			t.Errorf("%s needs a username: %t", provider, is)
		}
	}
}
