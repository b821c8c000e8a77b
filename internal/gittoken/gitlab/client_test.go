// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab_test

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestTheLibraryDoesNotRetry(t *testing.T) {
	for _, status := range []int{401, 429, 500, 503} {
		s := sandbox.ForTest(t)
		s.GitLab.Inject(sandbox.Fault{Status: status, Body: `{"message":"no"}`, ContentType: "application/json"})
		q := checktest.GoodGitLab(s)
		q.Thorough = true
		checktest.Check(q)
		if n := s.Log.Count("gitlab", "", ""); n != 2 {
			t.Errorf("%d: %d requests, want 2", status, n)
		}
	}
}

func TestTheIDOfAGroupIsFoundByNameOrPath(t *testing.T) {
	s := sandbox.ForTest(t)
	q := checktest.GoodGitLab(s)
	host := s.GitLab.URL()
	for _, g := range []sandbox.GitLabGroup{
		{ID: 7, Name: "acme"},
		{ID: 123, Name: "Platform Team", Path: "platform", FullPath: "acme/platform"},
		{ID: 8, Name: "Twins", Path: "one", FullPath: "acme/one"},
		{ID: 9, Name: "Twins", Path: "two", FullPath: "acme/two"},
	} {
		s.GitLab.AddGroup(g)
	}
	s.GitLab.AddToken(sandbox.GitLabToken{Token: q.Token, Scopes: []string{"api"}, Levels: map[int]int{7: 50, 8: 50, 9: 50, 123: 50}})
	for group, want := range map[string]checktest.Want{
		// Devtron finds this group both by its name and by its path.
		"acme":                            checktest.Warning(inspect.AttributeGroupID, "gitlab_group_named", `Set group_id = "7"`),
		"Acme":                            checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "7"`),
		"acme/":                           checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "7"`),
		"/acme":                           checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "7"`),
		"acme/platform":                   checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "123"`),
		"/acme/platform/":                 checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "123"`),
		"platform":                        checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "123"`),
		"Platform Team":                   checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "123"`),
		" platform team ":                 checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "123"`),
		"123/":                            checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "123"`),
		" 123":                            checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "123"`),
		host + "/acme":                    checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "7"`),
		host + "/groups/acme/platform":    checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "123"`),
		host + "/groups/acme/-/edit":      checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "7"`),
		host + "/acme/platform/":          checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "123"`),
		"https://gitlab.corp/groups/acme": checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "7"`),
		strings.TrimPrefix(host, "http://") + "/groups/acme": checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "7"`),
		"Twins":   checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_numeric", "Several groups have this name or path", "8, 9"),
		"nobody":  checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_found", `"nobody" was not found`, "group id"),
		"plat":    checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_found"),
		"a/b/c/d": checktest.Error(inspect.AttributeGroupID, "gitlab_group_not_found"),
	} {
		t.Run(group, func(t *testing.T) {
			q := q
			q.GroupID, q.Thorough = group, true
			a := checktest.Check(q)
			if len(a.Problems) != 1 {
				t.Fatalf("%+v", a.Problems)
			}
			want.Check(t, a.Problems[0])
		})
	}
}

// largeGroup is a GitLab whose groups have many projects.
type largeGroup struct {
	next http.RoundTripper
	pad  int
}

func (l largeGroup) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := l.next.RoundTrip(req)
	if err != nil || !strings.Contains(req.URL.Path, "/groups/") || strings.Contains(req.URL.Path, "/members/") || strings.Contains(req.URL.RawQuery, "with_projects=false") {
		return resp, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	body = append(bytes.TrimRight(body, "}\n"), []byte(`,"projects":["`+strings.Repeat("x", l.pad)+`"]}`)...)
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return resp, err
}

func TestTheProjectsOfAGroupAreNotRead(t *testing.T) {
	s := sandbox.ForTest(t)
	q := checktest.GoodGitLab(s)
	q.Thorough = true
	a := gittoken.NewChecker(gittoken.CheckerOptions{Transport: largeGroup{http.DefaultTransport, 2 * gitapi.MaxBody}}).Check(t.Context(), q, inspect.Requirements{})
	if a.Verdict != inspect.Sufficient || len(a.Problems) != 0 {
		t.Errorf("%+v", a)
	}
}

func TestALongResponseSaysNothingAboutTokenOrGroup(t *testing.T) {
	for path, subject := range map[string]string{"/api/v4/groups/": "Checking the group", "/api/v4/personal_access_tokens": "Checking the token"} {
		s := sandbox.ForTest(t)
		q := checktest.GoodGitLab(s)
		s.GitLab.Inject(sandbox.Fault{Path: path, Status: 200, ContentType: "application/json", Body: `{"id":61512475,"name":"` + strings.Repeat("x", 2*gitapi.MaxBody) + `"}`})
		a := checktest.Check(q)
		p := checktest.Find(t, a, "answer_too_long")
		if a.Verdict != inspect.Unverifiable || len(a.Problems) != 1 || p.Severity != inspect.Warning || !strings.Contains(p.Detail, subject) || !strings.Contains(p.Detail, "was not checked") {
			t.Errorf("%s: %+v", path, a)
		}
	}
}

func TestASelfManagedGitLabMayUseAnyPrefix(t *testing.T) {
	s := sandbox.ForTest(t)
	q := checktest.GoodGitLab(s)
	q.Token = checktest.Classic
	p := checktest.Find(t, checktest.Check(q), "token_rejected")
	if !strings.Contains(p.Detail, "looks like a GitHub token") || !strings.Contains(p.Detail, `git_provider = "GITHUB"`) {
		t.Error(p.Detail)
	}
	s.Log.Reset()
	q.Host = "https://gitlab.com"
	checktest.Find(t, checktest.Check(q), "wrong_provider_token")
	if n := len(s.Log.All()); n != 0 {
		t.Errorf("%d requests", n)
	}
}

func TestAnAccountThatGitLabDeniesAccessIsNamed(t *testing.T) {
	s := sandbox.ForTest(t)
	for name, x := range map[string]struct{ group, message, words string }{
		"blocked":     {"61512475", "Your account has been blocked.", "has been blocked"},
		"deactivated": {"7", "Your account has been deactivated by your administrator.", "deactivated"},
		"terms":       {"7", "You (@acme-bot) must accept the Terms of Service in order to perform this action.", "Terms of Service"},
	} {
		for _, thorough := range []bool{true, false} {
			q := checktest.GitLabQuestion(checktest.Personal, x.group)
			q.Host, q.Thorough = s.GitLab.URL(), thorough
			checktest.ServeGitLab(sandbox.GitLabToken{Denied: x.message})(s, q)
			a := checktest.Check(q)
			if len(a.Problems) != 1 || a.Verdict != inspect.Insufficient {
				t.Fatalf("%s: %+v", name, a)
			}
			checktest.Error(inspect.AttributeToken, "gitlab_account_denied", x.words).Check(t, a.Problems[0])
		}
	}
}
