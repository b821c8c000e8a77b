// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package cli runs a real Terraform or OpenTofu with a fresh build of the provider.
package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// ErrNotInstalled is returned where there is no CLI and no variable names one.
var ErrNotInstalled = errors.New("neither terraform nor tofu is on PATH: install one of them, or set TF_CLI to the path of one")

// pathVariable is what terraform-plugin-testing calls the path of the CLI.
const pathVariable = "TF_ACC_TERRAFORM_PATH"

// Find returns the absolute path of the CLI. TF_CLI or TF_ACC_TERRAFORM_PATH name it, as a path or
// as a command on PATH. Without them, Find takes the first of terraform and tofu on PATH.
func Find() (string, error) {
	for _, variable := range []string{"TF_CLI", pathVariable} {
		if name := os.Getenv(variable); name != "" {
			path, err := exec.LookPath(name)
			if err != nil {
				return "", fmt.Errorf("%s=%s: %w", variable, name, err)
			}
			return filepath.Abs(path)
		}
	}
	for _, name := range []string{"terraform", "tofu"} {
		if path, err := exec.LookPath(name); err == nil {
			return filepath.Abs(path)
		}
	}
	return "", ErrNotInstalled
}

// identify asks a CLI for its product and version, for example "Terraform" and "1.11.4".
func identify(ctx context.Context, path string) (product, version string, err error) {
	cmd := exec.CommandContext(ctx, path, "version")
	cmd.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1", "TF_CLI_CONFIG_FILE=", "TF_LOG=")
	output, err := cmd.Output()
	if err != nil {
		return "", "", fmt.Errorf("%s version: %w", path, err)
	}
	first, _, _ := strings.Cut(string(output), "\n")
	product, version, ok := strings.Cut(strings.TrimSpace(first), " v")
	if !ok || product != terraform && product != openTofu {
		return "", "", fmt.Errorf("%s is neither Terraform nor OpenTofu: its version command prints %q", path, first)
	}
	return product, version, nil
}
