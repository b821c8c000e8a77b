// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"context"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func checkOnce(q Question) Answer {
	return NewChecker(CheckerOptions{}).Check(context.Background(), q, Requirements{})
}

func goodGitHub(s *sandbox.Sandbox) Question {
	return Question{Provider: GitHub, Host: s.GitHub.URL(), Organization: org, Token: s.GitHub.Token()}
}

func goodGitLab(s *sandbox.Sandbox) Question {
	return Question{Provider: GitLab, Host: s.GitLab.URL(), GroupID: "61512475", Token: s.GitLab.Token()}
}

func goodAzure(s *sandbox.Sandbox) Question {
	return Question{Provider: AzureDevOps, Host: sandboxHost(s, AzureDevOps), Project: sandbox.AzureProject, Token: s.Azure.Token()}
}

func goodBitbucket(s *sandbox.Sandbox) Question {
	return Question{
		Provider: BitbucketCloud, Workspace: sandbox.BitbucketWorkspace, ProjectKey: sandbox.BitbucketProjectKey,
		Username: sandbox.BitbucketUsername, Token: s.Bitbucket.Token(),
	}
}
