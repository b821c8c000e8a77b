// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"unicode/utf8"
)

// Values of GitAccount.AuthMode beside AuthAnonymous and AuthPassword.
const (
	AuthAccessToken = "ACCESS_TOKEN"
	AuthSSH         = "SSH"
)

// Limits of a git account.
const (
	// MaxGitUsername is the width of the column of user names, in characters (source).
	MaxGitUsername = 25
	// MaxGitSecret is how long a password or an access token may be, in bytes, as Devtron stores it
	// encrypted since v2.0.0 (source). Older versions store 250 characters.
	MaxGitSecret = 158
)

// GitAccount is an account at a git host for the source code of applications, which the API calls a
// git provider.
type GitAccount struct {
	// ID is chosen by Devtron. Devtron would take one that a client chooses (23-14).
	ID int `json:"id"`
	// Name is any text of up to 250 characters. It need not be unique (23-05).
	Name string `json:"name"`
	// URL is any text of up to 250 characters, stored byte for byte. A creation with one that
	// exists is a Conflict (23-04); an update is not, and makes twins (23-37).
	URL string `json:"url"`
	// AuthMode is how Devtron signs in: one of the modes above, although Devtron stores any text
	// (23-09).
	AuthMode string `json:"authMode"`
	// Username has up to MaxGitUsername characters.
	Username string `json:"userName"`
	// Active is whether applications can use the account. An inactive one stays visible (23-39,
	// 23-40).
	Active bool `json:"active"`
	// GitHostID is that of a GitHost; 0 for none (23-12).
	GitHostID int `json:"gitHostId"`
	// TLSSettings count with a user name and a password alone: an update with another mode removes
	// the material (source).
	TLSSettings

	// Credentials are written and never read.
	Credentials GitCredentials `json:"-"`
}

// GitCredentials are the secrets of a git account. What is empty in an update keeps what is stored
// (23-32, 23-64, 23-67). Only an update with another mode than AuthPassword removes the password
// (23-35); nothing removes an access token or a key (source).
type GitCredentials struct {
	Password    string `json:"password"`
	AccessToken string `json:"accessToken"`
	// SSHPrivateKey gets a trailing line break, unless it has one (23-25).
	SSHPrivateKey string `json:"sshPrivateKey"`
}

func (a GitAccount) plausible() bool { return a.ID > 0 && a.Name != "" }

// gitAccountBody is a git account as it is sent. An absent "active" deactivates it (23-18, 23-38).
type gitAccountBody struct {
	GitAccount
	GitCredentials
}

func (b gitAccountBody) secrets() []string {
	return []string{b.Password, b.AccessToken, b.SSHPrivateKey, b.TLS.TLSKeyData}
}

func (b gitAccountBody) suspects() []Suspect {
	found := tooLong(textField{"name", b.Name}, textField{"url", b.URL})
	if n := utf8.RuneCountInString(b.Username); n > MaxGitUsername {
		found = append(found, Suspect{"userName", fmt.Sprintf("has %d characters; Devtron stores at most %d", n, MaxGitUsername)})
	}
	for _, secret := range []textField{{"password", b.Password}, {"accessToken", b.AccessToken}} {
		if n := len(secret.value); n > MaxGitSecret {
			found = append(found, Suspect{secret.name, fmt.Sprintf("has %d bytes; Devtron since v2.0.0 stores at most %d", n, MaxGitSecret)})
		}
	}
	return found
}

const routeGitAccount = "git/provider"

// ListGitAccounts returns all git accounts, inactive ones included, in no particular order and
// without secrets. Without rights the list is empty (23-29): see CheckSuperAdmin.
func (c *Client) ListGitAccounts(ctx context.Context) ([]GitAccount, error) {
	return sendForList[GitAccount](ctx, c, &call{
		operation: "list the git accounts", method: http.MethodGet, route: routeGitAccount, empty: emptyIsNone, secretReply: true,
	})
}

// CreateGitAccount stores a new git account, hands it on to git-sensor, and returns it with its id.
// Since v1.8.0, Devtron ends the connection without a reply (Dropped) where either fails: a git
// host that does not exist (23-13) or a value that is too long, with nothing stored, and a
// git-sensor that is down, with the account stored (23-53, 23-54). TLS material that is not
// complete is a Precondition (23-17). Devtron does not test the credentials.
func (c *Client) CreateGitAccount(ctx context.Context, account GitAccount) (GitAccount, error) {
	account.ID = 0
	body := gitAccountBody{account, account.Credentials}
	created, err := sendForObject[GitAccount](ctx, c, &call{
		operation: "create the git account " + account.Name, method: http.MethodPost, route: routeGitAccount, body: body, secretReply: true,
	})
	var failure *Error
	if errors.As(err, &failure) && failure.Kind == Dropped {
		failure.Suspects = body.suspects()
	}
	return created, err
}

// UpdateGitAccount replaces a git account in every field but empty credentials. One that does not
// exist is NotFound (23-41); a git host that does not exist is NotStorable (23-69). Where
// git-sensor is down, the error is Unsynced, and the change is stored (23-56, 23-57).
func (c *Client) UpdateGitAccount(ctx context.Context, account GitAccount) error {
	return c.send(ctx, &call{
		operation: fmt.Sprintf("update the git account %s (id %d)", account.Name, account.ID), method: http.MethodPut,
		route: routeGitAccount, body: gitAccountBody{account, account.Credentials}, secretReply: true,
	}, nil)
}

// DeleteGitAccount deletes a git account, which must be as ListGitAccounts returned it: Devtron
// validates the name and the mode (23-46) and acts on the id. An account that an application uses
// is InUse (source); one that does not exist is NotFound (23-49). Where git-sensor is down, the
// error is Unsynced, and the account is deleted (23-58, 23-59).
func (c *Client) DeleteGitAccount(ctx context.Context, stored GitAccount) error {
	return c.send(ctx, &call{
		operation: fmt.Sprintf("delete the git account %s (id %d)", stored.Name, stored.ID), method: http.MethodDelete,
		route: routeGitAccount, body: gitAccountBody{GitAccount: stored},
	}, nil)
}
