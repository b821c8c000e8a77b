// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/provider"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// checkRow is one case of a row of the decision table: how the git host treats the token, what a plan that creates the
// resource says, and what the data source says.
type checkRow struct {
	of    string // the first cell of the row in the decision table
	name  string
	token string // a token of the usual kind when empty
	set   values // arguments that differ from the usual ones
	serve func(box *sandbox.Sandbox, token string)
	want  []expected
	data  answer
}

// aboutTheForm matches the summaries of findings about what a token looks like, which no switch turns off.
var aboutTheForm = regexp.MustCompile("^(Devtron cannot use |This is an? .* token, but|The value is not )")

// answer is what the data source says; the zero value is a token that the resource refuses while validating.
type answer struct {
	verdict, kind, owner, expires string
	missing                       []string
	problems                      []expected // those of the resource when nil
}

const (
	classicToken     = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
	oauthToken       = "gho_0123456789abcdefghijABCDEFGHIJ012345"
	fineGrainedToken = "github_pat_0123456789abcdefghijAB_0123456789abcdefghijABCDEFGHIJ0123456789abcdefghijABCDEFGHI"
	personalToken    = "glpat-0123456789abcdefghij"
)

// resourceArgs takes the git host from the name of the row; those that name none are GitHub's.
func resourceArgs(x checkRow, box *sandbox.Sandbox) values {
	usual := values{
		"git_provider": "GITHUB", "host": box.GitHub.URL(), "organization": sandbox.Organization,
		"username": sandbox.Username, "token": classicToken,
	}
	switch {
	case x.set["git_provider"] == "GITLAB", strings.HasPrefix(x.name, "GitLab"):
		usual = values{
			"git_provider": "GITLAB", "host": box.GitLab.URL(), "group_id": "61512475",
			"username": sandbox.Username, "token": personalToken,
		}
	case strings.HasPrefix(x.name, "Azure"):
		usual = values{
			"git_provider": "AZURE_DEVOPS", "host": box.Azure.URL() + "/" + sandbox.AzureOrganization, "azure_project": sandbox.AzureProject,
			"username": sandbox.Username, "token": azureToken,
		}
	case strings.HasPrefix(x.name, "Bitbucket"):
		usual = values{
			"git_provider": "BITBUCKET_CLOUD", "bitbucket_workspace_id": sandbox.BitbucketWorkspace,
			"username": bitbucketUser(x.token), "token": workspaceToken,
		}
	}
	if x.token != "" {
		usual["token"] = x.token
	}
	return usual.With(x.set)
}

// dataArgs are the arguments that the data source has too.
func dataArgs(x checkRow, box *sandbox.Sandbox) values {
	shared := values{}
	for name, value := range resourceArgs(x, box) {
		if !slices.Contains([]string{"git_token_check", "allow_custom_repository", "active"}, name) {
			shared[name] = value
		}
	}
	return shared
}

func checkRows() []checkRow {
	return slices.Concat(githubScopeRows(), githubKindRows(), githubOrganizationRows(), gitlabTokenRows(), gitlabGroupRows(),
		azureRows(), bitbucketScopeRows(), bitbucketKindRows(), bitbucketTargetRows(), unreachableRows())
}

func (x checkRow) sandbox(t *testing.T) *sandbox.Sandbox {
	t.Helper()
	box := sandbox.ForTest(t)
	if x.serve != nil {
		token, _ := resourceArgs(x, box)["token"].(string)
		x.serve(box, token)
	}
	return box
}

// begin starts a walk in which the names of public hosts lead to the sandbox.
func (x checkRow) begin(t *testing.T, box *sandbox.Sandbox) *walk {
	t.Helper()
	return begin(t, box, nil, provider.WithTransport(throughProxy(t, box)))
}

// throughProxy leaves everything else to the network: other hosts of the sandbox have addresses of their own.
func throughProxy(t *testing.T, box *sandbox.Sandbox) http.RoundTripper {
	t.Helper()
	proxy, err := url.Parse(box.Proxy.URL())
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM([]byte(box.Proxy.CACertificate())) {
		t.Fatal("the proxy has no CA")
	}
	return &http.Transport{
		Proxy: func(r *http.Request) (*url.URL, error) {
			if r.URL.Scheme == "https" {
				return proxy, nil
			}
			return nil, nil
		},
		TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}, DisableKeepAlives: true,
	}
}

func TestDecisionTableForTheResource(t *testing.T) {
	t.Parallel()
	for _, x := range checkRows() {
		t.Run(x.of+"/"+x.name, func(t *testing.T) {
			t.Parallel()
			box := x.sandbox(t)
			_, found := x.begin(t, box).Plan(nil, resourceArgs(x, box))
			found.expect(t, x.want...)
			expectReadOnly(t, box, x.serve != nil)
			for _, f := range found {
				advised := strings.Contains(f.detail, `git_token_check = "warn"`)
				if f.severity == severityError && f.at != "" && x.data.verdict != "" && advised == aboutTheForm.MatchString(f.summary) {
					t.Errorf("it advises to switch the check off: %t: %s", advised, f.detail)
				}
			}
		})
	}
}

