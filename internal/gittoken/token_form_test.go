// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken_test

import (
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

func TestTokenForms(t *testing.T) {
	const unknown = inspect.Provider("")
	jobJWT := "glcbt-eyJhbGciOiJSUzI1NiJ9." + strings.Repeat("a", 1500) + ".c2ln"
	length := func(n int) string { return "ghp_" + strings.Repeat("a", n-4) }
	for name, x := range map[string]struct {
		p     inspect.Provider
		token string
		want  []checktest.Want
	}{
		"good":               {inspect.GitHub, checktest.Classic, nil},
		"empty":              {inspect.GitHub, "", []checktest.Want{checktest.Error(inspect.AttributeToken, "token_empty", "The token is empty")}},
		"empty, no provider": {unknown, "", []checktest.Want{checktest.Error(inspect.AttributeToken, "token_empty")}},
		"line break":         {inspect.GitHub, checktest.Classic + "\n", []checktest.Want{checktest.Error(inspect.AttributeToken, "not_a_token", "not a GitHub token", "ends with a line break", "trimspace(file(...))")}},
		"CR and LF":          {inspect.GitLab, checktest.Personal + "\r\n", []checktest.Want{checktest.Error(inspect.AttributeToken, "not_a_token", "ends with a line break", "trimspace(file(...))")}},
		"carriage return":    {inspect.GitLab, checktest.Personal + "\r", []checktest.Want{checktest.Error(inspect.AttributeToken, "not_a_token", "ends with a carriage return", "trimspace(")}},
		"blank before":       {inspect.AzureDevOps, " " + checktest.AzurePAT, []checktest.Want{checktest.Error(inspect.AttributeToken, "not_a_token", "an Azure DevOps token", "begins with a space", "trimspace(")}},
		"tab":                {inspect.BitbucketCloud, checktest.BitbucketAPI + "\t", []checktest.Want{checktest.Error(inspect.AttributeToken, "not_a_token", "ends with a tab", "trimspace(")}},
		"no-break space":     {inspect.GitHub, checktest.Classic + "\u00a0", []checktest.Want{checktest.Error(inspect.AttributeToken, "not_a_token", "white space", "trimspace(")}},
		"both ends":          {inspect.GitHub, " " + checktest.Classic + "\n", []checktest.Want{checktest.Error(inspect.AttributeToken, "not_a_token", "begins with a space", "ends with a line break")}},
		"blanks alone":       {inspect.GitHub, " \n", []checktest.Want{checktest.Error(inspect.AttributeToken, "not_a_token", "line break")}},
		"byte order mark":    {inspect.GitHub, "\ufeff" + checktest.Classic, []checktest.Want{checktest.Error(inspect.AttributeToken, "not_a_token", "byte order mark", `trimprefix(file(...), "\ufeff")`)}},
		"mark and break":     {inspect.GitHub, "\ufeff" + checktest.Classic + "\r\n", []checktest.Want{checktest.Error(inspect.AttributeToken, "not_a_token", "byte order mark", "line break")}},
		"zero width space":   {inspect.GitHub, checktest.Classic + "\u200b", []checktest.Want{checktest.Error(inspect.AttributeToken, "not_a_token", "an invisible character", "Copy the token again")}},
		"quotation marks":    {inspect.GitHub, `"` + checktest.Classic + `"`, []checktest.Want{checktest.Error(inspect.AttributeToken, "not_a_token", "quotation marks", "Remove them")}},
		"single quotes":      {inspect.GitHub, "'" + checktest.Classic + "'\n", []checktest.Want{checktest.Error(inspect.AttributeToken, "not_a_token", "quotation marks", "line break")}},
		"two lines":          {inspect.GitHub, checktest.Classic + "\n" + checktest.Classic, []checktest.Want{checktest.Error(inspect.AttributeToken, "not_a_token", "contains a line break")}},
		"a sentence":         {unknown, "what my colleague sent", []checktest.Want{checktest.Error(inspect.AttributeToken, "not_a_token", "not a git token", "contains a space")}},
		"control character":  {inspect.GitHub, "ghp_\x00abc", []checktest.Want{checktest.Error(inspect.AttributeToken, "not_a_token", "an invisible character")}},
		"not ASCII":          {inspect.GitHub, "ghp_äbc", []checktest.Want{checktest.Error(inspect.AttributeToken, "not_a_token", "not ASCII")}},
		"kind and break": {inspect.GitHub, checktest.Installation + "\n", []checktest.Want{
			checktest.Error(inspect.AttributeToken, "not_a_token", "line break"), checktest.Error(inspect.AttributeToken, "kind_unusable", "installation token"),
		}},

		"App installation":         {inspect.GitHub, checktest.Installation, []checktest.Want{checktest.Error(inspect.AttributeToken, "kind_unusable", "Devtron cannot use a GitHub App installation token", "one hour", "personal access token")}},
		"App installation of 2026": {inspect.GitHub, checktest.Installation2026, []checktest.Want{checktest.Error(inspect.AttributeToken, "kind_unusable", "GitHub App installation token", "one hour", "In addition, the token has 483 bytes", "158")}},
		"App of 2026, unknown":     {unknown, checktest.Installation2026, []checktest.Want{checktest.Error(inspect.AttributeToken, "kind_unusable", "GitHub App installation token")}},
		"App of 2026, at GitLab":   {inspect.GitLab, checktest.Installation2026, []checktest.Want{checktest.Error(inspect.AttributeToken, "wrong_provider_token", "This is a GitHub token", `git_provider = "GITHUB"`)}},
		"App refresh":              {inspect.GitHub, "ghr_" + checktest.Classic[4:], []checktest.Want{checktest.Error(inspect.AttributeToken, "kind_unusable", "GitHub App refresh token")}},
		"App user":                 {inspect.GitHub, checktest.AppUser, nil}, // it may be configured not to expire
		"OAuth app":                {inspect.GitHub, "gho_" + checktest.Classic[4:], nil},
		"fine-grained":             {inspect.GitHub, checktest.FineGrained, nil},
		"40 hexadecimal digits":    {inspect.GitHub, strings.Repeat("0a1b", 10), nil},
		"GitLab job, JWT":          {inspect.GitLab, jobJWT, []checktest.Want{checktest.Error(inspect.AttributeToken, "kind_unusable", "GitLab CI/CD job token", "In addition, the token has", "1472")}},
		"GitLab job, no provider":  {unknown, jobJWT, []checktest.Want{checktest.Error(inspect.AttributeToken, "kind_unusable", "GitLab CI/CD job token")}},
		"GitLab incoming mail":     {inspect.GitLab, "glimt-" + checktest.Personal[6:], []checktest.Want{checktest.Error(inspect.AttributeToken, "kind_unusable", "GitLab incoming email token")}},
		"GitLab feature flags":     {inspect.GitLab, "glffct-" + checktest.Personal[6:], []checktest.Want{checktest.Error(inspect.AttributeToken, "kind_unusable", "GitLab feature flags client token")}},
		"GitLab workspace":         {inspect.GitLab, "glwt-" + checktest.Personal[6:], []checktest.Want{checktest.Error(inspect.AttributeToken, "kind_unusable", "GitLab workspace token")}},
		"GitLab, instance prefix":  {inspect.GitLab, "acme-" + checktest.Personal, nil},
		// GitLab has reserved these prefixes only since 2026.
		"GitLab, instance prefix of a kind": {inspect.GitLab, "glcbt-" + checktest.Personal, nil},
		"GitLab, prefix of its own":         {inspect.GitLab, "corp_" + checktest.Personal[6:], nil},
		"GitLab, prefix of GitHub":          {inspect.GitLab, checktest.Classic, nil},
		"GitLab, prefix of Bitbucket":       {inspect.GitLab, "ATBB-" + checktest.Personal[6:], nil},
		"GitLab, 64 hexadecimal digits":     {inspect.GitLab, strings.Repeat("0a1b", 16), nil},
		"GitLab's at GitHub":                {inspect.GitHub, checktest.Personal, []checktest.Want{checktest.Error(inspect.AttributeToken, "wrong_provider_token", "This is a GitLab token, but the configuration is for GitHub", `git_provider = "GITLAB"`)}},
		"GitHub's at Bitbucket":             {inspect.BitbucketCloud, checktest.Classic, []checktest.Want{checktest.Error(inspect.AttributeToken, "wrong_provider_token", "This is a GitHub token")}},
		"Azure's at GitHub":                 {inspect.GitHub, checktest.AzurePAT, []checktest.Want{checktest.Error(inspect.AttributeToken, "wrong_provider_token", "This is an Azure DevOps token", `git_provider = "AZURE_DEVOPS"`)}},
		"Azure":                             {inspect.AzureDevOps, checktest.AzurePAT, nil},
		"Azure, begins like Bitbucket's":    {inspect.AzureDevOps, "ATBB" + checktest.AzurePAT[4:], nil},
		"Azure, older":                      {inspect.AzureDevOps, strings.Repeat("abc7", 13), nil},
		"52 letters elsewhere":              {inspect.GitHub, strings.Repeat("abc7", 13), nil},
		"Entra":                             {inspect.AzureDevOps, checktest.Entra, []checktest.Want{checktest.Error(inspect.AttributeToken, "kind_unusable", "Devtron cannot use a Microsoft Entra access token", "expires within hours")}},
		"long Entra":                        {inspect.AzureDevOps, checktest.JWT(`{"iss":"https://login.microsoftonline.com/x/v2.0","x":"` + strings.Repeat("x", 1400) + `"}`), []checktest.Want{checktest.Error(inspect.AttributeToken, "kind_unusable", "Microsoft Entra", "In addition, the token has")}},
		"Azure, JWT of another issuer":      {inspect.AzureDevOps, checktest.JWT(`{"iss":"app.vstoken.visualstudio.com"}`), nil},
		"Bitbucket app password":            {inspect.BitbucketCloud, "ATBB" + checktest.Classic[4:], []checktest.Want{checktest.Error(inspect.AttributeToken, "kind_unusable", "Bitbucket app password", "workspace access token")}},
		"Bitbucket, 20 characters":          {inspect.BitbucketCloud, strings.Repeat("a1B2", 5), nil},
		"Bitbucket access token":            {inspect.BitbucketCloud, checktest.BitbucketAccess, nil},

		"158 bytes":  {inspect.GitHub, length(158), nil},
		"159 bytes":  {inspect.GitHub, length(159), []checktest.Want{checktest.Warning(inspect.AttributeToken, "token_long", "Devtron up to v2.2.0 cannot store the token", "159 bytes", "at most 158", "1472")}},
		"1472 bytes": {unknown, length(1472), []checktest.Want{checktest.Warning(inspect.AttributeToken, "token_long", "1472 bytes")}},
		"1473 bytes": {inspect.GitLab, length(1473), []checktest.Want{checktest.Error(inspect.AttributeToken, "token_too_long", "too long for Devtron", "1473 bytes", "at most 1472")}},
		"Bitbucket API token of 192": {inspect.BitbucketCloud, "ATATT" + strings.Repeat("a", 187), []checktest.Want{
			checktest.Warning(inspect.AttributeToken, "token_long", "192 bytes", "workspace access token", `username = "x-token-auth"`),
		}},
	} {
		t.Run(name, func(t *testing.T) {
			got := gittoken.TokenProblems(x.p, "", x.token)
			if len(got) != len(x.want) {
				t.Fatalf("%d problems, want %d: %+v", len(got), len(x.want), got)
			}
			for i, w := range x.want {
				w.Check(t, got[i])
				if core := strings.Trim(x.token, " \t\r\n\ufeff\u200b\u00a0\"'"); len(core) > 8 && strings.Contains(got[i].Summary+got[i].Detail, core[8:]) {
					t.Errorf("the token is shown: %+v", got[i])
				}
			}
			judged := gittoken.Judge(inspect.Question{Provider: x.p, Token: x.token, Host: "https://git.example.com/acme", Username: "x", Thorough: true}, inspect.Facts{}, inspect.Requirements{}, time.Now())
			for _, w := range x.want {
				found := checktest.Find(t, judged, w.Code)
				if found.Severity != w.Severity || (w.Severity == inspect.Error) != (judged.Verdict == inspect.Insufficient) && x.p != inspect.BitbucketCloud {
					t.Errorf("Judge differs, verdict %s: %+v", judged.Verdict, found)
				}
			}
		})
	}
}

// A stored token has a length that the connected Devtron can store.
func TestALongTokenWarnsOnlyWhereItIsWritten(t *testing.T) {
	for _, thorough := range []bool{true, false} {
		q := checktest.GitHubQuestion("ghp_" + strings.Repeat("a", 200))
		q.Thorough = thorough
		a := gittoken.Judge(q, checktest.GitHubFacts(checktest.GitHubScopes()...), inspect.Requirements{}, time.Now())
		if reported := len(a.Problems) == 1 && a.Problems[0].Code == "token_long"; reported != thorough || a.Verdict != inspect.Sufficient {
			t.Errorf("thorough %t: %+v", thorough, a)
		}
	}
}
