// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"
)

// jwt is a token with the payload.
func jwt(payload string) string {
	return "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9." + base64.RawURLEncoding.EncodeToString([]byte(payload)) + ".c2lnbmF0dXJl"
}

var entra = jwt(`{"iss":"https://sts.windows.net/00000000-0000-0000-0000-000000000000/","exp":1}`)

func TestWhatATokenMustLookLike(t *testing.T) {
	const unknown = Provider("")
	jobJWT := "glcbt-eyJhbGciOiJSUzI1NiJ9." + strings.Repeat("a", 1500) + ".c2ln"
	length := func(n int) string { return "ghp_" + strings.Repeat("a", n-4) }
	for name, x := range map[string]struct {
		p     Provider
		token string
		want  []want
	}{
		"good":               {GitHub, classic, nil},
		"empty":              {GitHub, "", []want{problem(Error, AttributeToken, "token_empty", "The token is empty")}},
		"empty, no provider": {unknown, "", []want{problem(Error, AttributeToken, "token_empty")}},
		"line break":         {GitHub, classic + "\n", []want{problem(Error, AttributeToken, "not_a_token", "not a GitHub token", "ends with a line break", "trimspace(file(...))")}},
		"CR and LF":          {GitLab, personal + "\r\n", []want{problem(Error, AttributeToken, "not_a_token", "ends with a line break", "trimspace(file(...))")}},
		"carriage return":    {GitLab, personal + "\r", []want{problem(Error, AttributeToken, "not_a_token", "ends with a carriage return", "trimspace(")}},
		"blank before":       {AzureDevOps, " " + azurePAT, []want{problem(Error, AttributeToken, "not_a_token", "an Azure DevOps token", "begins with a blank", "trimspace(")}},
		"tab":                {BitbucketCloud, bitbucketAPI + "\t", []want{problem(Error, AttributeToken, "not_a_token", "ends with a tab", "trimspace(")}},
		"no-break space":     {GitHub, classic + "\u00a0", []want{problem(Error, AttributeToken, "not_a_token", "white space", "trimspace(")}},
		"both ends":          {GitHub, " " + classic + "\n", []want{problem(Error, AttributeToken, "not_a_token", "begins with a blank", "ends with a line break")}},
		"blanks alone":       {GitHub, " \n", []want{problem(Error, AttributeToken, "not_a_token", "line break")}},
		"byte order mark":    {GitHub, "\ufeff" + classic, []want{problem(Error, AttributeToken, "not_a_token", "byte order mark", `trimprefix(file(...), "\ufeff")`)}},
		"mark and break":     {GitHub, "\ufeff" + classic + "\r\n", []want{problem(Error, AttributeToken, "not_a_token", "byte order mark", "line break")}},
		"zero width space":   {GitHub, classic + "\u200b", []want{problem(Error, AttributeToken, "not_a_token", "an invisible character", "copy the token again")}},
		"quotation marks":    {GitHub, `"` + classic + `"`, []want{problem(Error, AttributeToken, "not_a_token", "quotation marks", "remove them")}},
		"single quotes":      {GitHub, "'" + classic + "'\n", []want{problem(Error, AttributeToken, "not_a_token", "quotation marks", "line break")}},
		"two lines":          {GitHub, classic + "\n" + classic, []want{problem(Error, AttributeToken, "not_a_token", "contains a line break")}},
		"a sentence":         {unknown, "what my colleague sent", []want{problem(Error, AttributeToken, "not_a_token", "not a git token", "contains a blank")}},
		"control character":  {GitHub, "ghp_\x00abc", []want{problem(Error, AttributeToken, "not_a_token", "an invisible character")}},
		"not ASCII":          {GitHub, "ghp_äbc", []want{problem(Error, AttributeToken, "not_a_token", "not ASCII")}},
		"kind and break": {GitHub, installation + "\n", []want{
			problem(Error, AttributeToken, "not_a_token", "line break"), problem(Error, AttributeToken, "kind_unusable", "installation token"),
		}},

		"App installation":         {GitHub, installation, []want{problem(Error, AttributeToken, "kind_unusable", "Devtron cannot use a GitHub App installation token", "one hour", "personal access token")}},
		"App installation of 2026": {GitHub, installation2026, []want{problem(Error, AttributeToken, "kind_unusable", "GitHub App installation token", "one hour", "In addition, the token has 483 bytes", "158")}},
		"App of 2026, unknown":     {unknown, installation2026, []want{problem(Error, AttributeToken, "kind_unusable", "GitHub App installation token")}},
		"App of 2026, at GitLab":   {GitLab, installation2026, []want{problem(Error, AttributeToken, "wrong_provider_token", "This is a GitHub token", `git_provider = "GITHUB"`)}},
		"App refresh":              {GitHub, "ghr_" + classic[4:], []want{problem(Error, AttributeToken, "kind_unusable", "GitHub App refresh token")}},
		"App user":                 {GitHub, appUser, nil}, // it may have been made not to expire
		"OAuth app":                {GitHub, "gho_" + classic[4:], nil},
		"fine-grained":             {GitHub, fineGrained, nil},
		"40 hexadecimal digits":    {GitHub, strings.Repeat("0a1b", 10), nil},
		"GitLab job, JWT":          {GitLab, jobJWT, []want{problem(Error, AttributeToken, "kind_unusable", "GitLab CI/CD job token", "In addition, the token has", "1472")}},
		"GitLab job, no provider":  {unknown, jobJWT, []want{problem(Error, AttributeToken, "kind_unusable", "GitLab CI/CD job token")}},
		"GitLab incoming mail":     {GitLab, "glimt-" + personal[6:], []want{problem(Error, AttributeToken, "kind_unusable", "GitLab incoming email token")}},
		"GitLab feature flags":     {GitLab, "glffct-" + personal[6:], []want{problem(Error, AttributeToken, "kind_unusable", "GitLab feature flags client token")}},
		"GitLab workspace":         {GitLab, "glwt-" + personal[6:], []want{problem(Error, AttributeToken, "kind_unusable", "GitLab workspace token")}},
		"GitLab, instance prefix":  {GitLab, "acme-" + personal, nil},
		// GitLab reserved these words for its own use only in 2026.
		"GitLab, instance prefix of a kind": {GitLab, "glcbt-" + personal, nil},
		"GitLab, prefix of its own":         {GitLab, "corp_" + personal[6:], nil},
		"GitLab, prefix of GitHub":          {GitLab, classic, nil},
		"GitLab, prefix of Bitbucket":       {GitLab, "ATBB-" + personal[6:], nil},
		"GitLab, 64 hexadecimal digits":     {GitLab, strings.Repeat("0a1b", 16), nil},
		"GitLab's at GitHub":                {GitHub, personal, []want{problem(Error, AttributeToken, "wrong_provider_token", "This is a GitLab token, but the configuration is for GitHub", `git_provider = "GITLAB"`)}},
		"GitHub's at Bitbucket":             {BitbucketCloud, classic, []want{problem(Error, AttributeToken, "wrong_provider_token", "This is a GitHub token")}},
		"Azure's at GitHub":                 {GitHub, azurePAT, []want{problem(Error, AttributeToken, "wrong_provider_token", "This is an Azure DevOps token", `git_provider = "AZURE_DEVOPS"`)}},
		"Azure":                             {AzureDevOps, azurePAT, nil},
		"Azure, begins like Bitbucket's":    {AzureDevOps, "ATBB" + azurePAT[4:], nil},
		"Azure, older":                      {AzureDevOps, strings.Repeat("abc7", 13), nil},
		"52 letters elsewhere":              {GitHub, strings.Repeat("abc7", 13), nil},
		"Entra":                             {AzureDevOps, entra, []want{problem(Error, AttributeToken, "kind_unusable", "Devtron cannot use a Microsoft Entra access token", "expires within hours")}},
		"long Entra":                        {AzureDevOps, jwt(`{"iss":"https://login.microsoftonline.com/x/v2.0","x":"` + strings.Repeat("x", 1400) + `"}`), []want{problem(Error, AttributeToken, "kind_unusable", "Microsoft Entra", "In addition, the token has")}},
		"Azure, JWT of another issuer":      {AzureDevOps, jwt(`{"iss":"app.vstoken.visualstudio.com"}`), nil},
		"Bitbucket app password":            {BitbucketCloud, "ATBB" + classic[4:], []want{problem(Error, AttributeToken, "kind_unusable", "Bitbucket app password", "workspace access token")}},
		"Bitbucket, 20 characters":          {BitbucketCloud, strings.Repeat("a1B2", 5), nil},
		"Bitbucket access token":            {BitbucketCloud, bitbucketAccess, nil},

		"158 bytes":  {GitHub, length(158), nil},
		"159 bytes":  {GitHub, length(159), []want{problem(Warning, AttributeToken, "token_long", "Devtron up to v2.2.0 cannot store the token", "159 bytes", "at most 158", "1472")}},
		"1472 bytes": {unknown, length(1472), []want{problem(Warning, AttributeToken, "token_long", "1472 bytes")}},
		"1473 bytes": {GitLab, length(1473), []want{problem(Error, AttributeToken, "token_too_long", "too long for Devtron", "1473 bytes", "at most 1472")}},
		"Bitbucket API token of 192": {BitbucketCloud, "ATATT" + strings.Repeat("a", 187), []want{
			problem(Warning, AttributeToken, "token_long", "192 bytes", "workspace access token", `username = "x-token-auth"`),
		}},
	} {
		t.Run(name, func(t *testing.T) {
			got := TokenProblems(x.p, x.token)
			if len(got) != len(x.want) {
				t.Fatalf("%d problems, want %d: %+v", len(got), len(x.want), got)
			}
			for i, w := range x.want {
				w.check(t, got[i])
				if core := tokenCore(x.token); len(core) > 8 && strings.Contains(got[i].Summary+got[i].Detail, core[8:]) {
					t.Errorf("the token is shown: %+v", got[i])
				}
			}
			judged := Judge(Question{Provider: x.p, Token: x.token, Host: "https://git.example.com/acme", Username: "x", Thorough: true}, Facts{}, Requirements{}, time.Now())
			for _, w := range x.want {
				found := wantCode(t, judged, w.code)
				if found.Severity != w.severity || (w.severity == Error) != (judged.Verdict == Insufficient) && x.p != BitbucketCloud {
					t.Errorf("Judge differs, verdict %s: %+v", judged.Verdict, found)
				}
			}
		})
	}
}

// What is stored already has a length that the connected Devtron can store.
func TestTheLengthIsReportedWhereTheTokenIsWritten(t *testing.T) {
	for _, thorough := range []bool{true, false} {
		q := githubQuestion("ghp_" + strings.Repeat("a", 200))
		q.Thorough = thorough
		a := Judge(q, githubFacts(all()...), Requirements{}, time.Now())
		if reported := len(a.Problems) == 1 && a.Problems[0].Code == "token_long"; reported != thorough || a.Verdict != Sufficient {
			t.Errorf("thorough %t: %+v", thorough, a)
		}
	}
}
