// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"net/http"
)

// HostURL is the address at which users reach Devtron. The API keeps it among its attributes, which
// are texts by key.
type HostURL struct {
	// ID changes with every write (30-07, 30-09), so that it identifies nothing.
	ID int `json:"id"`
	// URL is stored byte for byte, whether or not it is a URL (30-45, 30-46).
	URL string `json:"value"`
}

func (u HostURL) plausible() bool { return u.ID > 0 }

// hostURLBody is the host URL as it is sent. Devtron does not look at "active" today (30-12); it is
// sent as for all objects.
type hostURLBody struct {
	noSecrets
	Key    string `json:"key"`
	Value  string `json:"value"`
	Active bool   `json:"active"`
}

const (
	routeAttributes = "attributes"
	// hostURLKey is the key of the attribute.
	hostURLKey = "url"
)

// GetHostURL returns the host URL. Where none is set, which is a 200 (30-02), the error is of kind
// NotFound. Two parallel writes make every later read and write fail with 500 (source).
func (c *Client) GetHostURL(ctx context.Context) (HostURL, error) {
	return sendForObject[HostURL](ctx, c, &call{
		operation: "read the host URL", method: http.MethodGet, route: routeAttributes + "?key=" + hostURLKey,
		empty: emptyIsNotFound,
	})
}

// SetHostURL sets the host URL, whether or not one is set (30-09), and returns it with its new id.
//
// It uses POST for both: PUT would write into whichever attribute has the id that is sent, and
// change its key (30-36 to 30-39). There is no DELETE (30-30).
func (c *Client) SetHostURL(ctx context.Context, url string) (HostURL, error) {
	return sendForObject[HostURL](ctx, c, &call{
		operation: "set the host URL", method: http.MethodPost, route: routeAttributes + "/create",
		body: hostURLBody{Key: hostURLKey, Value: url, Active: true},
	})
}
