// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	tfjson "github.com/hashicorp/terraform-json"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
)

func TestMain(m *testing.M) { os.Exit(cli.Main(m)) }

func TestSchemaEqualsTheOneOfCLI(t *testing.T) {
	object, err := readSchema(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(object)
	if err != nil {
		t.Fatal(err)
	}
	var ours tfjson.ProviderSchemas
	if err := json.Unmarshal(text, &ours); err != nil {
		t.Fatal(err)
	}

	tool := cli.ForTest(t)
	if !tool.AtLeast("1.11") {
		t.Skipf("%s %s does not report which attributes are write-only", tool.Product, tool.Version)
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
	if len(theirs.Schemas) != 1 {
		t.Fatalf("the CLI reports %d providers, want one", len(theirs.Schemas))
	}
	for _, schema := range theirs.Schemas {
		want, got := asMap(t, schema), asMap(t, ours.Schemas[providerName])
		for _, key := range []string{"resource_identity_schemas", "list_resource_schemas", "action_schemas"} {
			if _, ok := want[key]; !ok { // The CLI is too old for it.
				delete(got, key)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the schema of the CLI (-) differs from the one of this command (+):\n%s", diff)
		}
	}
}

func TestGuidesShowRequiredScopes(t *testing.T) {
	out := t.TempDir()
	guide := filepath.Join(out, "guides", "tokens.md")
	if err := os.Mkdir(filepath.Dir(guide), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(guide, []byte("before\n\n<!-- scopes: GITHUB -->\n\nbetween\n\n<!-- scopes: BITBUCKET_CLOUD -->\n\nafter\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := insertScopes(out); err != nil {
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
	// Both names, because users see either of them where they create a token.
	for _, scope := range gittoken.DocumentedScopes(gittoken.BitbucketCloud) {
		if !strings.Contains(string(text), "| `"+scope.Name+"` | `"+scope.LegacyName+"` | "+scope.Why) {
			t.Errorf("%s is not in the table with %s:\n%s", scope.Name, scope.LegacyName, text)
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
