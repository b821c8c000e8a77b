// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
)

func TestMain(m *testing.M) {
	// It reads variables that are taken away below.
	if err := beginLive(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "No configuration was changed:", err)
		os.Exit(1)
	}
	// The CLI must not meet settings of the machine that the tests run on.
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, "DEVTRON_") || name == "TF_LOG" {
			_ = os.Unsetenv(name)
		}
	}
	code := cli.Main(m)
	if err := endLive(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "Restoring what was configured failed:", err)
		code = 1
	}
	os.Exit(code)
}

const (
	github = "devtron_gitops_config.github"
	gitlab = "devtron_gitops_config.gitlab"
)
