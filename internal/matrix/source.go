// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// build makes the CLI from its Go module, which the module proxy has even where
// the vendor's downloads are out of reach. It takes some minutes and is for tests
// only: Terraform from 1.6 on is BUSL-1.1, so that nothing built here is passed on.
//
// Terraform is built without the remote-state backends that bring a cloud's
// libraries along: newer versions have them as modules of their own, joined by
// replace directives that a module fetched alone cannot follow, and in older
// ones their dependencies no longer build with today's Go.
func (c release) build(ctx context.Context, target string) error {
	source, err := c.fetch(ctx)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "devtron-matrix")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	src := filepath.Join(work, "src")
	if err := os.CopyFS(src, os.DirFS(source)); err != nil {
		return err
	}
	if err := writable(src); err != nil {
		return err
	}
	if c.product == terraform {
		if err := withoutClouds(ctx, src); err != nil {
			return err
		}
	}
	part := target + ".part"
	defer os.RemoveAll(part)
	_, err = goTool(ctx, src, "build", "-mod=mod", "-trimpath", "-buildvcs=false",
		"-ldflags", "-s -w -X "+c.module()+"/version.dev=no -X "+c.module()+"/version.Prerelease=", "-o", part, c.command())
	if err != nil {
		return err
	}
	return os.Rename(part, target)
}

func (c release) module() string {
	if c.product == terraform {
		return "github.com/hashicorp/terraform"
	}
	return "github.com/opentofu/opentofu"
}

func (c release) command() string {
	if c.product == terraform {
		return "."
	}
	return "./cmd/tofu"
}

// fetch returns the folder of the module cache that holds the source.
func (c release) fetch(ctx context.Context) (string, error) {
	dir, err := os.MkdirTemp("", "devtron-matrix")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	// In a folder of its own, so that no go.mod is changed.
	output, err := goTool(ctx, dir, "mod", "download", "-json", c.module()+"@v"+c.version)
	var module struct{ Dir, Error string }
	if jsonErr := json.Unmarshal(output, &module); jsonErr == nil && module.Error != "" {
		return "", fmt.Errorf("fetch the source: %s", module.Error)
	}
	if err != nil {
		return "", err
	}
	return module.Dir, nil
}

// writable undoes the protection of the module cache in a copy of it.
func writable(root string) error {
	return filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		mode := os.FileMode(0o644)
		if entry.IsDir() {
			mode = 0o755
		}
		return os.Chmod(path, mode)
	})
}

// withoutClouds takes the backends with heavy dependencies out of Terraform's source.
func withoutClouds(ctx context.Context, src string) error {
	file := filepath.Join(src, "internal", "backend", "init", "init.go")
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if text, err = dropBackends(text); err != nil {
		return err
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return err
	}

	description, err := goTool(ctx, src, "mod", "edit", "-json")
	if err != nil {
		return err
	}
	var mod struct {
		Replace []struct {
			Old, New struct{ Path, Version string }
		}
		Tool []struct{ Path string }
	}
	if err := json.Unmarshal(description, &mod); err != nil {
		return err
	}
	edits := []string{"mod", "edit"}
	for _, r := range mod.Replace {
		if r.New.Version == "" { // a folder beside it, which is not part of the module
			edits = append(edits, "-droprequire="+r.Old.Path, "-dropreplace="+r.Old.Path)
		}
	}
	for _, t := range mod.Tool {
		edits = append(edits, "-droptool="+t.Path)
	}
	if len(edits) == 2 {
		return nil
	}
	_, err = goTool(ctx, src, edits...)
	return err
}

// dropBackends removes from the table of backends, and from the imports, all
// remote-state backends but those that need nothing but net/http.
func dropBackends(source []byte) ([]byte, error) {
	set := token.NewFileSet()
	// Without comments, which could not be placed in what is left.
	file, err := parser.ParseFile(set, "init.go", source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	dropped := map[string]bool{}
	for _, declaration := range file.Decls {
		imports, ok := declaration.(*ast.GenDecl)
		if !ok || imports.Tok != token.IMPORT {
			continue
		}
		var kept []ast.Spec
		for _, spec := range imports.Specs {
			one := spec.(*ast.ImportSpec)
			path, err := strconv.Unquote(one.Path.Value)
			if err != nil {
				return nil, err
			}
			_, backend, remote := strings.Cut(path, "/internal/backend/remote-state/")
			if remote && backend != "http" && backend != "inmem" && one.Name != nil {
				dropped[one.Name.Name] = true
				continue
			}
			kept = append(kept, spec)
		}
		imports.Specs = kept
	}
	ast.Inspect(file, func(node ast.Node) bool {
		table, ok := node.(*ast.CompositeLit)
		if !ok {
			return true
		}
		var kept []ast.Expr
		for _, element := range table.Elts {
			if !uses(element, dropped) {
				kept = append(kept, element)
			}
		}
		table.Elts = kept
		return true
	})
	var b bytes.Buffer
	err = format.Node(&b, set, file)
	return b.Bytes(), err
}

// uses reports whether something of one of the packages is named in an expression.
func uses(expression ast.Expr, packages map[string]bool) bool {
	found := false
	ast.Inspect(expression, func(node ast.Node) bool {
		if selector, ok := node.(*ast.SelectorExpr); ok {
			if name, ok := selector.X.(*ast.Ident); ok && packages[name.Name] {
				found = true
			}
		}
		return !found
	})
	return found
}

// goTool runs the go command in a folder and returns its standard output.
func goTool(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return stdout.Bytes(), fmt.Errorf("go %s: %w: %s", args[0], err, lastLines(stderr.String(), 3))
	}
	return stdout.Bytes(), nil
}

func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "; ")
}
