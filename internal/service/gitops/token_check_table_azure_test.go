// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"net/http"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// sharedRow is the row of the decision table for Azure DevOps and Bitbucket Cloud. The table is
// older than their checks, which the guide on git tokens describes.
const sharedRow = "Azure, Bitbucket"

// inSharedRow adds cases to the row.
func inSharedRow(cases []checkCase) []checkCase {
	for i := range cases {
		cases[i].row = sharedRow
	}
	return cases
}

const (
	azureToken = "0123456789abcdefghijABCDEFGHIJ0123456789abcdefghijABCDEFGHIJ0123456789abcdefAZDO0aB1"
	azureOwner = sandbox.Username + "@example.com"
	notExposed = "does not expose a token's scopes"
)

func azureAnswer(verdict string, missing ...string) answer {
	return answer{verdict: verdict, kind: "personal", owner: azureOwner, missing: missing}
}

func withAzureToken(x sandbox.AzureToken) func(*sandbox.Sandbox, string) {
	return func(box *sandbox.Sandbox, token string) {
		x := x // The cases run in parallel.
		x.Token = token
		box.Azure.AddToken(x)
	}
}

// azureAnswers gives the token full access and injects a fault.
func azureAnswers(f sandbox.Fault) func(*sandbox.Sandbox, string) {
	return func(box *sandbox.Sandbox, token string) {
		withAzureToken(sandbox.AzureToken{})(box, token)
		box.Azure.Inject(f)
	}
}

