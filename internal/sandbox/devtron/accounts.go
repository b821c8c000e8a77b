// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// The API tokens and the issuers of the sandbox. A real Devtron prefixes the name of a token so to make it a user.
const (
	adminUser       = "API-TOKEN:tf-admin"
	powerlessUser   = "API-TOKEN:tf-powerless"
	deletedUser     = "API-TOKEN:tf-deleted"
	regeneratedUser = "API-TOKEN:tf-regenerated"

	apiTokenIssuer = "apiTokenIssuer"
	sessionIssuer  = "argocd"
)

// Sign makes a token of any claims with the key of this Devtron.
func (d *Devtron) Sign(c Claims) string { return d.accounts.sign(c) }

// AdminToken is an API token with super-admin permission.
func (d *Devtron) AdminToken() string { return d.accounts.apiToken(adminUser) }

// PowerlessToken is a valid API token without any role.
func (d *Devtron) PowerlessToken() string { return d.accounts.apiToken(powerlessUser) }

// DeletedToken is an API token that was deleted.
func (d *Devtron) DeletedToken() string { return d.accounts.apiToken(deletedUser) }

// RegeneratedToken is the old one of an API token that was generated again.
func (d *Devtron) RegeneratedToken() string { return d.accounts.apiToken(regeneratedUser) }

// ForeignToken is a JWT of another issuer: Devtron closes the connection without a api.Reply.
func (d *Devtron) ForeignToken() string {
	return d.accounts.sign(Claims{Issuer: "https://idp.example.com", Email: "somebody@example.com"})
}

// AdminSession is the token that the web page gets for the user admin; it works as a header and as a cookie.
func (d *Devtron) AdminSession() string {
	return d.accounts.sign(Claims{Issuer: sessionIssuer, Subject: "admin:login", Expires: time.Now().Add(24 * time.Hour).Unix()})
}

// Claims are what Devtron looks at in a JWT.
type Claims struct {
	Email    string `json:"email,omitempty"`
	Version  string `json:"version,omitempty"`
	Issuer   string `json:"iss,omitempty"`
	Subject  string `json:"sub,omitempty"`
	Audience string `json:"aud,omitempty"`
	Expires  int64  `json:"exp,omitempty"`
}

// accounts knows who may do what, and the key that signs their tokens; it is random, so that no token can be guessed.
type accounts struct {
	key   []byte
	known map[string]account
}

type account struct {
	version    string // of the API token that is valid now
	superAdmin bool
	deleted    bool
}

func newAccounts() *accounts {
	key := make([]byte, sha256.Size)
	_, _ = rand.Read(key) // never fails
	return &accounts{key: key, known: map[string]account{
		adminUser:       {version: "1", superAdmin: true},
		powerlessUser:   {version: "1"},
		deletedUser:     {version: "1", deleted: true},
		regeneratedUser: {version: "2"},
		"admin":         {superAdmin: true},
	}}
}

func (a *accounts) apiToken(name string) string {
	return a.sign(Claims{Email: name, Version: "1", Issuer: apiTokenIssuer})
}

func (a *accounts) sign(c Claims) string {
	payload, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	text := segment([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + segment(payload)
	return text + "." + segment(a.signature(text))
}

func (a *accounts) signature(text string) []byte {
	mac := hmac.New(sha256.New, a.key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

func segment(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// authenticate is the middleware before all routes. It answers itself where it returns false.
func (d *Devtron) authenticate(w http.ResponseWriter, r *http.Request) (api.Identity, bool) {
	token := requestToken(r)
	viaAPITokenHeader := token == ""
	if viaAPITokenHeader {
		token = r.Header.Get("api-token")
	}
	refuse := func(text string) (api.Identity, bool) {
		api.Write(w, api.Plain(http.StatusUnauthorized, text))
		return api.Identity{}, false
	}
	if token == "" {
		return refuse("UN-AUTHENTICATED")
	}
	c, verdict := d.accounts.verify(token)
	switch verdict {
	case tokenForeign:
		panic(http.ErrAbortHandler) // the real one panics outside of its recovery
	case tokenBad:
		// The secret comes back in a header of the api.Reply.
		http.SetCookie(w, &http.Cookie{Name: "argocd.token", Value: token, Path: "/", MaxAge: -1})
		return refuse("Unauthorized")
	}
	email := c.Email
	if c.Issuer == sessionIssuer {
		email, _, _ = strings.Cut(c.Subject, ":")
	}
	u, ok := d.accounts.known[email]
	if !ok || c.Version != "" && c.Version != u.version {
		return refuse("Invalid User")
	}
	return api.Identity{Email: email, Known: !u.deleted && !viaAPITokenHeader, SuperAdmin: u.superAdmin}, true
}

// requestToken is the token of the request. A cookie wins over the header, and Authorization is not looked at.
func requestToken(r *http.Request) string {
	if c, err := r.Cookie("argocd.token"); err == nil && c.Value != "" {
		return c.Value
	}
	return r.Header.Get("token")
}

type tokenVerdict int

const (
	tokenGood tokenVerdict = iota
	tokenBad
	tokenForeign
)

func (a *accounts) verify(token string) (Claims, tokenVerdict) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return Claims{}, tokenBad
	}
	var header struct {
		Algorithm string `json:"alg"`
	}
	var c Claims
	if !decodeSegment(parts[0], &header) || !decodeSegment(parts[1], &c) {
		return Claims{}, tokenBad
	}
	if c.Issuer != apiTokenIssuer && c.Issuer != sessionIssuer {
		if c.Audience == "" {
			return Claims{}, tokenForeign
		}
		return Claims{}, tokenBad
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || header.Algorithm != "HS256" || !hmac.Equal(signature, a.signature(parts[0]+"."+parts[1])) {
		return Claims{}, tokenBad
	}
	if c.Expires != 0 && time.Now().Unix() > c.Expires {
		return Claims{}, tokenBad
	}
	return c, tokenGood
}

func decodeSegment(text string, v any) bool {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	return err == nil && json.Unmarshal(raw, v) == nil
}
