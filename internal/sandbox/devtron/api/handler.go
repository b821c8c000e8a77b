// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package api

import "net/http"

// Identity is the sender of a request.
type Identity struct {
	Email      string
	Known      bool // false for a deleted API token and for the header api-token, which only the middleware accepts
	SuperAdmin bool
}

// Handler serves an authenticated request.
type Handler func(who Identity, r *http.Request) Reply

// Routes maps patterns of http.ServeMux, such as "GET /orchestrator/team/{id}", to handlers.
type Routes map[string]Handler

// Known wraps a handler with the second check of the sender. A deleted API token passes the
// middleware and fails here.
func Known(next Handler) Handler {
	return func(who Identity, r *http.Request) Reply {
		if !who.Known {
			return Unauthorized
		}
		return next(who, r)
	}
}

// SuperAdmin wraps a handler that only super-admins may use. The check runs before the body is
// read.
func SuperAdmin(next Handler) Handler {
	return Known(func(who Identity, r *http.Request) Reply {
		if !who.SuperAdmin {
			return Forbidden
		}
		return next(who, r)
	})
}
