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
)

// envelope holds all of the shapes in which Devtron answers: "result" of the
// handlers, "errors" of their failures, a text "result" of the authentication
// middleware (of the chart repositories an object), and "error" of a recovered panic.
type envelope struct {
	Code   *int            `json:"code"`
	Result json.RawMessage `json:"result"`
	Errors []struct {
		Code            json.RawMessage `json:"code"`
		InternalMessage string          `json:"internalMessage"`
		UserMessage     json.RawMessage `json:"userMessage"`
	} `json:"errors"`
	Error string `json:"error"`
}

// conclude turns what came back into a result or an *Error.
func (c *Client) conclude(ctx context.Context, k *call, err error, result any) error {
	failure := &Error{
		Operation: k.operation, Method: k.method, URL: c.base.Route(k.route), Attempts: k.attempts,
		turnedAway: k.turnedAway,
	}
	if err != nil {
		return c.withoutAnswer(ctx, k, failure, err)
	}
	failure.Status = k.resp.StatusCode
	var e envelope
	decodeErr := json.Unmarshal(k.payload, &e)

	if k.resp.StatusCode == http.StatusOK {
		if decodeErr != nil || e.Code == nil || *e.Code != http.StatusOK || len(e.Result) == 0 || bytes.Equal(e.Result, []byte("null")) {
			failure.Kind = NotDevtron
			failure.Message = c.quote(k)
			return failure
		}
		if err := json.Unmarshal(e.Result, result); err != nil {
			failure.Kind = NotDevtron
			failure.Message = c.quote(k)
			return failure
		}
		return nil
	}

	if location := k.resp.Header.Get("Location"); location != "" && k.resp.StatusCode/100 == 3 {
		failure.Location = c.cleaned(absolute(failure.URL, location), k)
	}
	failure.Code, failure.Message, failure.Envelope = e.failure(failure.Status)
	failure.Code = c.cleaned(failure.Code, k)
	failure.Message = c.cleaned(failure.Message, k)
	failure.Kind = kindOf(failure.Status, failure.Envelope, failure.Message)
	switch {
	case !failure.Envelope:
		failure.Message = c.quote(k)
	case failure.Kind == TLSIncomplete && k.body != nil:
		failure.TLSFields = k.body.tlsFields()
	case failure.Kind == NotStorable && k.body != nil:
		failure.Suspects = k.body.suspects()
	}
	return failure
}

// withoutAnswer classifies a call that got no complete answer.
func (c *Client) withoutAnswer(ctx context.Context, k *call, failure *Error, err error) error {
	if k.resp != nil {
		failure.Status = k.resp.StatusCode
	}
	if k.lastErr != nil && ctx.Err() != nil {
		// The time ran out between two attempts: the reason is the last failure.
		failure.Message = c.cleaned(innermost(k.lastErr), k)
	} else {
		failure.Message = c.cleaned(innermost(err), k)
	}
	failure.Err = err
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		failure.Kind = Canceled
	case errors.Is(ctx.Err(), context.DeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		failure.Kind = Timeout
	case k.turnedAway, permanent(err):
		failure.Kind = Unreachable
	default:
		failure.Kind = Dropped
	}
	return failure
}

// recoveredPanic is the text of Devtron's answer where a handler crashed.
const recoveredPanic = "internal server error"

// failure extracts code and text of an error answer and says whether it had one
// of Devtron's own forms. It looks closely, because what stands in front of Devtron
// answers JSON too, and because what Devtron said itself ends the search for a
// write whose reply was lost. Every recorded envelope repeats the HTTP status.
func (e envelope) failure(status int) (code, message string, known bool) {
	if e.Code == nil {
		return "", e.Error, e.Error == recoveredPanic && status == http.StatusInternalServerError
	}
	if *e.Code != status {
		return "", "", false
	}
	if len(e.Errors) > 0 {
		first := e.Errors[0]
		message = text(first.UserMessage)
		if message == "" {
			message = first.InternalMessage
		}
		return text(first.Code), message, message != ""
	}
	if len(e.Result) > 0 && e.Result[0] == '"' {
		return "", text(e.Result), true
	}
	var custom struct {
		CustomErrMsg, ActualErrMsg string
	}
	if json.Unmarshal(e.Result, &custom) != nil || custom.CustomErrMsg == "" {
		return "", "", false
	}
	return "", strings.TrimSuffix(custom.CustomErrMsg+": "+custom.ActualErrMsg, ": "), true
}

// text reads a JSON string, and anything else as it is written: Devtron is not
// strict about the types in its errors.
func text(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// databaseRefused are Devtron's words where its database did not take a row. This
// is the only place that goes by the wording of a message.
var databaseRefused = []string{"failed to create in db", "failed to update in db"}

// kindOf maps a status to a kind. A status is Devtron's word only in Devtron's own
// form; in any other one something else has answered.
func kindOf(status int, known bool, message string) Kind {
	switch {
	case !known && (status < 400 || status == http.StatusNotFound || status == http.StatusMethodNotAllowed):
		return NotDevtron
	case !known:
		return Intercepted
	case status == http.StatusUnauthorized:
		return Unauthorized
	case status == http.StatusForbidden:
		return Forbidden
	case status == http.StatusNotFound:
		return NotFound
	case status == http.StatusConflict:
		return Conflict
	case status == http.StatusPreconditionFailed:
		return TLSIncomplete
	case status == http.StatusInternalServerError && endsWithAny(message, databaseRefused):
		return NotStorable
	case status >= 500, status == http.StatusTooManyRequests:
		return ServerError
	case status >= 400:
		return Rejected
	default:
		return NotDevtron
	}
}

func endsWithAny(s string, suffixes []string) bool {
	return slices.ContainsFunc(suffixes, func(suffix string) bool { return strings.HasSuffix(s, suffix) })
}

// quote describes an answer that is not Devtron's: its type and beginning, and
// where it came from if that is not what was asked.
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
	body := c.cleaned(string(k.payload), k)
	if len(body) > 200 {
		body = strings.ToValidUTF8(body[:200], "") + " ..."
	}
	if body == "" {
		return kind + ", empty"
	}
	return kind + ": " + strings.Join(strings.Fields(body), " ")
}

// cleaned makes a text of unknown origin fit to be shown.
func (c *Client) cleaned(message string, k *call) string {
	var secrets []string
	if k.body != nil {
		secrets = k.body.secrets()
	}
	return shorten(c.Mask(message, secrets...))
}

// absolute resolves a Location header; what it holds beside the address (user
// info, query) may be secret and is left out.
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
