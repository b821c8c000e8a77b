// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// APIToken is an API token without its value. The list returns the values of all tokens in clear
// text (27-16), unless Devtron has HIDE_API_TOKENS; only their fingerprints outlive the decoding of
// the reply.
type APIToken struct {
	// ID is chosen by Devtron. A token that is created with the name of a deleted one has the ID
	// and the user of that one (27-35).
	ID int `json:"id"`
	// Name has 3 to 50 characters: lower-case letters, digits, and _ and - between them (27-06 to
	// 27-10). It is unique and cannot be changed. Before v1.8.0 other names were accepted (source).
	Name string `json:"name"`
	// Description has up to 350 characters (27-13). It may be empty, but not absent (27-11, 27-24).
	Description string `json:"description"`
	// ExpireAtInMs is in milliseconds since 1970; 0 means never. Devtron accepts the past (27-05).
	ExpireAtInMs int64 `json:"expireAtInMs"`
	// UserID is the user who has the permissions of the token, see User.
	UserID int `json:"userId"`
	// Fingerprint is that of the value; empty where Devtron does not show the value.
	Fingerprint Fingerprint `json:"token"`

	// Issued is where a write of the token puts the value from the reply; nil for tokens of the
	// list. The reply to a write is the only place where this client reads a value.
	Issued *string `json:"-"`
}

// Fingerprint is a hash of the value of an API token. It tells whether Devtron has issued another
// value: somebody may have deleted the token and created it again, which leaves everything else as
// it was (27-35).
type Fingerprint string

// FingerprintOf returns the fingerprint of a value; "" for a text that is no token, such as one
// that hides it.
func FingerprintOf(value string) Fingerprint {
	if strings.Count(value, ".") != 2 {
		return ""
	}
	sum := sha256.Sum256([]byte(value))
	return Fingerprint(hex.EncodeToString(sum[:]))
}

// UnmarshalJSON implements json.Unmarshaler. It reads a value.
func (f *Fingerprint) UnmarshalJSON(text []byte) error {
	var value string
	if json.Unmarshal(text, &value) != nil {
		value = "" // not shown; the error would quote it
	}
	*f = FingerprintOf(value)
	return nil
}

func (t APIToken) plausible() bool { return t.ID > 0 && t.Name != "" }

// apiTokenBody is a token as it is sent. Both fields that PUT takes must be there: without the
// expiry it crashes (27-22), without the description it refuses (27-24).
type apiTokenBody struct {
	noSecrets
	Name         string `json:"name,omitempty"`
	Description  string `json:"description"`
	ExpireAtInMs int64  `json:"expireAtInMs"`
}

// issuedAPIToken is the reply to a write.
type issuedAPIToken struct {
	Token  string `json:"token"`
	UserID int    `json:"userId"` // only in the reply to POST
}

func (t issuedAPIToken) plausible() bool { return t.Token != "" }

const routeAPIToken = "api-token"

// ListAPITokens returns all API tokens in no particular order. Without rights it is Forbidden
// (27-17).
func (c *Client) ListAPITokens(ctx context.Context) ([]APIToken, error) {
	return sendForList[APIToken](ctx, c, &call{
		operation: "list the API tokens", method: http.MethodGet, route: routeAPIToken, empty: emptyIsNone, secretReply: true,
	})
}

// CreateAPIToken stores a new API token, which has no permissions, or those of the deleted token
// whose name it has. The reply does not contain the ID (27-02). A token with the name of another
// one is a Conflict (27-03).
func (c *Client) CreateAPIToken(ctx context.Context, token APIToken) (APIToken, error) {
	reply, err := sendForObject[issuedAPIToken](ctx, c, &call{
		operation: "create the API token " + token.Name, method: http.MethodPost, route: routeAPIToken, secretReply: true,
		body: apiTokenBody{Name: token.Name, Description: token.Description, ExpireAtInMs: token.ExpireAtInMs},
	})
	if err != nil {
		return APIToken{}, err
	}
	token.ID, token.UserID, token.Issued = 0, reply.UserID, &reply.Token
	return token, nil
}

// UpdateAPIToken changes the description and the expiry. If the expiry changes, Devtron issues a
// new value, and the old one stops working immediately (27-21). If it does not, the value stays
// (27-20). The reply contains the value in either case, also under HIDE_API_TOKENS (source), so
// that an update without changes reads it. An API token that does not exist is NotFound (27-25).
func (c *Client) UpdateAPIToken(ctx context.Context, token APIToken) error {
	if err := c.notOwn(token.Name); err != nil {
		return err
	}
	reply, err := sendForObject[issuedAPIToken](ctx, c, &call{
		operation: fmt.Sprintf("update the API token %s (id %d)", token.Name, token.ID), method: http.MethodPut,
		route: fmt.Sprintf("%s/%d", routeAPIToken, token.ID), secretReply: true,
		body: apiTokenBody{Description: token.Description, ExpireAtInMs: token.ExpireAtInMs},
	})
	if err == nil && token.Issued != nil {
		*token.Issued = reply.Token
	}
	return err
}

// DeleteAPIToken deletes an API token, which stops working immediately. Its user and the user's
// permissions come back with a new token of the same name (27-35). One that does not exist is
// NotFound (27-32).
func (c *Client) DeleteAPIToken(ctx context.Context, stored APIToken) error {
	if err := c.notOwn(stored.Name); err != nil {
		return err
	}
	return c.send(ctx, &call{
		operation: fmt.Sprintf("delete the API token %s (id %d)", stored.Name, stored.ID), method: http.MethodDelete,
		route: fmt.Sprintf("%s/%d", routeAPIToken, stored.ID), secretReply: true,
	}, nil)
}

// apiTokenUser and the name of an API token are the email address of its user (27-02).
const apiTokenUser = "API-TOKEN:"

// ErrOwnAPIToken means that a write would change the API token that the client itself uses. Nothing
// was sent: afterwards the client, and everything else that uses the token, would be locked out.
var ErrOwnAPIToken = errors.New("this is the API token that the provider itself uses")

// OwnAPIToken returns the name of the API token that the client uses; "" where it uses another kind
// of token, such as the session of a user. It reads the claims of the token without verifying them,
// and sends nothing.
func (c *Client) OwnAPIToken() string {
	parts := strings.Split(strings.TrimSpace(c.options.APIToken), ".")
	if len(parts) != 3 {
		return ""
	}
	var claims struct {
		Email string `json:"email"`
	}
	content, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil || json.Unmarshal(content, &claims) != nil {
		return ""
	}
	name, ok := strings.CutPrefix(claims.Email, apiTokenUser)
	if !ok {
		return ""
	}
	return name
}

func (c *Client) notOwn(name string) error {
	if name != "" && name == c.OwnAPIToken() {
		return ErrOwnAPIToken
	}
	return nil
}
