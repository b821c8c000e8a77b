// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

var azurePAT = strings.Repeat("a1B2", 19) + "AZDO" + "c3D4"

func azureQuestion(project string) Question {
	return Question{Provider: AzureDevOps, Project: project, Token: azurePAT, Thorough: true}
}

func azureFacts() Facts {
	return Facts{Token: TokenFacts{Reply: ok()}, Owner: OwnerFacts{Reply: ok(), Login: "acme-bot@example.com"}, Target: TargetFacts{Reply: ok()}}
}

func serveAzure(x sandbox.AzureToken) func(*sandbox.Sandbox, Question) {
	return func(s *sandbox.Sandbox, q Question) {
		x.Token = q.Token
		s.Azure.AddToken(x)
	}
}

// azureFault gives the token full access and lets the path answer something else.
func azureFault(f sandbox.Fault) func(*sandbox.Sandbox, Question) {
	return func(s *sandbox.Sandbox, q Question) {
		serveAzure(sandbox.AzureToken{})(s, q)
		s.Azure.Inject(f)
	}
}

func azureRows() []row {
	const (
		organization = "/" + sandbox.AzureOrganization + "/_apis/connectionData"
		repositories = "/" + sandbox.AzureOrganization + "/" + sandbox.AzureProject + "/_apis/git/repositories"
		policy       = "TF400813: External PATs are switched off by a policy."
		json         = "application/json"
		html         = "text/html; charset=utf-8"
	)
	manage := serveAzure(sandbox.AzureToken{Scopes: []string{"vso.code_manage"}})
	q := azureQuestion(sandbox.AzureProject)
	light := q
	light.Thorough = false
	noProject := azureQuestion("")
	unknown := problem(Warning, AttributeToken, "azure_scopes_unknown", "cannot be read", "does not expose a token's scopes", "vso.code_manage",
		"Devtron checks it when the configuration is saved", `git_token_check = "off"`)
	all := []string{"vso.code", "vso.code_write", "vso.code_manage"}
	rejected := func(status int, message string) Facts {
		return Facts{
			Token:  TokenFacts{Reply: failed(FailUnauthorized, status, message)},
			Target: TargetFacts{Reply: failed(FailUnauthorized, status, message)},
		}
	}
	target := func(class FailureClass, status int, message string) Facts {
		return with(azureFacts(), func(f *Facts) { f.Target.Reply = failed(class, status, message) })
	}
	organizationFails := func(class FailureClass, status int, message string) Facts {
		return Facts{Token: TokenFacts{Reply: failed(class, status, message)}, Target: TargetFacts{Reply: failed(class, status, message)}}
	}
	signIn := []want{problem(Error, AttributeToken, "token_rejected", "wrong, expired or revoked", "203 a sign-in page", "/acme/_usersSettings/tokens", "organization that it was generated for")}
	rows := []row{
		{name: "Azure, good token, something is written", q: q, facts: azureFacts(), serve: manage, want: []want{unknown}, verdict: Unverifiable, kind: KindPersonal},
		{name: "Azure, good token, nothing is written", q: light, facts: azureFacts(), serve: manage, verdict: Unverifiable, kind: KindPersonal},
		{
			name: "Azure, read alone: what is missing shows on apply", q: q, facts: azureFacts(),
			serve: serveAzure(sandbox.AzureToken{Scopes: []string{"vso.code"}}), want: []want{unknown}, verdict: Unverifiable,
		},
		{
			name: "Azure, with allow_custom_repository", q: q, r: Requirements{AllowCustomRepository: true}, facts: azureFacts(), serve: manage,
			want: []want{problem(Warning, AttributeToken, "azure_scopes_unknown", "allow_custom_repository = true skips its dry run")}, verdict: Unverifiable,
		},
		{
			name: "Azure, required_scopes", q: q, r: Requirements{Scopes: []string{"vso.code_full"}}, facts: azureFacts(), serve: manage,
			want: []want{problem(Warning, AttributeToken, "azure_scopes_unknown", "According to required_scopes, the token needs: vso.code_full")}, verdict: Unverifiable,
		},
		{name: "Azure, required_scopes is empty", q: q, r: Requirements{Scopes: []string{}}, facts: azureFacts(), serve: manage, verdict: Sufficient},
		{
			name: "Azure, the token alone", q: noProject, facts: with(azureFacts(), func(f *Facts) { f.Target = TargetFacts{} }), serve: manage,
			want: []want{problem(Warning, AttributeToken, "azure_scopes_unknown", "The token is valid. ")}, verdict: Unverifiable,
		},
		{
			name: "Azure, username is of no account", q: q, r: Requirements{Username: "octocat", Scopes: []string{}}, facts: azureFacts(), serve: manage, verdict: Sufficient,
		},
		{
			name: "Azure 401", q: q, facts: rejected(401, ""), serve: serveAzure(sandbox.AzureToken{Revoked: true}),
			want: []want{problem(Error, AttributeToken, "token_rejected", "Azure DevOps does not accept the token", "answered: 401.")}, verdict: Insufficient,
		},
		{
			name: "Azure 401, nothing is written", q: light, facts: rejected(401, ""), serve: serveAzure(sandbox.AzureToken{Revoked: true}),
			want: []want{problem(Error, AttributeToken, "token_rejected")}, verdict: Insufficient,
		},
		{
			name: "Azure 401, expired", q: q, facts: rejected(401, "Access Denied: The Personal Access Token used has expired."),
			serve: serveAzure(sandbox.AzureToken{Expires: time.Now().Add(-time.Hour)}),
			want:  []want{problem(Error, AttributeToken, "token_rejected", "The Personal Access Token used has expired")}, verdict: Insufficient,
		},
		{
			name: "Azure 401 as a page", q: q, facts: rejected(401, ""),
			serve: azureFault(sandbox.Fault{Status: 401, Body: "<html>TF400813</html>", ContentType: html, Header: map[string][]string{"X-Tfs-Processid": {"x"}}}),
			want:  []want{problem(Error, AttributeToken, "token_rejected")}, verdict: Insufficient,
		},
		{
			name: "Azure 203 with a sign-in page", q: q, facts: rejected(203, "a sign-in page"),
			serve: func(s *sandbox.Sandbox, _ Question) { s.Azure.SetSignInPage(true) }, want: signIn, verdict: Insufficient,
		},
		{
			name: "Azure 302 to a sign-in page on the host", q: q, facts: rejected(203, "a sign-in page"),
			serve: azureFault(sandbox.Fault{Path: "/acme/", Status: 302, Header: map[string][]string{"Location": {"/_signin?realm=x"}}}), want: signIn, verdict: Insufficient,
		},
		{
			name: "Azure 302 to a sign-in page elsewhere", q: q, facts: rejected(0, "a redirect to the sign-in page of https://spsprodweu5.vssps.visualstudio.com"),
			serve: azureFault(sandbox.Fault{Status: 302, Header: map[string][]string{"Location": {"https://spsprodweu5.vssps.visualstudio.com/_signin?realm=x"}}}),
			want:  []want{problem(Error, AttributeToken, "token_rejected", "sign-in page of https://spsprodweu5.vssps.visualstudio.com")}, verdict: Insufficient,
		},
		{
			name: "Azure answers as to anybody", q: q,
			facts: with(azureFacts(), func(f *Facts) {
				f.Token.Reply = failed(FailUnauthorized, 0, "the host accepted the request without a valid token")
			}),
			serve: azureFault(sandbox.Fault{
				Path: organization, Status: 200, ContentType: json,
				Body: `{"authenticatedUser":{"id":"aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa","providerDisplayName":"Anonymous"},"instanceId":"x"}`,
			}),
			want: []want{problem(Error, AttributeToken, "token_rejected", "without a valid token")}, verdict: Insufficient,
		},
		{
			name: "Azure, token of another organization", q: q, facts: rejected(401, ""), serve: serveAzure(sandbox.AzureToken{Organizations: []string{"other"}}),
			want: []want{problem(Error, AttributeToken, "token_rejected")}, verdict: Insufficient,
		},
		{
			name: "Azure, the organization tells nothing, the repositories do", q: q, serve: azureFault(sandbox.Fault{Path: organization, Status: 401, Header: map[string][]string{"X-Tfs-Processid": {"x"}}}),
			facts: with(azureFacts(), func(f *Facts) { f.Token.Reply, f.Owner = failed(FailUnauthorized, 401, ""), OwnerFacts{} }),
			want:  []want{unknown}, verdict: Unverifiable,
		},
		{
			name: "Azure, no organization", q: q, facts: organizationFails(FailNotFound, 404, ""),
			serve: func(s *sandbox.Sandbox, q Question) {
				serveAzure(sandbox.AzureToken{})(s, q)
				s.Azure.Inject(sandbox.Fault{Status: 404, Body: "<html>The resource cannot be found.</html>", ContentType: html, Header: map[string][]string{"X-Tfs-Processid": {"x"}}})
			},
			want: []want{problem(Error, AttributeHost, "azure_organization_not_found", "dev.azure.com/")}, verdict: Insufficient,
		},
		{
			name: "Azure, organization 403", q: q, facts: organizationFails(FailForbidden, 403, policy), serve: serveAzure(sandbox.AzureToken{Forbidden: policy}),
			want: []want{problem(Error, AttributeHost, "azure_organization_forbids", policy[:len(policy)-1])}, verdict: Insufficient,
		},
		{
			name: "Azure, conditional access", q: q, facts: organizationFails(FailForbidden, 403, "VS403463: The conditional access policy failed."),
			serve: serveAzure(sandbox.AzureToken{Forbidden: "VS403463: The conditional access policy failed."}),
			want:  []want{problem(Warning, AttributeHost, "azure_conditional_access", "Devtron may be let in")}, verdict: Unverifiable,
		},
		{
			name: "Azure, the token may not read code", q: q, facts: target(FailUnauthorized, 401, ""),
			serve:   serveAzure(sandbox.AzureToken{Scopes: []string{"vso.work"}}),
			want:    []want{problem(Error, AttributeToken, "azure_missing_scopes", "Missing: vso.code, vso.code_write, vso.code_manage", "Code (Read, write, & manage)", "/acme/_usersSettings/tokens")},
			verdict: Insufficient, missing: all,
		},
		{
			name: "Azure, project 404", q: azureQuestion("nowhere"),
			facts: with(target(FailNotFound, 404, "TF200016"), func(f *Facts) { f.Target.Account.Reply = failed(FailNotFound, 404, "TF200016") }),
			serve: serveAzure(sandbox.AzureToken{}), verdict: Insufficient,
			want: []want{problem(Error, AttributeAzureProject, "azure_project_not_found", `"nowhere" was not found`, "TF200016")},
		},
		{
			name: "Azure, project 404, nothing else may be asked", q: azureQuestion("nowhere"),
			facts: with(target(FailNotFound, 404, "TF200016"), func(f *Facts) { f.Target.Account.Reply = failed(FailUnauthorized, 401, "") }),
			serve: manage, verdict: Insufficient, want: []want{problem(Error, AttributeAzureProject, "azure_project_not_found")},
		},
		{
			name: "Azure, project that the owner does not see", q: q,
			facts: with(target(FailNotFound, 404, "TF200016"), func(f *Facts) { f.Target.Account.Reply = failed(FailNotFound, 404, "TF200016") }),
			serve: serveAzure(sandbox.AzureToken{Projects: []string{"other"}}), verdict: Insufficient,
			want: []want{problem(Error, AttributeAzureProject, "azure_project_not_found", "does not show it")},
		},
		{
			name: "Azure, project without repositories to see", q: q,
			facts: with(target(FailNotFound, 404, "VS800075"), func(f *Facts) { f.Target.Account.Reply = ok() }),
			serve: azureFault(sandbox.Fault{Path: repositories, Status: 404, Body: `{"message":"VS800075","typeKey":"ProjectDoesNotExistException"}`, ContentType: json}), verdict: Insufficient,
			want: []want{problem(Error, AttributeAzureProject, "azure_repositories_not_visible", "service Repos is on")},
		},
		{
			name: "Azure, project 403", q: q, facts: target(FailForbidden, 403, "TF401027: You need the Git 'GenericRead' permission"),
			serve: azureFault(sandbox.Fault{Path: repositories, Status: 403, Body: `{"message":"TF401027: You need the Git 'GenericRead' permission","typeKey":"GitNeedsPermissionException"}`, ContentType: json}),
			want:  []want{problem(Error, AttributeAzureProject, "azure_project_forbidden", "TF401027")}, verdict: Insufficient,
		},
		{
			name: "Azure, project 5xx", q: q, facts: target(FailServer, 503, ""), serve: azureFault(sandbox.Fault{Path: repositories, Status: 503}),
			want: []want{problem(Warning, AttributeHost, "server_error", "about the project")}, verdict: Unverifiable,
		},
		{
			name: "Azure, project that cannot stand in a URL", q: azureQuestion("git/ops"), facts: with(azureFacts(), func(f *Facts) { f.Target = TargetFacts{} }), serve: manage,
			want: []want{problem(Error, AttributeAzureProject, "azure_project_invalid", "slash"), unknown}, verdict: Insufficient,
		},
		{
			name: "Azure, token of GitHub", q: Question{Provider: AzureDevOps, Token: classic, Project: "x"},
			want: []want{problem(Error, AttributeToken, "wrong_provider_token", "GitHub token, but the configuration is for Azure DevOps", "Use an Azure DevOps token")}, verdict: Insufficient,
		},
		{
			name: "Azure, host without organization", q: Question{Provider: AzureDevOps, Host: "https://dev.azure.com/", Token: azurePAT, Project: "x"},
			want: []want{problem(Error, AttributeHost, "azure_host", "https://dev.azure.com/ORGANIZATION")}, verdict: Insufficient,
		},
	}
	return append(rows, unreachableRows(q, "/acme/", func(s *sandbox.Sandbox) *sandbox.Server { return s.Azure.Server })...)
}
