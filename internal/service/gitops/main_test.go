// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
)

func TestMain(m *testing.M) {
	// It reads environment variables, which acctest.Main removes.
	if err := beginLive(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "No configuration was changed:", err)
		os.Exit(1)
	}
	code := acctest.Main(m)
	if err := endLive(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "Restoring the previous configurations failed:", err)
		code = 1
	}
	os.Exit(code)
}
