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

// Token is a personal access token and how Azure DevOps treats it. No answer tells the scopes of a token.
type Token struct {
	Token string
	Owner string // e-mail address of the owner; Username@example.com when empty
	// Organizations are those that the token is for; nil stands for Organization.
	Organizations []string
	// Scopes are OAuth names such as vso.code, vso.code_write (includes the former), vso.code_manage (includes both) and
	// vso.project; nil stands for "Full access". A request that they do not cover is answered 401 with an empty body, in
	// the same way as one with an unknown token, apart from connectionData, which every valid token may read.
	Scopes  []string
	Expires time.Time // in the past it makes the token answer 401 and say so; zero: never
	Revoked bool      // 401
	// Projects are those that the owner can see; nil stands for all.
	Projects []string
	// Forbidden makes the organization's routes answer 403 with this message of a policy.
	Forbidden string
	// CannotRead hides all repositories from the owner, as a Stakeholder access level does: the list is empty.
	CannotRead bool
	// CannotCreate and CannotDelete refuse these with 403 and TF401027.
	CannotCreate, CannotDelete bool
	// RateLimited answers 429 with the headers that tell when it ends.
	RateLimited bool
	// RateLimitLifts is when the limit ends; five minutes from the request when zero.
	RateLimitLifts time.Time
}

// azureImplied are the scopes that hold each scope of Azure Repos, itself included.
var azureImplied = map[string][]string{
	"vso.code":        {"vso.code", "vso.code_write", "vso.code_manage", "vso.code_full"},
	"vso.code_write":  {"vso.code_write", "vso.code_manage", "vso.code_full"},
	"vso.code_manage": {"vso.code_manage", "vso.code_full"},
	"vso.project":     {"vso.project", "vso.project_write", "vso.project_manage", "vso.profile"},
}

func (t Token) has(scope string) bool {
	return t.Scopes == nil || slices.ContainsFunc(azureImplied[scope], func(s string) bool { return slices.Contains(t.Scopes, s) })
}

func (t Token) sees(p azureProject) bool {
	return t.Projects == nil || slices.ContainsFunc(t.Projects, func(name string) bool { return strings.EqualFold(name, p.name) })
}

func (t Token) belongsTo(organization string) bool {
	return slices.ContainsFunc(t.Organizations, func(name string) bool { return strings.EqualFold(name, organization) })
}

// limited answers in place of everything else while the owner is over the limit.
func (t Token) limited(w http.ResponseWriter) bool {
	if !t.RateLimited {
		return false
	}
	lifts := t.RateLimitLifts
	if lifts.IsZero() {
		lifts = time.Now().Add(5 * time.Minute)
	}
	h := w.Header()
	h.Set("Retry-After", strconv.Itoa(max(1, int(time.Until(lifts).Seconds()))))
	h.Set("X-RateLimit-Resource", "Concurrency")
	h.Set("X-RateLimit-Limit", "200")
	h.Set("X-RateLimit-Remaining", "0")
	h.Set("X-RateLimit-Reset", strconv.FormatInt(lifts.Unix(), 10))
	azureError(w, http.StatusTooManyRequests, "RequestBlockedException", "TF400733: The request has been canceled: "+
		"Request was blocked due to exceeding usage of resource 'Concurrency' in namespace 'User'.")
	return true
}

// authenticate finds the token of a request, in Basic authentication with any user, or answers in Azure's way.
func (a *Azure) authenticate(w http.ResponseWriter, r *http.Request, organization string) (Token, bool) {
	_, text, basic := r.BasicAuth()
	if kind, value, _ := strings.Cut(r.Header.Get("Authorization"), " "); !basic && strings.EqualFold(kind, "bearer") {
		text = value
	}
	a.mu.Lock()
	token, known := a.tokens[text]
	signIn := a.signIn
	a.mu.Unlock()
	expired := known && !token.Expires.IsZero() && !token.Expires.After(time.Now())
	switch {
	case known && !token.Revoked && !expired && token.belongsTo(organization):
		return token, true
	case text == "" || signIn:
		githost.SendPage(w, http.StatusNonAuthoritativeInfo, "Azure DevOps Services | Sign In")
	case expired:
		a.sayExpired(w, r)
	default:
		a.unauthorized(w)
	}
	return token, false
}

// unauthorized is the answer to an unknown token and to one whose scopes do not cover a request alike: it has no body.
func (a *Azure) unauthorized(w http.ResponseWriter) {
	h := w.Header()
	h.Add("WWW-Authenticate", "Bearer authorization_uri=https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000")
	h.Add("WWW-Authenticate", fmt.Sprintf("Basic realm=%q", a.URL()+"/"))
	h.Set("Content-Length", "0")
	w.WriteHeader(http.StatusUnauthorized)
}

// sayExpired tells clients that accept JSON in JSON, and others in a page.
func (a *Azure) sayExpired(w http.ResponseWriter, r *http.Request) {
	const message = "Access Denied: The Personal Access Token used has expired."
	if !strings.Contains(r.Header.Get("Accept"), "application/json") {
		githost.SendPage(w, http.StatusUnauthorized, message)
		return
	}
	azureError(w, http.StatusUnauthorized, "AccessCheckException", message)
}

// azureError is the shape of all errors of the API.
func azureError(w http.ResponseWriter, status int, typeKey, message string) {
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
