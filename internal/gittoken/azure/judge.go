// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package azure

import (
	"fmt"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

func (inspector) JudgeQuestion(r *inspect.Report) {
	if fault := inspect.SegmentFault(r.Question.Project); fault != "" {
		r.AddError(inspect.AttributeAzureProject, "azure_project_invalid", "This cannot be the name of an Azure DevOps project", inspect.Sentence(fault))
	}
}

func (inspector) JudgeRejection(r *inspect.Report, failure gitapi.Failure) {
	r.AddRejection(failure, "A token is valid in the organization that it was generated for, or in all organizations of its owner. It must include "+r.WebURL+".")
}

func (inspector) JudgeFacts(r *inspect.Report) {
	token, target := r.Facts.Token, r.Facts.Target
	r.Answer.Owner = r.Facts.Owner.Login // not compared with username, which Devtron does not send
	switch {
	case token.OK(), token.Failed(gitapi.Unauthorized):
		judgeProject(r)
	case token.Failed(gitapi.NotFound):
		r.AddError(inspect.AttributeHost, "azure_organization_not_found", "The Azure DevOps organization was not found",
			fmt.Sprintf("There is no organization at %s, or it is not visible.", r.WebURL),
			"Check the name, which is the part of the URL after "+publicName+"/.")
	case token.Failed(gitapi.Forbidden) && strings.Contains(token.Failure.Message, "VS403463"):
		// A conditional access policy may look at the address of the machine. Devtron has another
		// one.
		r.AddUnverified(inspect.AttributeHost, "azure_conditional_access", "A conditional access policy of the Azure DevOps organization blocks this machine",
			"Azure DevOps says: "+token.Failure.String()+".", "Devtron may have access even though this machine does not.")
	case token.Failed(gitapi.Forbidden):
		r.AddError(inspect.AttributeHost, "azure_organization_forbids", "The Azure DevOps organization denies access to the token",
			"Azure DevOps says: "+token.Failure.String()+".")
	default:
		r.AddUnreachable(token.Failure, "token")
		if target.Failed(gitapi.NotFound, gitapi.Forbidden) {
			judgeProject(r)
		}
	}
}

// judgeProject is about the response to the request for the project's repositories.
func judgeProject(r *inspect.Report) {
	target := r.Facts.Target
	name := fmt.Sprintf("%q", r.Question.Project)
	said := "Azure DevOps says: " + target.Failure.String() + "."
	switch {
	case !target.Asked, target.OK():
		judgeScopes(r)
	case target.Failed(gitapi.Unauthorized):
		for _, scope := range scopes {
			r.Answer.MissingScopes = append(r.Answer.MissingScopes, scope.Name)
		}
		r.AddError(inspect.AttributeToken, "azure_missing_scopes", "Azure DevOps token lacks scopes that Devtron needs",
			"Missing: "+inspect.List(r.Answer.MissingScopes),
			fmt.Sprintf("The token is valid, but it may not list the repositories of %s: %s.", name, target.Failure),
			"The token needs Code (Read, write, & manage). "+r.HowToAdd(1)+".")
	case target.Failed(gitapi.NotFound) && target.Account.OK():
		r.AddError(inspect.AttributeAzureProject, "azure_repositories_not_visible", "The Azure DevOps project "+name+" shows no repositories",
			"The project exists, but its repositories are not visible to the token. "+said,
			"Check that the service Repos is enabled in the project's settings, and that the owner of the token has an access level that includes it.")
	case target.Failed(gitapi.NotFound):
		r.AddError(inspect.AttributeAzureProject, "azure_project_not_found", "The Azure DevOps project "+name+" was not found",
			fmt.Sprintf("%s has no project of this name, or does not show it to the owner of the token.", r.WebURL), said,
			"Check the name, and check that the owner of the token is a member of the project.")
	case target.Failed(gitapi.Forbidden):
		r.AddError(inspect.AttributeAzureProject, "azure_project_forbidden", "The Azure DevOps project "+name+" denies access to the token", said)
	default:
		r.AddUnreachable(target.Failure, "project")
	}
}

// judgeScopes is about what cannot be checked before the apply.
func judgeScopes(r *inspect.Report) {
	needs := `The token needs Code (Read, write, & manage), which is vso.code_manage, or "Full access".`
	if required := r.Requirements.Scopes; required != nil {
		if len(required) == 0 {
			return
		}
		needs = "According to required_scopes, the token needs: " + inspect.List(required) + "."
	}
	valid := "The token is valid."
	if r.Facts.Target.OK() {
		valid = fmt.Sprintf("The token is valid and may list the repositories of %q.", r.Question.Project)
	}
	r.AddUnverifiedOnWrite(inspect.AttributeToken, "azure_scopes_unknown", "The scopes of an Azure DevOps token cannot be read",
		valid+" Azure DevOps does not expose a token's scopes, so the check cannot tell whether the token may create, push to, and delete repositories.",
		needs, r.DryRunNote())
}
