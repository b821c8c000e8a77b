// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Each invalid argument is reported in the plan, at the argument, and nothing is written.
func TestInvalidArguments(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	ca, certificate, key := acctest.Certificates(t)
	_, foreignCertificate, _ := acctest.Certificates(t)
	long := strings.Repeat("a", 251)
	gh, gl := githubArgs(box), gitlabArgs(box)
	w := acctest.NewWorkspace(t, box, gh.At(github))
	for name, c := range map[string]struct {
		args  acctest.Args
		words []string
	}{
		"organization for GitLab":       {gl.With("organization", `"acme"`), []string{"organization does not belong to GITLAB", "group_id"}},
		"group for GitHub":              {gh.With("group_id", `"1"`), []string{"group_id does not belong to GITHUB", "organization"}},
		"azure_project for GitHub":      {gh.With("azure_project", `"p"`), []string{"azure_project does not belong to GITHUB"}},
		"bitbucket key for GitLab":      {gl.With("bitbucket_project_key", `"K"`), []string{"bitbucket_project_key does not belong to GITLAB"}},
		"no organization":               {gh.With("organization", ""), []string{"organization is missing", "GITHUB"}},
		"no group":                      {gl.With("group_id", ""), []string{"group_id is missing"}},
		"organization with a slash":     {gh.With("organization", `"acme/gitops"`), []string{"Slash in organization", "name alone"}},
		"organization with blanks":      {gh.With("organization", `" acme"`), []string{"White space around organization"}},
		"group with a line break":       {gl.With("group_id", `"acme/gitops\n"`), []string{"White space around group_id", "trimspace"}},
		"empty username":                {gh.With("username", `""`), []string{"username is empty"}},
		"long username":                 {gh.With("username", acctest.Quote(long)), []string{"username", "at most 250"}},
		"long organization":             {gh.With("organization", acctest.Quote(long)), []string{"organization", "at most 250"}},
		"long host":                     {gh.With("host", acctest.Quote("https://"+long)), []string{"host", "at most 250"}},
		"long token":                    {gh.With("token", acctest.Quote(strings.Repeat("t", 1473))), []string{"too long", "1472", "1473"}},
		"token of a GitHub App":         {gh.With("token", acctest.Quote("ghs_"+strings.Repeat("t", 1600))), []string{"GitHub App installation token"}},
		"empty token":                   {gh.With("token", `""`), []string{"token is empty"}},
		"token with a line break":       {gh.With("token", `"ghp_0123456789\n"`), []string{"The value is not a", "line break", "trimspace"}},
		"both tokens":                   {gh.With("token_wo", `"t"`), []string{"Two arguments for one value", "Both token and token_wo are set"}},
		"version without token_wo":      {gh.With("token_wo_version", "1"), []string{"token_wo is missing", "token_wo_version"}},
		"no token":                      {gh.With("token", ""), []string{"Token is missing", "token_wo"}},
		"unknown git_provider":          {gh.With("git_provider", `"GITEA"`), []string{"Invalid git_provider", "GITEA", "BITBUCKET_CLOUD"}},
		"git_provider in lower case":    {gh.With("git_provider", `"github"`), []string{"Invalid git_provider", `Write it as "GITHUB"`}},
		"host without scheme":           {gh.With("host", `"github.com"`), []string{"Invalid git host", "https://github.com"}},
		"host with a query":             {gh.With("host", `"https://github.com/?a=b"`), []string{"Invalid git host", "query"}},
		"host with a fragment":          {gh.With("host", `"https://github.com/#a"`), []string{"Invalid git host", "fragment"}},
		"host with user info":           {gh.With("host", `"https://u:p@github.com/"`), []string{"Invalid git host", "user"}},
		"empty tls":                     {gh.With("tls", "{}"), []string{"tls is empty"}},
		"CA that is a file name":        {gh.With("tls", `{ ca_certificate = "ca.pem" }`), []string{"Invalid PEM text", "file("}},
		"CA that is damaged":            {gh.With("tls", "{ ca_certificate = "+acctest.Quote(ca[:200])+" }"), []string{"Invalid PEM text", "tls.ca_certificate is damaged", "tls"}},
		"CA in base64":                  {gh.With("tls", "{ ca_certificate = base64encode("+acctest.Quote(ca)+") }"), []string{"Invalid PEM text", "base64decode("}},
		"CA that is a key":              {gh.With("tls", "{ ca_certificate = "+acctest.Quote(key)+" }"), []string{"Invalid PEM text", "PRIVATE KEY"}},
		"certificate without key":       {gh.With("tls", "{ client_certificate = "+acctest.Quote(certificate)+" }"), []string{"client_key is missing"}},
		"key without certificate":       {gh.With("tls", "{ ca_certificate = "+acctest.Quote(ca)+", client_key = "+acctest.Quote(key)+" }"), []string{"client_certificate is missing"}},
		"key of another certificate":    {gh.With("tls", "{ client_certificate = "+acctest.Quote(foreignCertificate)+", client_key = "+acctest.Quote(key)+" }"), []string{"does not belong to client_certificate"}},
		"unknown level of the check":    {gh.With("git_token_check", `"strict"`), []string{"Invalid git_token_check", "strict"}},
		"unknown deletion_policy":       {gh.With("deletion_policy", `"delete"`), []string{"Invalid deletion_policy", "abandon"}},
		"timeouts that are no duration": {gh.With("timeouts", `{ create = "soon" }`), []string{"Invalid timeout", "timeouts.create", "soon", "timeouts = {"}},
		"timeouts without a unit":       {gh.With("timeouts", `{ create = "10" }`), []string{"Invalid timeout", "timeouts.create", `"10m"`}},
		"Azure DevOps without host":     {acctest.Args{"git_provider": `"AZURE_DEVOPS"`, "azure_project": `"p"`, "username": `"u"`, "token": `"t"`}, []string{"host is missing", "https://dev.azure.com/ORGANIZATION"}},
		"another Bitbucket Cloud":       {acctest.Args{"git_provider": `"BITBUCKET_CLOUD"`, "bitbucket_workspace_id": `"w"`, "host": `"https://bitbucket.example.com"`, "username": `"u"`, "token": `"t"`}, []string{"Bitbucket Cloud has one host", "https://bitbucket.org/"}},
	} {
		w.Write(c.args.At(github))
		e := w.Plan()
		if e.Err == nil || !e.HasDiagnostic("error", c.words) {
			t.Errorf("%s: want an error with %q, got:\n%s", name, c.words, e.Listing())
		}
		// Terraform itself shows the line of the configuration, including literals.
		for _, d := range e.Diagnostics {
			if found := acctest.Leaks(d.Summary+d.Detail, box.GitHub.Token(), box.GitLab.Token(), strings.Repeat("t", 159), key[40:80]); len(found) > 0 {
				t.Errorf("%s: the message shows %q", name, found)
			}
		}
	}
	if acctest.Writes(box) != 0 {
		t.Error("the plan wrote to Devtron")
	}
}
