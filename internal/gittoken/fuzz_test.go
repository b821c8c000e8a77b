// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

// answers is a network on which every request gets the same response.
type answers struct {
	header http.Header
	body   string
}

func (a answers) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Header: a.header.Clone(), Body: io.NopCloser(strings.NewReader(a.body)), Request: r, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}, nil
}

// FuzzExpiry holds that an expiration date is either read as the instant that it names or counts as
// unknown. It never makes a token insufficient by itself, and a token in it is never shown.
func FuzzExpiry(f *testing.F) {
	for _, seed := range []string{
		"", "2030-01-02 03:04:05 UTC", "2030-01-02 03:04:05 -0700", "2030-01-02T03:04:05Z", "2030-01-02", "0001-01-01", "9999-12-31", "2024-02-30", "never", "ghp_0123456789abcdefghij",
		"-1", "2030-01-02 03:04:05 +9999",
	} {
		f.Add(seed)
	}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, expiry string) {
		body, err := json.Marshal(map[string]any{"login": "x", "id": 1, "active": true, "user_id": 1, "scopes": []string{"api"}, "expires_at": expiry})
		if err != nil {
			t.Fatal(err)
		}
		for provider, q := range map[inspect.Provider]inspect.Question{
			inspect.GitHub: {Provider: inspect.GitHub, Token: "ghp_0123456789abcdefghij"},
			inspect.GitLab: {Provider: inspect.GitLab, Token: "glpat-0123456789abcdefghij"},
		} {
			checker := gittoken.NewChecker(gittoken.CheckerOptions{Now: func() time.Time { return now }, Transport: answers{
				header: http.Header{
					"Content-Type": {"application/json"}, "X-Oauth-Scopes": {"repo, admin:org, delete_repo"}, "Github-Authentication-Token-Expiration": {expiry},
				},
				body: string(body),
			}})
			a := checker.Check(context.Background(), q, inspect.Requirements{})
			for _, p := range a.Problems {
				if strings.Contains(p.Summary+p.Detail, q.Token) {
					t.Errorf("%s: %s shows the token", provider, p.Code)
				}
			}
			expired := slices.ContainsFunc(a.Problems, func(p inspect.Problem) bool { return strings.Contains(p.Code, "expired") })
			if a.Verdict != inspect.Sufficient && !expired {
				t.Errorf("%s: %q makes the verdict %s: %+v", provider, expiry, a.Verdict, a.Problems)
			}
			if expired && a.ExpiresAt.After(now) || !a.ExpiresAt.IsZero() && a.ExpiresAt.Location() != time.UTC {
				t.Errorf("%s: %q is %s, and expired is %t", provider, expiry, a.ExpiresAt, expired)
			}
			if at, err := time.Parse("2006-01-02 15:04:05 UTC", expiry); err == nil && provider == inspect.GitHub && !a.ExpiresAt.Equal(at) {
				t.Errorf("%q is read as %s", expiry, a.ExpiresAt)
			}
			if day, err := time.Parse(time.DateOnly, expiry); err == nil && provider == inspect.GitLab && !a.ExpiresAt.Equal(day) {
				t.Errorf("%q is read as %s", expiry, a.ExpiresAt)
			}
		}
	})
}

// FuzzTokenProblems holds that findings about the form of a value never show it, and that an error
// makes the token insufficient.
func FuzzTokenProblems(f *testing.F) {
	for _, seed := range []string{"", " ", "\ufeffghp_x\r\n", `"ghs_x"`, checktest.Classic, checktest.Installation2026, checktest.Personal, checktest.AzurePAT, checktest.Entra, checktest.BitbucketAPI, "glcbt-glpat-x", strings.Repeat("a", 1473), "\xff\x00", "0\xbb0000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		for _, provider := range []inspect.Provider{"", inspect.GitHub, inspect.GitLab, inspect.AzureDevOps, inspect.BitbucketCloud} {
			problems := gittoken.TokenProblems(provider, "", token)
			for _, p := range problems {
				if core := strings.TrimSpace(token); len(core) > 60 && strings.Contains(p.Summary+p.Detail, core) {
					t.Errorf("%s shows the token", p.Code)
				}
			}
			verdict := gittoken.Judge(inspect.Question{Provider: provider, Token: token}, inspect.Facts{}, inspect.Requirements{}, time.Time{}).Verdict
			if slices.ContainsFunc(problems, func(p inspect.Problem) bool { return p.Severity == inspect.Error }) && verdict != inspect.Insufficient {
				t.Errorf("%q: %+v, but the verdict is %s", provider, problems, verdict)
			}
		}
	})
}
