// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package bitbucket_test

import (
	"net/http"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestResponsesInTheHostsOwnForm(t *testing.T) {
	const json = "application/json; charset=utf-8"
	server := func(s *sandbox.Sandbox) *sandbox.Server { return s.Bitbucket.Server }
	checktest.CheckRefusals(t, server, checktest.GoodBitbucket, map[string]checktest.Refusal{
		"401":          {Fault: sandbox.Fault{Status: 401, ContentType: json, Body: `{"type": "error", "error": {"message": "Token is invalid, expired, or not supported for this endpoint."}}`}, Code: "token_rejected"},
		"401, no body": {Fault: sandbox.Fault{Status: 401, Header: http.Header{"Www-Authenticate": {`Basic realm="Bitbucket.org HTTP"`}}}, Code: "token_rejected"},
		"404":          {Fault: sandbox.Fault{Status: 404, ContentType: json, Body: `{"type": "error", "error": {"message": "No workspace with identifier 'acme'."}}`}, Code: "bitbucket_workspace_not_found"},
		"429":          {Fault: sandbox.Fault{Status: 429, ContentType: "text/plain", Body: "Rate limit for this resource has been exceeded"}, Code: "rate_limited"},
		"429, JSON":    {Fault: sandbox.Fault{Status: 429, ContentType: json, Body: `{"type": "error", "error": {"message": "Rate limit for this resource has been exceeded"}}`}, Code: "rate_limited"},
	})
}
