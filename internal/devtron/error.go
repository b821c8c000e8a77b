// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// Kind classifies a failed call. The classes are those that a caller or a
// reader has to act on differently.
type Kind int

// Kinds of failure.
const (
	// Unreachable: no connection was made (refused, no such host, TLS). The
	// request cannot have been handled.
	Unreachable Kind = iota + 1
	// Dropped: the connection ended without a complete answer. Devtron does so on
	// a token of another issuer; a proxy or a restart does so at any time.
	Dropped
	// Timeout: the time given ran out while the server was at work.
	Timeout
	// Canceled: the caller gave up.
	Canceled
	// Unsendable: the API token holds a character that no header can carry. Nothing
	// was sent.
	Unsendable
	// Unauthorized (401): the API token is missing, wrong, expired or deleted.
	Unauthorized
	// Forbidden (403): the token is valid, its owner is not super-admin.
	Forbidden
	// NotFound (404 in Devtron's own form): no such row.
	NotFound
	// Conflict (409): the provider has a row already.
	Conflict
	// TLSIncomplete (412): TLS data and flags do not fit together.
	TLSIncomplete
	// Rejected: any other 4xx in Devtron's form.
	Rejected
	// NotStorable: Devtron's database refused the row. Suspects says what in the
	// request can be the cause. Nothing was stored.
	NotStorable
	// ServerError: any other 5xx in Devtron's form.
	ServerError
	// Intercepted: a failure in another form than Devtron's, as proxies, ingresses
	// and firewalls answer it. It says nothing about the API token or about Devtron.
	Intercepted
	// NotDevtron: the answer shows that the URL is not that of Devtron's API: a
	// success in another form, a redirect, or a route that is not there.
	NotDevtron
)

// Suspect is a part of a request that can be why Devtron's database refused it.
type Suspect struct {
	// Field is its name in the API.
	Field string
	// Problem is a predicate, such as "is empty".
	Problem string
}

// Error is a failed call to the Devtron API.
type Error struct {
	Kind Kind
	// Operation says what was attempted, as "list the GitOps configurations".
	Operation string
	Method    string
	// URL that was asked, and where a redirect pointed to, if one was answered.
	URL, Location string
	// Status is the HTTP status; 0 without an answer.
	Status int
	// Code is Devtron's own code, such as "11006"; often empty or "000".
	Code string
	// Message is the server's own text, secrets masked, shortened.
	Message string
	// Envelope says that the answer was in one of Devtron's own forms, so that
	// Devtron itself, not a proxy in front of it, has answered.
	Envelope bool
	// Attempts is how many requests were sent.
	Attempts int
	// TLSFields, for TLSIncomplete, says of each part of the TLS material whether it
	// was sent, or was to be kept as stored, or neither.
	TLSFields string
	// Suspects, for NotStorable, are the fields that can be the cause; none where the
	// request does not explain it.
	Suspects []Suspect
	// Err is the cause on the network, if any.
	Err error

	// turnedAway says that the server cannot have handled the request.
	turnedAway bool
}

// Error implements error.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s %s", e.Operation, e.Method, e.URL)
	if e.Status != 0 {
		fmt.Fprintf(&b, ": HTTP %d", e.Status)
	}
	if e.Location != "" {
		fmt.Fprintf(&b, " to %s", e.Location)
	}
	if e.Message != "" {
		fmt.Fprintf(&b, ": %s", e.Message)
	}
	if e.Attempts > 1 {
		fmt.Fprintf(&b, " (after %d attempts)", e.Attempts)
	}
	return b.String()
}

// Unwrap returns the network cause.
func (e *Error) Unwrap() error { return e.Err }

// MaybeHandled reports whether the server may have done what was asked although
// the caller saw a failure. A write with such an end must be settled by reading,
// never by sending it again.
func (e *Error) MaybeHandled() bool {
	if e.turnedAway {
		return false
	}
	switch e.Kind {
	case Dropped, Timeout, Canceled, ServerError:
		return true
	case Intercepted:
		// A gateway that lost the answer; a proxy that refuses does not pass requests on.
		return e.Status >= http.StatusInternalServerError
	case NotDevtron:
		// A 2xx whose body was lost or mangled on the way.
		return e.Status >= 200 && e.Status < 300
	default:
		return false
	}
}

// IsKind reports whether err is an *Error of that kind.
func IsKind(err error, kind Kind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == kind
}
