// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"crypto/rand"
	"encoding/json"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// GitHub is the sandbox's GitHub, in the manner of GitHub Enterprise Server: its API is below URL()/api/v3/, or below
// /any/prefix/api/v3/ for hosts with a sub-path, and everything else is a web page. Its bodies are valid against
// GitHub's own OpenAPI description.
type GitHub struct {
	*Server

	mu        sync.Mutex // guards the fields below
	good      string
	tokens    map[string]GitHubToken
	orgs      map[string]GitHubOrg // by lower-case login
	users     map[string]string    // lower-case login -> login
	repos     map[string]*githubRepo
	lockAfter int // number of rejected requests after which all are refused; 0 = never
	rejected  int
}

// GitHubOrg is an organization.
type GitHubOrg struct {
	Login string
	// MembersCanCreatePrivate is shown to everybody when set. nil stands for true, shown only to owners whose token
	// has admin:org, as GitHub keeps such details from others.
	MembersCanCreatePrivate *bool
	// Hidden answers 404 to those who are not members.
	Hidden bool
	// CanCreateRepository is permissions.can_create_repository in the membership of a login; absent or nil: left out.
	CanCreateRepository map[string]*bool
	// FormerLogin is a name that redirects to the organization since it was renamed.
	FormerLogin string
	// Pending are the logins whose membership is an invitation that was not accepted yet.
	Pending []string
}

func newGitHub(s *Server) *GitHub {
	g := &GitHub{
		Server: s,
		good:   tokenLike("ghp_", 36),
		tokens: map[string]GitHubToken{},
		orgs:   map[string]GitHubOrg{},
		users:  map[string]string{},
		repos:  map[string]*githubRepo{},
	}
	g.AddOrg(GitHubOrg{Login: Organization})
	g.AddToken(GitHubToken{
		Token: g.good, Login: Username, Scopes: []string{"repo", "admin:org", "delete_repo"},
		Roles: map[string]string{Organization: "admin"},
	})
	return g
}

// Token is a ready-made classic token with all documented scopes; its owner Username is an owner of Organization.
func (g *GitHub) Token() string { return g.good }

// AddToken adds a token and its owner, or replaces the token of the same text.
func (g *GitHub) AddToken(t GitHubToken) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if t.Login == "" {
		t.Login = Username
	}
	g.tokens[t.Token] = t
	g.users[strings.ToLower(t.Login)] = t.Login
}

// AddOrg adds an organization, or replaces the one of the same login.
func (g *GitHub) AddOrg(o GitHubOrg) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.orgs[strings.ToLower(o.Login)] = o
}

// AddUser adds a user account, which is no organization.
func (g *GitHub) AddUser(login string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.users[strings.ToLower(login)] = login
}

// SetLockout makes every request fail with 403 once so many were answered 401, as GitHub does for some time. 0: never.
func (g *GitHub) SetLockout(after int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.lockAfter, g.rejected = after, 0
}

// Repositories lists the names of an organization's repositories.
func (g *GitHub) Repositories(org string) []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	names := []string{}
	for _, repo := range g.repos {
		if strings.EqualFold(repo.org, org) {
			names = append(names, repo.name)
		}
	}
	slices.Sort(names)
	return names
}

// tokenLike makes an unguessable text that looks like a token.
func tokenLike(prefix string, n int) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	text := []byte(prefix)
	for range n {
		i, err := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
		if err != nil {
			panic(err) // the operating system has no randomness: nothing else would work either
		}
		text = append(text, letters[i.Int64()])
	}
	return string(text)
}

// sendJSON writes an answer of a git host.
func sendJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// sendPage writes what a git host shows to browsers: 200 and HTML, also where an API was expected.
func sendPage(w http.ResponseWriter, status int, title string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte("<!DOCTYPE html>\n<html><head><title>" + title + "</title></head><body>" + title + "</body></html>\n"))
}

// apiPath splits the path of a request into what comes before the API's mark and what comes after it.
func apiPath(path, mark string) (prefix, rest string, ok bool) {
	prefix, rest, ok = strings.Cut(path, mark)
	return prefix, strings.Trim(rest, "/"), ok && (rest == "" || rest[0] == '/')
}
