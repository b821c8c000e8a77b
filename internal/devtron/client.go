// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"net/http"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/redact"
)

// DefaultMaxRetries is how many times a request is repeated where that is safe.
const DefaultMaxRetries = 4

// Exchange is one request and its reply as they may be logged: it has no header and no body, as
// both contain secrets.
type Exchange struct {
	Method, URL string
	Attempt     int
	Status      int // 0: no reply
	Duration    time.Duration
	Err         error
}

// Options of New.
type Options struct {
	// URL of the installation; see ParseBaseURL.
	URL string
	// APIToken is sent as the header "token".
	APIToken string
	// CACertificate (PEM) is trusted in addition to the system's roots.
	CACertificate string
	// ClientCertificate and ClientKey (PEM) are for mutual TLS; both or neither.
	ClientCertificate, ClientKey string
	InsecureSkipTLSVerify        bool
	// MaxRetries counts repetitions, not attempts; 0 tries once.
	MaxRetries int
	UserAgent  string
	// Observe is called after every exchange; it may be nil.
	Observe func(context.Context, Exchange)
}

// Client talks to one Devtron installation. It is safe for concurrent use.
type Client struct {
	base    BaseURL
	http    *http.Client
	options Options
	// Waits between attempts; constants but for tests.
	waitMin, waitMax time.Duration

	checking   chan struct{} // guards superAdmin
	superAdmin time.Time     // when CheckSuperAdmin last asked, and succeeded
}

// New returns a client. It sends nothing.
func New(o Options) (*Client, error) {
	base, err := ParseBaseURL(o.URL)
	if err != nil {
		return nil, err
	}
	client, err := newHTTPClient(o, base)
	if err != nil {
		return nil, err
	}
	if o.Observe == nil {
		o.Observe = func(context.Context, Exchange) {}
	}
	return &Client{
		base: base, http: client, options: o, waitMin: retryWaitMin, waitMax: retryWaitMax, checking: make(chan struct{}, 1),
	}, nil
}

// BaseURL is the normalized address that the client talks to.
func (c *Client) BaseURL() BaseURL { return c.base }

// Mask replaces the API token and the given secrets in a text of unknown origin.
func (c *Client) Mask(text string, secrets ...string) string {
	return c.redactor(secrets...).Mask(text)
}

// redactor knows the secrets of the client and those given.
func (c *Client) redactor(secrets ...string) redact.Redactor {
	return redact.New(append(secrets, c.options.APIToken, c.options.ClientKey)...)
}
