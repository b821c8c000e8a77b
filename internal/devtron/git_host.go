// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"net/http"
)

// GitHost is a kind of git host, which tells Devtron how to read webhooks. The API can neither
// change nor delete one.
type GitHost struct {
	ID int `json:"id"`
	// Name is the one that Devtron shows, not the unique one that it makes of it (source). A new
	// Devtron has Github, Bitbucket Cloud, and Gitlab.
	Name string `json:"name"`
}

func (h GitHost) plausible() bool { return h.ID > 0 && h.Name != "" }

// ListGitHosts returns all git hosts in no particular order. The secrets of their webhooks are not
// in it (source).
func (c *Client) ListGitHosts(ctx context.Context) ([]GitHost, error) {
	return sendForList[GitHost](ctx, c, &call{
		operation: "list the git hosts", method: http.MethodGet, route: "git/host", empty: emptyIsNone, secretReply: true,
	})
}
