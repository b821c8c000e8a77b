// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// Token is a token and how GitHub treats it.
type Token struct {
	Token string
	Login string // the owner; Username when empty
	// Kind is "classic" (the default), "oauth", "fine-grained", "app-user" or "app-installation".
	Kind string
	// Scopes is the X-OAuth-Scopes header of classic and oauth tokens, present and empty when there are none. Other
	// kinds have no such header.
	Scopes []string
	// Expires is told in a header; in the past it makes the token answer 401. Zero: never.
	Expires time.Time
	Revoked bool // 401
	// Suspended makes everything answer 403, as GitHub does for a suspended account.
	Suspended bool
	// SSORequired makes the organization's routes answer 403 with X-GitHub-SSO.
	SSORequired bool
	// Forbidden makes the organization's routes answer 403 with this policy message.
	Forbidden string
	// RateLimited is "" (no), "primary" (403, nothing remaining), "secondary" (403 with Retry-After) or "429".
	RateLimited string
	// RateLimitLifts is when the limit ends; a quarter of an hour from the request when zero.
	RateLimitLifts time.Time
	// Roles is "admin" or "member" by organization; absent: not a member.
	Roles map[string]string
	// CannotCreate refuses new repositories: 403 "Must have admin rights to Repository.".
	CannotCreate bool
	// CannotReadMembership refuses /user/memberships, as for fine-grained tokens without "Members: read".
	CannotReadMembership bool
}

// scoped tells whether the token is of a kind that has OAuth scopes.
func (t Token) scoped() bool { return t.Kind == "" || t.Kind == "classic" || t.Kind == "oauth" }

// has tells whether the token's scopes allow what any of the wanted scopes does. Kinds without scopes may do everything.
func (t Token) has(wanted ...string) bool {
	if !t.scoped() {
		return true
	}
	return slices.ContainsFunc(wanted, func(scope string) bool { return slices.Contains(t.Scopes, scope) })
}

func (t Token) role(org string) string {
	for name, role := range t.Roles {
		if strings.EqualFold(name, org) {
			return role
		}
	}
	return ""
}

// headers sets what GitHub tells about the token in every answer.
func (t Token) headers(h http.Header) {
	if t.scoped() {
		h.Set("X-OAuth-Scopes", strings.Join(t.Scopes, ", "))
		h.Set("X-Accepted-OAuth-Scopes", "")
	}
	if !t.Expires.IsZero() {
		layout := "2006-01-02 15:04:05 -0700"
		if t.scoped() {
			layout = "2006-01-02 15:04:05 MST"
		}
		h.Set("GitHub-Authentication-Token-Expiration", t.Expires.UTC().Format(layout))
	}
}

// limited answers in place of everything else while the account is suspended or over its rate limit.
func (t Token) limited(w http.ResponseWriter) bool {
	if t.Suspended {
		githubError(w, http.StatusForbidden, "Sorry. Your account was suspended.", "https://docs.github.com/rest")
		return true
	}
	lifts := t.RateLimitLifts
	if lifts.IsZero() {
		lifts = time.Now().Add(15 * time.Minute)
	}
	primary := func() {
		w.Header().Set("X-RateLimit-Limit", "5000")
		w.Header().Set("X-RateLimit-Remaining", "0")
		w.Header().Set("X-RateLimit-Used", "5000")
		w.Header().Set("X-RateLimit-Resource", "core")
		w.Header().Set("X-RateLimit-Reset", strconv.FormatInt(lifts.Unix(), 10))
	}
	exceeded := fmt.Sprintf("API rate limit exceeded for user ID %d.", githubID(t.Login))
	const docs = "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api"
	switch t.RateLimited {
	case "primary":
		primary()
		githubError(w, http.StatusForbidden, exceeded, docs)
	case "429":
		primary()
		githubError(w, http.StatusTooManyRequests, exceeded, docs)
	case "secondary":
		w.Header().Set("Retry-After", strconv.Itoa(max(1, int(time.Until(lifts).Seconds()))))
		githubError(w, http.StatusForbidden,
			"You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
			docs+"#about-secondary-rate-limits")
	default:
		return false
	}
	return true
}

// authenticate finds the token of a request, or answers in GitHub's way.
func (g *GitHub) authenticate(w http.ResponseWriter, r *http.Request) (Token, bool) {
	header := r.Header.Get("Authorization")
	kind, text, _ := strings.Cut(header, " ")
	switch strings.ToLower(kind) {
	case "bearer", "token":
	case "basic":
		_, text, _ = r.BasicAuth()
	default:
		githubError(w, http.StatusUnauthorized, "Requires authentication", "https://docs.github.com/rest")
		return Token{}, false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.lockAfter > 0 && g.rejected >= g.lockAfter {
		githubError(w, http.StatusForbidden, "Maximum number of login attempts exceeded. Please try again later.", "https://docs.github.com/rest")
		return Token{}, false
	}
	token, known := g.tokens[strings.TrimSpace(text)]
	if !known || token.Revoked || (!token.Expires.IsZero() && !token.Expires.After(time.Now())) {
		g.rejected++
		githubError(w, http.StatusUnauthorized, "Bad credentials", "https://docs.github.com/rest")
		return Token{}, false
	}
	return token, true
}

// refused answers for routes of an organization that keeps the token out.
func (t Token) refused(w http.ResponseWriter, base, org string) bool {
	switch {
	case t.SSORequired:
		w.Header().Set("X-GitHub-SSO", fmt.Sprintf("required; url=%s/orgs/%s/sso?authorization_request=AZSCKtL4U8yX1H3sCQIVnVgmjmon5fWxks5YrqhJgah0b2tlbl9pZM4EuMz4", base, org))
		githubError(w, http.StatusForbidden,
			"Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.",
			"https://docs.github.com/articles/authenticating-to-a-github-organization-with-saml-single-sign-on/")
	case t.Forbidden != "":
		githubError(w, http.StatusForbidden, t.Forbidden, "https://docs.github.com/rest")
	default:
		return false
	}
	return true
}

func githubError(w http.ResponseWriter, status int, message, docs string) {
	githost.SendJSON(w, status, map[string]any{"message": message, "documentation_url": docs, "status": strconv.Itoa(status)})
}

func githubNotFound(w http.ResponseWriter, docs string) {
	githubError(w, http.StatusNotFound, "Not Found", "https://docs.github.com/rest/"+docs)
}
