// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package account manages the accounts of Devtron and their JSON web tokens.
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
	// Prefix and the name of an API token form the email address of its user.
	Prefix = "API-TOKEN:"

	// Admin is the user of an API token with super-admin permission.
	Admin = Prefix + "tf-admin"
	// Powerless is the user of an API token without permissions.
	Powerless = Prefix + "tf-powerless"
	// Deleted is the user of a deleted API token.
	Deleted = Prefix + "tf-deleted"
	// Regenerated is the user of an API token that was regenerated once.
	Regenerated = Prefix + "tf-regenerated"

	// TokenIssuer is the issuer of API tokens.
	TokenIssuer = "apiTokenIssuer"
	// SessionIssuer is the issuer of sessions of the web page.
	SessionIssuer = "argocd"
)

// Claims are the claims of a JWT that Devtron uses.
type Claims struct {
	Email    string `json:"email,omitempty"`
	Version  string `json:"version,omitempty"`
	Issuer   string `json:"iss,omitempty"`
	Subject  string `json:"sub,omitempty"`
	Audience string `json:"aud,omitempty"`
	Expires  int64  `json:"exp,omitempty"`
}

// Accounts contains the accounts and the key that signs their tokens. The key is random, so that
// tokens cannot be guessed.
type Accounts struct {
	key []byte

	mu    sync.Mutex // guards the field below
	known map[string]Account
}

// Account is a user who can sign in.
type Account struct {
	Version    string // the valid version of the API token
	SuperAdmin bool
	Deleted    bool
}

// New creates the predefined accounts.
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

// Get returns the account with an email address.
func (a *Accounts) Get(email string) (Account, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	found, ok := a.known[email]
	return found, ok
}

// Put adds or replaces the account with an email address.
func (a *Accounts) Put(email string, c Account) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.known[email] = c
}

// Rename changes the email address of an account. Tokens for the old address become invalid.
func (a *Accounts) Rename(from, to string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if found, ok := a.known[from]; ok && from != to {
		delete(a.known, from)
		a.known[to] = found
	}
}

// APIToken returns the first version of an API token. It never expires.
func (a *Accounts) APIToken(email string) string {
	return a.Sign(Claims{Email: email, Version: "1", Issuer: TokenIssuer})
}

// Sign returns a token with the claims.
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

// Verdict is the result of verifying a token.
type Verdict int

// The middleware rejects a bad token, and closes the connection for a token of a foreign issuer.
const (
	Good Verdict = iota
	Bad
	Foreign
)

// Verify checks the issuer, the signature, and the expiry of a token.
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
