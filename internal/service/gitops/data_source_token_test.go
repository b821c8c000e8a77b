// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// guarded is a configuration that warns a month before the token expires, and does not deploy with
// an insufficient token.
func guarded(box *sandbox.Sandbox) string {
	return acctest.SensitiveVariable + `
data "devtron_git_token" "github" {
  git_provider = "GITHUB"
  host         = ` + acctest.Quote(box.GitHub.URL()) + `
  organization = "acme-gitops"
  token        = var.secret
}

check "expiry" {
  assert {
    condition     = try(timecmp(data.devtron_git_token.github.expires_at, timeadd(plantimestamp(), "720h")) > 0, true)
    error_message = "The token expires at ${coalesce(data.devtron_git_token.github.expires_at, "an unknown time")}."
  }
}

resource "terraform_data" "deployment" {
  lifecycle {
    precondition {
      condition     = data.devtron_git_token.github.verdict != "insufficient"
      error_message = join("\n", data.devtron_git_token.github.problems)
    }
  }
}
`
}

func TestChecksAndPreconditions(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.CheckBlocks)
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, guarded(box))
	w.SetVariable("secret", classicToken)
	token := sandbox.GitHubToken{Token: classicToken, Scopes: allScopes(), Roles: map[string]string{sandbox.Organization: "admin"}}
	setToken := func(change func(*sandbox.GitHubToken)) {
		changed := token
		change(&changed)
		box.GitHub.AddToken(changed)
	}

	setToken(func(*sandbox.GitHubToken) {})
	w.Apply().Ok().Quiet()
	if n := box.Log.Count("devtron", "", ""); n != 0 {
		t.Errorf("sent %d requests to Devtron", n)
	}
	w.Plan().Empty().Quiet()

	for name, at := range map[string]time.Time{"in a month and a day": inDays(31), "in a month": inDays(29)} {
		setToken(func(x *sandbox.GitHubToken) { x.Expires = at })
		run := w.Plan().Empty()
		if strings.Contains(run.Output, classicToken) {
			t.Error("the output contains the token")
		}
		if name == "in a month" {
			run.Warns("Check block assertion failed", "The token expires at "+at.Format(time.RFC3339))
		} else {
			run.Quiet()
		}
	}

	setToken(func(x *sandbox.GitHubToken) { x.Scopes = []string{"repo"} })
	w.Plan().Fails("Resource precondition failed", "Missing: admin:org\nGranted: repo\n", "lacks the scope delete_repo")
	setToken(func(x *sandbox.GitHubToken) { x.Revoked = true })
	if run := w.Plan().Fails("Resource precondition failed", "wrong, expired or revoked"); strings.Contains(run.Output, classicToken) {
		t.Error("the output contains the token")
	}
	box.GitHub.Stop()
	// The user decides about an unverifiable token; this precondition accepts it.
	w.Plan().Empty().Quiet()
	box.GitHub.Restart()
}

func TestGitTokenValidatesArguments(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := begin(t, box, nil)
	good := values{"git_provider": "GITHUB", "host": box.GitHub.URL(), "organization": sandbox.Organization, "token": box.GitHub.Token()}
	ca, certificate, _ := acctest.Certificates(t)
	for name, x := range map[string]struct {
		change values
		want   expected
	}{
		"provider":           {values{"git_provider": "GITEA", "organization": nil}, stops("git_provider", "GITHUB")},
		"group at GitHub":    {values{"group_id": "1"}, stops("group_id", "does not belong to GITHUB")},
		"organization":       {values{"git_provider": "GITLAB"}, stops("organization", "does not belong to GITLAB")},
		"no scheme":          {values{"host": "github.example.com"}, stops("host", "https://github.example.com")},
		"query":              {values{"host": "https://github.example.com/?x=1"}, stops("host", "query")},
		"slash":              {values{"organization": "https://github.com/acme"}, stops("organization", "slash")},
		"name of a file":     {values{"tls": values{"ca_certificate": "ca.pem"}}, stops("tls", "tls.ca_certificate", "file(")},
		"half a pair":        {values{"tls": values{"ca_certificate": ca, "client_certificate": certificate}}, stops("tls", "client_key is missing")},
		"scope without name": {values{"required_scopes": []string{""}}, expected{}},
	} {
		t.Run(name, func(t *testing.T) {
			_, found := w.read(good.With(x.change))
			if x.want.severity != "" {
				found.expect(t, x.want)
			}
			if !found.Has(severityError) {
				t.Error("the data source was read")
			}
			if n := len(box.Log.All()); n != 0 {
				t.Errorf("sent %d requests", n)
			}
		})
	}
}

