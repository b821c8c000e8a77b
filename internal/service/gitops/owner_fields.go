// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// The git providers that Devtron knows, as it spells them.
const (
	gitHub         = string(gittoken.GitHub)
	gitLab         = string(gittoken.GitLab)
	azureDevOps    = string(gittoken.AzureDevOps)
	bitbucketCloud = string(gittoken.BitbucketCloud)
)

// gitProviders are those that the table of their arguments has, in its order.
var gitProviders = func() []string {
	var names []string
	for _, field := range ownerFields {
		if !slices.Contains(names, field.gitProvider) {
			names = append(names, field.gitProvider)
		}
	}
	return names
}()

// targetModel is what says where repositories are made, and as whom. Everything
// that is about a git host has it.
type targetModel struct {
	GitProvider          types.String `tfsdk:"git_provider"`
	Host                 types.String `tfsdk:"host"`
	Organization         types.String `tfsdk:"organization"`
	GroupID              types.String `tfsdk:"group_id"`
	AzureProject         types.String `tfsdk:"azure_project"`
	BitbucketWorkspaceID types.String `tfsdk:"bitbucket_workspace_id"`
	BitbucketProjectKey  types.String `tfsdk:"bitbucket_project_key"`
	Username             types.String `tfsdk:"username"`
}

// ownerField is an argument that says where repositories are made. Each belongs
// to one git provider and is forbidden for the others.
type ownerField struct {
	gitProvider string
	attribute   string
	apiField    string
	// what it is, for all descriptions, and what else there is to say about it where
	// it is written.
	what, note string
	required   bool
	// anyCase says that upper and lower case make no difference.
	anyCase bool
	// path says that a path is accepted, which the plan-time check answers with the id
	// to write instead.
	path       bool
	inAPI      func(*devtron.Config) *string
	inModel    func(*targetModel) *types.String
	inQuestion func(*gittoken.Question) *string
}

// ownerFields is the mapping of those arguments to Devtron's fields and to what
// the plan-time check asks. Schemas, rules and conversions are made from it: a
// new git provider adds its rows here and its fields to targetModel.
var ownerFields = []ownerField{
	{
		gitProvider: gitHub, attribute: "organization", apiField: "gitHubOrgId", required: true,
		what:       "The name of the GitHub organization",
		note:       "A user account does not work, because Devtron creates repositories through the organization.",
		inAPI:      func(c *devtron.Config) *string { return &c.GitHubOrgID },
		inModel:    func(m *targetModel) *types.String { return &m.Organization },
		inQuestion: func(q *gittoken.Question) *string { return &q.Organization },
	},
	{
		gitProvider: gitLab, attribute: "group_id", apiField: "gitLabGroupId", required: true, path: true,
		what:       "The numeric id of the GitLab group",
		note:       "The page of the group shows it. If you set a path or a name instead, the plan-time check reports the id.",
		inAPI:      func(c *devtron.Config) *string { return &c.GitLabGroupID },
		inModel:    func(m *targetModel) *types.String { return &m.GroupID },
		inQuestion: func(q *gittoken.Question) *string { return &q.GroupID },
	},
	{
		gitProvider: azureDevOps, attribute: "azure_project", apiField: "azureProjectName", required: true,
		what:       "The name of the Azure DevOps project",
		inAPI:      func(c *devtron.Config) *string { return &c.AzureProjectName },
		inModel:    func(m *targetModel) *types.String { return &m.AzureProject },
		inQuestion: func(q *gittoken.Question) *string { return &q.Project },
	},
	{
		gitProvider: bitbucketCloud, attribute: "bitbucket_workspace_id", apiField: "bitBucketWorkspaceId", required: true,
		what:       "The id of the Bitbucket workspace",
		inAPI:      func(c *devtron.Config) *string { return &c.BitBucketWorkspaceID },
		inModel:    func(m *targetModel) *types.String { return &m.BitbucketWorkspaceID },
		inQuestion: func(q *gittoken.Question) *string { return &q.Workspace },
	},
	{
		gitProvider: bitbucketCloud, attribute: "bitbucket_project_key", apiField: "bitBucketProjectKey", anyCase: true,
		what:       "The key of the Bitbucket project",
		note:       "Its case makes no difference. If you omit it, Bitbucket uses the oldest project of the workspace.",
		inAPI:      func(c *devtron.Config) *string { return &c.BitBucketProjectKey },
		inModel:    func(m *targetModel) *types.String { return &m.BitbucketProjectKey },
		inQuestion: func(q *gittoken.Question) *string { return &q.ProjectKey },
	},
}

// validators are the rules of the argument, wherever it is written.
func (f ownerField) validators() []validator.String {
	if f.path {
		return framework.Check(rule.Text...)
	}
	return framework.Check(rule.Name...)
}

// description is what a schema says about the argument.
func (f ownerField) description() string {
	if f.note == "" {
		return f.what + "."
	}
	return f.what + ". " + f.note
}

// attributeOf names the argument behind a field of Devtron's API.
func attributeOf(apiField string) string {
	for _, field := range ownerFields {
		if field.apiField == apiField {
			return field.attribute
		}
	}
	switch apiField {
	case "allowCustomRepository":
		return "allow_custom_repository"
	case "enableTLSVerification":
		return "tls"
	case "isCADataPresent":
		return "tls.ca_certificate"
	case "isTLSCertDataPresent":
		return "tls.client_certificate"
	default:
		return apiField // host, username, active
	}
}
