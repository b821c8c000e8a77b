// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"net/http"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/account"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// Sign returns a token with the claims, signed with the key of this Devtron.
func (d *Devtron) Sign(c account.Claims) string { return d.accounts.Sign(c) }

// AdminToken returns an API token with super-admin permission.
func (d *Devtron) AdminToken() string { return d.accounts.APIToken(account.Admin) }

// PowerlessToken returns a valid API token without permissions.
func (d *Devtron) PowerlessToken() string { return d.accounts.APIToken(account.Powerless) }

// DeletedToken returns a deleted API token.
func (d *Devtron) DeletedToken() string { return d.accounts.APIToken(account.Deleted) }

// RegeneratedToken returns the previous version of a regenerated API token.
func (d *Devtron) RegeneratedToken() string { return d.accounts.APIToken(account.Regenerated) }

// ForeignToken returns a JWT of another issuer. Devtron closes the connection without a reply.
func (d *Devtron) ForeignToken() string {
	return d.accounts.Sign(account.Claims{Issuer: "https://idp.example.com", Email: "somebody@example.com"})
}

// AdminSession returns the session token of the user admin. It works in a header and in a cookie.
func (d *Devtron) AdminSession() string {
	return d.accounts.Sign(account.Claims{Issuer: account.SessionIssuer, Subject: "admin:login", Expires: time.Now().Add(24 * time.Hour).Unix()})
}

// authenticate is the middleware for all routes. If it returns false, it has sent the reply.
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
	c, verdict := d.accounts.Verify(token)
	switch verdict {
	case account.Foreign:
		panic(http.ErrAbortHandler) // a real Devtron panics outside of its recovery middleware
	case account.Bad:
		// The reply returns the secret in a header.
		http.SetCookie(w, &http.Cookie{Name: "argocd.token", Value: token, Path: "/", MaxAge: -1})
		return refuse("Unauthorized")
	}
	email := c.Email
	if c.Issuer == account.SessionIssuer {
		email, _, _ = strings.Cut(c.Subject, ":")
	}
	u, ok := d.accounts.Get(email)
	if !ok || c.Version != "" && c.Version != u.Version {
		return refuse("Invalid User")
	}
	return api.Identity{Email: email, Known: !u.Deleted && !viaAPITokenHeader, SuperAdmin: u.SuperAdmin}, true
}

// requestToken returns the token of a request. A cookie takes precedence over the header, and
// Authorization has no effect.
func requestToken(r *http.Request) string {
	if c, err := r.Cookie("argocd.token"); err == nil && c.Value != "" {
		return c.Value
	}
	return r.Header.Get("token")
}
