// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package bitbucket_test

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/bitbucket"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

func TestAddresses(t *testing.T) {
	checktest.CheckAddresses(t, bitbucket.Definition, []checktest.Address{
		{Host: "https://bitbucket.org/", API: "https://api.bitbucket.org/2.0/", Web: "https://bitbucket.org"},
		{Host: "https://BitBucket.org", API: "https://api.bitbucket.org/2.0/", Web: "https://bitbucket.org"},
		{Host: "https://api.bitbucket.org/2.0", API: "https://api.bitbucket.org/2.0/", Web: "https://bitbucket.org", Code: "bitbucket_host", Severity: inspect.Warning},
		{Host: "http://bitbucket.org", API: "https://api.bitbucket.org/2.0/", Web: "https://bitbucket.org", Code: "bitbucket_host", Severity: inspect.Warning},
		{Host: "https://bitbucket.corp/", Code: "bitbucket_host", Severity: inspect.Error},
	})
}
