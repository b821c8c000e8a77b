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

// maxBody bounds a reply, in bytes. A list of a thousand environments has about 400 kilobytes.
const maxBody = 16 << 20

// body is what a request carries, encoded as JSON.
type body interface {
	// secrets are the values in it that no message may contain.
	secrets() []string
}

// noSecrets makes a struct that embeds it a body without secrets.
type noSecrets struct{}

func (noSecrets) secrets() []string { return nil }

// suspecter is a body that knows which of its fields Devtron's database can have refused.
type suspecter interface{ suspects() []Suspect }

// detailer is a body that describes the parts of itself that a refusal with 412 is about.
type detailer interface{ detail() string }

// emptyResult says what a reply means whose result is null or absent. The zero value: the reply is
// not from Devtron's API.
type emptyResult int

const (
	// emptyIsNone: nothing is there, such as no object in a list. Devtron is not consistent in null
	// and [].
	emptyIsNone emptyResult = iota + 1
	// emptyIsNotFound: the object that was asked for does not exist.
	emptyIsNotFound
)

// call is one operation on the API: what is asked, and how far it has come.
type call struct {
	// operation says what is attempted, as "list the projects".
	operation string
	method    string
	route     string
	// body is nil where the request has none.
	body body
	// empty is what a reply without a result means.
	empty emptyResult
	// secretReply says that the reply can contain secrets that the request does not, so that no
	// message may quote its values.
	secretReply bool
	// concealed are secrets of Conceal.
	concealed []string

	attempts int
	observed int
	started  time.Time
	// lastErr is why the attempt before failed, during the wait for the next one.
	lastErr error
	// connected says that the attempt had a connection, so that its request may have reached the
	// server. The transport sets it, possibly in another goroutine.
	connected atomic.Bool
	// turnedAway says that the attempt cannot have been handled.
	turnedAway bool
	resp       *http.Response
	payload    []byte
}

// send performs the call, with retries where they are safe, and decodes the "result" of the
// envelope into result, which is nil where the result does not matter. Every failure of the
// exchange is an *Error.
func (c *Client) send(ctx context.Context, k *call, result any) error {
	if !sendable(c.options.APIToken) {
		return c.failed(k, Unsendable, "the API token contains a line break or another control character, which no header can carry")
	}
	k.concealed = concealed(ctx)
	var content any
	if k.body != nil {
		encoded, err := json.Marshal(k.body)
		if err != nil {
			return fmt.Errorf("%s: encoding the request: %w", k.operation, err)
		}
		content = bytes.NewReader(encoded)
	}
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { k.connected.Store(true) },
	})
	req, err := retryablehttp.NewRequestWithContext(traced, k.method, c.base.Route(k.route), content)
	if err != nil {
		return fmt.Errorf("%s: %w", k.operation, err)
	}
	req.Header.Set("token", c.options.APIToken)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.options.UserAgent)
	if k.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	// The reply is read inside the attempt, so that one that was cut off counts as a failed
	// attempt.
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
			// It is called once more with the outcome of reading the body, which is only worth
			// reporting where the body was cut off.
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

// sendable reports whether a header can carry the token. A token read from a file often ends with a
// line break.
func sendable(token string) bool {
	return !strings.ContainsFunc(token, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}

// object is one item of a list.
type object interface {
	// plausible reports whether it has what every object of its kind has, such as an id.
	plausible() bool
}

// sendForList performs a call whose result is a list. A list that holds something else than the
// objects is an error: it must never look like "there are none".
func sendForList[T object](ctx context.Context, c *Client, k *call) ([]T, error) {
	var items []T
	if err := c.send(ctx, k, &items); err != nil {
		return nil, err
	}
	for _, item := range items {
		if !item.plausible() {
			return nil, c.failed(k, NotDevtron, "the reply contains an entry without an id or a name")
		}
	}
	return items, nil
}

// sendForObject performs a call whose result is an object.
func sendForObject[T object](ctx context.Context, c *Client, k *call) (T, error) {
	var none, item T
	if err := c.send(ctx, k, &item); err != nil {
		return none, err
	}
	if !item.plausible() {
		return none, c.failed(k, NotDevtron, "the reply has no id or no name")
	}
	return item, nil
}
