// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"

	"github.com/hashicorp/go-version"
)

const (
	terraform = "Terraform"
	openTofu  = "OpenTofu"

	// buildVersion is the version under which a CLI installs the build. The version constraints of
	// the examples allow it.
	buildVersion = "0.1.0"
)

// linkFlags and -trimpath are the flags of "make build", with which CGO_ENABLED=0 goes. As long as
// they are the same, Go compiles each package only once.
const linkFlags = "-s -w -X main.version=" + buildVersion

// Program is a provider to build for a CLI.
type Program struct {
	Source  string // as in required_providers, without a registry: "devtron-labs/devtron"
	Package string // the Go package with the main function
	// Layout is the seed of the random order in which the linker arranges functions; 0: the usual
	// order.
	Layout int
}

// Provider is the provider of this repository.
var Provider = Program{
	Source:  "devtron-labs/devtron",
	Package: "github.com/devtron-labs/terraform-provider-devtron",
}

// CLI is a Terraform or OpenTofu that installs a fresh build of a provider.
type CLI struct {
	Path     string // of the executable
	Product  string // "Terraform" or "OpenTofu"
	Version  string // without "v"
	Provider string // the path of the provider's executable

	address     string // of the provider in the CLI's registry
	config      string
	initialized initialized
}

// New finds a CLI and builds this repository's provider for it into dir, an existing folder with an
// absolute path.
func New(ctx context.Context, dir string) (*CLI, error) {
	return NewFor(ctx, dir, Provider)
}

// NewFor is New for any provider.
//
// The build is laid out as a filesystem mirror. With dev_overrides instead, a CLI would warn on
// every command and refuse to init.
func NewFor(ctx context.Context, dir string, p Program) (*CLI, error) {
	found, err := Find()
	if err != nil {
		return nil, err
	}
	product, number, err := identify(ctx, found)
	if err != nil {
		return nil, err
	}
	registry := "registry.terraform.io"
	if product == openTofu {
		registry = "registry.opentofu.org"
	}
	address, mirror := registry+"/"+p.Source, filepath.Join(dir, "mirror")
	binary := "terraform-provider-" + path.Base(p.Source) + "_v" + buildVersion
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	c := &CLI{
		Path: found, Product: product, Version: number, address: address, config: filepath.Join(dir, "cli.tfrc"),
		initialized: initialized{dir: filepath.Join(dir, "initialized")},
		Provider:    filepath.Join(mirror, filepath.FromSlash(address), buildVersion, runtime.GOOS+"_"+runtime.GOARCH, binary),
	}
	config := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path    = %q\n    include = [%q]\n  }\n}\n",
		filepath.ToSlash(mirror), address)
	if err := os.WriteFile(c.config, []byte(config), 0o600); err != nil {
		return nil, err
	}
	return c, p.build(ctx, c.Provider)
}

func (p Program) build(ctx context.Context, target string) error {
	flags := linkFlags
	if p.Layout != 0 {
		flags += fmt.Sprintf(" -randlayout=%d", p.Layout)
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags="+flags, "-o", target, p.Package)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build %s: %w\n%s", p.Package, err, output)
	}
	return nil
}

// AtLeast reports whether the CLI has this version or a newer one. Pre-releases count as the
// version that they lead to.
func (c *CLI) AtLeast(oldest string) bool {
	have, err := version.NewVersion(c.Version)
	return err == nil && have.Core().GreaterThanOrEqual(version.Must(version.NewVersion(oldest)))
}
