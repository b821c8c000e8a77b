// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package github_test

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/github"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

func TestAddresses(t *testing.T) {
	checktest.CheckAddresses(t, github.Definition, []checktest.Address{
		{Host: "https://github.com/", API: "https://api.github.com/", Web: "https://github.com"},
		{Host: "https://github.com", API: "https://api.github.com/", Web: "https://github.com"},
		{Host: "https://GitHub.com", API: "https://api.github.com/", Web: "https://github.com", Code: "github_host", Severity: inspect.Error},
		{Host: "https://github.com:443/", API: "https://api.github.com/", Web: "https://github.com", Code: "github_host", Severity: inspect.Error},
		{Host: "https://www.github.com/", API: "https://api.github.com/", Web: "https://github.com", Code: "github_host", Severity: inspect.Error},
		{Host: "https://api.github.com", API: "https://api.github.com/", Web: "https://github.com", Code: "github_host", Severity: inspect.Error},
		{Host: "https://github.com/api/v3", API: "https://api.github.com/", Web: "https://github.com", Code: "github_host", Severity: inspect.Error},
		{Host: "https://github.com/acme", API: "https://api.github.com/", Web: "https://github.com", Code: "github_host", Severity: inspect.Warning},
		{Host: "http://github.com", API: "https://api.github.com/", Web: "https://github.com", Code: "github_host", Severity: inspect.Warning},
		{Host: "https://octo.ghe.com/", API: "https://api.octo.ghe.com/", Web: "https://octo.ghe.com", Code: "github_data_residency", Severity: inspect.Warning},
		{Host: "https://api.octo.ghe.com", API: "https://api.octo.ghe.com/", Web: "https://octo.ghe.com", Code: "github_data_residency", Severity: inspect.Warning},
		{Host: "https://ghe.corp", API: "https://ghe.corp/api/v3/", Web: "https://ghe.corp"},
		{Host: "https://api.corp.com", API: "https://api.corp.com/api/v3/", Web: "https://api.corp.com"},
		{Host: "https://git.api.corp:8443/sub/", API: "https://git.api.corp:8443/sub/api/v3/", Web: "https://git.api.corp:8443/sub"},
		{Host: "https://ghe.corp/api/v3/", API: "https://ghe.corp/api/v3/", Web: "https://ghe.corp", Code: "github_host", Severity: inspect.Error},
	})
}
