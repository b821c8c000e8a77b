// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
)

// A git provider without a row in the check's table would be configured and never
// checked, without a word.
func TestEveryGitProviderIsInTheTableOfTheCheck(t *testing.T) {
	t.Parallel()
	for _, name := range gitProviders {
		if len(gittoken.DocumentedScopes(gittoken.Provider(name))) == 0 {
			t.Errorf("gittoken has no scopes of %s", name)
		}
		if len(ownerAttributes(name)) == 0 {
			t.Errorf("nothing says where repositories of %s are made", name)
		}
	}
	for provider, needed := range map[gittoken.Provider]bool{
		gittoken.GitHub: false, gittoken.GitLab: false, gittoken.AzureDevOps: false, gittoken.BitbucketCloud: true, "GITEA": false,
	} {
		if is := gittoken.NeedsUsername(provider); is != needed {
			t.Errorf("%s needs a user name: %t", provider, is)
		}
	}
}
