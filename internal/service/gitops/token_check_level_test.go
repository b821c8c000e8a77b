// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// created returns a resource after an apply.
func created(t *testing.T, box *sandbox.Sandbox, config values) *state {
	t.Helper()
	w := begin(t, box, nil)
	planned, found := w.Plan(nil, config)
	found.expect(t)
	s := w.Apply(nil, planned, config)
	box.Log.Reset()
	return s
}

// weaken removes admin:org from a token of GitHub.
func weaken(box *sandbox.Sandbox, token string) {
	box.GitHub.AddToken(sandbox.GitHubToken{
		Token: token, Scopes: []string{"repo", "delete_repo"},
		Roles: map[string]string{sandbox.Organization: "admin", "acme-two": "admin"},
	})
}

func githubValues(box *sandbox.Sandbox) values {
	return values{
		"git_provider": "GITHUB", "host": box.GitHub.URL(), "organization": sandbox.Organization,
		"username": sandbox.Username, "token": box.GitHub.Token(),
	}
}

func gitlabValues(box *sandbox.Sandbox) values {
	return values{
		"git_provider": "GITLAB", "host": box.GitLab.URL(), "group_id": fmt.Sprint(sandbox.GroupID),
		"username": sandbox.Username, "token": box.GitLab.Token(),
	}
}

// A token that no longer works must not block a plan of other changes.
func TestProblemsAreErrorsOnlyForWrites(t *testing.T) {
	t.Parallel()
	missing := "Missing: admin:org"
	for name, x := range map[string]struct {
		change func(box *sandbox.Sandbox) values
		want   expected
	}{
		"nothing":           {func(*sandbox.Sandbox) values { return nil }, warns("token", missing)},
		"user name":         {func(*sandbox.Sandbox) values { return values{"username": "Acme-Bot"} }, warns("token", missing)},
		"active":            {func(*sandbox.Sandbox) values { return values{"active": false} }, warns("token", missing)},
		"adoption":          {func(*sandbox.Sandbox) values { return values{"adopt_existing": true} }, warns("token", missing)},
		"slash of the host": {func(box *sandbox.Sandbox) values { return values{"host": box.GitHub.URL() + "/"} }, warns("token", missing)},
		"no token":          {func(*sandbox.Sandbox) values { return values{"token": nil} }, expected{}},
		"token":             {func(*sandbox.Sandbox) values { return values{"token": classicToken} }, stops("token", missing)},
		"host":              {func(box *sandbox.Sandbox) values { return values{"host": box.GitHub.URL() + "/corp"} }, stops("token", missing)},
		"write-only":        {func(*sandbox.Sandbox) values { return values{"token": nil, "token_wo": classicToken} }, stops("token_wo", missing)},
		"organization":      {func(*sandbox.Sandbox) values { return values{"organization": "acme-two"} }, stops("token", missing)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			box.GitHub.AddOrg(sandbox.GitHubOrg{Login: "acme-two"})
			config := githubValues(box)
			s := created(t, box, config)
			weaken(box, box.GitHub.Token())
			weaken(box, classicToken)

			w := begin(t, box, nil)
			_, found := w.Plan(w.refresh(s), config.With(x.change(box)))
			var want []expected
			if x.want.severity != "" {
				want = append(want, x.want)
			}
			if name == "active" {
				want = append(want, warns("active", "no active GitOps configuration"))
			}
			found.expect(t, want...)
		})
	}
}

func TestChangedGroupIsChecked(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.GitLab.AddGroup(sandbox.GitLabGroup{ID: 7, Name: "other", ProjectCreationLevel: "maintainer"})
	box.GitLab.AddToken(sandbox.GitLabToken{Token: box.GitLab.Token(), Scopes: []string{"api"}, Levels: map[int]int{sandbox.GroupID: 50, 7: 30}})
	config := gitlabValues(box)
	s := created(t, box, config)
	w := begin(t, box, nil)
	_, found := w.Plan(w.refresh(s), config.With(values{"group_id": "7"}))
	found.expect(t, stops("group_id", "cannot create projects", "Developer (30)"))
}

