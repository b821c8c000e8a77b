// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"net/http"
	"strconv"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// docs is the URL that errors without a page of their own refer to.
const docs = "https://docs.github.com/rest"

func sendError(w http.ResponseWriter, status int, message, docsURL string) {
	githost.SendJSON(w, status, map[string]any{
		"message": message, "documentation_url": docsURL, "status": strconv.Itoa(status),
	})
}

// sendNotFound responds 404, which is also the response to missing permissions to read an object.
func sendNotFound(w http.ResponseWriter, docsURL string) {
	sendError(w, http.StatusNotFound, "Not Found", docsURL)
}

// sendInvalidName responds 422 to the creation of a repository.
func sendInvalidName(w http.ResponseWriter, docsURL, code, message string) {
	githost.SendJSON(w, http.StatusUnprocessableEntity, map[string]any{
		"message": "Repository creation failed.", "documentation_url": docsURL, "status": "422",
		"errors": []any{map[string]any{"resource": "Repository", "code": code, "field": "name", "message": message}},
	})
}
