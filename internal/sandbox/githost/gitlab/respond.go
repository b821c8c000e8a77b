// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab

import (
	"net/http"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// sendError sends an error of the OAuth server, which also checks the tokens for the API.
func sendError(w http.ResponseWriter, status int, code, description string) {
	githost.SendJSON(w, status, map[string]any{"error": code, "error_description": description})
}

// sendMessage sends an error of the API. message is a string or an object.
func sendMessage(w http.ResponseWriter, status int, message any) {
	githost.SendJSON(w, status, map[string]any{"message": message})
}

// sendInvalid sends an error of the router or of the validation of a request.
func sendInvalid(w http.ResponseWriter, status int, text string) {
	githost.SendJSON(w, status, map[string]any{"error": text})
}

func sendInsufficientScope(w http.ResponseWriter, scopes []string) {
	githost.SendJSON(w, http.StatusForbidden, map[string]any{
		"error": "insufficient_scope", "scope": strings.Join(scopes, " "),
		"error_description": "The request requires higher privileges than provided by the access token.",
	})
}
