// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package bitbucket

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// Token is a credential and how Bitbucket Cloud treats it.
type Token struct {
	Token    string
	Username string // of the owner; Username when empty
	Email    string // of the owner's Atlassian account; {Username}@example.com when empty
	// Kind is "api" (the default: an API token with scopes, in Basic authentication with the e-mail address),
	// "repository", "project" or "workspace" (access tokens, as Bearer or with the user x-token-auth), "oauth" (Bearer), or
	// "app-password" (401 since their removal).
	Kind string
	// Scopes are told in a header. API tokens have names like read:repository:bitbucket, of which none implies another;
	// the other kinds have names like repository:write, some of which do.
	Scopes  []string
	Expires time.Time // in the past it makes the token answer 401; zero: never. No answer tells it.
	Revoked bool      // 401
	// Workspaces is the role ("owner", "collaborator", "member") by slug; nil stands for owner of Workspace.
	// Others answer 404.
	Workspaces map[string]string
	// Projects are the keys of those that the owner can see; nil stands for all.
	Projects []string
	// CannotCreate refuses new repositories with 403, as for those whom the workspace does not let create any.
	CannotCreate bool
	RateLimited  bool // 429 in plain text, without a header that tells when it ends
}

// AppPasswordText is what an app password is answered. The status of real ones is 401; the words are not recorded.
const AppPasswordText = "App passwords are no longer supported. Use API tokens instead."

// bitbucketTypes are the words of the X-Credential-Type header.
var bitbucketTypes = map[string]string{
	"": "api_token", "api": "api_token", "repository": "repo_access_token", "project": "project_access_token",
	"workspace": "workspace_access_token", "oauth": "oauth2", "app-password": "apppassword",
}

func (t Token) isAPI() bool { return t.Kind == "" || t.Kind == "api" }

// need is a scope in both vocabularies.
type need struct{ classic, api string }

var (
	needAccount          = need{"account", "read:user:bitbucket"}
	needWorkspace        = need{"account", "read:workspace:bitbucket"}
	needProject          = need{"project", "read:project:bitbucket"}
	needRepository       = need{"repository", "read:repository:bitbucket"}
	needRepositoryWrite  = need{"repository:write", "write:repository:bitbucket"}
	needRepositoryAdmin  = need{"repository:admin", "admin:repository:bitbucket"}
	needRepositoryDelete = need{"repository:delete", "delete:repository:bitbucket"}
)

func (n need) in(t Token) string {
	if t.isAPI() {
		return n.api
	}
	return n.classic
}

// bitbucketImplied are the classic scopes that hold each scope beside itself. repository:admin holds none.
var bitbucketImplied = map[string][]string{
	"account":          {"account:write"},
	"repository":       {"repository:write", "pullrequest", "pullrequest:write", "project", "project:admin"},
	"repository:write": {"pullrequest:write"},
	"project":          {"project:admin"},
}

func (t Token) has(n need) bool {
	scope := n.in(t)
	if slices.Contains(t.Scopes, scope) {
		return true
	}
	return !t.isAPI() && slices.ContainsFunc(bitbucketImplied[scope], func(s string) bool { return slices.Contains(t.Scopes, s) })
}

func (t Token) role(workspace string) string {
	for slug, role := range t.Workspaces {
		if strings.EqualFold(slug, workspace) {
			return role
		}
	}
	return ""
}

// acceptedAs tells whether the token may come in this way: with a user in Basic authentication, or as Bearer ("").
func (t Token) acceptedAs(user string, basic bool) bool {
	switch t.Kind {
	case "", "api":
		// The Bitbucket user name is for git alone.
		return basic && (strings.EqualFold(user, t.Email) || user == "x-bitbucket-api-token-auth")
	default:
		return !basic || user == "x-token-auth"
	}
}

// authenticate finds the credential of a request, or answers in Bitbucket's way.
func (b *Bitbucket) authenticate(w http.ResponseWriter, r *http.Request) (Token, bool) {
	user, text, basic := r.BasicAuth()
	if kind, value, _ := strings.Cut(r.Header.Get("Authorization"), " "); !basic && strings.EqualFold(kind, "bearer") {
		text = value
	}
	b.mu.Lock()
	token, known := b.tokens[text]
	b.mu.Unlock()
	expired := !token.Expires.IsZero() && !token.Expires.After(time.Now())
	w.Header().Set("WWW-Authenticate", `Basic realm="Bitbucket.org HTTP"`)
	switch {
	case text == "":
		bitbucketError(w, http.StatusUnauthorized, "Authentication required.", nil)
	case known && token.Kind == "app-password":
		bitbucketError(w, http.StatusUnauthorized, AppPasswordText, nil)
	case !known, token.Revoked, expired, !token.acceptedAs(user, basic):
		bitbucketError(w, http.StatusUnauthorized, "Token is invalid, expired, or not supported for this endpoint.", nil)
	default:
		w.Header().Del("WWW-Authenticate")
		w.Header().Set("X-Credential-Type", bitbucketTypes[token.Kind])
		w.Header().Set("X-OAuth-Scopes", strings.Join(token.Scopes, ", "))
		return token, true
	}
	return token, false
}

// limited answers in place of everything else while the account is over its limit.
func (t Token) limited(w http.ResponseWriter) bool {
	if !t.RateLimited {
		return false
	}
	w.Header().Set("Content-Type", "text/plain")
	w.WriteHeader(http.StatusTooManyRequests)
	_, _ = w.Write([]byte("Rate limit for this resource has been exceeded"))
	return true
}

// bitbucketError is the shape of all errors of the API; detail is left out when nil.
func bitbucketError(w http.ResponseWriter, status int, message string, detail any) {
	e := map[string]any{"message": message}
	if detail != nil {
		e["detail"] = detail
	}
	githost.SendJSON(w, status, map[string]any{"type": "error", "error": e})
}
