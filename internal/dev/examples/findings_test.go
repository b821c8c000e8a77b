// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The findings of the token check are messages, too. TestTheGuideKnowsEveryMessage compares their
// arguments and severities with what a plan reports, for those that its tables of tokens cause.
func TestTroubleshootingExplainsEveryFindingOfTokenCheck(t *testing.T) {
	text, err := os.ReadFile("../../../templates/guides/troubleshooting.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	var explained []*regexp.Regexp
	for _, row := range regexp.MustCompile("(?m)^\\| `(.*?)` \\| .+ \\| .+ \\|$").FindAllStringSubmatch(string(text), -1) {
		explained = append(explained, regexp.MustCompile("^"+strings.ReplaceAll(regexp.QuoteMeta(row[1]), "…", ".+")+"$"))
	}
	found := findings(t)
	for _, summary := range slices.Sorted(maps.Keys(found)) {
		matches := func(row *regexp.Regexp) bool { return row.MatchString(summary) }
		// The host's reason follows one summary, which the guide explains once.
		if !strings.HasPrefix(summary, "…: ") && !slices.ContainsFunc(explained, matches) {
			t.Errorf("the guide does not explain `%s` (%s)", summary, found[summary])
		}
	}
}

// A finding is a code such as "token_empty" followed by a summary.
var codeOfFinding = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// findings returns the summaries in the code of the token check, with their positions.
func findings(t *testing.T) map[string]string {
	t.Helper()
	files := token.NewFileSet()
	found := map[string]string{}
	err := filepath.WalkDir("../../gittoken", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Name() == "checktest" { // shared tests
			return fs.SkipDir
		}
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			call, ok := node.(*ast.CallExpr)
			if !ok {
				return true
			}
			for i := range len(call.Args) - 1 {
				code, ok := call.Args[i].(*ast.BasicLit)
				if !ok || code.Kind != token.STRING {
					continue
				}
				name, _ := strconv.Unquote(code.Value)
				if summary := formatted(call.Args[i+1]); codeOfFinding.MatchString(name) && strings.Contains(summary, " ") {
					found[summary] = files.Position(code.Pos()).String()
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 80 {
		t.Fatalf("only %d findings were found: adapt this test to the code", len(found))
	}
	return found
}

var verb = regexp.MustCompile(`%[+#]*(\[\d+\])?[a-z]`)

// formatted is textOf for texts that fmt.Sprintf may format.
func formatted(expression ast.Expr) string {
	call, ok := expression.(*ast.CallExpr)
	if ok && len(call.Args) > 0 && called(call, "") == "Sprintf" {
		return verb.ReplaceAllString(textOf(call.Args[0], nil), "…")
	}
	return textOf(expression, nil)
}
