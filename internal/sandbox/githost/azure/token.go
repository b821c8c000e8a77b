// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package azure

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// Token is a personal access token and how Azure DevOps treats it. Azure DevOps does not expose the
// scopes of a token.
type Token struct {
	Token string
	Owner string // the email address of the owner; the default is Username@example.com
	// Organizations are the organizations that accept the token. nil means Organization.
	Organizations []string
	// Scopes are OAuth names, such as vso.code, vso.code_write (includes vso.code), vso.code_manage
	// (includes both), and vso.project. nil means "Full access". Requests without the required
	// scope get 401 with an empty body, like requests with an unknown token. connectionData does
	// not require a scope.
	Scopes []string
	// Expires is the expiration date. Expired tokens get 401 with a message. The zero time means
	// that the token never expires.
	Expires time.Time
	Revoked bool // responds 401
	// Projects are the projects that the owner sees. nil means all projects.
	Projects []string
	// Forbidden responds 403 with this policy message to requests for the organization.
	Forbidden string
	// CannotRead hides all repositories from the owner, like the Stakeholder access level does. The
	// list of repositories is empty.
	CannotRead bool
	// CannotCreate and CannotDelete respond 403 with TF401027 to these operations.
	CannotCreate, CannotDelete bool
	// RateLimited responds 429, with headers that contain the reset time.
	RateLimited bool
	// RateLimitReset is when the rate limit ends. The default is five minutes from the request.
	RateLimitReset time.Time
}

// impliedBy lists the scopes that include each scope, and the scope itself.
var impliedBy = map[string][]string{
	"vso.code":        {"vso.code", "vso.code_write", "vso.code_manage", "vso.code_full"},
	"vso.code_write":  {"vso.code_write", "vso.code_manage", "vso.code_full"},
	"vso.code_manage": {"vso.code_manage", "vso.code_full"},
	"vso.project":     {"vso.project", "vso.project_write", "vso.project_manage", "vso.profile"},
}

func (t Token) has(scope string) bool {
	return t.Scopes == nil || githost.HasAny(t.Scopes, impliedBy[scope])
}

func (t Token) sees(p teamProject) bool {
	return t.Projects == nil || containsFold(t.Projects, p.name)
}

func (t Token) belongsTo(organization string) bool {
	return containsFold(t.Organizations, organization)
}

func containsFold(names []string, wanted string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, wanted) })
}

// rejectIfLimited responds and returns true if the owner exceeded the rate limit.
func (t Token) rejectIfLimited(w http.ResponseWriter) bool {
	if !t.RateLimited {
		return false
	}
	reset := githost.RateLimitReset(t.RateLimitReset, 5*time.Minute)
	h := w.Header()
	h.Set("Retry-After", githost.RetryAfter(reset))
	h.Set("X-RateLimit-Resource", "Concurrency")
	h.Set("X-RateLimit-Limit", "200")
	h.Set("X-RateLimit-Remaining", "0")
	h.Set("X-RateLimit-Reset", strconv.FormatInt(reset.Unix(), 10))
	sendError(w, http.StatusTooManyRequests, "RequestBlockedException", "TF400733: The request has been canceled: "+
		"Request was blocked due to exceeding usage of resource 'Concurrency' in namespace 'User'.")
	return true
}

// authenticate returns the token of a request, with basic authentication and any username or as a
// bearer token. If it returns false, it has sent the response.
func (a *Azure) authenticate(w http.ResponseWriter, r *http.Request, organization string) (Token, bool) {
	_, text, basic := r.BasicAuth()
	if !basic {
		text = githost.Bearer(r)
	}
	a.mu.Lock()
	token, known := a.tokens[text]
	signInPage := a.signInPage
	a.mu.Unlock()
	expired := known && githost.Expired(token.Expires)
	switch {
	case known && !token.Revoked && !expired && token.belongsTo(organization):
		return token, true
	case text == "" || signInPage:
		githost.SendHTML(w, http.StatusNonAuthoritativeInfo, "Azure DevOps Services | Sign In")
	case expired:
		sendExpired(w, r)
	default:
		a.sendUnauthorized(w)
	}
	return token, false
}

// sendUnauthorized responds to an unknown token and to a missing scope. The response has no body.
func (a *Azure) sendUnauthorized(w http.ResponseWriter) {
	h := w.Header()
	h.Add("WWW-Authenticate", "Bearer authorization_uri=https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000")
	h.Add("WWW-Authenticate", fmt.Sprintf("Basic realm=%q", a.URL()+"/"))
	h.Set("Content-Length", "0")
	w.WriteHeader(http.StatusUnauthorized)
}

// sendExpired responds to an expired token with JSON if the client accepts it, or with a web page.
func sendExpired(w http.ResponseWriter, r *http.Request) {
	const message = "Access Denied: The Personal Access Token used has expired."
	if !strings.Contains(r.Header.Get("Accept"), "application/json") {
		githost.SendHTML(w, http.StatusUnauthorized, message)
		return
	}
	sendError(w, http.StatusUnauthorized, "AccessCheckException", message)
}

// sendError sends an error of the API.
func sendError(w http.ResponseWriter, status int, typeKey, message string) {
	githost.SendJSON(w, status, struct {
		ID        string `json:"$id"`
		Inner     any    `json:"innerException"`
		Message   string `json:"message"`
		TypeName  string `json:"typeName"`
		TypeKey   string `json:"typeKey"`
		ErrorCode int    `json:"errorCode"`
		EventID   int    `json:"eventId"`
	}{"1", nil, message, "Microsoft.TeamFoundation." + typeKey + ", Microsoft.TeamFoundation.Server.WebAccess", typeKey, 0, 3000})
}
