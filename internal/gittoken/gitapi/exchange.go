// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitapi

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
)

// Exchange is the last response to a request, as it came from the host. The libraries discard the
// bodies of some errors, and their types lack some fields.
type Exchange struct {
	Status int // 0: there was no response
	Header http.Header
	// Path is the path that was requested, after redirects.
	Path string
	body bytes.Buffer
}

type exchangeKey struct{}

// Record returns a context for one request, and the exchange that holds its response afterwards.
func Record(ctx context.Context) (context.Context, *Exchange) {
	exchange := &Exchange{}
	return context.WithValue(ctx, exchangeKey{}, exchange), exchange
}

func exchangeOf(req *http.Request) *Exchange {
	if exchange, ok := req.Context().Value(exchangeKey{}).(*Exchange); ok {
		return exchange
	}
	return &Exchange{}
}

// record keeps the body of an error at once, because the libraries may not read it. Of any other
// body it keeps what is read.
func (x *Exchange) record(req *http.Request, resp *http.Response) {
	x.Status, x.Header, x.Path = resp.StatusCode, resp.Header, req.URL.Path
	if !x.refused() {
		resp.Body = &copiedBody{Reader: io.TeeReader(resp.Body, &x.body), Closer: resp.Body}
		return
	}
	// What cannot be read of it is left out: the status says enough.
	_, _ = x.body.ReadFrom(resp.Body)
	_ = resp.Body.Close()
	resp.Body = io.NopCloser(bytes.NewReader(x.body.Bytes()))
}

type copiedBody struct {
	io.Reader
	io.Closer
}

// refused reports whether the status may mean that the request was not answered. Azure DevOps sends
// its sign-in page with 203.
func (x *Exchange) refused() bool {
	switch x.Status {
	case http.StatusAccepted, http.StatusNonAuthoritativeInfo:
		return true
	}
	return x.Status != 0 && x.Status/100 != 2
}

// Body returns what was read of the body.
func (x *Exchange) Body() []byte { return x.body.Bytes() }

// Decode reads fields that the type of a library lacks. A field that cannot be read stays as it is.
func (x *Exchange) Decode(into any) {
	_ = json.Unmarshal(x.body.Bytes(), into)
}
