// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package checktest

import (
	"encoding/base64"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Tokens of Azure DevOps and of Microsoft Entra ID.
var (
	AzurePAT = strings.Repeat("a1B2", 19) + "AZDO" + "c3D4"
	Entra    = JWT(`{"iss":"https://sts.windows.net/00000000-0000-0000-0000-000000000000/","exp":1}`)
)

// JWT is a token with the payload.
func JWT(payload string) string {
	return "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9." + base64.RawURLEncoding.EncodeToString([]byte(payload)) + ".c2lnbmF0dXJl"
}

// GoodAzure is about the sandbox's own token, as a refresh asks it.
func GoodAzure(s *sandbox.Sandbox) inspect.Question {
	return inspect.Question{Provider: inspect.AzureDevOps, Host: Host(s, inspect.AzureDevOps), Project: sandbox.AzureProject, Token: s.Azure.Token()}
}

// AzureQuestion is about a token that is about to be written.
func AzureQuestion(project string) inspect.Question {
	return inspect.Question{Provider: inspect.AzureDevOps, Project: project, Token: AzurePAT, Thorough: true}
}

// AzureFacts are those of a valid token.
func AzureFacts() inspect.Facts {
	return inspect.Facts{
		Token: inspect.TokenFacts{Reply: OK()}, Owner: inspect.OwnerFacts{Reply: OK(), Login: "acme-bot@example.com"}, Target: inspect.TargetFacts{Reply: OK()},
	}
}

// ServeAzure adds the question's token.
func ServeAzure(x sandbox.AzureToken) func(*sandbox.Sandbox, inspect.Question) {
	return func(s *sandbox.Sandbox, q inspect.Question) {
		x.Token = q.Token
		s.Azure.AddToken(x)
	}
}
