// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package azure_test

import (
	"net/http"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestResponsesInTheHostsOwnForm(t *testing.T) {
	const json = "application/json; charset=utf-8"
	azure := http.Header{"X-Tfs-Processid": {"f00ce975"}}
	challenge := http.Header{"Www-Authenticate": {"Bearer authorization_uri=https://login.microsoftonline.com/0", `Basic realm="https://tfsprodcin2.visualstudio.com/"`}}
	server := func(s *sandbox.Sandbox) *sandbox.Server { return s.Azure.Server }
	checktest.CheckRefusals(t, server, checktest.GoodAzure, map[string]checktest.Refusal{
		"401, no body":   {Fault: sandbox.Fault{Status: 401, Header: azure}, Code: "token_rejected"},
		"401, challenge": {Fault: sandbox.Fault{Status: 401, Header: challenge}, Code: "token_rejected"},
		"401, JSON":      {Fault: sandbox.Fault{Status: 401, ContentType: json, Body: `{"$id":"1","message":"TF400813","typeKey":"UnauthorizedRequestException"}`}, Code: "token_rejected"},
		"203":            {Fault: sandbox.Fault{Status: 203, ContentType: "text/html", Body: "<title>Azure DevOps Services | Sign In</title>"}, Code: "token_rejected"},
		"404, page":      {Fault: sandbox.Fault{Status: 404, ContentType: "text/html", Header: azure, Body: "<html>"}, Code: "azure_organization_not_found"},
		"429":            {Fault: sandbox.Fault{Status: 429, ContentType: json, Body: `{"$id":"1","message":"TF400733: The request has been canceled","typeKey":"RequestBlockedException"}`}, Code: "rate_limited"},
		"503":            {Fault: sandbox.Fault{Status: 503, ContentType: "text/html", Body: "<title>Azure DevOps Services Unavailable</title>"}, Code: "server_error"},
	})
}
