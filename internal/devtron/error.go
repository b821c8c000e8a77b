// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"
)

// Kind classifies a failed call. The classes are those that a caller or a reader has to act on
// differently.
type Kind int

// Kinds of failure.
const (
	// Unreachable: no connection was made (refused, no such host, TLS). The request cannot have
	// been handled.
	Unreachable Kind = iota + 1
	// Dropped: the connection ended without a complete reply. Devtron does so to a token of another
	// issuer and where the handling of an error crashes; a proxy or a restart does so at any time.
	Dropped
	// Timeout: the caller's deadline passed while the server was working.
	Timeout
	// Canceled: the caller canceled.
	Canceled
	// Unsendable: the API token contains a character that no header can carry. Nothing was sent.
	Unsendable
	// Unauthorized (401): the API token is missing, wrong, expired or deleted.
	Unauthorized
	// Forbidden (403): the token is valid, but its owner is not super-admin.
	Forbidden
	// NotFound: the object does not exist: 404 in Devtron's own form, 500 of a PUT that says so, or
	// 200 with an empty result where the API answers so.
	NotFound
	// Conflict: 409, or before v1.8.0 a 500 that says "already exists". It does not prove that the
	// object exists: Devtron takes the words of others, such as Kubernetes, for its own.
	Conflict
	// InUse: the object cannot be deleted while others refer to it. The message says which.
	InUse
	// Precondition (412): parts of the request do not fit together. Detail says what it contained.
	Precondition
	// Rejected: any other 4xx in Devtron's form.
	Rejected
	// NotStorable: Devtron's database refused the object. Suspects says what in the request can be
	// the cause. Nothing was stored.
	NotStorable
	// Unsynced: Devtron has stored the change, but could not hand it on to another of its services,
	// such as git-sensor (23-56, 23-58).
	Unsynced
	// ServerError: any other 5xx in Devtron's form, and 200 with errors.
	ServerError
	// Intercepted: a failure in another form than Devtron's, as proxies, ingresses and firewalls
	// send it. It says nothing about the API token or about Devtron.
	Intercepted
	// NotDevtron: the reply shows that the URL is not that of Devtron's API: a success in another
	// form, a redirect, or a route that does not exist.
	NotDevtron
)

// Suspect is a part of a request that can be why Devtron's database refused it.
type Suspect struct {
	// Field is its name in the API.
	Field string
	// Problem is a predicate, such as "is empty".
	Problem string
}

// columnWidth is the width, in characters, of most texts in Devtron's database.
const columnWidth = 250

// textField is a text of a request under its name in the API.
type textField struct{ name, value string }

// tooLong returns the fields that do not fit into their columns.
func tooLong(fields ...textField) []Suspect {
	var found []Suspect
	for _, f := range fields {
		if n := utf8.RuneCountInString(f.value); n > columnWidth {
			found = append(found, Suspect{f.name, fmt.Sprintf("has %d characters; Devtron stores at most %d", n, columnWidth)})
		}
	}
	return found
}

// Error is a failed call to the Devtron API.
type Error struct {
	Kind Kind
	// Operation says what was attempted, as "list the GitOps configurations".
	Operation string
	Method    string
	// URL that was asked, and the target where the reply was a redirect.
	URL, Location string
	// Status is the HTTP status; 0 without a reply.
	Status int
	// Code is Devtron's own code, such as "11006"; often empty or "000".
	Code string
	// Message is the server's own text, secrets masked, shortened.
	Message string
	// Envelope says that the reply was in one of Devtron's own forms, so that it is from Devtron
	// itself and not from a proxy in front of it.
	Envelope bool
	// Attempts is how many requests were sent.
	Attempts int
	// Detail, for Precondition, describes the part of the request that the refusal is about. It
	// contains no values.
	Detail string
	// UsedBy, for InUse, names what uses the object, where that is known.
	UsedBy []string
	// Suspects, for NotStorable and for a git account that was Dropped, are the fields that can be
	// the cause; none where the request does not explain it.
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

// MaybeHandled reports whether the server may have done what was asked although the caller saw a
// failure. Such a write must be settled by reading, never by sending it again.
func (e *Error) MaybeHandled() bool {
	if e.turnedAway {
		return false
	}
	switch e.Kind {
	case Dropped, Timeout, Canceled, ServerError, Unsynced:
		return true
	case Conflict, NotFound:
		// The words of a 500 may be about something that comes after the object was stored.
		return e.Status >= http.StatusInternalServerError
	case Intercepted:
		// A gateway that lost the reply; a proxy that refuses does not pass requests on.
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
