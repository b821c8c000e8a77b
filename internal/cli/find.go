// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package cli runs the real Terraform or OpenTofu with a fresh build of the
// provider, for the demo and for the tests of the examples.
package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	install "github.com/hashicorp/hc-install"
	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"
	"github.com/hashicorp/hc-install/src"
)

// Environment is the variable that names the CLI to use: a command on PATH
// ("tofu") or a path.
const Environment = "TF_CLI"

// Find returns the path of the CLI that Environment names. Without it the
// first of "terraform" and "tofu" on PATH is taken, and where there is neither,
// the newest Terraform is downloaded once into the user's cache folder.
func Find(ctx context.Context) (string, error) {
	if name := os.Getenv(Environment); name != "" {
		path, err := exec.LookPath(name)
		if err != nil {
			return "", fmt.Errorf("%s=%s: %w", Environment, name, err)
		}
		return filepath.Abs(path)
	}
	for _, name := range []string{"terraform", "tofu"} {
		if path, err := exec.LookPath(name); err == nil {
			return filepath.Abs(path)
		}
	}
	path, err := download(ctx)
	if err != nil {
		return "", fmt.Errorf("there is no terraform and no tofu on PATH, and Terraform could not be downloaded: %w\n"+
			"Install one of them, or name one with %s=/path/to/it", err, Environment)
	}
	return path, nil
}

func download(ctx context.Context) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "terraform-provider-devtron")
	if path, err := exec.LookPath(filepath.Join(dir, product.Terraform.BinaryName())); err == nil {
		return path, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	fmt.Fprintln(os.Stderr, "Downloading Terraform, as neither terraform nor tofu is on PATH ...")
	return install.NewInstaller().Install(ctx, []src.Installable{
		&releases.LatestVersion{Product: product.Terraform, InstallDir: dir},
	})
}

// identify asks a CLI what it is: "Terraform" and "1.11.4", say.
func identify(ctx context.Context, path string) (product, version string, err error) {
	cmd := exec.CommandContext(ctx, path, "version")
	cmd.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1", "TF_CLI_CONFIG_FILE=", "TF_LOG=")
	output, err := cmd.Output()
	if err != nil {
		return "", "", fmt.Errorf("%s version: %w", path, err)
	}
	first, _, _ := strings.Cut(string(output), "\n")
	product, version, ok := strings.Cut(strings.TrimSpace(first), " v")
	if !ok {
		return "", "", fmt.Errorf("%s is neither Terraform nor OpenTofu: it calls itself %q", path, first)
	}
	return product, version, nil
}
