// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab_test

import (
	"net/http"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestResponsesInTheHostsOwnForm(t *testing.T) {
	const json = "application/json; charset=utf-8"
	server := func(s *sandbox.Sandbox) *sandbox.Server { return s.GitLab.Server }
	checktest.CheckRefusals(t, server, checktest.GoodGitLab, map[string]checktest.Refusal{
		"401":             {Fault: sandbox.Fault{Status: 401, ContentType: json, Body: `{"message":"401 Unauthorized"}`}, Code: "token_rejected"},
		"401, revoked":    {Fault: sandbox.Fault{Status: 401, ContentType: json, Body: `{"error":"invalid_token","error_description":"Token was revoked. You have to re-authorize from the user."}`}, Code: "token_rejected"},
		"403 for a scope": {Fault: sandbox.Fault{Status: 403, ContentType: json, Body: `{"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the access token.","scope":"api read_api"}`}, Code: "gitlab_missing_scopes"},
		"429":             {Fault: sandbox.Fault{Status: 429, ContentType: "text/plain", Body: "Retry later\n"}, Code: "rate_limited"},
		"429, own text":   {Fault: sandbox.Fault{Status: 429, ContentType: "text/plain", Body: "Slow down, please", Header: http.Header{"Ratelimit-Name": {"throttle_authenticated_api"}}}, Code: "rate_limited"},
		"500":             {Fault: sandbox.Fault{Status: 500, ContentType: json, Body: `{"message":"500 Internal Server Error"}`}, Code: "server_error"},
	})
}
