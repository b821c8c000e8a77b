// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// FuzzAddress: every host that is accepted can be asked, and only where it says or where the public service has its API.
func FuzzAddress(f *testing.F) {
	for _, seed := range []string{
		"https://github.com", "https://api.github.com/", "http://www.github.com:80/x", "https://acme.ghe.com", "https://api.acme.ghe.com/api/v3",
		"https://git.corp/api/v3/", "https://gitlab.com/group", "https://corp/gitlab/api/v4", "https://dev.azure.com/acme", "https://acme.visualstudio.com",
		"https://bitbucket.org/", "http://[::1]:8443/a%2Fb", "https://corp/%25", "https://[fe80::1%25eth0]", "HTTPS://Git.Corp:443//", "https://ä.example/ö",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, host string) {
		u, err := parseHost(host)
		if err != nil {
			return
		}
		for provider := range gitProviders {
			a := newAddress(provider, u)
			if a.api == nil {
				continue
			}
			if !strings.HasSuffix(a.api.Path, "/") || a.api.RawQuery != "" || a.api.Fragment != "" || a.api.User != nil {
				t.Errorf("%s %q: the API is at %s", provider, host, a.api)
			}
			_, public := publicHost(u.Hostname())
			if !public && origin(a.api) != origin(u) && !strings.HasSuffix(strings.ToLower(u.Hostname()), ".visualstudio.com") && provider != BitbucketCloud {
				t.Errorf("%s %q is asked at %s: the token would go elsewhere", provider, host, a.api)
			}
			if normalHost(normalHost(host)) != normalHost(host) {
				t.Errorf("%q becomes %q, and that %q", host, normalHost(host), normalHost(normalHost(host)))
			}
		}
	})
}

// FuzzScopesHeader: every scope is without blanks, and what was read, written again as GitHub writes it, is read as the same.
func FuzzScopesHeader(f *testing.F) {
	for _, seed := range []string{"", "repo", "repo, admin:org,delete_repo", " , ,", "repo,repo", "a\tb, c", "ghp_0123456789abcdefghij", "\x00,\xff"} {
		f.Add(seed)
	}
	const token = "ghp_0123456789abcdefghij"
	m := newMasker(token)
	f.Fuzz(func(t *testing.T, value string) {
		scopes, known := scopesHeader(http.Header{"X-Oauth-Scopes": {value}}, m)
		if !known {
			t.Error("a header that is there is not known")
		}
		for _, scope := range scopes {
			if scope != strings.TrimSpace(scope) || scope == "" || strings.Contains(scope, ",") || strings.Contains(scope, token) {
				t.Errorf("%q has the scope %q", value, scope)
			}
		}
		again, _ := scopesHeader(http.Header{"X-Oauth-Scopes": {strings.Join(scopes, ", ")}}, m)
		if !slices.Equal(again, scopes) {
			t.Errorf("%q gives %q, and that %q", value, scopes, again)
		}
		split, _ := scopesHeader(http.Header{"X-Oauth-Scopes": strings.Split(value, ",")}, m)
		if !slices.Equal(split, scopes) {
			t.Errorf("%q in several headers gives %q, not %q", value, split, scopes)
		}
		granted := expand(GitHub, scopes)
		for _, scope := range scopes {
			if !granted[scope] {
				t.Errorf("%q does not grant %q", value, scope)
			}
		}
	})
}

// answers is a network on which every request gets the same answer.
type answers struct {
	header http.Header
	body   string
}

func (a answers) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Header: a.header.Clone(), Body: io.NopCloser(strings.NewReader(a.body)), Request: r, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}, nil
}

// FuzzExpiry: an expiry that a host tells is either understood, and then is the instant that it names, or counts as unknown. It
// never makes the check fail, and it never lets out the token that stands in it.
func FuzzExpiry(f *testing.F) {
	for _, seed := range []string{
		"", "2030-01-02 03:04:05 UTC", "2030-01-02 03:04:05 -0700", "2030-01-02T03:04:05Z", "2030-01-02", "0001-01-01", "9999-12-31", "2024-02-30", "never", "ghp_0123456789abcdefghij",
		"-1", "2030-01-02 03:04:05 +9999",
	} {
		f.Add(seed)
	}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, expiry string) {
		for provider, q := range map[Provider]Question{
			GitHub: {Provider: GitHub, Token: "ghp_0123456789abcdefghij"},
			GitLab: {Provider: GitLab, Token: "glpat-0123456789abcdefghij"},
		} {
			checker := NewChecker(CheckerOptions{Now: func() time.Time { return now }, Transport: answers{
				header: http.Header{
					"Content-Type": {"application/json"}, "X-Oauth-Scopes": {"repo, admin:org, delete_repo"}, "Github-Authentication-Token-Expiration": {expiry},
				},
				body: fmt.Sprintf(`{"login":"x","id":1,"active":true,"user_id":1,"scopes":["api"],"expires_at":%q}`, strings.ToValidUTF8(expiry, "?")),
			}})
			a := checker.Check(context.Background(), q, Requirements{})
			for _, p := range a.Problems {
				if strings.Contains(p.Summary+p.Detail, q.Token) {
					t.Errorf("%s: %s shows the token", provider, p.Code)
				}
			}
			expired := slices.ContainsFunc(a.Problems, func(p Problem) bool { return strings.Contains(p.Code, "expired") })
			if expired && a.ExpiresAt.After(now) || !a.ExpiresAt.IsZero() && a.ExpiresAt.Location() != time.UTC {
				t.Errorf("%s: %q is %s, and expired is %t", provider, expiry, a.ExpiresAt, expired)
			}
			if at, err := time.Parse("2006-01-02 15:04:05 UTC", expiry); err == nil && provider == GitHub && !a.ExpiresAt.Equal(at) {
				t.Errorf("%q is read as %s", expiry, a.ExpiresAt)
			}
			if day, err := time.Parse(time.DateOnly, expiry); err == nil && provider == GitLab && !a.ExpiresAt.Equal(day) {
				t.Errorf("%q is read as %s", expiry, a.ExpiresAt)
			}
		}
	})
}

// FuzzTokenProblems: whatever the value, the findings about its form never show it, and an error is an insufficient token.
func FuzzTokenProblems(f *testing.F) {
	for _, seed := range []string{"", " ", "\ufeffghp_x\r\n", `"ghs_x"`, classic, installation2026, personal, azurePAT, entra, bitbucketAPI, "glcbt-glpat-x", strings.Repeat("a", 1473), "\xff\x00", "0\xbb0000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		for _, provider := range []Provider{"", GitHub, GitLab, AzureDevOps, BitbucketCloud} {
			problems := TokenProblems(provider, token)
			for _, p := range problems {
				if core := tokenCore(token); len(core) > 60 && strings.Contains(p.Summary+p.Detail, core) {
					t.Errorf("%s shows the token", p.Code)
				}
			}
			verdict := Judge(Question{Provider: provider, Token: token}, Facts{}, Requirements{}, time.Time{}).Verdict
			if slices.ContainsFunc(problems, isError) && verdict != Insufficient {
				t.Errorf("%q: %+v, but the verdict is %s", provider, problems, verdict)
			}
		}
	})
}
