// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"net/http"
	"time"
)

// Identity is the owner of an API token.
type Identity struct {
	EmailID      string `json:"emailId"`
	IsSuperAdmin bool   `json:"isSuperAdmin"`
	IsVerified   bool   `json:"isVerified"`
}

// Verify asks who the API token belongs to.
func (c *Client) Verify(ctx context.Context) (Identity, error) {
	var v Identity
	err := c.send(ctx, c.verify(), &v)
	return v, err
}

func (c *Client) verify() *call {
	return &call{operation: "verify the API token", method: http.MethodGet, route: "devtron/auth/verify/v2"}
}

// CheckSuperAdmin returns an *Error of kind Forbidden where the API token is not super-admin.
//
// Whoever finds an object missing in a list asks this before concluding that it does not exist: the
// lists of projects, clusters, environments, registries and git accounts do not refuse a token
// without rights, but return fewer objects, down to none (20-22, 21-31, 22-29). since is when the
// list was complete: a token can lose its rights at any time. A success after that is remembered,
// so that any number of objects that one list does not have cost one request.
func (c *Client) CheckSuperAdmin(ctx context.Context, since time.Time) error {
	k := c.verify()
	select {
	case c.checking <- struct{}{}:
		defer func() { <-c.checking }()
	case <-ctx.Done():
		return c.withoutReply(ctx, k, ctx.Err())
	}
	asked := time.Now()
	if !c.superAdmin.IsZero() && !c.superAdmin.Before(since) {
		return nil
	}
	var v Identity
	if err := c.send(ctx, k, &v); err != nil {
		return err
	}
	if !v.IsSuperAdmin {
		failure := c.failed(k, Forbidden, "the owner of the API token is not super-admin, so that lists can be incomplete")
		failure.Envelope = true
		return failure
	}
	c.superAdmin = asked
	return nil
}
