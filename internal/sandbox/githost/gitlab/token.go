// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// Token is a token and how GitLab treats it.
type Token struct {
	Token    string
	UserID   int    // given when 0
	Username string // Username when empty; bots get a name of GitLab's form
	// Kind is "personal" (the default), "group" or "project" (tokens of bot users), "oauth" (accepted as Bearer only),
	// "service" (a personal token of a service account) or "granular" (a fine-grained token, whose permissions nothing tells).
	Kind   string
	Scopes []string
	// ExpiresAt is YYYY-MM-DD, "" = never. From that day on the token answers 401.
	ExpiresAt string
	Revoked   bool // 401
	// Denied makes everything answer 403 with this reason, as GitLab does for the account of a blocked user.
	Denied string
	// Inactive tells active=false in personal_access_tokens/self; everything else still answers.
	Inactive bool
	// Admin makes the owner an administrator of the instance.
	Admin bool
	// Levels is the effective access level (0 to 50) by group id; absent: not a member.
	Levels map[int]int
	// CustomRole names a custom role of the owner in all groups.
	CustomRole string
	// NoSelf answers 404 to personal_access_tokens/self, as GitLab before 15.5.
	NoSelf bool
	// GranularEnforced answers 403 insufficient_granular_scope on group routes, as for groups that want fine-grained tokens.
	GranularEnforced bool
	// RateLimited answers 429 in plain text, with the headers that tell when it ends.
	RateLimited bool
	// RateLimitLifts is when the limit ends; a minute from the request when zero.
	RateLimitLifts time.Time
}

func (t Token) bot() bool {
	return t.Kind == "group" || t.Kind == "project" || t.Kind == "service"
}

// may tells whether the token has one of the scopes.
func (t Token) may(scopes ...string) bool {
	return t.Kind == "granular" || slices.ContainsFunc(scopes, func(s string) bool { return slices.Contains(t.Scopes, s) })
}

// self is the token's own description.
func (t Token) self() map[string]any {
	scopes := t.Scopes
	if t.Kind == "granular" {
		scopes = []string{"granular"}
	}
	if scopes == nil {
		scopes = []string{}
	}
	body := map[string]any{
		"id": 40_000 + t.UserID, "name": "devtron", "description": nil, "revoked": t.Revoked, "created_at": "2024-03-01T09:30:00.000Z",
		"scopes": scopes, "user_id": t.UserID, "last_used_at": "2024-03-02T09:30:00.000Z", "active": !t.Inactive,
		"expires_at": nil, "granular": t.Kind == "granular",
	}
	if t.ExpiresAt != "" {
		body["expires_at"] = t.ExpiresAt
	}
	return body
}

func (t Token) user(base string) map[string]any {
	body := map[string]any{
		"id": t.UserID, "username": t.Username, "name": t.Username, "state": "active", "locked": false, "avatar_url": nil,
		"web_url": base + "/" + t.Username, "created_at": "2024-03-01T09:30:00.000Z", "bio": "", "bot": t.bot(),
		"email": t.Username + "@example.com", "two_factor_enabled": false, "external": false,
	}
	if t.Admin {
		body["is_admin"] = true // GitLab shows it to administrators only
	}
	return body
}

// limited answers in place of everything else while the token is over its rate limit.
func (t Token) limited(w http.ResponseWriter) bool {
	if !t.RateLimited {
		return false
	}
	lifts := t.RateLimitLifts
	if lifts.IsZero() {
		lifts = time.Now().Add(time.Minute)
	}
	h := w.Header()
	h.Set("Content-Type", "text/plain")
	h.Set("RateLimit-Limit", "600")
	h.Set("RateLimit-Name", "throttle_authenticated_api")
	h.Set("RateLimit-Observed", "601")
	h.Set("RateLimit-Remaining", "0")
	h.Set("RateLimit-Reset", strconv.FormatInt(lifts.Unix(), 10))
	h.Set("RateLimit-ResetTime", lifts.UTC().Format(http.TimeFormat))
	h.Set("Retry-After", strconv.Itoa(max(1, int(time.Until(lifts).Seconds()))))
	w.WriteHeader(http.StatusTooManyRequests)
	_, _ = w.Write([]byte("Retry later\n"))
	return true
}

// authenticate finds the token of a request, or answers in GitLab's way.
func (g *GitLab) authenticate(w http.ResponseWriter, r *http.Request) (Token, bool) {
	text := r.Header.Get("PRIVATE-TOKEN")
	bearer := false
	if kind, value, _ := strings.Cut(r.Header.Get("Authorization"), " "); text == "" && strings.EqualFold(kind, "bearer") {
		text, bearer = value, true
	}
	g.mu.Lock()
	token, known := g.tokens[text]
	g.mu.Unlock()
	expires, err := time.Parse(time.DateOnly, token.ExpiresAt)
	switch {
	case !known, token.Kind == "oauth" && !bearer:
		githost.SendJSON(w, http.StatusUnauthorized, map[string]any{"message": "401 Unauthorized"})
	case token.Revoked:
		gitlabError(w, http.StatusUnauthorized, "invalid_token", "Token was revoked. You have to re-authorize from the user.")
	case token.Denied != "":
		gitlabMessage(w, http.StatusForbidden, "403 Forbidden - "+token.Denied)
	case err == nil && !expires.After(time.Now()):
		gitlabError(w, http.StatusUnauthorized, "invalid_token", "Token is expired. You can either do re-authorization or token refresh.")
	default:
		return token, true
	}
	return token, false
}

func gitlabError(w http.ResponseWriter, status int, code, description string) {
	githost.SendJSON(w, status, map[string]any{"error": code, "error_description": description})
}

func gitlabMessage(w http.ResponseWriter, status int, message any) {
	githost.SendJSON(w, status, map[string]any{"message": message})
}

// lacks answers 403 when the token has none of the scopes.
func (t Token) lacks(w http.ResponseWriter, scopes ...string) bool {
	if t.may(scopes...) {
		return false
	}
	githost.SendJSON(w, http.StatusForbidden, map[string]any{
		"error": "insufficient_scope", "scope": strings.Join(scopes, " "),
		"error_description": "The request requires higher privileges than provided by the access token.",
	})
	return true
}
