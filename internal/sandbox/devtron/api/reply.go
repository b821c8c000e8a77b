// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package api contains what all areas of the sandbox's Devtron share: replies, errors,
// authorization, and request validation.
package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// Reply is a response: a status and a JSON body. A nil body is omitted.
type Reply struct {
	Status int
	Body   any
}

// envelope wraps the result of a handler. The keys have the order of a real Devtron.
type envelope struct {
	Code   int    `json:"code"`
	Status string `json:"status"`
	Result any    `json:"result"`
}

// plainEnvelope is the envelope of the middleware. It has no status, and an error is a string in
// Result.
type plainEnvelope struct {
	Code   int `json:"code"`
	Result any `json:"result"`
}

// errorEnvelope wraps the errors of a handler.
type errorEnvelope struct {
	Code   int          `json:"code"`
	Status string       `json:"status"`
	Errors []ErrorEntry `json:"errors"`
}

// ErrorEntry is an entry of errors.
type ErrorEntry struct {
	Code              string `json:"code,omitempty"`
	InternalMessage   string `json:"internalMessage,omitempty"`
	UserMessage       any    `json:"userMessage,omitempty"` // a string or nil, because only nil is omitted
	UserDetailMessage string `json:"userDetailMessage,omitempty"`
}

// OK returns a reply with status 200 and a result.
func OK(r any) Reply {
	return Result(http.StatusOK, r)
}

// Result returns a reply with a status and a result.
func Result(status int, r any) Reply {
	return Reply{status, envelope{status, http.StatusText(status), r}}
}

// Plain returns a reply of the middleware.
func Plain(status int, result any) Reply {
	return Reply{status, plainEnvelope{status, result}}
}

// Error returns the reply of a failed handler, with its entries.
func Error(status int, entries ...ErrorEntry) Reply {
	return Reply{status, errorEnvelope{status, http.StatusText(status), entries}}
}

// RawError returns the reply for a plain Go error. It has the code "000" and the internal message
// in brackets.
func RawError(status int, text string) Reply {
	return Error(status, ErrorEntry{Code: "000", InternalMessage: "[{" + text + "}]", UserMessage: text})
}

// PlainError returns the reply for an API error of a service, which has no code.
func PlainError(status int, text string) Reply {
	return Error(status, ErrorEntry{InternalMessage: text, UserMessage: text})
}

// NoObject returns the reply to a lookup by ID that finds nothing. kind is the type of the object,
// such as "team".
func NoObject(kind string, id int) Reply {
	return Error(http.StatusNotFound, ErrorEntry{
		Code: "11006", InternalMessage: fmt.Sprintf("%s not found: %d", kind, id),
		UserMessage:       fmt.Sprintf("%s with ID '%d' not found", kind, id),
		UserDetailMessage: fmt.Sprintf("The requested %s does not exist or has been deleted.", kind),
	})
}

// PathID parses an ID from the path or the query.
func PathID(text string) (int, *Reply) {
	id, err := strconv.Atoi(text)
	if err == nil {
		return id, nil
	}
	return 0, new(Error(http.StatusBadRequest, ErrorEntry{
		Code: "11001", InternalMessage: "invalid path parameter id: " + text, UserMessage: "Invalid path parameter 'id'",
		UserDetailMessage: "Please check the parameter format and try again.",
	}))
}

var (
	// NotFound is the reply for a row that does not exist or is deleted.
	NotFound = Error(http.StatusNotFound, ErrorEntry{
		Code: "11006", InternalMessage: "resource not found", UserMessage: "Requested resource not found",
		UserDetailMessage: "The requested resource does not exist or has been deleted.",
	})
	// AlreadyExists replaces every error whose text contains "already exists".
	AlreadyExists = Error(http.StatusConflict, ErrorEntry{
		Code: "11007", InternalMessage: "resource already exists", UserMessage: "Resource already exists",
		UserDetailMessage: "The resource you are trying to create already exists. Please use a different name or identifier.",
	})
	// Unauthorized is the reply of the handlers to an unknown user.
	Unauthorized = Error(http.StatusUnauthorized, ErrorEntry{
		Code: "11010", InternalMessage: "unauthorized", UserMessage: "Unauthorized access",
	})
	// Forbidden is the reply of most routes to a user who is not a super-admin.
	Forbidden = RawError(http.StatusForbidden, "unauthorized")
	// UnauthorizedUser is the reply of other routes to a user who is not a super-admin. It has a
	// result instead of errors.
	UnauthorizedUser = Result(http.StatusForbidden, "Unauthorized User")
	// MultipleRows is the reply to a lookup that expects a single row. Only a race or an update
	// creates several.
	MultipleRows = RawError(http.StatusInternalServerError, "pg: multiple rows in result set")
	// Crashed is the reply after a panic that the server recovered from.
	Crashed = Reply{http.StatusInternalServerError, struct {
		Error string `json:"error"`
	}{"internal server error"}}
	// Empty is 200 without a result.
	Empty = Reply{http.StatusOK, struct {
		Code   int    `json:"code"`
		Status string `json:"status"`
	}{http.StatusOK, http.StatusText(http.StatusOK)}}
	// Hangup closes the connection without a reply, like a panic that the server does not recover
	// from.
	Hangup = Reply{Body: hangup{}}
	// NoRoute is the reply of the router for an unknown route.
	NoRoute = Reply{http.StatusNotFound, text("404 page not found")}
	// NotAllowed is the reply of the router for an unknown method. Only a few paths use it instead
	// of NoRoute.
	NotAllowed = Reply{Status: http.StatusMethodNotAllowed}
)

// hangup is the body of Hangup.
type hangup struct{}

// text is a plain text body.
type text string

// Text returns the user message of the first error in a reply.
func (r Reply) Text() string {
	if e, ok := r.Body.(errorEnvelope); ok {
		text, _ := e.Errors[0].UserMessage.(string)
		return text
	}
	return ""
}

// Write sends a reply.
func Write(w http.ResponseWriter, r Reply) {
	switch body := r.Body.(type) {
	case hangup:
		panic(http.ErrAbortHandler)
	case nil:
		w.WriteHeader(r.Status)
	case text:
		http.Error(w, string(body), r.Status)
	default:
		encoded, err := json.Marshal(body)
		if err != nil {
			panic(err)
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(r.Status)
		_, _ = w.Write(encoded)
	}
}
