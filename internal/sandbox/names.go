// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/attribute"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/cluster"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/environment"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/gitops"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/project"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/azure"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/bitbucket"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/github"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/gitlab"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/kubernetes"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// What the users of a sandbox need of its parts, so that they import this package alone.
type (
	Server  = server.Server
	Log     = server.Log
	Request = server.Request
	Fault   = server.Fault
	Proxy   = server.Proxy

	Devtron     = devtron.Devtron
	Row         = gitops.Row
	DryRun      = gitops.DryRun
	Project     = project.Row
	Environment = environment.Row
	Attribute   = attribute.Row

	Cluster       = kubernetes.Cluster
	ClusterRow    = cluster.Row
	ClusterConfig = cluster.Config
	Prometheus    = cluster.Prometheus

	GitHub         = github.GitHub
	GitHubToken    = github.Token
	GitHubOrg      = github.Org
	GitLab         = gitlab.GitLab
	GitLabToken    = gitlab.Token
	GitLabGroup    = gitlab.Group
	Azure          = azure.Azure
	AzureToken     = azure.Token
	Bitbucket      = bitbucket.Bitbucket
	BitbucketToken = bitbucket.Token
)

const (
	// Username is the owner of all ready-made tokens.
	Username = githost.Username
	// Organization is the GitHub organization that the ready-made GitHub token administers.
	Organization = githost.Organization
	// GroupID is the GitLab group that the ready-made GitLab token owns.
	GroupID = gitlab.GroupID
	// AzureOrganization is the organization in a configured host: Sandbox.Azure.URL() + "/" + AzureOrganization.
	AzureOrganization = azure.Organization
	// AzureProject is the project in it that the ready-made Azure DevOps token may use.
	AzureProject = azure.Project
	// BitbucketWorkspace is the workspace that the ready-made Bitbucket token's owner administers.
	BitbucketWorkspace = bitbucket.Workspace
	// BitbucketProjectKey is the key of the one project in it.
	BitbucketProjectKey = bitbucket.ProjectKey
	// BitbucketUsername is the user name that goes with the ready-made Bitbucket token.
	BitbucketUsername = bitbucket.Username
)
