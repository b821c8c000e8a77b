// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Readers look a message up by its first line. The guide has to know each that the
// provider's code can say, and none that it cannot.
func TestTroubleshootingKnowsEveryMessage(t *testing.T) {
	said := summaries(t)
	text, err := os.ReadFile("../../templates/guides/troubleshooting.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	explained := map[string]bool{}
	for _, row := range regexp.MustCompile("(?m)^\\| `(.*?)` \\| .+ \\| .+ \\|$").FindAllStringSubmatch(string(text), -1) {
		if explained[row[1]] {
			t.Errorf("it is explained twice: %s", row[1])
		}
		explained[row[1]] = true
	}
	for _, summary := range slices.Sorted(maps.Keys(said)) {
		if !explained[summary] {
			t.Errorf("the guide does not explain `%s` (%s)", summary, said[summary])
		}
	}
	for summary := range explained {
		if said[summary] == "" {
			t.Errorf("nothing says `%s`", summary)
		}
	}
}

// summaryArgument says which argument of a call is the summary of a diagnostic.
var summaryArgument = map[string]int{
	"AddError": 0, "AddWarning": 0, "NewErrorDiagnostic": 0, "NewWarningDiagnostic": 0,
	"AddAttributeError": 1, "AddAttributeWarning": 1, "NewAttributeErrorDiagnostic": 1, "NewAttributeWarningDiagnostic": 1,
	"diagnose": 0, "missing": 2, "wrong": 0,
}

// elsewhere are summaries that are put together from what is found at other places.
var elsewhere = []string{
	"summary",   // the parameter of diagnose and missing, whose callers are looked at
	"…: …",      // diagnose puts a reason behind it, which explain gives
	"p.Summary", // of the plan-time check: the guide on git tokens
}

// summaries returns the summary of every diagnostic in the provider's code, with
// "…" for what is not constant, and where it is.
func summaries(t *testing.T) map[string]string {
	t.Helper()
	files := token.NewFileSet()
	paths, err := filepath.Glob("../provider/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var parsed []*ast.File
	constants := map[string]string{}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, file)
		ast.Inspect(file, func(node ast.Node) bool {
			if spec, ok := node.(*ast.ValueSpec); ok && len(spec.Names) == len(spec.Values) {
				for i, name := range spec.Names {
					if literal, ok := spec.Values[i].(*ast.BasicLit); ok && literal.Kind == token.STRING {
						constants[name.Name], _ = strconv.Unquote(literal.Value)
					}
				}
			}
			return true
		})
	}

	found := map[string]string{}
	add := func(summary string, at ast.Node) {
		if !slices.Contains(elsewhere, summary) {
			found[summary] = files.Position(at.Pos()).String()
		}
	}
	for _, file := range parsed {
		for _, declaration := range file.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if !ok || function.Body == nil {
				continue
			}
			ast.Inspect(function.Body, func(node ast.Node) bool {
				switch node := node.(type) {
				case *ast.CallExpr:
					name := called(node)
					if i, ok := summaryArgument[name]; ok && i < len(node.Args) {
						summary := textOf(node.Args[i], constants)
						if name == "diagnose" {
							summary += ": …"
						}
						add(summary, node)
					}
				case *ast.ReturnStmt:
					if strings.HasPrefix(function.Name.Name, "explain") && len(node.Results) == 2 {
						add("…: "+textOf(node.Results[0], constants), node)
					}
				}
				return true
			})
		}
	}
	if len(found) < 50 {
		t.Fatalf("only %d summaries were found: this test does not understand the code any more", len(found))
	}
	return found
}

// called is the name of the function or method that is called.
func called(call *ast.CallExpr) string {
	switch function := call.Fun.(type) {
	case *ast.Ident:
		return function.Name
	case *ast.SelectorExpr:
		return function.Sel.Name
	}
	return ""
}

// textOf is the constant part of a text, with "…" for the rest.
func textOf(expression ast.Expr, constants map[string]string) string {
	switch e := expression.(type) {
	case *ast.BasicLit:
		text, _ := strconv.Unquote(e.Value)
		return text
	case *ast.Ident:
		if text, ok := constants[e.Name]; ok {
			return text
		}
		if e.Name == "summary" {
			return e.Name
		}
	case *ast.SelectorExpr:
		if e.Sel.Name == "Summary" {
			return "p.Summary"
		}
	case *ast.BinaryExpr:
		left, right := textOf(e.X, constants), textOf(e.Y, constants)
		if left == "summary" {
			left = "…"
		}
		return left + right
	}
	return "…"
}