// The user name is part of the credential of Bitbucket.
func TestChangedUsernameOfBitbucketIsChecked(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := bitbucketArgs(box)
	w := acctest.NewWorkspace(t, box, config.At(bitbucket), publicHosts(t, box)...)
	w.Apply().Ok()
	w.Write(config.With("username", `"somebody"`).At(bitbucket))
	w.Plan(tfexec.Refresh(false)).Fails("Bitbucket does not accept the token")
	w.Apply().Fails("Bitbucket does not accept the token")
	if row, _ := box.Devtron.Row("BITBUCKET_CLOUD"); row.Username != sandbox.BitbucketUsername {
		t.Errorf("Devtron has %+v", row)
	}
}

// Only the version shows that a write-only token changed.
func TestWriteOnlyTokenCountsAsWrittenWithNewVersion(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := githubValues(box).With(values{"token": nil, "token_wo": box.GitHub.Token(), "token_wo_version": 1})
	s := created(t, box, config)
	weaken(box, box.GitHub.Token())
	w := begin(t, box, nil)
	_, found := w.Plan(w.refresh(s), config)
	found.expect(t, warns("token_wo", "Missing: admin:org"))
	w = begin(t, box, nil)
	_, found = w.Plan(w.refresh(s), config.With(values{"token_wo_version": 2}))
	found.expect(t, stops("token_wo", "Missing: admin:org"))
}

// This test sets the environment, so it cannot run in parallel.
func TestCheckLevels(t *testing.T) {
	for name, x := range map[string]struct {
		resource, provider any
		env                string
		want               []expected
	}{
		"default":                        {nil, nil, "", []expected{stops("token")}},
		"environment warn":               {nil, nil, "warn", []expected{warns("token", "Missing: admin:org")}},
		"environment off":                {nil, nil, "off", nil},
		"provider warn":                  {nil, "warn", "off", []expected{warns("token")}},
		"provider off":                   {nil, "off", "error", nil},
		"resource error":                 {"error", "off", "off", []expected{stops("token")}},
		"resource warn":                  {"warn", nil, "", []expected{warns("token")}},
		"resource off":                   {"off", "error", "", nil},
		"resource unknown":               {unknownForNow, nil, "", nil},
		"provider unknown":               {nil, unknownForNow, "", nil},
		"provider unknown, resource off": {"off", unknownForNow, "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("DEVTRON_GIT_TOKEN_CHECK", x.env)
			box := sandbox.ForTest(t)
			weaken(box, box.GitHub.Token())
			config := githubValues(box).With(values{"git_token_check": x.resource})
			_, found := begin(t, box, values{"git_token_check": x.provider}).Plan(nil, config)
			found.expect(t, x.want...)
			if n := box.Log.Count("github", "", ""); (n == 0) != (x.want == nil) {
				t.Errorf("sent %d requests to GitHub", n)
			}
		})
	}
}

func TestCheckOffSendsNothingInRefresh(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct{ resource, provider values }{
		"resource": {values{"git_token_check": "off"}, nil},
		"provider": {nil, values{"git_token_check": "off"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			config := githubValues(box).With(x.resource)
			s := created(t, box, config)
			w := begin(t, box, x.provider)
			_, found := w.Plan(w.refresh(s), config.With(values{"token": classicToken}))
			found.expect(t)
			if n := box.Log.Count("github", "", ""); n != 0 {
				t.Errorf("sent %d requests to GitHub", n)
			}
		})
	}
}

func TestRequiredScopesReplaceDocumentedOnes(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	weaken(box, box.GitHub.Token())
	config := githubValues(box)
	for _, x := range []struct {
		required any
		want     []expected
	}{
		{[]string{"repo"}, nil},
		{[]string{}, nil},
		{[]string{"repo:status", "public_repo"}, nil}, // repo implies them.
		{[]string{"repo", "workflow", "read:org"}, []expected{stops("token", "workflow", "read:org", "Granted: repo, delete_repo\n", "required_scopes")}},
		{nil, []expected{stops("token", "Missing: admin:org\n")}},
	} {
		_, found := begin(t, box, nil).Plan(nil, config.With(values{"required_scopes": x.required}))
		found.expect(t, x.want...)
	}
}

