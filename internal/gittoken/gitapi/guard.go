// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitapi

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// MaxBody is the number of bytes of a response that are read. Responses to the requests of a check
// have a few kilobytes.
const MaxBody = 1 << 20

// maxRedirects is enough for a renamed organization or group. More is a loop.
const maxRedirects = 3

var errTooLong = errors.New("the response is longer than this check reads")

// redirectError is a redirect that was not followed.
type redirectError struct{ from, to, path string }

func (e *redirectError) Error() string { return fmt.Sprintf("%s redirects to %s", e.from, e.to) }

// checkRedirect follows redirects on the same origin only: net/http forwards the header
// PRIVATE-TOKEN to any host.
func checkRedirect(origin string) func(*http.Request, []*http.Request) error {
	return func(req *http.Request, via []*http.Request) error {
		if weburl.Origin(req.URL) != origin || len(via) > maxRedirects {
			return &redirectError{from: origin, to: weburl.Origin(req.URL), path: req.URL.Path}
		}
		return nil
	}
}

// guard is a transport that adds the token, that sends nothing but GET requests to one origin, and
// that limits what is read. The token is added here and not by the clients, because go-github would
// add it on every redirect and would change the transport of other clients.
type guard struct {
	network                 http.RoundTripper
	origin                  string
	headerName, headerValue string
}

func (g *guard) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Method != http.MethodGet {
		return nil, fmt.Errorf("a %s request is not sent: the check only reads", req.Method)
	}
	if weburl.Origin(req.URL) != g.origin {
		return nil, &redirectError{from: g.origin, to: weburl.Origin(req.URL), path: req.URL.Path}
	}
	exchange := exchangeOf(req)
	*exchange = Exchange{}
	req = req.Clone(req.Context())
	req.Header.Set(g.headerName, g.headerValue)
	resp, err := g.network.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	resp.Body = &limitedBody{ReadCloser: resp.Body, left: MaxBody}
	exchange.record(req, resp)
	return resp, nil
}

// CloseIdleConnections lets http.Client close them through the guard.
func (g *guard) CloseIdleConnections() {
	if network, ok := g.network.(interface{ CloseIdleConnections() }); ok {
		network.CloseIdleConnections()
	}
}

// limitedBody fails a body that does not end, instead of filling the memory.
type limitedBody struct {
	io.ReadCloser
	left int
}

func (b *limitedBody) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLong
	}
	if len(p) > b.left {
		p = p[:b.left]
	}
	n, err := b.ReadCloser.Read(p)
	b.left -= n
	return n, err
}
