// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// Token is a token and how GitHub treats it.
type Token struct {
	Token string
	Login string // the owner; the default is Username
	// Kind is "classic" (the default), "oauth", "fine-grained", "app-user", or "app-installation".
	Kind string
	// Scopes is the X-OAuth-Scopes header of classic and oauth tokens. The header is empty if the
	// token has no scopes. Other kinds do not have the header.
	Scopes []string
	// Expires is the expiration date, which responses contain in a header. Expired tokens get 401.
	// The zero time means that the token never expires.
	Expires time.Time
	Revoked bool // responds 401
	// Suspended responds 403 to all requests, like GitHub does for suspended accounts.
	Suspended bool
	// SSORequired responds 403 with X-GitHub-SSO to requests for the organization.
	SSORequired bool
	// Forbidden responds 403 with this policy message to requests for the organization.
	Forbidden string
	// RateLimited is "" (no limit), "primary" (403 without remaining requests), "secondary" (403
	// with Retry-After), or "429".
	RateLimited string
	// RateLimitReset is when the rate limit ends. The default is 15 minutes from the request.
	RateLimitReset time.Time
	// Roles is the role ("admin" or "member") in each organization.
	Roles map[string]string
	// CannotCreate responds 403 ("Must have admin rights to Repository.") to the creation of
	// repositories.
	CannotCreate bool
	// CannotReadMembership responds 403 to /user/memberships, like GitHub does for fine-grained
	// tokens without the permission "Members: read".
	CannotReadMembership bool
}

// hasScopes reports whether tokens of this kind have OAuth scopes.
func (t Token) hasScopes() bool { return t.Kind == "" || t.Kind == "classic" || t.Kind == "oauth" }

// has reports whether the token has one of the scopes. Kinds without scopes are not limited.
func (t Token) has(scopes ...string) bool {
	return !t.hasScopes() || githost.HasAny(t.Scopes, scopes)
}

func (t Token) role(org string) string { return githost.Role(t.Roles, org) }

// setHeaders sets the headers about the token that all responses contain.
func (t Token) setHeaders(h http.Header) {
	if t.hasScopes() {
		h.Set("X-OAuth-Scopes", strings.Join(t.Scopes, ", "))
		h.Set("X-Accepted-OAuth-Scopes", "")
	}
	if !t.Expires.IsZero() {
		layout := "2006-01-02 15:04:05 -0700"
		if t.hasScopes() {
			layout = "2006-01-02 15:04:05 MST"
		}
		h.Set("GitHub-Authentication-Token-Expiration", t.Expires.UTC().Format(layout))
	}
}

// rejectIfLimited responds and returns true if the account is suspended or exceeded its rate
// limit.
func (t Token) rejectIfLimited(w http.ResponseWriter) bool {
	if t.Suspended {
		sendError(w, http.StatusForbidden, "Sorry. Your account was suspended.", docs)
		return true
	}
	reset := githost.RateLimitReset(t.RateLimitReset, 15*time.Minute)
	setPrimary := func() {
		w.Header().Set("X-RateLimit-Limit", "5000")
		w.Header().Set("X-RateLimit-Remaining", "0")
		w.Header().Set("X-RateLimit-Used", "5000")
		w.Header().Set("X-RateLimit-Resource", "core")
		w.Header().Set("X-RateLimit-Reset", strconv.FormatInt(reset.Unix(), 10))
	}
	exceeded := fmt.Sprintf("API rate limit exceeded for user ID %d.", numericID(t.Login))
	const limitDocs = docs + "/overview/rate-limits-for-the-rest-api"
	switch t.RateLimited {
	case "primary":
		setPrimary()
		sendError(w, http.StatusForbidden, exceeded, limitDocs)
	case "429":
		setPrimary()
		sendError(w, http.StatusTooManyRequests, exceeded, limitDocs)
	case "secondary":
		w.Header().Set("Retry-After", githost.RetryAfter(reset))
		sendError(w, http.StatusForbidden,
			"You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
			limitDocs+"#about-secondary-rate-limits")
	default:
		return false
	}
	return true
}

// authenticate returns the token of a request. If it returns false, it has sent the response.
func (g *GitHub) authenticate(w http.ResponseWriter, r *http.Request) (Token, bool) {
	scheme, text, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	switch strings.ToLower(scheme) {
	case "bearer", "token":
	case "basic":
		_, text, _ = r.BasicAuth()
	default:
		sendError(w, http.StatusUnauthorized, "Requires authentication", docs)
		return Token{}, false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.lockoutAfter > 0 && g.rejected >= g.lockoutAfter {
		sendError(w, http.StatusForbidden, "Maximum number of login attempts exceeded. Please try again later.", docs)
		return Token{}, false
	}
	token, known := g.tokens[strings.TrimSpace(text)]
	if !known || token.Revoked || githost.Expired(token.Expires) {
		g.rejected++
		sendError(w, http.StatusUnauthorized, "Bad credentials", docs)
		return Token{}, false
	}
	return token, true
}

// rejectIfForbidden responds and returns true if a policy of the organization forbids the token.
func (t Token) rejectIfForbidden(w http.ResponseWriter, base, org string) bool {
	switch {
	case t.SSORequired:
		const authorization = "AZSCKtL4U8yX1H3sCQIVnVgmjmon5fWxks5YrqhJgah0b2tlbl9pZM4EuMz4"
		w.Header().Set("X-GitHub-SSO",
			fmt.Sprintf("required; url=%s/orgs/%s/sso?authorization_request=%s", base, org, authorization))
		sendError(w, http.StatusForbidden,
			"Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.",
			"https://docs.github.com/articles/authenticating-to-a-github-organization-with-saml-single-sign-on/")
	case t.Forbidden != "":
		sendError(w, http.StatusForbidden, t.Forbidden, docs)
	default:
		return false
	}
	return true
}
