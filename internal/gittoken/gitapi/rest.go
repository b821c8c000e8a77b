// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
)

// REST sends plain requests to an API. It serves the git hosts that are sent two or three requests,
// for which a library would be too much.
type REST struct {
	*Session
	// Header is sent with every request, in addition to the token.
	Header http.Header
}

// Response is what is known about a response besides its body.
type Response struct {
	*Exchange
	// RedirectOrigin and RedirectPath are where a redirect led that was not followed.
	RedirectOrigin, RedirectPath string
}

// FirstMember stands for a response of which nothing is needed but that it is an object whose first
// member has one of the names. Lists may be longer than what is read.
type FirstMember []string

func (names FirstMember) decode(d *json.Decoder) error {
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return orOther(err)
	}
	t, err := d.Token()
	if name, ok := t.(string); err != nil || !ok || !slices.Contains(names, name) {
		return orOther(err)
	}
	return nil
}

// errOther is JSON that does not answer the request.
var errOther = errors.New("the response is about something else")

func orOther(err error) error {
	if err != nil {
		return err
	}
	return errOther
}

// Get requests a path below the API, whose segments are escaped, and sorts what can go wrong. into
// is what the body is decoded into, or a FirstMember.
func (c *REST) Get(ctx context.Context, path string, into any) (Response, Failure) {
	ctx, exchange := Record(ctx)
	response := Response{Exchange: exchange}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.API.String()+path, nil)
	if err != nil {
		return response, Failure{Class: InvalidRequest, Message: c.Clean(err.Error())}
	}
	for name, values := range c.Header {
		req.Header[name] = values
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.UserAgent)
	resp, err := c.HTTP.Do(req)
	if err != nil {
		var redirect *redirectError
		if errors.As(err, &redirect) {
			response.RedirectOrigin, response.RedirectPath = redirect.to, redirect.path
		}
		return response, c.ErrorFailure(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		return response, c.refusal(exchange)
	}
	if err := decode(resp, into); err != nil {
		return response, c.ErrorFailure(err)
	}
	return response, Failure{}
}

func decode(resp *http.Response, into any) error {
	decoder := json.NewDecoder(resp.Body)
	if names, ok := into.(FirstMember); ok {
		return names.decode(decoder)
	}
	return decoder.Decode(into)
}