func TestDecisionTableForTheDataSource(t *testing.T) {
	t.Parallel()
	for _, x := range checkRows() {
		t.Run(x.of+"/"+x.name, func(t *testing.T) {
			t.Parallel()
			if x.set["token"] == unknownForNow {
				t.Skip("Terraform does not read a data source before its arguments are known")
			}
			box := x.sandbox(t)
			w := x.begin(t, box)
			got, found := w.read(dataArgs(x, box))
			if x.data.verdict == "" { // what the resource refuses while validating is a finding here
				found.expect(t)
				if is := w.text(got["verdict"]); is != "insufficient" || len(w.texts(got["problems"])) == 0 {
					t.Errorf("verdict %s: %v", is, got)
				}
				return
			}
			found.expect(t) // it never fails because of the token
			expectReadOnly(t, box, x.serve != nil)
			for name, want := range map[string]string{"verdict": x.data.verdict, "kind": x.data.kind, "owner": x.data.owner, "expires_at": x.data.expires} {
				if is := w.text(got[name]); is != want {
					t.Errorf("%s is %q, want %q", name, is, want)
				}
			}
			slices.Sort(x.data.missing)
			if is := w.texts(got["missing_scopes"]); !slices.Equal(is, x.data.missing) {
				t.Errorf("missing_scopes is %q, want %q", is, x.data.missing)
			}
			x.data.expectProblems(t, w.texts(got["problems"]), x.want)
		})
	}
}

func (a answer) expectProblems(t *testing.T, got []string, ofResource []expected) {
	t.Helper()
	want := a.problems
	if want == nil {
		want = ofResource
	}
	if len(got) != len(want) {
		t.Errorf("%d problems, want %d: %q", len(got), len(want), got)
	}
	for _, e := range want {
		if !slices.ContainsFunc(got, func(text string) bool { return acctest.HasAll(text, e.words) }) {
			t.Errorf("no problem has all of %q: %q", e.words, got)
		}
	}
	for _, text := range got {
		if strings.Contains(text, "git_token_check") {
			t.Errorf("the data source has no git_token_check: %q", text)
		}
	}
}

// expectReadOnly fails the test if anything was written anywhere, or if a git host was asked where nothing is to be asked.
func expectReadOnly(t *testing.T, box *sandbox.Sandbox, asks bool) {
	t.Helper()
	for _, r := range box.Log.All() {
		if r.Method != "GET" {
			t.Errorf("%s %s was sent to %s", r.Method, r.Path, r.Server)
		}
		if r.Server != "devtron" && !asks {
			t.Errorf("%s was asked for %s", r.Server, r.Path)
		}
	}
}

// Arrangements of the git hosts that rows share.

// asOwner lets the token be an organization owner's.
func asOwner(x sandbox.GitHubToken) func(*sandbox.Sandbox, string) {
	return func(box *sandbox.Sandbox, token string) {
		x.Token, x.Roles = token, map[string]string{sandbox.Organization: "admin"}
		box.GitHub.AddToken(x)
	}
}

func scopes(names ...string) func(*sandbox.Sandbox, string) {
	return asOwner(sandbox.GitHubToken{Scopes: names})
}

// asMember lets the token be somebody's with a role in an organization; "" is not a member.
func asMember(role string, o sandbox.GitHubOrg) func(*sandbox.Sandbox, string) {
	return func(box *sandbox.Sandbox, token string) {
		o.Login = sandbox.Organization
		box.GitHub.AddOrg(o)
		x := sandbox.GitHubToken{Token: token, Scopes: allScopes()}
		if role != "" {
			x.Roles = map[string]string{sandbox.Organization: role}
		}
		box.GitHub.AddToken(x)
	}
}

func allScopes() []string { return []string{"repo", "admin:org", "delete_repo"} }

// inGroup lets the token be an Owner's of the group, unless it says otherwise.
func inGroup(x sandbox.GitLabToken, groups ...sandbox.GitLabGroup) func(*sandbox.Sandbox, string) {
	return func(box *sandbox.Sandbox, token string) {
		x := x // rows run in parallel
		x.Token = token
		if x.Levels == nil {
			x.Levels = map[int]int{sandbox.GroupID: 50}
		}
		box.GitLab.AddToken(x)
		for _, g := range groups {
			box.GitLab.AddGroup(g)
		}
	}
}

func withLevel(level int, creation string) func(*sandbox.Sandbox, string) {
	return inGroup(sandbox.GitLabToken{Scopes: []string{"api"}, Levels: map[int]int{sandbox.GroupID: level}},
		sandbox.GitLabGroup{ID: sandbox.GroupID, Name: sandbox.Organization, ProjectCreationLevel: creation})
}

// untouched says that the git host is as the sandbox makes it.
func untouched(*sandbox.Sandbox, string) {}

func inDays(n int) time.Time {
	return time.Now().Add(time.Duration(n)*24*time.Hour + time.Hour).UTC().Truncate(time.Second)
}
