// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"os"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
)

// Main runs the tests of a package. Settings of this machine do not reach the CLI.
func Main(m *testing.M) (code int) {
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, "DEVTRON_") || name == "TF_LOG" {
			_ = os.Unsetenv(name)
		}
	}
	return cli.Main(m)
}