func TestUnknownValuesAreNotChecked(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		unknown values
		want    []expected
		asks    bool
	}{
		"token":             {values{"token": unknownForNow}, nil, false},
		"write-only token":  {values{"token": nil, "token_wo": unknownForNow}, nil, false},
		"host":              {values{"host": unknownForNow}, nil, false},
		"organization":      {values{"organization": unknownForNow}, nil, false},
		"tls":               {values{"tls": unknownForNow}, nil, false},
		"CA of tls":         {values{"tls": values{"ca_certificate": unknownForNow}}, nil, false},
		"required scopes":   {values{"required_scopes": unknownForNow}, nil, false},
		"user name":         {values{"username": unknownForNow}, []expected{stops("token", "Missing: admin:org")}, true},
		"custom repository": {values{"allow_custom_repository": unknownForNow}, []expected{warns("token", "admin:org")}, true},
		"active":            {values{"active": unknownForNow}, []expected{stops("token", "Missing: admin:org")}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			weaken(box, box.GitHub.Token())
			_, found := begin(t, box, nil).Plan(nil, githubValues(box).With(x.unknown))
			found.expect(t, x.want...)
			if n := box.Log.Count("github", "", ""); (n > 0) != x.asks {
				t.Errorf("sent %d requests to GitHub", n)
			}
		})
	}
	t.Run("group", func(t *testing.T) {
		t.Parallel()
		box := sandbox.ForTest(t)
		_, found := begin(t, box, nil).Plan(nil, gitlabValues(box).With(values{"group_id": unknownForNow}))
		found.expect(t)
		if n := box.Log.Count("gitlab", "", ""); n != 0 {
			t.Errorf("sent %d requests to GitLab", n)
		}
	})
}

func TestAtTheLevelWarnNothingAdvisesToSetIt(t *testing.T) {
	t.Parallel()
	for level, want := range map[string]expected{
		"error": stops("token", "Missing: admin:org", `git_token_check = "warn" (or "off")`), "warn": warns("token", "Missing: admin:org", `git_token_check = "off"`),
	} {
		box := sandbox.ForTest(t)
		weaken(box, box.GitHub.Token())
		_, found := begin(t, box, nil).Plan(nil, githubValues(box).With(values{"git_token_check": level}))
		found.expect(t, want)
		for _, f := range found {
			if level == "warn" && strings.Contains(f.detail, `"warn"`) {
				t.Errorf("%s", f.detail)
			}
		}
	}
}

func TestTheDocumentedScopesWrittenOutAreTheDefault(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	weaken(box, box.GitHub.Token())
	config := githubValues(box).With(values{"allow_custom_repository": true})
	for _, required := range []any{nil, []string{"delete_repo", "repo", "admin:org"}} {
		_, found := begin(t, box, nil).Plan(nil, config.With(values{"required_scopes": required}))
		found.expect(t, warns("token", "lacks the scope admin:org"))
	}
}

// Whether a long token fits depends on the version of Devtron: the plan accepts what the newest
// version stores, at every level of the check.
func TestLongTokenIsWarning(t *testing.T) {
	t.Parallel()
	long := "ghp_" + strings.Repeat("x", 380)
	for _, level := range []string{"error", "warn", "off"} {
		box := sandbox.ForTest(t)
		box.Devtron.SetTokenColumn(2000)
		addGitHubToken(box, long)
		config := githubValues(box).With(values{"token": long, "git_token_check": level})
		w := begin(t, box, nil)
		planned, found := w.Plan(nil, config)
		found.expect(t, warns("token", "Devtron up to v2.2.0 cannot store the token", "384 bytes", "at most 158"))
		s := w.Apply(nil, planned, config)
		if row, _ := box.Devtron.Row("GITHUB"); row.Token != long {
			t.Errorf("%s: Devtron has %+v", level, row)
		}
		w = begin(t, box, nil)
		_, found = w.Plan(w.refresh(s), config)
		found.expect(t)
	}
	_, found := begin(t, sandbox.ForTest(t), nil).Plan(nil, values{
		"git_provider": "GITHUB", "organization": "acme", "username": "acme-bot", "token": "ghp_" + strings.Repeat("x", 1469), "git_token_check": "off",
	})
	found.expect(t, stops("token", "too long", "1473 bytes", "1472"))
}
