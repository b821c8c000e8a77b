// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
)

// withStatus is how GitLab's messages begin.
var withStatus = pattern.New(`^[1-5][0-9]{2}( |$)`)

// ReadRefusal reads GitLab's two forms of errors, {"message":"401 Unauthorized"} and
// {"error":...,"error_description":...}, and the plain text of its rate limits, which an
// administrator may change.
func (inspector) ReadRefusal(status int, header http.Header, body []byte) gitapi.Refusal {
	marked := header.Get("X-Gitlab-Meta") != ""
	if text := strings.TrimSpace(string(body)); status == http.StatusTooManyRequests &&
		(text == "Retry later" || header.Get("Ratelimit-Name") != "" || header.Get("Ratelimit-Observed") != "") {
		return gitapi.Refusal{Own: true, Message: text}
	}
	var refusal struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
		Message     any    `json:"message"`
	}
	if json.Unmarshal(body, &refusal) != nil {
		return gitapi.Refusal{Own: marked && status >= http.StatusInternalServerError}
	}
	message, _ := refusal.Message.(string)
	switch {
	case refusal.Description != "":
		return oauthRefusal(refusal.Error, refusal.Description, marked)
	case message != "":
		return gitapi.Refusal{Message: message, Own: marked || withStatus.MatchString(message)}
	case refusal.Error != "":
		return gitapi.Refusal{Message: refusal.Error, Own: marked || withStatus.MatchString(refusal.Error)}
	}
	return gitapi.Refusal{Own: marked}
}

func oauthRefusal(code, description string, marked bool) gitapi.Refusal {
	r := gitapi.Refusal{Message: description, Own: marked}
	switch code {
	case "insufficient_scope":
		r.Own, r.Class = true, gitapi.InsufficientScope
	case "insufficient_granular_scope":
		r.Own, r.Class = true, gitapi.InsufficientGranularScope
	case "invalid_token", "unauthorized", "dpop_error":
		r.Own = true
	}
	return r
}
