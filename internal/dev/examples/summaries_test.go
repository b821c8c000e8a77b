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

// Readers look a message up by its first line. The guide must explain each message in the code of
// the provider, and no other.
func TestTroubleshootingExplainsEveryMessage(t *testing.T) {
	found := summaries(t)
	text, err := os.ReadFile("../../../templates/guides/troubleshooting.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	explained := map[string]bool{}
	for _, section := range strings.Split(string(text), "\n## ") {
		if title, _, _ := strings.Cut(section, "\n"); slices.Contains(ofOthers, title) {
			continue
		}
		for _, row := range regexp.MustCompile("(?m)^\\| `(.*?)` \\| .+ \\| .+ \\|$").FindAllStringSubmatch(section, -1) {
			if explained[row[1]] {
				t.Errorf("the guide explains it twice: %s", row[1])
			}
			explained[row[1]] = true
		}
	}
	for _, summary := range slices.Sorted(maps.Keys(found)) {
		if !explained[summary] {
			t.Errorf("the guide does not explain `%s` (%s)", summary, found[summary])
		}
	}
	for summary := range explained {
		if found[summary] == "" {
			t.Errorf("the guide explains `%s`, which is not in the code", summary)
		}
	}
}

// ofOthers are the sections about messages that are not in the examined code: those of the token
// check, which TestGuideExplainsEveryMessageOfTheTokenCheck compares, and those of Terraform.
var ofOthers = []string{"Git token", "Terraform"}

// summaryArgument maps functions to the argument that is the summary of a diagnostic.
var summaryArgument = map[string]int{
	"AddError": 0, "AddWarning": 0, "NewErrorDiagnostic": 0, "NewWarningDiagnostic": 0,
	"AddAttributeError": 1, "AddAttributeWarning": 1, "NewAttributeErrorDiagnostic": 1, "NewAttributeWarningDiagnostic": 1,
	"diagnose": 0, "failure": 0, "missing": 2, "wrong": 0,
	"rule.New": 0,
}

// elsewhere are summaries whose text is found in other places of the code.
var elsewhere = []string{
	"summary", "summary: …", // parameters; the callers are examined
	"…: ",       // explain leaves the reason to the general explanation
	"…: …",      // diagnose and failure append a reason, which explain returns
	"p.Summary", // of the token check, see ofOthers
}

// summaries returns the summary of every diagnostic in the code of the provider, with its position.
// "…" takes the place of what is not constant.
func summaries(t *testing.T) map[string]string {
	t.Helper()
	files := token.NewFileSet()
	var paths []string
	for _, pattern := range []string{"../../provider/*.go", "../../framework/*.go", "../../framework/*/*.go", "../../rule/*.go", "../../service/*/*.go"} {
		matches, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, matches...)
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
					name := called(node, file.Name.Name)
					if i, ok := summaryArgument[name]; ok && i < len(node.Args) {
						summary := textOf(node.Args[i], constants)
						if name == "failure" && summary == "…" { // the data comes first
							summary = textOf(node.Args[i+1], constants)
						}
						if name == "diagnose" || name == "failure" {
							summary += ": …"
						}
						add(summary, node)
					}
				case *ast.CompositeLit:
					for _, summary := range operationSummary(node) {
						add(textOf(summary, constants)+": …", node)
					}
				case *ast.ReturnStmt:
					// The results are the reason and the advice; a path may come first.
					if n := len(node.Results); strings.HasPrefix(strings.ToLower(function.Name.Name), "explain") && (n == 2 || n == 3) {
						add("…: "+textOf(node.Results[n-2], constants), node)
					}
				}
				return true
			})
		}
	}
	if len(found) < 50 {
		t.Fatalf("only %d summaries were found: adapt this test to the code", len(found))
	}
	return found
}

// operationSummary returns the summary in a literal of framework.Operation.
func operationSummary(literal *ast.CompositeLit) []ast.Expr {
	var found []ast.Expr
	if operation, ok := literal.Type.(*ast.SelectorExpr); !ok || operation.Sel.Name != "Operation" {
		return nil
	}
	for _, element := range literal.Elts {
		field, ok := element.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if name, ok := field.Key.(*ast.Ident); ok && name.Name == "Summary" {
			found = append(found, field.Value)
		}
	}
	return found
}

// called returns the name of the called function or method. Names that other packages use, too,
// begin with the package.
func called(call *ast.CallExpr, in string) string {
	name := ""
	switch function := call.Fun.(type) {
	case *ast.Ident:
		name = function.Name
	case *ast.SelectorExpr:
		name, in = function.Sel.Name, ""
		if x, ok := function.X.(*ast.Ident); ok {
			in = x.Name
		}
	}
	if name == "New" {
		return in + "." + name
	}
	return name
}

// textOf returns the constant parts of a text, with "…" in place of the others.
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
	case *ast.CompositeLit: // a framework.Operation
		for _, element := range e.Elts {
			if field, ok := element.(*ast.KeyValueExpr); ok {
				if name, ok := field.Key.(*ast.Ident); ok && name.Name == "Summary" {
					return textOf(field.Value, constants)
				}
			}
		}
	case *ast.BinaryExpr:
		left, right := textOf(e.X, constants), textOf(e.Y, constants)
		if left == "summary" || left == "p.Summary" {
			left = "…"
		}
		return left + right
	}
	return "…"
}
