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
	module = "github.com/devtron-labs/terraform-provider-devtron"
	source = "devtron-labs/devtron"
	// buildVersion is what a CLI takes the build for: one that the version
	// constraints of the examples allow.
	buildVersion = "0.1.0"
)

// Program is a provider that is built for a CLI.
type Program struct {
	Source  string   // as in required_providers, without a registry: "devtron-labs/devtron"
	Package string   // of Go, with the function main
	Flags   []string // for "go build"
}

// CoverEnvironment names a folder where "make cover" wants what runs of the
// provider have covered. It is not GOCOVERDIR, which "go test" sets to a folder of
// its own.
const CoverEnvironment = "PROVIDER_COVERDIR"

// Provider is the provider of this repository, which leaves what a run of it has
// covered where CoverEnvironment says.
func Provider() Program {
	p := Program{Source: source, Package: module}
	if os.Getenv(CoverEnvironment) != "" {
		p.Flags = []string{"-cover", "-coverpkg=" + module + "/..."}
	}
	return p
}

// CLI is a Terraform or an OpenTofu that installs a fresh build of the
// provider in place of a released one.
type CLI struct {
	Path     string // of the executable
	Product  string // "Terraform" or "OpenTofu"
	Version  string // without "v"
	Provider string // the path of the provider that was built; empty where it comes from an archive

	config string
}

// New finds a CLI and builds the provider for it into dir, which must exist and
// be absolute.
func New(ctx context.Context, dir string) (*CLI, error) {
	return NewFor(ctx, dir, Provider())
}

// NewFor is New for another provider than this one.
//
// The build is laid out as a file system mirror and not named in dev_overrides,
// because with those a CLI warns at every command and refuses to init.
func NewFor(ctx context.Context, dir string, p Program) (*CLI, error) {
	c, mirror, err := withMirror(ctx, dir, p.Source)
	if err != nil {
		return nil, err
	}
	binary := "terraform-provider-" + path.Base(p.Source) + "_v" + buildVersion
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	c.Provider = filepath.Join(mirror, buildVersion, runtime.GOOS+"_"+runtime.GOARCH, binary)
	arguments := append([]string{"build", "-o", c.Provider}, p.Flags...)
	if output, err := exec.CommandContext(ctx, "go", append(arguments, p.Package)...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the provider: %w\n%s", err, output)
	}
	return c, nil
}

// NewFromArchive finds a CLI that installs the provider from a release's zip
// archive, and keeps what it needs for that in dir, which must exist and be
// absolute.
func NewFromArchive(ctx context.Context, dir, archive string) (*CLI, error) {
	c, mirror, err := withMirror(ctx, dir, source)
	if err != nil {
		return nil, err
	}
	content, err := os.ReadFile(archive)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(mirror, 0o755); err != nil {
		return nil, err
	}
	return c, os.WriteFile(filepath.Join(mirror, filepath.Base(archive)), content, 0o600)
}

// withMirror finds a CLI and makes it install a provider from a file system
// mirror in dir, and from nowhere else. It returns the mirror's folder for that
// provider, which does not exist yet.
func withMirror(ctx context.Context, dir, source string) (c *CLI, folder string, err error) {
	found, err := Find(ctx)
	if err != nil {
		return nil, "", err
	}
	product, number, err := identify(ctx, found)
	if err != nil {
		return nil, "", err
	}
	c = &CLI{Path: found, Product: product, Version: number, config: filepath.Join(dir, "cli.tfrc")}

	mirror := filepath.Join(dir, "mirror")
	address := c.registry() + "/" + source
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path    = %q\n    include = [%q]\n  }\n}\n",
		filepath.ToSlash(mirror), address)
	return c, filepath.Join(mirror, filepath.FromSlash(address)), os.WriteFile(c.config, []byte(text), 0o600)
}

// AtLeast compares the CLI's version. Terraform and OpenTofu number alike what
// this provider makes use of.
func (c *CLI) AtLeast(oldest string) bool {
	have, err := version.NewVersion(c.Version)
	return err == nil && have.Core().GreaterThanOrEqual(version.Must(version.NewVersion(oldest)))
}

// registry is where the CLI believes providers come from.
func (c *CLI) registry() string {
	if c.Product == "OpenTofu" {
		return "registry.opentofu.org"
	}
	return "registry.terraform.io"
}
