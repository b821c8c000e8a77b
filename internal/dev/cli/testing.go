// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"
)

// Prepare readies a process for tests that run a CLI. A TestMain calls it before the tests and the
// returned function after them, which removes the process's temporary files: a provider that runs
// inside the test process leaves its sockets there.
func Prepare() (cleanup func(), err error) {
	// The path of a socket is limited to about 100 bytes, so the name is short.
	dir, err := os.MkdirTemp("", "tpd")
	if err != nil {
		return nil, err
	}
	variables := map[string]string{"TMPDIR": dir, "TF_CLI_CONFIG_FILE": "", "CHECKPOINT_DISABLE": "1"}
	if path, err := Find(); err == nil {
		variables[pathVariable] = path
		if product, _, err := identify(context.Background(), path); err == nil && product == openTofu {
			// terraform-plugin-testing uses Terraform's registry by default.
			variables["TF_ACC_PROVIDER_NAMESPACE"], variables["TF_ACC_PROVIDER_HOST"] = "hashicorp", "registry.opentofu.org"
		}
	}
	for name, value := range variables {
		if err := os.Setenv(name, value); err != nil {
			return nil, err
		}
	}
	return func() { os.RemoveAll(dir) }, nil
}

// Main runs the tests of a package that need nothing else in their TestMain.
func Main(m *testing.M) (code int) {
	cleanup, err := Prepare()
	if err != nil {
		panic(err)
	}
	defer cleanup()
	return m.Run()
}

// Require skips a test where no CLI is installed. "make test" fails there instead.
func Require(t testing.TB) {
	t.Helper()
	switch _, err := Find(); {
	case errors.Is(err, ErrNotInstalled):
		t.Skip(err)
	case err != nil:
		t.Fatal(err)
	}
}

var newForTest = sync.OnceValues(func() (*CLI, error) {
	dir, err := os.MkdirTemp("", "cli")
	if err != nil {
		return nil, err
	}
	return New(context.Background(), dir)
})

// ForTest returns a CLI with a build of the provider that all tests of the process share. It skips
// the test where no CLI is installed.
func ForTest(t testing.TB) *CLI {
	t.Helper()
	Require(t)
	c, err := newForTest()
	if err != nil {
		t.Fatal(err)
	}
	return c
}
