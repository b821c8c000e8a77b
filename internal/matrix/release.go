// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"
)

const (
	terraform = "terraform"
	tofu      = "tofu"
)

// release is one version of a CLI.
type release struct {
	product string // terraform or tofu, as the command is called
	version string
}

// releases that matter, oldest first: each is the last of its line that behaved
// differently from the next one.
var wanted = []release{
	{terraform, "1.0.11"}, // the oldest that is supported
	{terraform, "1.5.7"},  // the last one under the MPL; import blocks
	{terraform, "1.10.5"}, // no write-only arguments yet
	{terraform, "1.11.4"}, // write-only arguments
	{terraform, "1.12.2"}, // identity
	{terraform, "1.14.5"}, // list resources and actions
	{tofu, "1.6.3"},       // the oldest that is supported
	{tofu, "1.12.6"},
}

func (c release) String() string {
	if c.product == terraform {
		return "Terraform " + c.version
	}
	return "OpenTofu " + c.version
}

// name is how the release is called on the command line and in the cache.
func (c release) name() string { return c.product + "-" + c.version }

// cacheVariable names the folder in which CLIs are kept, in place of the one in
// the user's cache folder: <product>-<version>/<product>.
const cacheVariable = "CLI_CACHE"

func cacheFolder() (string, error) {
	if dir := os.Getenv(cacheVariable); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.UserCacheDir()
	return filepath.Join(dir, "terraform-provider-devtron", "cli"), err
}

// buildTime bounds the making of one CLI, and downloadTime its download.
const (
	buildTime    = 30 * time.Minute
	downloadTime = 3 * time.Minute
)

// get returns the path of the CLI: the installed one, one that was made before,
// or a new one. progress is told what takes long.
func (c release) get(ctx context.Context, cache string, progress io.Writer) (string, error) {
	target := filepath.Join(cache, c.name(), c.product)
	for _, candidate := range []string{target, c.product} {
		if path, err := exec.LookPath(candidate); err == nil && c.is(ctx, path) {
			return filepath.Abs(path)
		}
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return "", err
	}
	var reasons []error
	if c.product == terraform { // hc-install knows HashiCorp's products only
		fmt.Fprintf(progress, "%s: downloading ...\n", c)
		if err := c.download(ctx, filepath.Dir(target)); err != nil {
			reasons = append(reasons, fmt.Errorf("not downloaded: %w", err))
		}
	}
	if c.product == tofu || len(reasons) > 0 {
		fmt.Fprintf(progress, "%s: building it from its Go module, which takes some minutes once ...\n", c)
		limited, cancel := context.WithTimeout(ctx, buildTime)
		defer cancel()
		if err := c.build(limited, target); err != nil {
			return "", errors.Join(append(reasons, fmt.Errorf("not built: %w", err))...)
		}
	}
	if !c.is(ctx, target) {
		return "", fmt.Errorf("what was made does not call itself %s", c)
	}
	return target, nil
}

// is reports whether the executable is this release.
func (c release) is(ctx context.Context, path string) bool {
	cmd := exec.CommandContext(ctx, path, "version")
	cmd.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1", "TF_CLI_CONFIG_FILE=", "TF_LOG=")
	output, err := cmd.Output()
	first, _, _ := strings.Cut(string(output), "\n")
	return err == nil && strings.Replace(strings.TrimSpace(first), " v", " ", 1) == c.String()
}

func (c release) download(ctx context.Context, dir string) error {
	limited, cancel := context.WithTimeout(ctx, downloadTime)
	defer cancel()
	_, err := (&releases.ExactVersion{
		Product: product.Terraform, Version: version.Must(version.NewVersion(c.version)), InstallDir: dir,
	}).Install(limited)
	return err
}
