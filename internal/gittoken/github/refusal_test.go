// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package github_test

import (
	"net/http"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestResponsesInTheHostsOwnForm(t *testing.T) {
	const json = "application/json; charset=utf-8"
	const docs = `"documentation_url":"https://docs.github.com/rest"`
	github := http.Header{"X-Github-Request-Id": {"0E4C:6F1B"}}
	server := func(s *sandbox.Sandbox) *sandbox.Server { return s.GitHub.Server }
	checktest.CheckRefusals(t, server, checktest.GoodGitHub, map[string]checktest.Refusal{
		"401":             {Fault: sandbox.Fault{Status: 401, ContentType: json, Body: `{"message":"Bad credentials",` + docs + `,"status":"401"}`}, Code: "token_rejected"},
		"401, short":      {Fault: sandbox.Fault{Status: 401, ContentType: json, Body: `{"message":"Bad credentials"}`}, Code: "token_rejected"},
		"401, header":     {Fault: sandbox.Fault{Status: 401, ContentType: json, Header: github, Body: `{"message":"Must authenticate to access this API."}`}, Code: "token_rejected"},
		"401, older GHES": {Fault: sandbox.Fault{Status: 401, ContentType: json, Body: `{"message":"Requires authentication","documentation_url":"https://developer.github.com/enterprise/2.21/v3"}`}, Code: "token_rejected"},
		"403 for a limit": {Fault: sandbox.Fault{Status: 403, ContentType: json, Header: http.Header{"X-Ratelimit-Remaining": {"0"}}, Body: `{"message":"API rate limit exceeded for user ID 1.",` + docs + `}`}, Code: "rate_limited"},
		"429":             {Fault: sandbox.Fault{Status: 429, ContentType: json, Body: `{"message":"You have exceeded a secondary rate limit.",` + docs + `}`}, Code: "rate_limited"},
		"403":             {Fault: sandbox.Fault{Status: 403, ContentType: json, Body: `{"message":"Maximum number of login attempts exceeded.",` + docs + `}`}, Code: "unexpected_answer"},
		"500":             {Fault: sandbox.Fault{Status: 500, ContentType: json, Body: `{"message":"Server Error",` + docs + `}`}, Code: "server_error"},
		"unicorn":         {Fault: sandbox.Fault{Status: 502, ContentType: "text/html", Header: github, Body: "<title>Unicorn! GitHub</title>"}, Code: "server_error"},
	})
}
