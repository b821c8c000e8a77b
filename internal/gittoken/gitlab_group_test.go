// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestAGroupIsAnsweredWithItsID(t *testing.T) {
	s := sandbox.ForTest(t)
	q := goodGitLab(s)
	host := s.GitLab.URL()
	for _, g := range []sandbox.GitLabGroup{
		{ID: 7, Name: "acme"}, {ID: 123, Name: "Platform Team", Path: "platform", FullPath: "acme/platform"},
		{ID: 8, Name: "Twins", Path: "one", FullPath: "acme/one"}, {ID: 9, Name: "Twins", Path: "two", FullPath: "acme/two"},
	} {
		s.GitLab.AddGroup(g)
	}
	s.GitLab.AddToken(sandbox.GitLabToken{Token: q.Token, Scopes: []string{"api"}, Levels: map[int]int{7: 50, 8: 50, 9: 50, 123: 50}})
	for group, want := range map[string]want{
		// Devtron finds this one by its name and by its path.
		"acme":                            problem(Warning, AttributeGroupID, "gitlab_group_named", `Set group_id = "7"`),
		"Acme":                            problem(Error, AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "7"`),
		"acme/":                           problem(Error, AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "7"`),
		"/acme":                           problem(Error, AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "7"`),
		"acme/platform":                   problem(Error, AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "123"`),
		"/acme/platform/":                 problem(Error, AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "123"`),
		"platform":                        problem(Error, AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "123"`),
		"Platform Team":                   problem(Error, AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "123"`),
		" platform team ":                 problem(Error, AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "123"`),
		"123/":                            problem(Error, AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "123"`),
		" 123":                            problem(Error, AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "123"`),
		host + "/acme":                    problem(Error, AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "7"`),
		host + "/groups/acme/platform":    problem(Error, AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "123"`),
		host + "/groups/acme/-/edit":      problem(Error, AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "7"`),
		host + "/acme/platform/":          problem(Error, AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "123"`),
		"https://gitlab.corp/groups/acme": problem(Error, AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "7"`),
		strings.TrimPrefix(host, "http://") + "/groups/acme": problem(Error, AttributeGroupID, "gitlab_group_not_numeric", `Set group_id = "7"`),
		"Twins":   problem(Error, AttributeGroupID, "gitlab_group_not_numeric", "Several groups have this name or path", "8, 9"),
		"nobody":  problem(Error, AttributeGroupID, "gitlab_group_not_found", `"nobody" was not found`, "group id"),
		"plat":    problem(Error, AttributeGroupID, "gitlab_group_not_found"),
		"a/b/c/d": problem(Error, AttributeGroupID, "gitlab_group_not_found"),
	} {
		t.Run(group, func(t *testing.T) {
			q := q
			q.GroupID, q.Thorough = group, true
			a := checkOnce(q)
			if len(a.Problems) != 1 {
				t.Fatalf("%+v", a.Problems)
			}
			want.check(t, a.Problems[0])
		})
	}
}

func TestGroupPaths(t *testing.T) {
	for wanted, path := range map[string]string{
		"acme": "acme", "/acme/platform/": "acme/platform", " acme ": "acme", "Platform Team": "Platform Team", "123": "123",
		"https://corp/gitlab/acme": "acme", "https://corp/gitlab/groups/acme/x/-/settings": "acme/x", "corp/gitlab/groups/acme": "acme",
		"HTTPS://Corp/gitlab/acme?x=1#top": "acme", "https://corp/gitlab/acme%20x": "acme x", "corp/other": "corp/other", "https://corp/gitlab/groups/acme/-": "acme",
	} {
		if got := groupPath(wanted, "https://corp/gitlab"); got != path {
			t.Errorf("%q is %q, want %q", wanted, got, path)
		}
	}
}

// largeGroup answers as a GitLab whose groups have many projects.
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

func TestTheProjectsOfAGroupAreNotAskedFor(t *testing.T) {
	s := sandbox.ForTest(t)
	q := goodGitLab(s)
	q.Thorough = true
	a := NewChecker(CheckerOptions{Transport: largeGroup{http.DefaultTransport, 2 * largestBody}}).Check(t.Context(), q, Requirements{})
	if a.Verdict != Sufficient || len(a.Problems) != 0 {
		t.Errorf("%+v", a)
	}
}

// TestAnAnswerThatIsTooLongIsNoFinding is about the size of an answer alone: nothing follows about token or group.
func TestAnAnswerThatIsTooLongIsNoFinding(t *testing.T) {
	for path, subject := range map[string]string{"/api/v4/groups/": "about the group", "/api/v4/personal_access_tokens": "about the token"} {
		s := sandbox.ForTest(t)
		q := goodGitLab(s)
		s.GitLab.Inject(sandbox.Fault{Path: path, Status: 200, ContentType: "application/json", Body: `{"id":61512475,"name":"` + strings.Repeat("x", 2*largestBody) + `"}`})
		a := checkOnce(q)
		p := wantCode(t, a, "answer_too_long")
		if a.Verdict != Unverifiable || len(a.Problems) != 1 || p.Severity != Warning || !strings.Contains(p.Detail, subject) || !strings.Contains(p.Detail, "was not checked") {
			t.Errorf("%s: %+v", path, a)
		}
	}
}