func azureCases() []checkCase {
	const repositories = "/" + sandbox.AzureOrganization + "/" + sandbox.AzureProject + "/_apis/git/repositories"
	const policy, conditional = "TF400813: External PATs are switched off by a policy.", "VS403463: The conditional access policy failed."
	unknown := warns("token", "The scopes of an Azure DevOps token cannot be read", notExposed, "vso.code_manage", "Devtron checks it when the configuration is saved")
	rejected := func(words ...string) []expected {
		return []expected{stops("token", append(words, "Azure DevOps does not accept the token", "wrong, expired or revoked", "/acme/_usersSettings/tokens")...)}
	}
	full, manage := sandbox.AzureToken{}, withAzureToken(sandbox.AzureToken{Scopes: []string{"vso.code_manage"}})
	host := func(is string) values { return values{"host": is} }
	withoutSwitch := azureAnswer("unverifiable")
	withoutSwitch.problems = []expected{unknown}
	refused, unasked := answer{verdict: "insufficient", kind: "personal"}, answer{verdict: "unverifiable", kind: "personal"}
	return inSharedRow([]checkCase{
		{name: "Azure valid token", serve: manage, data: azureAnswer("unverifiable"), want: []expected{unknown}},
		{name: "Azure at the public host", set: host("https://dev.azure.com/acme"), serve: manage, data: azureAnswer("unverifiable"), want: []expected{unknown}},
		{
			// The check cannot test whether the token may push or create repositories.
			name: "Azure only read", serve: withAzureToken(sandbox.AzureToken{Scopes: []string{"vso.code"}}), data: azureAnswer("unverifiable"), want: []expected{unknown},
		},
		{
			name: "Azure with allow_custom_repository", set: values{"allow_custom_repository": true}, serve: manage,
			data: withoutSwitch, want: []expected{warns("token", notExposed, "allow_custom_repository = true skips its dry run")},
		},
		{
			name: "Azure required_scopes", set: values{"required_scopes": []string{"vso.code_full"}}, serve: manage, data: azureAnswer("unverifiable"),
			want: []expected{warns("token", notExposed, "According to required_scopes, the token needs: vso.code_full")},
		},
		{name: "Azure no required scopes", set: values{"required_scopes": []string{}}, serve: manage, data: azureAnswer("sufficient")},
		{
			// Devtron does not send the user name.
			name: "Azure token of another user", set: values{"username": "octocat", "required_scopes": []string{}}, serve: manage, data: azureAnswer("sufficient"),
		},
		{name: "Azure unknown token", serve: untouched, data: refused, want: rejected("answered: 401")},
		{name: "Azure revoked", serve: withAzureToken(sandbox.AzureToken{Revoked: true}), data: refused, want: rejected()},
		{name: "Azure expired", serve: withAzureToken(sandbox.AzureToken{Expires: time.Now().Add(-time.Hour)}), data: refused, want: rejected("The Personal Access Token used has expired")},
		{name: "Azure 203 and a sign-in page", serve: func(box *sandbox.Sandbox, _ string) { box.Azure.SetSignInPage(true) }, data: refused, want: rejected("203 a sign-in page")},
		{
			name: "Azure 302 to a sign-in page", data: refused, want: rejected("sign-in page of https://spsprodweu5.vssps.visualstudio.com"),
			serve: azureAnswers(sandbox.Fault{Status: 302, Header: http.Header{"Location": {"https://spsprodweu5.vssps.visualstudio.com/_signin?realm=x"}}}),
		},
		{name: "Azure token of another organization", serve: withAzureToken(sandbox.AzureToken{Organizations: []string{"other"}}), data: refused, want: rejected("organization that it was generated for")},
		{
			name: "Azure no such organization", set: host("https://dev.azure.com/nowhere"), serve: manage, data: answer{verdict: "insufficient", kind: "personal"},
			want: []expected{stops("host", "The Azure DevOps organization was not found", "https://dev.azure.com/nowhere")},
		},
		{
			name: "Azure policy", serve: withAzureToken(sandbox.AzureToken{Forbidden: policy}), data: answer{verdict: "insufficient", kind: "personal"},
			want: []expected{stops("host", "organization denies access to the token", "TF400813")},
		},
		{
			name: "Azure conditional access", serve: withAzureToken(sandbox.AzureToken{Forbidden: conditional}), data: answer{verdict: "unverifiable", kind: "personal"},
			want: []expected{warns("host", "A conditional access policy of the Azure DevOps organization blocks this machine", "VS403463", "Devtron may have access")},
		},
		{
			name: "Azure may not read code", serve: withAzureToken(sandbox.AzureToken{Scopes: []string{"vso.work"}}),
			data: azureAnswer("insufficient", "vso.code", "vso.code_write", "vso.code_manage"),
			want: []expected{stops("token", "Azure DevOps token lacks scopes that Devtron needs", "Missing: vso.code, vso.code_write, vso.code_manage\n", "Code (Read, write, & manage)")},
		},
		{
			name: "Azure no such project", set: values{"azure_project": "nowhere"}, serve: withAzureToken(full), data: azureAnswer("insufficient"),
			want: []expected{stops("azure_project", `The Azure DevOps project "nowhere" was not found`)},
		},
		{
			name: "Azure project that is not shown", serve: withAzureToken(sandbox.AzureToken{Projects: []string{"other"}}), data: azureAnswer("insufficient"),
			want: []expected{stops("azure_project", "was not found", "does not show it to the owner")},
		},
		{
			name: "Azure project without repositories", serve: azureAnswers(sandbox.Fault{Path: repositories, Status: 404, Body: `{"message":"VS800075","typeKey":"ProjectDoesNotExistException"}`, ContentType: "application/json"}),
			data: azureAnswer("insufficient"), want: []expected{stops("azure_project", "shows no repositories", "service Repos is enabled")},
		},
		{
			name: "Azure project 403", serve: azureAnswers(sandbox.Fault{Path: repositories, Status: 403, Body: `{"message":"TF401027: You need the Git 'GenericRead' permission","typeKey":"GitNeedsPermissionException"}`, ContentType: "application/json"}),
			data: azureAnswer("insufficient"), want: []expected{stops("azure_project", "denies access to the token", "TF401027")},
		},
		{
			name: "Azure project 5xx", serve: azureAnswers(sandbox.Fault{Path: repositories, Status: 503}), data: azureAnswer("unverifiable"),
			want: []expected{warns("host", "HTTP 503", "Checking the project")},
		},
		{
			name: "Azure project with an invalid name", set: values{"azure_project": ".."}, serve: manage, data: azureAnswer("insufficient"),
			want: []expected{stops("azure_project", "cannot be the name of an Azure DevOps project"), warns("token", notExposed)},
		},
		{
			name: "Azure token of GitHub", token: classicToken, data: answer{verdict: "insufficient", kind: "classic"},
			want: []expected{stops("token", "GitHub token, but the configuration is for Azure DevOps", `git_provider = "GITHUB"`)},
		},
		{name: "Azure host without organization", set: host("https://dev.azure.com/"), data: refused, want: []expected{stops("host", "must contain the organization", "https://dev.azure.com/ORGANIZATION")}},
		{
			name: "Azure host with the project", set: host("https://dev.azure.com/acme/gitops"), data: refused,
			want: []expected{stops("host", "must end with the organization", "azure_project", `host = "https://dev.azure.com/acme"`)},
		},
		{
			name: "Azure host with the API's path", set: host("http://127.0.0.1:9/acme/_apis"), data: refused,
			want: []expected{stops("host", "must not end in /_apis", `host = "http://127.0.0.1:9/acme"`), warns("host", "host not reachable")},
		},
		{
			name: "Azure host without TLS", set: host("http://dev.azure.com/acme"), serve: manage, data: azureAnswer("unverifiable"),
			want: []expected{warns("host", "is not https", `host = "https://dev.azure.com/acme"`), unknown},
		},
		{
			name: "Azure Server without collection", set: host("http://127.0.0.1:9"), data: unasked,
			want: []expected{warns("host", "contains no organization", "COLLECTION"), warns("host", "host not reachable")},
		},
	})
}
