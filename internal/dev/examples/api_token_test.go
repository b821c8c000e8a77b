// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func init() {
	maps.Copy(examples, map[string]example{
		"resources/devtron_api_token":           {try: tryResource("devtron_api_token")},
		"data-sources/devtron_api_token":        {try: tryReading(`ci_token_expires_at = "2031-01-31T00:00:00Z"`)},
		"list-resources/devtron_api_token":      {needs: queries, try: tryListing("devtron_api_token", "name=ci-payments")},
		"ephemeral-resources/devtron_api_token": {needs: ephemerals, variables: deployImage, try: tryEphemeralToken},
	})
}

// ephemerals are ephemeral resources.
var ephemerals = since{"1.10", "1.11"}

func deployImage(*sandbox.Sandbox) map[string]string {
	return map[string]string{"image": "payments:v1"}
}

// writeDeployScript writes the script of the example, which keeps the token that it got.
func writeDeployScript(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(dir, "deploy.sh")
	if err := os.WriteFile(path, []byte("#!/bin/sh\nprintf %s \"$DEVTRON_TOKEN\" > got\n"), 0o700); err != nil {
		t.Fatal(err)
	}
}

// expectTokenOfRun expects that the script got a token, and that nothing is left of it.
func expectTokenOfRun(t *testing.T, f *folder) {
	t.Helper()
	token, err := os.ReadFile(filepath.Join(f.Dir, "got"))
	if err != nil || !strings.HasPrefix(string(token), "eyJ") {
		t.Fatalf("the script got the token %q: %v", token, err)
	}
	state, err := os.ReadFile(filepath.Join(f.Dir, "terraform.tfstate"))
	if err != nil || strings.Contains(string(state), string(token)) {
		t.Errorf("the state has the token, or cannot be read: %v", err)
	}
	for _, row := range f.box.Devtron.APITokens.Rows() {
		if strings.HasPrefix(row.Name, "ci-payments-") {
			t.Errorf("%s is left", row.Name)
		}
	}
}

func tryEphemeralToken(t *testing.T, f *folder) {
	writeDeployScript(t, f.Dir)
	applyAndSettle(t, f.Folder)
	expectTokenOfRun(t, f)
}
