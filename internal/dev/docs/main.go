// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Command docs generates the documentation with tfplugindocs and adds two things to it:
//
//   - The schema comes from the provider's code instead of a Terraform CLI. A CLI omits what it does
//     not know (identities before 1.12, list resources and actions before 1.14), so the pages would
//     depend on the machine that generates them.
//   - Guides contain tables of the scopes that the token check requires.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	out := flag.String("o", "docs", "`folder` below the repository's root to write to")
	flag.Parse()
	if err := generate(context.Background(), *out); err != nil {
		fmt.Fprintln(os.Stderr, "docs:", err)
		os.Exit(1)
	}
}

func generate(ctx context.Context, out string) error {
	schema, err := readSchema(ctx)
	if err != nil {
		return err
	}
	text, err := json.Marshal(schema)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "devtron-docs")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	file := filepath.Join(work, "schema.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "go", "tool", "-modfile=internal/dev/tools/go.mod", "tfplugindocs", "generate",
		"--provider-name", providerName, "--rendered-provider-name", "Devtron", "--providers-schema", file, "--rendered-website-dir", out)
	if output, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("tfplugindocs: %w\n%s", err, output)
	}
	return insertScopes(out)
}
