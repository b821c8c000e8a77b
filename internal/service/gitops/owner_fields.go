// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// ownerField is an argument that says where Devtron creates repositories: the owner of the
// repositories. Each argument belongs to one git provider.
type ownerField struct {
	gitProvider string
	attribute   string
	apiField    string
	// what begins the description of the attribute everywhere, and note continues it in the
	// resource.
	what, note string
	required   bool
	// customType is the type of the attribute; nil stands for a string.
	customType basetypes.StringTypable
	// path says that the rules accept a path, because the plan-time check reports the id to use
	// instead.
	path       bool
	inAPI      func(*devtron.Config) *string
	inModel    func(*targetModel) *types.String
	inQuestion func(*gittoken.Question) *string
}

// ownerFields maps the arguments to fields of the API and of the plan-time check. Schemas, rules
// and conversions use it: a new git provider needs entries here and fields in targetModel.
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
		gitProvider: bitbucketCloud, attribute: "bitbucket_project_key", apiField: "bitBucketProjectKey", customType: framework.CaseInsensitiveStringType{},
		what:       "The key of the Bitbucket project",
		note:       "Its case makes no difference. If you omit it, Bitbucket uses the oldest project of the workspace.",
		inAPI:      func(c *devtron.Config) *string { return &c.BitBucketProjectKey },
		inModel:    func(m *targetModel) *types.String { return &m.BitbucketProjectKey.StringValue },
		inQuestion: func(q *gittoken.Question) *string { return &q.ProjectKey },
	},
}

// validators returns the validators of the argument.
func (f ownerField) validators() []validator.String {
	if f.path {
		return framework.Check(rule.Text...)
	}
	return framework.Check(rule.Name...)
}

// description returns the description of the argument in the resource.
func (f ownerField) description() string {
	if f.note == "" {
		return f.what + "."
	}
	return f.what + ". " + f.note
}

// attributeOf returns the argument of a field of the API. Most fields that ownerFields does not
// contain have the same name.
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
		return apiField
	}
}
