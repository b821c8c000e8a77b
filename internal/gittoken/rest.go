// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
)

// restClient asks an API with plain requests: for providers of which two or three are asked, a library is not worth its
// weight.
type restClient struct {
	*session
	// header is sent with every request, beside the credential.
	header http.Header
}

// restAnswer is what is known of an answer beside its body.
type restAnswer struct {
	status int // 0: there was none
	header http.Header
	// path is where the answer came from in the end, or where a redirect led that was not followed.
	path string
	// to is the origin that a redirect led to that was not followed.
	to string
	// refused is the body of an answer that refuses the request.
	refused []byte
}

// beginsWith stands for an answer of which no more is wanted than that it is an object whose first member has one of the
// names: lists may be longer than what is read.
type beginsWith []string

func (names beginsWith) decode(d *json.Decoder) error {
	for _, want := range []func(json.Token) bool{
		func(t json.Token) bool { return t == json.Delim('{') },
		func(t json.Token) bool { name, text := t.(string); return text && slices.Contains(names, name) },
	} {
		if t, err := d.Token(); err != nil {
			return err
		} else if !want(t) {
			return errOther
		}
	}
	return nil
}

// errOther is JSON that is not an answer to what was asked.
var errOther = errors.New("the answer is about something else")

// get asks for a path below the API, with its parts escaped, and sorts what goes wrong. into is what the answer is decoded
// into, or beginsWith.
func (c *restClient) get(ctx context.Context, path string, into any) (restAnswer, Failure) {
	ctx, refused := keepRefusal(ctx)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.api.String()+path, nil)
	if err != nil {
		return restAnswer{}, Failure{Class: FailInternal, Message: c.masker.clean(err.Error())}
	}
	for name, values := range c.header {
		req.Header[name] = values
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.userAgent)
	resp, err := c.client.Do(req)
	if err != nil {
		var redirect *errRedirect
		if errors.As(err, &redirect) {
			return restAnswer{path: redirect.path, to: redirect.to}, networkFailure(err, c.masker)
		}
		return restAnswer{}, networkFailure(err, c.masker)
	}
	defer resp.Body.Close()
	answer := restAnswer{status: resp.StatusCode, header: resp.Header, path: resp.Request.URL.Path, refused: refused.text}
	if resp.StatusCode/100 != 2 {
		return answer, c.session.refused(resp, refused.text)
	}
	decoder := json.NewDecoder(resp.Body)
	if names, list := into.(beginsWith); list {
		err = names.decode(decoder)
	} else {
		err = decoder.Decode(into)
	}
	if err != nil {
		return answer, networkFailure(err, c.masker)
	}
	return answer, Failure{}
}
