// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/devtron-labs/terraform-provider-devtron/internal/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
)

func TestDriftIsNamed(t *testing.T) {
	have, want := t.TempDir(), t.TempDir()
	for file, text := range map[string]string{
		filepath.Join(have, "same.md"):     "same",
		filepath.Join(want, "same.md"):     "same",
		filepath.Join(have, "outdated.md"): "old",
		filepath.Join(want, "outdated.md"): "new",
		filepath.Join(have, "left.md"):     "left",
		filepath.Join(want, "missing.md"):  "missing",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := compare(have, want)
	if err != nil {
		t.Fatal(err)
	}
	expected := []string{"left.md: nothing generates it any more", "missing.md: missing", "outdated.md: outdated"}
	if !slices.Equal(got, expected) {
		t.Errorf("got %q", got)
	}
	if got, err := compare(filepath.Join(have, "no-such-folder"), want); err != nil || len(got) != 3 {
		t.Errorf("a folder that does not exist: %q, %v", got, err)
	}
}

// The pages must say what a CLI would read from the provider.
func TestTheSchemaIsTheOneThatACLIReads(t *testing.T) {
	ours, err := readSchema(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tool, err := cli.New(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if !tool.AtLeast("1.11") {
		t.Skipf("%s %s does not say which attributes are write-only", tool.Product, tool.Version)
	}
	dir := t.TempDir()
	configuration := "terraform {\n  required_providers {\n    devtron = {\n      source = \"devtron-labs/devtron\"\n    }\n  }\n}\n"
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(configuration), 0o600); err != nil {
		t.Fatal(err)
	}
	folder, err := tool.Folder(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if run := folder.Init(t.Context()); run.Err != nil {
		t.Fatal(run.Output)
	}
	theirs, err := folder.Schemas(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, schema := range theirs.Schemas {
		want, got := asMap(t, schema), asMap(t, ours.Schemas[providerName])
		// An older CLI does not say these.
		for _, key := range []string{"resource_identity_schemas", "list_resource_schemas", "action_schemas"} {
			if _, ok := want[key]; !ok {
				delete(got, key)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the CLI reads (-) what this program does not (+):\n%s", diff)
		}
	}
	if len(theirs.Schemas) != 1 {
		t.Errorf("the CLI knows %d providers, not one", len(theirs.Schemas))
	}
}

func TestGuidesShowTheScopesThatTheCheckDemands(t *testing.T) {
	out := t.TempDir()
	guide := filepath.Join(out, "guides", "tokens.md")
	if err := os.Mkdir(filepath.Dir(guide), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(guide, []byte("before\n\n<!-- scopes: GITHUB -->\n\nbetween\n\n<!-- scopes: BITBUCKET_CLOUD -->\n\nafter\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := fillInScopes(out); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	for _, scope := range gittoken.DocumentedScopes(gittoken.GitHub) {
		if !strings.Contains(string(text), "| `"+scope.Name+"` | "+scope.Why) {
			t.Errorf("%s is not in the table:\n%s", scope.Name, text)
		}
	}
	// In both spellings, as either is what people see where they make a token.
	for _, scope := range gittoken.DocumentedScopes(gittoken.BitbucketCloud) {
		if !strings.Contains(string(text), "| `"+scope.Name+"` | `"+scope.Older+"` | "+scope.Why) {
			t.Errorf("%s is not in the table with %s:\n%s", scope.Name, scope.Older, text)
		}
	}
	if strings.Contains(string(text), "<!--") {
		t.Errorf("the marker is still there:\n%s", text)
	}
}

func asMap(t *testing.T, v any) map[string]any {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	return m
}
