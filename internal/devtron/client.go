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
	"net/http/httptrace"
	"strings"
	"sync/atomic"
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
	// Waits between attempts; constants but for tests.
	waitMin, waitMax time.Duration
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
	return &Client{base: base, http: client, options: o, waitMin: retryWaitMin, waitMax: retryWaitMax}, nil
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
	// lastErr is why the attempt before failed, while the next one is waited for.
	lastErr error
	// connected says that the attempt had a connection, so that its request may
	// have reached the server. Set by the transport, maybe in another goroutine.
	connected atomic.Bool
	// turnedAway says that the attempt cannot have been handled.
	turnedAway bool
	resp       *http.Response
	payload    []byte
}

// send performs the call, with retries where they are safe, and decodes the
// "result" of the envelope into result. Every failure is an *Error.
func (c *Client) send(ctx context.Context, k *call, result any) error {
	if !sendable(c.options.APIToken) {
		return &Error{
			Kind: Unsendable, Operation: k.operation, Method: k.method, URL: c.base.Route(k.route),
			Message: "the API token contains a line break or another control character, which no header can carry",
		}
	}
	var body any
	if k.body != nil {
		encoded, err := json.Marshal(k.body)
		if err != nil {
			return fmt.Errorf("%s: encoding the request: %w", k.operation, err)
		}
		body = bytes.NewReader(encoded)
	}
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { k.connected.Store(true) },
	})
	req, err := retryablehttp.NewRequestWithContext(traced, k.method, c.base.Route(k.route), body)
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
		defer resp.Body.Close()
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
		RetryWaitMin: c.waitMin,
		RetryWaitMax: c.waitMax,
		Backoff:      backoff,
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
		RequestLogHook: func(retryablehttp.Logger, *http.Request, int) {
			k.attempts++
			k.started = time.Now()
			k.payload = nil
			k.lastErr = nil
			k.connected.Store(false)
			k.turnedAway = false
		},
		CheckRetry: func(ctx context.Context, resp *http.Response, cause error) (bool, error) {
			// It is called once more with the outcome of reading the body, which is
			// only worth telling where the body was cut off.
			if k.observed < k.attempts || cause != nil {
				k.observed = k.attempts
				c.observe(ctx, k, resp, cause)
			}
			k.turnedAway = turnedAway(k.connected.Load(), resp, cause)
			again, err := mayRetry(ctx, k.method, k.turnedAway, resp, cause)
			if again {
				k.lastErr = reason(resp, cause)
			}
			return again, err
		},
	}
}

func (c *Client) observe(ctx context.Context, k *call, resp *http.Response, err error) {
	x := Exchange{Method: k.method, URL: c.base.Route(k.route), Attempt: k.attempts, Duration: time.Since(k.started)}
	if resp != nil {
		x.Status = resp.StatusCode
	}
	if err != nil {
		x.Err = errors.New(c.cleaned(err.Error(), k))
	}
	c.options.Observe(ctx, x)
}

// sendable reports whether a header can carry the token. A token read from a
// file often ends with a line break.
func sendable(token string) bool {
	return !strings.ContainsFunc(token, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}
