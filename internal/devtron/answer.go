// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
	"github.com/devtron-labs/terraform-provider-devtron/internal/redact"
)

// conclude turns what came back into a result or an *Error.
func (c *Client) conclude(ctx context.Context, k *call, err error, result any) error {
	if err != nil {
		return c.withoutReply(ctx, k, err)
	}
	var e envelope
	decodeErr := json.Unmarshal(k.payload, &e)
	if k.resp.StatusCode != http.StatusOK || len(e.Errors) > 0 {
		return c.refused(k, e)
	}
	if decodeErr != nil || e.Code == nil || *e.Code != http.StatusOK {
		return c.failed(k, NotDevtron, c.quote(k))
	}
	if len(e.Result) == 0 || bytes.Equal(e.Result, []byte("null")) {
		switch k.empty {
		case emptyIsNone:
			return nil
		case emptyIsNotFound:
			failure := c.failed(k, NotFound, "the reply is empty, which means that there is no such object")
			failure.Envelope = true
			return failure
		}
		return c.failed(k, NotDevtron, c.quote(k))
	}
	if result != nil && json.Unmarshal(e.Result, result) != nil {
		return c.failed(k, NotDevtron, c.quote(k))
	}
	return nil
}

// failed is a failure of the call that the client has noticed itself.
func (c *Client) failed(k *call, kind Kind, message string) *Error {
	failure := &Error{
		Kind: kind, Operation: k.operation, Method: k.method, URL: c.base.Route(k.route), Message: message,
		Attempts: k.attempts, turnedAway: k.turnedAway,
	}
	if k.resp != nil {
		failure.Status = k.resp.StatusCode
	}
	return failure
}

// refused is the failure that a reply reports.
func (c *Client) refused(k *call, e envelope) *Error {
	failure := c.failed(k, 0, "")
	if location := k.resp.Header.Get("Location"); location != "" && k.resp.StatusCode/100 == 3 {
		failure.Location = c.cleaned(absolute(failure.URL, location), k)
	}
	failure.Code, failure.Message, failure.Envelope = e.failure(failure.Status)
	failure.Code = c.cleaned(failure.Code, k)
	failure.Message = c.cleaned(failure.Message, k)
	failure.Kind = kindOf(failure.Status, failure.Envelope, failure.Message)
	switch failure.Kind {
	case Precondition:
		if b, ok := k.body.(detailer); ok {
			failure.Detail = b.detail()
		}
	case NotStorable:
		if b, ok := k.body.(suspecter); ok {
			failure.Suspects = b.suspects()
		}
	}
	if !failure.Envelope {
		failure.Message = c.quote(k)
	}
	return failure
}

// withoutReply is the failure of a call that got no complete reply.
func (c *Client) withoutReply(ctx context.Context, k *call, err error) *Error {
	cause := err
	if k.lastErr != nil && ctx.Err() != nil {
		// The caller's context ended between two attempts: the reason is the last failure.
		cause = k.lastErr
	}
	failure := c.failed(k, Dropped, c.cleaned(innermost(cause), k))
	failure.Err = err
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		failure.Kind = Canceled
	case errors.Is(ctx.Err(), context.DeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		failure.Kind = Timeout
	case k.turnedAway, permanent(err):
		failure.Kind = Unreachable
	}
	return failure
}

// quote describes a reply that is not Devtron's: its type and beginning, and where it came from if
// that is not what was asked.
func (c *Client) quote(k *call) string {
	if asked := c.base.Route(k.route); k.resp.Request != nil && k.resp.Request.URL.String() != asked {
		return "after a redirect to " + c.cleaned(absolute(asked, k.resp.Request.URL.String()), k) + ": " + c.beginning(k)
	}
	return c.beginning(k)
}

func (c *Client) beginning(k *call) string {
	kind, _, _ := strings.Cut(c.cleaned(k.resp.Header.Get("Content-Type"), k), ";")
	if kind == "" {
		kind = "no content type"
	}
	text := c.cleaned(string(k.payload), k)
	if k.secretReply {
		text = withoutValues(text) // It would cut a secret in two that has a quotation mark.
	}
	if len(text) > 200 {
		text = strings.ToValidUTF8(text[:200], "") + " ..."
	}
	if text == "" {
		return kind + ", empty"
	}
	return kind + ": " + strings.Join(strings.Fields(text), " ")
}

var (
	// jsonString is a string in a JSON text, also one that is cut off, with the colon after a key.
	jsonString = pattern.New(`(?s)"(?:[^"\\]|\\.)*(?:"(?:\s*:)?|\\?$)`)
	jsonKey    = pattern.New(`(?s)^"(?:[^"\\]|\\.)*"\s*:$`)
)

// withoutValues replaces the strings in a JSON text and keeps its keys: a reply can repeat secrets
// that Devtron has stored and this client does not know.
func withoutValues(text string) string {
	return jsonString.ReplaceAllStringFunc(text, func(quoted string) string {
		if jsonKey.MatchString(quoted) {
			return quoted
		}
		return `"..."`
	})
}

// cleaned makes a text of unknown origin fit to be shown.
func (c *Client) cleaned(message string, k *call) string {
	secrets := k.concealed
	if k.body != nil {
		secrets = append(slices.Clone(secrets), k.body.secrets()...)
	}
	if k.secretReply {
		message = jsonWebToken.ReplaceAllString(message, redact.Placeholder)
	}
	return c.redactor(secrets...).Block(message)
}

// jsonWebToken is a token as Devtron issues it. Only its form gives away one that the request does
// not contain.
var jsonWebToken = pattern.New(`eyJ[\w-]*\.eyJ[\w-]*(?:\.[\w-]*)?`)

// absolute resolves a Location header; what it contains beside the address (user info, query) may
// be secret and is left out.
func absolute(from, location string) string {
	base, err := url.Parse(from)
	if err != nil {
		return ""
	}
	target, err := base.Parse(location)
	if err != nil {
		return ""
	}
	return (&url.URL{Scheme: target.Scheme, Host: target.Host, Path: target.Path}).String()
}

// innermost leaves out "Get "https://...":", which the operation says already.
func innermost(err error) string {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err.Error()
	}
	return err.Error()
}
