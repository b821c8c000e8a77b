// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package account is who the sandbox's Devtron knows, and the JSON web tokens that they show.
package account

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"sync"
	"time"
)

const (
	// Prefix stands before the name of an API token in the address of the user that belongs to it.
	Prefix = "API-TOKEN:"

	// These are the users of the ready-made API tokens.
	Admin       = Prefix + "tf-admin"
	Powerless   = Prefix + "tf-powerless"
	Deleted     = Prefix + "tf-deleted"
	Regenerated = Prefix + "tf-regenerated"

	// TokenIssuer and SessionIssuer are the issuers of API tokens and of sessions of the web page.
	TokenIssuer   = "apiTokenIssuer"
	SessionIssuer = "argocd"
)

// Claims are what Devtron looks at in a JWT.
type Claims struct {
	Email    string `json:"email,omitempty"`
	Version  string `json:"version,omitempty"`
	Issuer   string `json:"iss,omitempty"`
	Subject  string `json:"sub,omitempty"`
	Audience string `json:"aud,omitempty"`
	Expires  int64  `json:"exp,omitempty"`
}

// Accounts knows who may do what, and the key that signs their tokens; it is random, so that no token can be guessed.
type Accounts struct {
	key []byte

	mu    sync.Mutex // guards the field below
	known map[string]Account
}

// Account is what Devtron knows about somebody.
type Account struct {
	Version    string // of the API token that is valid now
	SuperAdmin bool
	Deleted    bool
}

// New makes the ready-made accounts.
func New() *Accounts {
	key := make([]byte, sha256.Size)
	_, _ = rand.Read(key) // never fails
	return &Accounts{key: key, known: map[string]Account{
		Admin:       {Version: "1", SuperAdmin: true},
		Powerless:   {Version: "1"},
		Deleted:     {Version: "1", Deleted: true},
		Regenerated: {Version: "2"},
		"admin":     {SuperAdmin: true},
	}}
}

// Get returns the account of an address.
func (a *Accounts) Get(email string) (Account, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	found, ok := a.known[email]
	return found, ok
}

// Put adds or changes the account of an address.
func (a *Accounts) Put(email string, c Account) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.known[email] = c
}

// Rename gives an account another address. The tokens for the old one are of nobody then.
func (a *Accounts) Rename(from, to string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if found, ok := a.known[from]; ok && from != to {
		delete(a.known, from)
		a.known[to] = found
	}
}

// APIToken is the first version of an API token that never expires.
func (a *Accounts) APIToken(email string) string {
	return a.Sign(Claims{Email: email, Version: "1", Issuer: TokenIssuer})
}

// Sign makes a token of any claims.
func (a *Accounts) Sign(c Claims) string {
	payload, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	text := segment([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + segment(payload)
	return text + "." + segment(a.signature(text))
}

func (a *Accounts) signature(text string) []byte {
	mac := hmac.New(sha256.New, a.key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

func segment(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// Verdict is what Devtron finds out about a token.
type Verdict int

// The middleware answers a bad token, and ends the connection for one of another issuer.
const (
	Good Verdict = iota
	Bad
	Foreign
)

// Verify reads a token and checks its signature and its expiry.
func (a *Accounts) Verify(token string) (Claims, Verdict) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return Claims{}, Bad
	}
	var header struct {
		Algorithm string `json:"alg"`
	}
	var c Claims
	if !decodeSegment(parts[0], &header) || !decodeSegment(parts[1], &c) {
		return Claims{}, Bad
	}
	if c.Issuer != TokenIssuer && c.Issuer != SessionIssuer {
		if c.Audience == "" {
			return Claims{}, Foreign
		}
		return Claims{}, Bad
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || header.Algorithm != "HS256" || !hmac.Equal(signature, a.signature(parts[0]+"."+parts[1])) {
		return Claims{}, Bad
	}
	if c.Expires != 0 && time.Now().Unix() > c.Expires {
		return Claims{}, Bad
	}
	return c, Good
}

func decodeSegment(text string, v any) bool {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	return err == nil && json.Unmarshal(raw, v) == nil
}
