// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
)

// ReadRefusal reads {"message":...,"documentation_url":...}. Many gateways send {"message":...}
// too, so GitHub's URL or one of its headers has to be there.
func (inspector) ReadRefusal(status int, header http.Header, body []byte) gitapi.Refusal {
	var refusal struct {
		Message       string `json:"message"`
		Documentation string `json:"documentation_url"`
	}
	marked := header.Get("X-Github-Request-Id") != "" || header.Get("X-Github-Media-Type") != ""
	if json.Unmarshal(body, &refusal) != nil || refusal.Message == "" {
		// GitHub's pages for its own faults are not JSON.
		return gitapi.Refusal{Own: marked && status >= http.StatusInternalServerError}
	}
	r := gitapi.Refusal{Message: refusal.Message}
	r.Own = marked || strings.Contains(refusal.Documentation, "github") || refusal.Message == "Bad credentials"
	if header.Get("X-Ratelimit-Remaining") == "0" || header.Get("Retry-After") != "" ||
		strings.HasSuffix(refusal.Documentation, "secondary-rate-limits") || strings.HasSuffix(refusal.Documentation, "#abuse-rate-limits") {
		r.Class = gitapi.RateLimited
	}
	return r
}
