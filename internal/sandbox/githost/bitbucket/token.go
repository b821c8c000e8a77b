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
	Username string // the owner; the default is githost.Username
	Email    string // the email address of the owner; the default is {Username}@example.com
	// Kind is "api" (the default, an API token with scopes, for basic authentication with the email
	// address), "repository", "project", or "workspace" (access tokens, as a bearer token or with
	// the username x-token-auth), "oauth" (a bearer token), or "app-password" (401 since their
	// removal).
	Kind string
	// Scopes are the scopes that responses contain in a header. API tokens have scopes such as
	// read:repository:bitbucket, which never include another scope. The other kinds have scopes
	// such as repository:write, some of which include others.
	Scopes []string
	// Expires is the expiration date, which Bitbucket does not expose. Expired tokens get 401. The
	// zero time means that the token never expires.
	Expires time.Time
	Revoked bool // responds 401
	// Workspaces is the role ("owner", "collaborator", or "member") in each workspace by its slug.
	// Other workspaces respond 404. nil means owner of Workspace.
	Workspaces map[string]string
	// Projects are the keys of the projects that the owner sees. nil means all projects.
	Projects []string
	// CannotCreate responds 403 to the creation of repositories, like workspaces that restrict it.
	CannotCreate bool
	RateLimited  bool // responds 429 in plain text, without a header that contains the reset time
}

// AppPasswordText is the error for app passwords. Bitbucket responds 401; this text is an
// assumption.
const AppPasswordText = "App passwords are no longer supported. Use API tokens instead."

// credentialTypes are the values of the X-Credential-Type header.
var credentialTypes = map[string]string{
	"": "api_token", "api": "api_token", "repository": "repo_access_token", "project": "project_access_token",
	"workspace": "workspace_access_token", "oauth": "oauth2", "app-password": "apppassword",
}

func (t Token) isAPI() bool { return t.Kind == "" || t.Kind == "api" }

// need is a required scope: its classic name and its name for API tokens.
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

func (n need) scope(t Token) string {
	if t.isAPI() {
		return n.api
	}
	return n.classic
}

// impliedBy lists the classic scopes that include each scope. repository:admin does not include
// other scopes.
var impliedBy = map[string][]string{
	"account":          {"account:write"},
	"repository":       {"repository:write", "pullrequest", "pullrequest:write", "project", "project:admin"},
	"repository:write": {"pullrequest:write"},
	"project":          {"project:admin"},
}

func (t Token) has(n need) bool {
	scope := n.scope(t)
	return slices.Contains(t.Scopes, scope) || !t.isAPI() && githost.HasAny(t.Scopes, impliedBy[scope])
}

func (t Token) role(workspace string) string { return githost.Role(t.Workspaces, workspace) }

// accepts reports whether the token works with the authentication of a request: basic
// authentication with a username, or a bearer token.
func (t Token) accepts(username string, basic bool) bool {
	switch t.Kind {
	case "", "api":
		// The Bitbucket username works only for git.
		return basic && (strings.EqualFold(username, t.Email) || username == "x-bitbucket-api-token-auth")
	default:
		return !basic || username == "x-token-auth"
	}
}

// authenticate returns the credential of a request. If it returns false, it has sent the response.
func (b *Bitbucket) authenticate(w http.ResponseWriter, r *http.Request) (Token, bool) {
	username, text, basic := r.BasicAuth()
	if !basic {
		text = githost.Bearer(r)
	}
	b.mu.Lock()
	token, known := b.tokens[text]
	b.mu.Unlock()
	w.Header().Set("WWW-Authenticate", `Basic realm="Bitbucket.org HTTP"`)
	switch {
	case text == "":
		sendError(w, http.StatusUnauthorized, "Authentication required.", nil)
	case known && token.Kind == "app-password":
		sendError(w, http.StatusUnauthorized, AppPasswordText, nil)
	case !known, token.Revoked, githost.Expired(token.Expires), !token.accepts(username, basic):
		sendError(w, http.StatusUnauthorized, "Token is invalid, expired, or not supported for this endpoint.", nil)
	default:
		w.Header().Del("WWW-Authenticate")
		w.Header().Set("X-Credential-Type", credentialTypes[token.Kind])
		w.Header().Set("X-OAuth-Scopes", strings.Join(token.Scopes, ", "))
		return token, true
	}
	return token, false
}

// allowed reports whether the token has a required scope, and sets the header with that scope. If
// it returns false, it has sent the response.
func (c call) allowed(n need) bool {
	required := n.scope(c.token)
	c.w.Header().Set("X-Accepted-OAuth-Scopes", required)
	if c.token.RateLimited {
		githost.SendText(c.w, http.StatusTooManyRequests, "Rate limit for this resource has been exceeded")
		return false
	}
	if c.token.has(n) {
		return true
	}
	granted := c.token.Scopes
	if granted == nil {
		granted = []string{}
	}
	sendError(c.w, http.StatusForbidden, "Your credentials lack one or more required privilege scopes.",
		map[string]any{"required": []string{required}, "granted": granted})
	return false
}

// sendError sends an error of the API. It omits detail if it is nil.
func sendError(w http.ResponseWriter, status int, message string, detail any) {
	e := map[string]any{"message": message}
	if detail != nil {
		e["detail"] = detail
	}
	githost.SendJSON(w, status, map[string]any{"type": "error", "error": e})
}
