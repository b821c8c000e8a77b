// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab_test

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitlab"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

func TestAddresses(t *testing.T) {
	checktest.CheckAddresses(t, gitlab.Definition, []checktest.Address{
		{Host: "https://gitlab.com/", API: "https://gitlab.com/api/v4/", Web: "https://gitlab.com"},
		{Host: "http://gitlab.com/", API: "https://gitlab.com/api/v4/", Web: "https://gitlab.com", Code: "gitlab_host", Severity: inspect.Warning},
		{Host: "https://gitlab.com/my-group", API: "https://gitlab.com/api/v4/", Web: "https://gitlab.com", Code: "gitlab_host", Severity: inspect.Error},
		{Host: "https://corp/gitlab", API: "https://corp/gitlab/api/v4/", Web: "https://corp/gitlab"},
		{Host: "https://corp/gitlab/api/v4/", API: "https://corp/gitlab/api/v4/", Web: "https://corp/gitlab", Code: "gitlab_host", Severity: inspect.Warning},
		{Host: "http://localhost:8080", API: "http://localhost:8080/api/v4/", Web: "http://localhost:8080"},
	})
}
