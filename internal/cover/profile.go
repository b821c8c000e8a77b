// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"strings"
)

// block is a piece of code without branches.
type block struct {
	line, column int // where it begins
	statements   int
	covered      bool
}

// function is a function with its share of the blocks.
type function struct {
	pkg, name           string // below the module; with its receiver: "(*Server).Stop"
	statements, covered int
}

// readProfile reads what "go tool covdata textfmt" writes, by file. The same block may be there several times.
func readProfile(file string) (map[string][]block, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	type place struct{ file, span string }
	places, blocks := map[place]int{}, map[string][]block{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		name, rest, ok := strings.Cut(lines.Text(), ":")
		if !ok || name == "mode" {
			continue
		}
		var endLine, endColumn, count int
		var b block
		if _, err := fmt.Sscanf(rest, "%d.%d,%d.%d %d %d", &b.line, &b.column, &endLine, &endColumn, &b.statements, &count); err != nil {
			return nil, fmt.Errorf("%s: %q: %w", file, lines.Text(), err)
		}
		b.covered = count > 0
		span, _, _ := strings.Cut(rest, " ")
		if i, known := places[place{name, span}]; known {
			blocks[name][i].covered = blocks[name][i].covered || b.covered
			continue
		}
		places[place{name, span}] = len(blocks[name])
		blocks[name] = append(blocks[name], b)
	}
	return blocks, lines.Err()
}

// findFunctions shares the blocks out among the functions in which they begin. Functions without statements are left out.
func findFunctions(blocks map[string][]block) ([]function, error) {
	var found []function
	for name, list := range blocks {
		file := strings.TrimPrefix(strings.TrimPrefix(name, module), "/")
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, declaration := range parsed.Decls {
			f, ok := declaration.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			begin, end := set.Position(f.Pos()), set.Position(f.End())
			one := function{pkg: path.Dir(file), name: label(f)}
			for _, b := range list {
				if after(b, begin) && !after(b, end) {
					one.statements += b.statements
					if b.covered {
						one.covered += b.statements
					}
				}
			}
			if one.statements > 0 {
				found = append(found, one)
			}
		}
	}
	return found, nil
}

func after(b block, at token.Position) bool {
	return b.line > at.Line || b.line == at.Line && b.column >= at.Column
}

func label(f *ast.FuncDecl) string {
	if f.Recv == nil || len(f.Recv.List) == 0 {
		return f.Name.Name
	}
	switch receiver := f.Recv.List[0].Type.(type) {
	case *ast.StarExpr:
		if name, ok := receiver.X.(*ast.Ident); ok {
			return "(*" + name.Name + ")." + f.Name.Name
		}
	case *ast.Ident:
		return receiver.Name + "." + f.Name.Name
	}
	return f.Name.Name
}
