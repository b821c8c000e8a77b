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

// Sign makes a token of any claims with the key of this Devtron.
func (d *Devtron) Sign(c account.Claims) string { return d.accounts.Sign(c) }

// AdminToken is an API token with super-admin permission.
func (d *Devtron) AdminToken() string { return d.accounts.APIToken(account.Admin) }

// PowerlessToken is a valid API token without any role.
func (d *Devtron) PowerlessToken() string { return d.accounts.APIToken(account.Powerless) }

// DeletedToken is an API token that was deleted.
func (d *Devtron) DeletedToken() string { return d.accounts.APIToken(account.Deleted) }

// RegeneratedToken is the old one of an API token that was generated again.
func (d *Devtron) RegeneratedToken() string { return d.accounts.APIToken(account.Regenerated) }

// ForeignToken is a JWT of another issuer: Devtron closes the connection without a api.Reply.
func (d *Devtron) ForeignToken() string {
	return d.accounts.Sign(account.Claims{Issuer: "https://idp.example.com", Email: "somebody@example.com"})
}

// AdminSession is the token that the web page gets for the user admin; it works as a header and as a cookie.
func (d *Devtron) AdminSession() string {
	return d.accounts.Sign(account.Claims{Issuer: account.SessionIssuer, Subject: "admin:login", Expires: time.Now().Add(24 * time.Hour).Unix()})
}

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
	c, verdict := d.accounts.Verify(token)
	switch verdict {
	case account.Foreign:
		panic(http.ErrAbortHandler) // the real one panics outside of its recovery
	case account.Bad:
		// The secret comes back in a header of the api.Reply.
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

// requestToken is the token of the request. A cookie wins over the header, and Authorization is not looked at.
func requestToken(r *http.Request) string {
	if c, err := r.Cookie("argocd.token"); err == nil && c.Value != "" {
		return c.Value
	}
	return r.Header.Get("token")
}
