// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab

import (
	"net/http"
	"strconv"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// Token is a token and how GitLab treats it.
type Token struct {
	Token    string
	UserID   int    // AddToken assigns an ID if it is 0
	Username string // the owner; the default is Username, or for bots a name in the format of GitLab
	// Kind is "personal" (the default), "group" or "project" (tokens of bot users), "oauth"
	// (accepted only as a bearer token), "service" (a personal token of a service account), or
	// "granular" (a fine-grained token, whose permissions GitLab does not expose).
	Kind   string
	Scopes []string
	// ExpiresAt is the expiration date (YYYY-MM-DD). From that day on, the token gets 401. An empty
	// date means that the token never expires.
	ExpiresAt string
	Revoked   bool // responds 401
	// Denied responds 403 with this reason to all requests, like GitLab does for blocked users.
	Denied string
	// Inactive sets active to false in personal_access_tokens/self. The token still works.
	Inactive bool
	// Admin makes the owner an administrator of the instance.
	Admin bool
	// Levels is the effective access level (0 to 50) in each group by its ID. Without a level, the
	// owner is not a member.
	Levels map[int]int
	// CustomRole is the name of a custom role of the owner in all groups.
	CustomRole string
	// NoSelf responds 404 to personal_access_tokens/self, like versions before 15.5.
	NoSelf bool
	// GranularEnforced responds 403 with insufficient_granular_scope to requests for groups, like
	// GitLab does for groups that require fine-grained tokens.
	GranularEnforced bool
	// RateLimited responds 429 in plain text, with headers that contain the reset time.
	RateLimited bool
	// RateLimitReset is when the rate limit ends. The default is one minute from the request.
	RateLimitReset time.Time
}

// isBot reports whether the owner is a bot user.
func (t Token) isBot() bool {
	return t.Kind == "group" || t.Kind == "project" || t.Kind == "service"
}

// self returns the description of the token.
func (t Token) self() map[string]any {
	scopes := t.Scopes
	if t.Kind == "granular" {
		scopes = []string{"granular"}
	}
	if scopes == nil {
		scopes = []string{}
	}
	body := map[string]any{
		"id": 40_000 + t.UserID, "name": "devtron", "description": nil, "revoked": t.Revoked,
		"created_at": githost.CreationTimeMillis, "scopes": scopes, "user_id": t.UserID,
		"last_used_at": "2024-03-02T09:30:00.000Z", "active": !t.Inactive, "expires_at": nil, "granular": t.Kind == "granular",
	}
	if t.ExpiresAt != "" {
		body["expires_at"] = t.ExpiresAt
	}
	return body
}

// user returns the description of the owner.
func (t Token) user(base string) map[string]any {
	body := map[string]any{
		"id": t.UserID, "username": t.Username, "name": t.Username, "state": "active", "locked": false, "avatar_url": nil,
		"web_url": base + "/" + t.Username, "created_at": githost.CreationTimeMillis, "bio": "", "bot": t.isBot(),
		"email": t.Username + "@example.com", "two_factor_enabled": false, "external": false,
	}
	if t.Admin {
		body["is_admin"] = true // only administrators see this attribute
	}
	return body
}

// rejectIfLimited responds and returns true if the token exceeded its rate limit.
func (t Token) rejectIfLimited(w http.ResponseWriter) bool {
	if !t.RateLimited {
		return false
	}
	reset := githost.RateLimitReset(t.RateLimitReset, time.Minute)
	h := w.Header()
	h.Set("RateLimit-Limit", "600")
	h.Set("RateLimit-Name", "throttle_authenticated_api")
	h.Set("RateLimit-Observed", "601")
	h.Set("RateLimit-Remaining", "0")
	h.Set("RateLimit-Reset", strconv.FormatInt(reset.Unix(), 10))
	h.Set("RateLimit-ResetTime", reset.UTC().Format(http.TimeFormat))
	h.Set("Retry-After", githost.RetryAfter(reset))
	githost.SendText(w, http.StatusTooManyRequests, "Retry later\n")
	return true
}

// authenticate returns the token of a request. If it returns false, it has sent the response.
func (g *GitLab) authenticate(w http.ResponseWriter, r *http.Request) (Token, bool) {
	text := r.Header.Get("PRIVATE-TOKEN")
	private := text != ""
	if !private {
		text = githost.Bearer(r)
	}
	g.mu.Lock()
	token, known := g.tokens[text]
	g.mu.Unlock()
	expires, err := time.Parse(time.DateOnly, token.ExpiresAt)
	switch {
	case !known, token.Kind == "oauth" && private:
		sendMessage(w, http.StatusUnauthorized, "401 Unauthorized")
	case token.Revoked:
		sendError(w, http.StatusUnauthorized, "invalid_token", "Token was revoked. You have to re-authorize from the user.")
	case token.Denied != "":
		sendMessage(w, http.StatusForbidden, "403 Forbidden - "+token.Denied)
	case err == nil && githost.Expired(expires):
		sendError(w, http.StatusUnauthorized, "invalid_token", "Token is expired. You can either do re-authorization or token refresh.")
	default:
		return token, true
	}
	return token, false
}

// allowed reports whether the token has one of the scopes. If it does not, allowed responds 403.
func (c call) allowed(scopes ...string) bool {
	if c.token.Kind == "granular" || githost.HasAny(c.token.Scopes, scopes) {
		return true
	}
	sendInsufficientScope(c.w, scopes)
	return false
}
