// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/charts"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/apitoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/attribute"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/chartrepo"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/cluster"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/dockerregistry"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/environment"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/gitaccount"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/gitops"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/project"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/user"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/azure"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/bitbucket"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/github"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/gitlab"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/kubernetes"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/registry"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// With these aliases, tests import only this package.

type (
	// Server is the part that all servers of the sandbox share.
	Server = server.Server
	// Log is the request log.
	Log = server.Log
	// Request is an entry of the request log.
	Request = server.Request
	// Fault is a fault to inject into a server.
	Fault = server.Fault
	// Proxy is the proxy for the public names of the git hosts.
	Proxy = server.Proxy
	// Devtron is the API server.
	Devtron = devtron.Devtron
	// Row is a stored GitOps configuration.
	Row = gitops.Row
	// DryRun configures the dry run of GitOps configurations.
	DryRun = gitops.DryRun
	// Project is a stored project.
	Project = project.Row
	// Environment is a stored environment.
	Environment = environment.Row
	// Attribute is a stored attribute.
	Attribute = attribute.Row
	// GitAccount is a stored git account.
	GitAccount = gitaccount.Row
	// RegistryRow is a stored container registry.
	RegistryRow = dockerregistry.Row
	// PullSecret is the image pull secret of a stored container registry.
	PullSecret = dockerregistry.PullSecret
	// ChartRepository is a stored chart repository.
	ChartRepository = chartrepo.Row
	// APIToken is a stored API token.
	APIToken = apitoken.Row
	// User is a stored user.
	User = user.Row
	// RoleFilter is a permission of a user.
	RoleFilter = user.RoleFilter
	// Registry is a container registry.
	Registry = registry.Registry
	// Charts is a server with Helm chart repositories.
	Charts = charts.Charts
	// Cluster is a Kubernetes cluster.
	Cluster = kubernetes.Cluster
	// ClusterRow is a cluster that is stored in Devtron.
	ClusterRow = cluster.Row
	// ClusterConfig is the credentials of a stored cluster.
	ClusterConfig = cluster.Config
	// Prometheus is the metrics endpoint of a stored cluster.
	Prometheus = cluster.Prometheus
	// GitHub is the GitHub server.
	GitHub = github.GitHub
	// GitHubToken is a GitHub token.
	GitHubToken = github.Token
	// GitHubOrg is a GitHub organization.
	GitHubOrg = github.Org
	// GitLab is the GitLab server.
	GitLab = gitlab.GitLab
	// GitLabToken is a GitLab token.
	GitLabToken = gitlab.Token
	// GitLabGroup is a GitLab group.
	GitLabGroup = gitlab.Group
	// Azure is the Azure DevOps server.
	Azure = azure.Azure
	// AzureToken is an Azure DevOps token.
	AzureToken = azure.Token
	// Bitbucket is the Bitbucket Cloud server.
	Bitbucket = bitbucket.Bitbucket
	// BitbucketToken is a Bitbucket Cloud token.
	BitbucketToken = bitbucket.Token
)

const (
	// Username is the owner of the predefined tokens of all git hosts.
	Username = githost.Username
	// Organization is the GitHub organization that Username administers.
	Organization = githost.Organization
	// GroupID is the ID of the GitLab group that Username owns.
	GroupID = gitlab.GroupID
	// AzureOrganization is an organization in Azure DevOps. Its host in a configuration is
	// Sandbox.Azure.URL() + "/" + AzureOrganization.
	AzureOrganization = azure.Organization
	// AzureProject is the project in AzureOrganization.
	AzureProject = azure.Project
	// BitbucketWorkspace is the Bitbucket workspace that Username administers.
	BitbucketWorkspace = bitbucket.Workspace
	// BitbucketProjectKey is the key of the only project in BitbucketWorkspace.
	BitbucketProjectKey = bitbucket.ProjectKey
	// RegistryUsername is the username for Sandbox.Registry.Password.
	RegistryUsername = registry.Username
	// ChartsUsername is the username for Sandbox.Charts.Password.
	ChartsUsername = charts.Username
	// BitbucketUsername is the username for Sandbox.Bitbucket.Token.
	BitbucketUsername = bitbucket.Username
)
