// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package azure_test

import (
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/azure"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// azureFault gives the token full access and changes one response.
func azureFault(f sandbox.Fault) func(*sandbox.Sandbox, inspect.Question) {
	return func(s *sandbox.Sandbox, q inspect.Question) {
		checktest.ServeAzure(sandbox.AzureToken{})(s, q)
		s.Azure.Inject(f)
	}
}

func TestDecisionTable(t *testing.T) { checktest.Run(t, azure.Definition, table()) }

func table() []checktest.Row {
	const (
		organization = "/" + sandbox.AzureOrganization + "/_apis/connectionData"
		repositories = "/" + sandbox.AzureOrganization + "/" + sandbox.AzureProject + "/_apis/git/repositories"
		policy       = "TF400813: External PATs are switched off by a policy."
		json         = "application/json"
		html         = "text/html; charset=utf-8"
	)
	manage := checktest.ServeAzure(sandbox.AzureToken{Scopes: []string{"vso.code_manage"}})
	q := checktest.AzureQuestion(sandbox.AzureProject)
	light := q
	light.Thorough = false
	noProject := checktest.AzureQuestion("")
	unknown := checktest.Warning(inspect.AttributeToken, "azure_scopes_unknown", "cannot be read", "does not expose a token's scopes", "vso.code_manage",
		"Devtron checks it when the configuration is saved", `git_token_check = "off"`)
	all := []string{"vso.code", "vso.code_write", "vso.code_manage"}
	rejected := func(status int, message string) inspect.Facts {
		return inspect.Facts{
			Token:  inspect.TokenFacts{Reply: checktest.Failed(gitapi.Unauthorized, status, message)},
			Target: inspect.TargetFacts{Reply: checktest.Failed(gitapi.Unauthorized, status, message)},
		}
	}
	target := func(class gitapi.FailureClass, status int, message string) inspect.Facts {
		return checktest.With(checktest.AzureFacts(), func(f *inspect.Facts) { f.Target.Reply = checktest.Failed(class, status, message) })
	}
	organizationFails := func(class gitapi.FailureClass, status int, message string) inspect.Facts {
		return inspect.Facts{Token: inspect.TokenFacts{Reply: checktest.Failed(class, status, message)}, Target: inspect.TargetFacts{Reply: checktest.Failed(class, status, message)}}
	}
	signIn := []checktest.Want{checktest.Error(inspect.AttributeToken, "token_rejected", "wrong, expired or revoked", "203 a sign-in page", "/acme/_usersSettings/tokens", "organization that it was generated for")}
	rows := []checktest.Row{
		{Name: "Azure, good token, something is written", Question: q, Facts: checktest.AzureFacts(), Serve: manage, Want: []checktest.Want{unknown}, Verdict: inspect.Unverifiable, Kind: inspect.KindPersonal},
		{Name: "Azure, good token, nothing is written", Question: light, Facts: checktest.AzureFacts(), Serve: manage, Verdict: inspect.Unverifiable, Kind: inspect.KindPersonal},
		{
			Name: "Azure, read alone: what is missing shows on apply", Question: q, Facts: checktest.AzureFacts(),
			Serve: checktest.ServeAzure(sandbox.AzureToken{Scopes: []string{"vso.code"}}), Want: []checktest.Want{unknown}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "Azure, with allow_custom_repository", Question: q, Requirements: inspect.Requirements{AllowCustomRepository: true}, Facts: checktest.AzureFacts(), Serve: manage,
			Want: []checktest.Want{checktest.Warning(inspect.AttributeToken, "azure_scopes_unknown", "allow_custom_repository = true skips its dry run")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "Azure, required_scopes", Question: q, Requirements: inspect.Requirements{Scopes: []string{"vso.code_full"}}, Facts: checktest.AzureFacts(), Serve: manage,
			Want: []checktest.Want{checktest.Warning(inspect.AttributeToken, "azure_scopes_unknown", "According to required_scopes, the token needs: vso.code_full")}, Verdict: inspect.Unverifiable,
		},
		{Name: "Azure, required_scopes is empty", Question: q, Requirements: inspect.Requirements{Scopes: []string{}}, Facts: checktest.AzureFacts(), Serve: manage, Verdict: inspect.Sufficient},
		{
			Name: "Azure, the token alone", Question: noProject, Facts: checktest.With(checktest.AzureFacts(), func(f *inspect.Facts) { f.Target = inspect.TargetFacts{} }), Serve: manage,
			Want: []checktest.Want{checktest.Warning(inspect.AttributeToken, "azure_scopes_unknown", "The token is valid. ")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "Azure, username is of no account", Question: q, Requirements: inspect.Requirements{Username: "octocat", Scopes: []string{}}, Facts: checktest.AzureFacts(), Serve: manage, Verdict: inspect.Sufficient,
		},
		{
			Name: "Azure 401", Question: q, Facts: rejected(401, ""), Serve: checktest.ServeAzure(sandbox.AzureToken{Revoked: true}),
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "token_rejected", "Azure DevOps does not accept the token", "answered: 401.")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "Azure 401, nothing is written", Question: light, Facts: rejected(401, ""), Serve: checktest.ServeAzure(sandbox.AzureToken{Revoked: true}),
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "token_rejected")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "Azure 401, expired", Question: q, Facts: rejected(401, "Access Denied: The Personal Access Token used has expired."),
			Serve: checktest.ServeAzure(sandbox.AzureToken{Expires: time.Now().Add(-time.Hour)}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeToken, "token_rejected", "The Personal Access Token used has expired")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "Azure 401 as a page", Question: q, Facts: rejected(401, ""),
			Serve: azureFault(sandbox.Fault{Status: 401, Body: "<html>TF400813</html>", ContentType: html, Header: map[string][]string{"X-Tfs-Processid": {"x"}}}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeToken, "token_rejected")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "Azure 203 with a sign-in page", Question: q, Facts: rejected(203, "a sign-in page"),
			Serve: func(s *sandbox.Sandbox, _ inspect.Question) { s.Azure.SetSignInPage(true) }, Want: signIn, Verdict: inspect.Insufficient,
		},
		{
			Name: "Azure 302 to a sign-in page on the host", Question: q, Facts: rejected(203, "a sign-in page"),
			Serve: azureFault(sandbox.Fault{Path: "/acme/", Status: 302, Header: map[string][]string{"Location": {"/_signin?realm=x"}}}), Want: signIn, Verdict: inspect.Insufficient,
		},
		{
			Name: "Azure 302 to a sign-in page elsewhere", Question: q, Facts: rejected(0, "a redirect to the sign-in page of https://spsprodweu5.vssps.visualstudio.com"),
			Serve: azureFault(sandbox.Fault{Status: 302, Header: map[string][]string{"Location": {"https://spsprodweu5.vssps.visualstudio.com/_signin?realm=x"}}}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeToken, "token_rejected", "sign-in page of https://spsprodweu5.vssps.visualstudio.com")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "Azure answers as to anybody", Question: q,
			Facts: checktest.With(checktest.AzureFacts(), func(f *inspect.Facts) {
				f.Token.Reply = checktest.Failed(gitapi.Unauthorized, 0, "the host accepted the request without a valid token")
			}),
			Serve: azureFault(sandbox.Fault{
				Path: organization, Status: 200, ContentType: json,
				Body: `{"authenticatedUser":{"id":"aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa","providerDisplayName":"Anonymous"},"instanceId":"x"}`,
			}),
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "token_rejected", "without a valid token")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "Azure, token of another organization", Question: q, Facts: rejected(401, ""), Serve: checktest.ServeAzure(sandbox.AzureToken{Organizations: []string{"other"}}),
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "token_rejected")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "Azure, the organization tells nothing, the repositories do", Question: q, Serve: azureFault(sandbox.Fault{Path: organization, Status: 401, Header: map[string][]string{"X-Tfs-Processid": {"x"}}}),
			Facts: checktest.With(checktest.AzureFacts(), func(f *inspect.Facts) {
				f.Token.Reply, f.Owner = checktest.Failed(gitapi.Unauthorized, 401, ""), inspect.OwnerFacts{}
			}),
			Want: []checktest.Want{unknown}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "Azure, no organization", Question: q, Facts: organizationFails(gitapi.NotFound, 404, ""),
			Serve: func(s *sandbox.Sandbox, q inspect.Question) {
				checktest.ServeAzure(sandbox.AzureToken{})(s, q)
				s.Azure.Inject(sandbox.Fault{Status: 404, Body: "<html>The resource cannot be found.</html>", ContentType: html, Header: map[string][]string{"X-Tfs-Processid": {"x"}}})
			},
			Want: []checktest.Want{checktest.Error(inspect.AttributeHost, "azure_organization_not_found", "dev.azure.com/")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "Azure, organization 403", Question: q, Facts: organizationFails(gitapi.Forbidden, 403, policy), Serve: checktest.ServeAzure(sandbox.AzureToken{Forbidden: policy}),
			Want: []checktest.Want{checktest.Error(inspect.AttributeHost, "azure_organization_forbids", policy[:len(policy)-1])}, Verdict: inspect.Insufficient,
		},
		{
			Name: "Azure, conditional access", Question: q, Facts: organizationFails(gitapi.Forbidden, 403, "VS403463: The conditional access policy failed."),
			Serve: checktest.ServeAzure(sandbox.AzureToken{Forbidden: "VS403463: The conditional access policy failed."}),
			Want:  []checktest.Want{checktest.Warning(inspect.AttributeHost, "azure_conditional_access", "Devtron may have access")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "Azure, the token may not read code", Question: q, Facts: target(gitapi.Unauthorized, 401, ""),
			Serve:   checktest.ServeAzure(sandbox.AzureToken{Scopes: []string{"vso.work"}}),
			Want:    []checktest.Want{checktest.Error(inspect.AttributeToken, "azure_missing_scopes", "Missing: vso.code, vso.code_write, vso.code_manage", "Code (Read, write, & manage)", "/acme/_usersSettings/tokens")},
			Verdict: inspect.Insufficient, Missing: all,
		},
		{
			Name: "Azure, project 404", Question: checktest.AzureQuestion("nowhere"),
			Facts: checktest.With(target(gitapi.NotFound, 404, "TF200016"), func(f *inspect.Facts) { f.Target.Account.Reply = checktest.Failed(gitapi.NotFound, 404, "TF200016") }),
			Serve: checktest.ServeAzure(sandbox.AzureToken{}), Verdict: inspect.Insufficient,
			Want: []checktest.Want{checktest.Error(inspect.AttributeAzureProject, "azure_project_not_found", `"nowhere" was not found`, "TF200016")},
		},
		{
			Name: "Azure, project 404, nothing else may be asked", Question: checktest.AzureQuestion("nowhere"),
			Facts: checktest.With(target(gitapi.NotFound, 404, "TF200016"), func(f *inspect.Facts) { f.Target.Account.Reply = checktest.Failed(gitapi.Unauthorized, 401, "") }),
			Serve: manage, Verdict: inspect.Insufficient, Want: []checktest.Want{checktest.Error(inspect.AttributeAzureProject, "azure_project_not_found")},
		},
		{
			Name: "Azure, project that the owner does not see", Question: q,
			Facts: checktest.With(target(gitapi.NotFound, 404, "TF200016"), func(f *inspect.Facts) { f.Target.Account.Reply = checktest.Failed(gitapi.NotFound, 404, "TF200016") }),
			Serve: checktest.ServeAzure(sandbox.AzureToken{Projects: []string{"other"}}), Verdict: inspect.Insufficient,
			Want: []checktest.Want{checktest.Error(inspect.AttributeAzureProject, "azure_project_not_found", "does not show it")},
		},
		{
			Name: "Azure, project without repositories to see", Question: q,
			Facts: checktest.With(target(gitapi.NotFound, 404, "VS800075"), func(f *inspect.Facts) { f.Target.Account.Reply = checktest.OK() }),
			Serve: azureFault(sandbox.Fault{Path: repositories, Status: 404, Body: `{"message":"VS800075","typeKey":"ProjectDoesNotExistException"}`, ContentType: json}), Verdict: inspect.Insufficient,
			Want: []checktest.Want{checktest.Error(inspect.AttributeAzureProject, "azure_repositories_not_visible", "service Repos is enabled")},
		},
		{
			Name: "Azure, project 403", Question: q, Facts: target(gitapi.Forbidden, 403, "TF401027: You need the Git 'GenericRead' permission"),
			Serve: azureFault(sandbox.Fault{Path: repositories, Status: 403, Body: `{"message":"TF401027: You need the Git 'GenericRead' permission","typeKey":"GitNeedsPermissionException"}`, ContentType: json}),
			Want:  []checktest.Want{checktest.Error(inspect.AttributeAzureProject, "azure_project_forbidden", "TF401027")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "Azure, project 5xx", Question: q, Facts: target(gitapi.ServerError, 503, ""), Serve: azureFault(sandbox.Fault{Path: repositories, Status: 503}),
			Want: []checktest.Want{checktest.Warning(inspect.AttributeHost, "server_error", "Checking the project")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: "Azure, project that cannot stand in a URL", Question: checktest.AzureQuestion("git/ops"), Facts: checktest.With(checktest.AzureFacts(), func(f *inspect.Facts) { f.Target = inspect.TargetFacts{} }), Serve: manage,
			Want: []checktest.Want{checktest.Error(inspect.AttributeAzureProject, "azure_project_invalid", "slash"), unknown}, Verdict: inspect.Insufficient,
		},
		{
			Name: "Azure, token of GitHub", Question: inspect.Question{Provider: inspect.AzureDevOps, Token: checktest.Classic, Project: "x"},
			Want: []checktest.Want{checktest.Error(inspect.AttributeToken, "wrong_provider_token", "GitHub token, but the configuration is for Azure DevOps", "Use an Azure DevOps token")}, Verdict: inspect.Insufficient,
		},
		{
			Name: "Azure, host without organization", Question: inspect.Question{Provider: inspect.AzureDevOps, Host: "https://dev.azure.com/", Token: checktest.AzurePAT, Project: "x"},
			Want: []checktest.Want{checktest.Error(inspect.AttributeHost, "azure_host", "https://dev.azure.com/ORGANIZATION")}, Verdict: inspect.Insufficient,
		},
	}
	return append(rows, checktest.UnreachableRows(azure.Definition, q, "/acme/", func(s *sandbox.Sandbox) *sandbox.Server { return s.Azure.Server })...)
}
