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

// checkCase is a case of the decision table: how the git host treats the token, what a plan reports
// that creates the resource, and what the data source returns.
type checkCase struct {
	row   string // the first cell of its row in the decision table
	name  string
	token string // a classic or personal token if empty
	set   values // changes of the usual arguments
	serve func(box *sandbox.Sandbox, token string)
	want  []expected
	data  answer
}

// aboutTheForm matches the findings about the form of a token, which git_token_check does not
// disable.
var aboutTheForm = regexp.MustCompile("^(Devtron cannot use |This is an? .* token, but|The value is not )")

// answer is the result of the data source. The zero value stands for a token that the resource
// refuses in its validation.
type answer struct {
	verdict, kind, owner, expires string
	missing                       []string
	problems                      []expected // those of the resource if nil
}

const (
	classicToken     = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
	oauthToken       = "gho_0123456789abcdefghijABCDEFGHIJ012345"
	fineGrainedToken = "github_pat_0123456789abcdefghijAB_0123456789abcdefghijABCDEFGHIJ0123456789abcdefghijABCDEFGHI"
	personalToken    = "glpat-0123456789abcdefghij"
)

// resourceArgs returns the arguments of the resource. The name of a case begins with its git
// provider, unless that is GitHub.
func resourceArgs(x checkCase, box *sandbox.Sandbox) values {
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

// dataArgs returns the arguments of the data source.
func dataArgs(x checkCase, box *sandbox.Sandbox) values {
	shared := values{}
	for name, value := range resourceArgs(x, box) {
		if !slices.Contains([]string{"git_token_check", "allow_custom_repository", "active"}, name) {
			shared[name] = value
		}
	}
	return shared
}

func checkCases() []checkCase {
	return slices.Concat(githubScopeCases(), githubTokenCases(), githubOrganizationCases(), gitlabTokenCases(), gitlabGroupCases(),
		azureCases(), bitbucketScopeCases(), bitbucketTokenCases(), bitbucketTargetCases(), unreachableCases())
}

func (x checkCase) sandbox(t *testing.T) *sandbox.Sandbox {
	t.Helper()
	box := sandbox.ForTest(t)
	if x.serve != nil {
		token, _ := resourceArgs(x, box)["token"].(string)
		x.serve(box, token)
	}
	return box
}

// begin starts a walk in which the public hosts lead to the sandbox.
func (x checkCase) begin(t *testing.T, box *sandbox.Sandbox) *walk {
	t.Helper()
	return begin(t, box, nil, provider.WithTransport(throughProxy(t, box)))
}

// throughProxy sends HTTPS requests through the proxy of the sandbox. The other hosts of the
// sandbox have addresses of their own.
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

func TestDecisionTableOfResource(t *testing.T) {
	t.Parallel()
	for _, x := range checkCases() {
		t.Run(x.row+"/"+x.name, func(t *testing.T) {
			t.Parallel()
			box := x.sandbox(t)
			_, found := x.begin(t, box).Plan(nil, resourceArgs(x, box))
			found.expect(t, x.want...)
			expectReadOnly(t, box, x.serve != nil)
			for _, f := range found {
				advised := strings.Contains(f.detail, `git_token_check = "warn"`)
				if f.severity == severityError && f.at != "" && x.data.verdict != "" && advised == aboutTheForm.MatchString(f.summary) {
					t.Errorf("the advice to disable the check is in the message: %t: %s", advised, f.detail)
				}
			}
		})
	}
}

func TestDecisionTableOfDataSource(t *testing.T) {
	t.Parallel()
	for _, x := range checkCases() {
		t.Run(x.row+"/"+x.name, func(t *testing.T) {
			t.Parallel()
			if x.set["token"] == unknownForNow {
				t.Skip("Terraform does not read a data source before its arguments are known")
			}
			box := x.sandbox(t)
			w := x.begin(t, box)
			got, found := w.read(dataArgs(x, box))
			if x.data.verdict == "" { // The resource refuses the token, and the data source reports it.
				found.expect(t)
				if is := w.text(got["verdict"]); is != "insufficient" || len(w.texts(got["problems"])) == 0 {
					t.Errorf("verdict %s: %v", is, got)
				}
				return
			}
			found.expect(t) // The data source never fails because of the token.
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
		t.Errorf("got %d problems, want %d: %q", len(got), len(want), got)
	}
	for _, e := range want {
		if !slices.ContainsFunc(got, func(text string) bool { return acctest.HasAll(text, e.words) }) {
			t.Errorf("no problem contains all of %q: %q", e.words, got)
		}
	}
	for _, text := range got {
		if strings.Contains(text, "git_token_check") {
			t.Errorf("the data source has no git_token_check: %q", text)
		}
	}
}

// expectReadOnly fails the test if a write was sent to any server, or if a request was sent to a
// git host unexpectedly.
func expectReadOnly(t *testing.T, box *sandbox.Sandbox, asks bool) {
	t.Helper()
	for _, r := range box.Log.All() {
		if r.Method != "GET" {
			t.Errorf("%s %s was sent to %s", r.Method, r.Path, r.Server)
		}
		if r.Server != "devtron" && !asks {
			t.Errorf("a request was sent to %s: %s", r.Server, r.Path)
		}
	}
}

// The functions below configure the git hosts for several cases.

// asOwner adds a token of an owner of the organization.
func asOwner(x sandbox.GitHubToken) func(*sandbox.Sandbox, string) {
	return func(box *sandbox.Sandbox, token string) {
		x.Token, x.Roles = token, map[string]string{sandbox.Organization: "admin"}
		box.GitHub.AddToken(x)
	}
}

func scopes(names ...string) func(*sandbox.Sandbox, string) {
	return asOwner(sandbox.GitHubToken{Scopes: names})
}

// asMember adds a token of a user with a role in the organization. An empty role stands for no
// member.
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

// inGroup adds a token of an Owner of the group, unless the token has other levels.
func inGroup(x sandbox.GitLabToken, groups ...sandbox.GitLabGroup) func(*sandbox.Sandbox, string) {
	return func(box *sandbox.Sandbox, token string) {
		x := x // The cases run in parallel.
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

// untouched leaves the git host as the sandbox creates it.
func untouched(*sandbox.Sandbox, string) {}

func inDays(n int) time.Time {
	return time.Now().Add(time.Duration(n)*24*time.Hour + time.Hour).UTC().Truncate(time.Second)
}
