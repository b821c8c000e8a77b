// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package azure_test

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestKindsOfTokensThatLookAlike(t *testing.T) {
	checktest.CheckKinds(t, map[string]checktest.Token{
		"an older token":      checktest.NewToken(checktest.With(checktest.AzureQuestion(sandbox.AzureProject), func(q *inspect.Question) { q.Token = strings.Repeat("abc7", 13) }), checktest.ServeAzure(sandbox.AzureToken{}), inspect.KindPersonal, inspect.Unverifiable, []string{"azure_scopes_unknown"}),
		"a token of any form": checktest.NewToken(checktest.With(checktest.AzureQuestion(sandbox.AzureProject), func(q *inspect.Question) { q.Token = "any-form" }), checktest.ServeAzure(sandbox.AzureToken{}), "", inspect.Unverifiable, []string{"azure_scopes_unknown"}),
		"JWT of Azure itself": checktest.NewToken(
			checktest.With(checktest.AzureQuestion(sandbox.AzureProject), func(q *inspect.Question) { q.Token = checktest.JWT(`{"iss":"app.vstoken.visualstudio.com"}`) }), checktest.ServeAzure(sandbox.AzureToken{}), "", inspect.Unverifiable, []string{"azure_scopes_unknown"}),
		"begins like an app password": checktest.NewToken(
			checktest.With(checktest.AzureQuestion(sandbox.AzureProject), func(q *inspect.Question) { q.Token = "ATBB" + checktest.AzurePAT[4:] }), checktest.ServeAzure(sandbox.AzureToken{}), inspect.KindPersonal, inspect.Unverifiable, []string{"azure_scopes_unknown"}),
	})
}