// A problem of the token is a result, not an error.
func TestGitTokenDoesNotFailForToken(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	long := "ghp_" + strings.Repeat("a", 200)
	asOwner(sandbox.GitHubToken{Scopes: allScopes()})(box, long)
	w := begin(t, box, nil)
	for name, x := range map[string]struct {
		token, verdict, words string
	}{
		"empty":            {"", "insufficient", "The token is empty"},
		"line break":       {classicToken + "\n", "insufficient", "trimspace(file(...))"},
		"byte order mark":  {"\ufeff" + classicToken, "insufficient", "byte order mark"},
		"quotation marks":  {`"` + classicToken + `"`, "insufficient", "quotation marks"},
		"blanks inside":    {"what my colleague sent", "insufficient", "contains a space"},
		"GitHub App":       {"ghs_1_eyJhbGciOiJSUzI1NiJ9." + strings.Repeat("a", 430) + ".c2ln", "insufficient", "GitHub App installation token"},
		"token of GitLab":  {personalToken, "insufficient", `git_provider = "GITLAB"`},
		"longer than 158":  {long, "sufficient", "Devtron up to v2.2.0 cannot store the token"},
		"longer than 1472": {"ghp_" + strings.Repeat("a", 1469), "insufficient", "at most 1472"},
	} {
		t.Run(name, func(t *testing.T) {
			got, found := w.read(values{"git_provider": "GITHUB", "host": box.GitHub.URL(), "organization": sandbox.Organization, "token": x.token})
			found.expect(t)
			problems := strings.Join(w.texts(got["problems"]), "\n")
			if verdict := w.text(got["verdict"]); verdict != x.verdict || !strings.Contains(problems, x.words) {
				t.Errorf("verdict %s, problems %s", verdict, problems)
			}
			if core := strings.Trim(x.token, "\"\n\ufeff"); len(core) > 8 && strings.Contains(problems, core[8:]) {
				t.Errorf("the token is shown: %s", problems)
			}
		})
	}
}

func TestACheckBlockReportsATokenWithALineBreak(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.CheckBlocks)
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.SensitiveVariable+`
data "devtron_git_token" "github" {
  git_provider = "GITHUB"
  host         = `+acctest.Quote(box.GitHub.URL())+`
  organization = "acme-gitops"
  token        = "${var.secret}\n"
}

check "token" {
  assert {
    condition     = data.devtron_git_token.github.verdict != "insufficient"
    error_message = join("\n", data.devtron_git_token.github.problems)
  }
}
`)
	w.SetVariable("secret", box.GitHub.Token())
	run := w.Plan().Empty().Warns("Check block assertion failed", "ends with a line break")
	if strings.Contains(run.Output, box.GitHub.Token()) {
		t.Error("the token is in the output")
	}
	if n := box.Log.Count("github", "", ""); n != 0 {
		t.Errorf("%d requests to GitHub", n)
	}
}

func TestGitTokenAnswersAGroupWithItsID(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	inGroup(sandbox.GitLabToken{Scopes: []string{"api"}}, sandbox.GitLabGroup{ID: 123, Name: "Platform Team", FullPath: "acme/platform"})(box, personalToken)
	w := begin(t, box, nil)
	for _, group := range []string{"acme/platform", "/acme/platform/", "Platform Team", box.GitLab.URL() + "/groups/acme/platform"} {
		got, found := w.read(values{"git_provider": "GITLAB", "host": box.GitLab.URL(), "group_id": group, "token": personalToken})
		found.expect(t)
		if problems := strings.Join(w.texts(got["problems"]), "\n"); w.text(got["verdict"]) != "insufficient" || !strings.Contains(problems, `Set group_id = "123"`) {
			t.Errorf("%q: %v", group, got)
		}
	}
}

func TestGitTokenWithoutOrganizationOrGroup(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := begin(t, box, nil)
	for server, config := range map[string]values{
		"github": {"git_provider": "GITHUB", "host": box.GitHub.URL(), "token": box.GitHub.Token()},
		"gitlab": {"git_provider": "GITLAB", "host": box.GitLab.URL(), "token": box.GitLab.Token()},
	} {
		got, found := w.read(config)
		found.expect(t)
		if w.text(got["verdict"]) != "sufficient" || w.text(got["owner"]) != sandbox.Username || len(w.texts(got["scopes"])) == 0 {
			t.Errorf("%s: %v", server, got)
		}
		if !got["expires_at"].IsNull() || !got["missing_scopes"].IsKnown() || got["missing_scopes"].IsNull() {
			t.Errorf("%s: expires_at %s, missing_scopes %s", server, got["expires_at"], got["missing_scopes"])
		}
	}
}

func TestScopesAreNullWhereTheyCannotBeRead(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	asOwner(sandbox.GitHubToken{Kind: "fine-grained"})(box, fineGrainedToken)
	asOwner(sandbox.GitHubToken{})(box, classicToken)
	w := begin(t, box, nil)
	for token, null := range map[string]bool{fineGrainedToken: true, classicToken: false} {
		got, _ := w.read(values{"git_provider": "GITHUB", "host": box.GitHub.URL(), "organization": sandbox.Organization, "token": token})
		if got["scopes"].IsNull() != null {
			t.Errorf("%.4s: scopes is %s", token, got["scopes"])
		}
	}
}

func TestScopesThatAreListedTwiceAreOne(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	asOwner(sandbox.GitHubToken{Scopes: append(allScopes(), allScopes()...)})(box, classicToken)
	w := begin(t, box, nil)
	got, found := w.read(values{"git_provider": "GITHUB", "host": box.GitHub.URL(), "organization": sandbox.Organization, "token": classicToken})
	found.expect(t)
	if len(w.texts(got["scopes"])) != len(allScopes()) {
		t.Errorf("scopes is %s", got["scopes"])
	}
}

// The data source works while Devtron is still to be made: it is not about Devtron.
func TestGitTokenNeedsNoDevtron(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := begin(t, box, values{"url": unknownForNow, "api_token": unknownForNow})
	got, found := w.read(values{"git_provider": "GITHUB", "host": box.GitHub.URL(), "organization": sandbox.Organization, "token": box.GitHub.Token()})
	found.expect(t)
	if w.text(got["verdict"]) != "sufficient" {
		t.Errorf("%v", got)
	}
}
