// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package bitbucket

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
)

// ReadRefusal reads {"type":"error","error":{"message":...,"detail":{"required":[...]}}}, in which
// detail is present where scopes are missing, and may also be a text; the 401 of an unknown user,
// which may have no body; and the plain text of a rate limit.
func (inspector) ReadRefusal(status int, header http.Header, body []byte) gitapi.Refusal {
	var refusal struct {
		Type  string `json:"type"`
		Error struct {
			Message string          `json:"message"`
			Detail  json.RawMessage `json:"detail"`
		} `json:"error"`
	}
	if json.Unmarshal(body, &refusal) != nil {
		text := strings.TrimSpace(string(body))
		limited := status == http.StatusTooManyRequests && strings.HasPrefix(text, "Rate limit for this resource")
		challenged := strings.Contains(header.Get("Www-Authenticate"), "Bitbucket.org")
		return gitapi.Refusal{Own: limited || challenged, Message: text}
	}
	r := gitapi.Refusal{Own: refusal.Type == "error" && refusal.Error.Message != "", Message: refusal.Error.Message}
	var detail struct {
		Required []string `json:"required"`
	}
	if json.Unmarshal(refusal.Error.Detail, &detail) == nil && len(detail.Required) > 0 {
		r.Message, r.Class = strings.TrimRight(r.Message, ". ")+" (required: "+strings.Join(detail.Required, ", ")+")", gitapi.InsufficientScope
	}
	return r
}
