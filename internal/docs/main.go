// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Command docs writes the documentation under docs/ from the provider's
// schema, templates/ and examples/. With -check it writes to a temporary
// folder instead and fails when docs/ says anything else.
//
// The schema is read from the provider's code and not from a Terraform CLI,
// because an older CLI leaves out what it does not know: the pages would
// depend on the machine that they were made on.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const published = "docs"

func main() {
	check := flag.Bool("check", false, "compare docs/ with what would be written, and write nothing")
	flag.Parse()
	if err := run(context.Background(), *check); err != nil {
		fmt.Fprintln(os.Stderr, "docs:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, check bool) error {
	if _, err := os.Stat("templates"); err != nil {
		return fmt.Errorf("start me in the root of the repository: %w", err)
	}
	work, err := os.MkdirTemp("", "devtron-docs")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)

	if !check {
		return generate(ctx, work, published)
	}
	fresh := filepath.Join(work, "docs")
	if err := generate(ctx, work, fresh); err != nil {
		return err
	}
	differences, err := compare(published, fresh)
	if err != nil {
		return err
	}
	if len(differences) > 0 {
		return fmt.Errorf("%s/ is not what the schema, templates/ and examples/ say:\n  %s\nRun \"make generate\" and commit what it writes",
			published, strings.Join(differences, "\n  "))
	}
	fmt.Println("docs: up to date")
	return nil
}

// generate renders the documentation into the folder out.
func generate(ctx context.Context, work, out string) error {
	schema, err := readSchema(ctx)
	if err != nil {
		return err
	}
	text, err := json.Marshal(schema)
	if err != nil {
		return err
	}
	schemaFile := filepath.Join(work, "schema.json")
	if err := os.WriteFile(schemaFile, text, 0o600); err != nil {
		return err
	}
	// tfplugindocs takes folders relative to the repository only.
	root, err := os.Getwd()
	if err != nil {
		return err
	}
	if filepath.IsAbs(out) {
		if out, err = filepath.Rel(root, out); err != nil {
			return err
		}
	}
	cmd := exec.CommandContext(ctx, "go", "tool", "-modfile=internal/tools/go.mod", "tfplugindocs", "generate",
		"--provider-name", providerName, "--rendered-provider-name", "Devtron",
		"--providers-schema", schemaFile, "--rendered-website-dir", out)
	output, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("tfplugindocs: %w\n%s", err, output)
	}
	return fillInScopes(out)
}
