// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package azure_test

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/azure"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

func TestAddresses(t *testing.T) {
	checktest.CheckAddresses(t, azure.Definition, []checktest.Address{
		{Host: "https://dev.azure.com/acme", API: "https://dev.azure.com/acme/", Web: "https://dev.azure.com/acme"},
		{Host: "https://Dev.Azure.com:443/acme/", API: "https://dev.azure.com/acme/", Web: "https://dev.azure.com/acme"},
		{Host: "http://dev.azure.com/acme", API: "https://dev.azure.com/acme/", Web: "https://dev.azure.com/acme", Code: "azure_host", Severity: inspect.Warning},
		{Host: "https://dev.azure.com/", Code: "azure_host", Severity: inspect.Error},
		{Host: "https://dev.azure.com/acme/gitops", Code: "azure_host", Severity: inspect.Error},
		{Host: "https://dev.azure.com/acme/_apis", API: "https://dev.azure.com/acme/", Web: "https://dev.azure.com/acme", Code: "azure_host", Severity: inspect.Error},
		{Host: "https://acme.visualstudio.com/", API: "https://acme.visualstudio.com/", Web: "https://acme.visualstudio.com"},
		{Host: "https://acme.visualstudio.com/DefaultCollection", API: "https://acme.visualstudio.com/DefaultCollection/", Web: "https://acme.visualstudio.com/DefaultCollection"},
		{Host: "https://tfs.corp:8443/tfs/a%20b/", API: "https://tfs.corp:8443/tfs/a%20b/", Web: "https://tfs.corp:8443/tfs/a%20b"},
		{Host: "https://tfs.corp/", API: "https://tfs.corp/", Web: "https://tfs.corp", Code: "azure_host", Severity: inspect.Warning},
	})
}
