// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package api

import "net/http"

// Identity is who sent a request, as the handlers see it.
type Identity struct {
	Email      string
	Known      bool // to the handlers: they look the user up again, and not in the header api-token
	SuperAdmin bool
}

// Handler answers one route for somebody who is authenticated.
type Handler func(who Identity, r *http.Request) Reply

// Routes are handlers by the patterns of http.ServeMux, such as "GET /orchestrator/team/{id}".
type Routes map[string]Handler

// Known is the second check, made by the handlers: a deleted API token passes the middleware and fails here.
func Known(next Handler) Handler {
	return func(who Identity, r *http.Request) Reply {
		if !who.Known {
			return Unauthorized
		}
		return next(who, r)
	}
}

// SuperAdmin is the authorization of most routes. It comes before the body is read.
func SuperAdmin(next Handler) Handler {
	return Known(func(who Identity, r *http.Request) Reply {
		if !who.SuperAdmin {
			return Forbidden
		}
		return next(who, r)
	})
}
