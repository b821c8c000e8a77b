// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"fmt"
	"strings"
)

func (azureInspector) tokenPage(_ *judgment, web string) string {
	if web == "" || strings.HasSuffix(web, azureName) {
		web = "https://" + azureName + "/ORGANIZATION"
	}
	return web + "/_usersSettings/tokens"
}

func (azureInspector) question(j *judgment) {
	if wrong := validSegment(j.q.Project); wrong != "" {
		j.fail(AttributeAzureProject, "azure_project_invalid", "This cannot be the name of an Azure DevOps project", upperFirst(wrong)+".")
	}
}

func (azureInspector) rejected(j *judgment, failure Failure) {
	j.rejected(failure, "A token works in the organization that it was generated for, unless it was generated for all: it must include "+j.web+".")
}

func (azureInspector) judge(j *judgment) {
	token, target := j.f.Token, j.f.Target
	j.a.Owner = j.f.Owner.Login // Devtron sends no user name, so that they are not compared
	switch {
	case token.OK(), token.Failed(FailUnauthorized):
		j.azureProject()
	case token.Failed(FailNotFound):
		j.fail(AttributeHost, "azure_organization_not_found", "The Azure DevOps organization was not found",
			fmt.Sprintf("There is none at %s, or it does not show itself.", j.web),
			"Check the name: it is the part of the address after "+azureName+"/.")
		return
	case token.Failed(FailForbidden) && strings.Contains(token.Failure.Message, "VS403463"):
		// A conditional access policy may look at the address of the machine. Devtron has another one.
		j.doubt(AttributeHost, "azure_conditional_access", "A conditional access policy keeps this machine out of the Azure DevOps organization",
			"Azure DevOps says: "+token.Failure.said()+".", "Devtron may be let in where this machine is not.")
	case token.Failed(FailForbidden):
		j.fail(AttributeHost, "azure_organization_forbids", "The Azure DevOps organization does not let the token in",
			"Azure DevOps says: "+token.Failure.said()+".")
	default:
		j.unreachable(token.Failure, "the token")
		if target.Failed(FailNotFound, FailForbidden) {
			j.azureProject()
		}
	}
}

// azureProject judges what the project's repositories answered.
func (j *judgment) azureProject() {
	target := j.f.Target
	name := fmt.Sprintf("%q", j.q.Project)
	switch {
	case !target.Asked, target.OK():
		j.azureScopes()
	case target.Failed(FailUnauthorized):
		for _, scope := range azureScopes {
			j.a.MissingScopes = append(j.a.MissingScopes, scope.Name)
		}
		j.fail(AttributeToken, "azure_missing_scopes", "Azure DevOps token lacks scopes that Devtron needs",
			"Missing: "+listOf(j.a.MissingScopes),
			fmt.Sprintf("The token is valid, but may not list the repositories of %s: %s.", name, target.Failure.said()),
			"It needs Code (Read, write, & manage). "+j.howToAdd(1)+".")
	case target.Failed(FailNotFound) && j.f.Target.Account.OK():
		j.fail(AttributeAzureProject, "azure_repositories_not_visible", "The Azure DevOps project "+name+" shows no repositories",
			"It is there, but its repositories are not: "+target.Failure.said()+".",
			"See that the service Repos is on in the project's settings, and that the owner of the token has an access level that includes it.")
	case target.Failed(FailNotFound):
		j.fail(AttributeAzureProject, "azure_project_not_found", "The Azure DevOps project "+name+" was not found",
			fmt.Sprintf("%s has no project of this name, or does not show it to the owner of the token.", j.web), "Azure DevOps says: "+target.Failure.said()+".",
			"Check the name, and that the owner of the token is a member of the project.")
	case target.Failed(FailForbidden):
		j.fail(AttributeAzureProject, "azure_project_forbidden", "The Azure DevOps project "+name+" does not let the token in",
			"Azure DevOps says: "+target.Failure.said()+".")
	default:
		j.unreachable(target.Failure, "the project")
	}
}

// azureScopes is about what is known on apply only.
func (j *judgment) azureScopes() {
	needs := "It needs Code (Read, write, & manage), which is vso.code_manage; \"Full access\" does as well."
	if j.r.Scopes != nil {
		if len(j.r.Scopes) == 0 {
			return
		}
		needs = "It needs, by required_scopes: " + listOf(j.r.Scopes) + "."
	}
	can := "The token is valid."
	if j.f.Target.OK() {
		can = fmt.Sprintf("The token is valid and may list the repositories of %q.", j.q.Project)
	}
	j.doubtOnWrite(AttributeToken, "azure_scopes_unknown", "The scopes of an Azure DevOps token cannot be read",
		can+" Whether it may create repositories, push to them and delete them is known on apply only: Azure DevOps does not expose a token's scopes.",
		needs, j.whenSaved())
}
