// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// DefaultMaxRetries is how often a request that is safe to repeat is repeated.
const DefaultMaxRetries = 4

// maxBody bounds an answer, in bytes. The largest real one is a few kilobytes.
const maxBody = 4 << 20

// Exchange is one request and its answer as it may be logged: it has no header
// and no body, as both hold secrets.
type Exchange struct {
	Method, URL string
	Attempt     int
	Status      int // 0: no answer
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
	// Observe is told of every exchange; may be nil.
	Observe func(context.Context, Exchange)
}

// Client talks to one Devtron installation. It is safe for concurrent use.
type Client struct {
	base    BaseURL
	http    *http.Client
	options Options
}

// New returns a client. It sends nothing.
func New(o Options) (*Client, error) {
	base, err := ParseBaseURL(o.URL)
	if err != nil {
		return nil, err
	}
	client, err := newHTTPClient(o)
	if err != nil {
		return nil, err
	}
	if o.Observe == nil {
		o.Observe = func(context.Context, Exchange) {}
	}
	return &Client{base: base, http: client, options: o}, nil
}

// BaseURL is the normalised address that the client talks to.
func (c *Client) BaseURL() BaseURL { return c.base }

// Mask replaces the API token and the given secrets in a text of unknown origin.
func (c *Client) Mask(text string, secrets ...string) string {
	return maskSecrets(text, append(secrets, c.options.APIToken, c.options.ClientKey)...)
}

// call is one operation on the API while it is under way.
type call struct {
	operation string
	method    string
	route     string
	body      *Config
	attempts  int
	observed  int
	started   time.Time
	lastErr   error
	resp      *http.Response
	payload   []byte
}

// send performs the call, with retries where they are safe, and decodes the
// "result" of the envelope into result. Every failure is an *Error.
func (c *Client) send(ctx context.Context, k *call, result any) error {
	var body any
	if k.body != nil {
		encoded, err := json.Marshal(k.body)
		if err != nil {
			return fmt.Errorf("%s: encoding the request: %w", k.operation, err)
		}
		body = bytes.NewReader(encoded)
	}
	req, err := retryablehttp.NewRequestWithContext(ctx, k.method, c.base.Route(k.route), body)
	if err != nil {
		return fmt.Errorf("%s: %w", k.operation, err)
	}
	req.Header.Set("token", c.options.APIToken)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.options.UserAgent)
	if k.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	// The body is read inside the attempt, so that one that was cut off counts as
	// a failed attempt.
	req.SetResponseHandler(func(resp *http.Response) error {
		var err error
		k.payload, err = io.ReadAll(io.LimitReader(resp.Body, maxBody))
		return err
	})

	resp, err := c.retrying(k).Do(req)
	if resp != nil {
		defer resp.Body.Close() //nolint:errcheck // nothing is written to it
	}
	if err == nil && k.payload == nil && resp != nil {
		k.payload, err = io.ReadAll(io.LimitReader(resp.Body, maxBody))
	}
	k.resp = resp
	return c.conclude(ctx, k, err, result)
}

// retrying returns a retrying client for one call: its hooks belong to the call.
func (c *Client) retrying(k *call) *retryablehttp.Client {
	return &retryablehttp.Client{
		HTTPClient:   c.http,
		RetryMax:     c.options.MaxRetries,
		RetryWaitMin: retryWaitMin,
		RetryWaitMax: retryWaitMax,
		Backoff:      backoff,
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
		RequestLogHook: func(retryablehttp.Logger, *http.Request, int) {
			k.attempts++
			k.started = time.Now()
			k.payload = nil
		},
		CheckRetry: func(ctx context.Context, resp *http.Response, err error) (bool, error) {
			// It is called once more with the outcome of reading the body, which is
			// only worth telling where the body was cut off.
			if k.observed < k.attempts || err != nil {
				k.observed = k.attempts
				c.observe(ctx, k, resp, err)
			}
			if err != nil && ctx.Err() == nil {
				k.lastErr = err
			}
			return mayRetry(ctx, k.method, resp, err)
		},
	}
}

func (c *Client) observe(ctx context.Context, k *call, resp *http.Response, err error) {
	x := Exchange{Method: k.method, URL: c.base.Route(k.route), Attempt: k.attempts, Duration: time.Since(k.started)}
	if resp != nil {
		x.Status = resp.StatusCode
	}
	if err != nil {
		x.Err = errors.New(c.Mask(err.Error()))
	}
	c.options.Observe(ctx, x)
}
