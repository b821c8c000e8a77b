// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Imported is an object that Devtron already has, and that a resource can import.
type Imported struct {
	// Address is the resource, such as devtron_project.payments, and Config its configuration.
	Address, Config string
	// ID is the import id, and Identity the identity in HCL.
	ID       string
	Identity Args
}

// CheckImport imports an object with the import command, with an import block, and by identity, as
// far as the CLI supports them. Every time, the next plan has to be empty, and nothing may change
// in Devtron.
func CheckImport(t *testing.T, box *sandbox.Sandbox, o Imported) {
	t.Helper()
	written := Writes(box)
	w := NewWorkspace(t, box, o.Config)
	w.Import(o.Address, o.ID).Ok()
	w.Plan().Empty().Quiet()
	blocks := map[Feature]string{ImportBlocks: ImportBlock(o.Address, o.ID), Identity: IdentityBlock(o.Address, o.Identity)}
	for feature, block := range blocks {
		if Has(t, feature) {
			w := NewWorkspace(t, box, o.Config+block)
			w.Apply().Ok()
			w.Plan().Empty().Quiet()
		}
	}
	if n := Writes(box) - written; n != 0 {
		t.Errorf("importing sent %d writes", n)
	}
}

// CheckGeneratedConfig imports an object with the configuration that the CLI generates for an
// import block and for a query, as far as the CLI supports them. Every time, the next plan has to
// be empty, nothing may change in Devtron, and the configuration may not contain secrets.
func CheckGeneratedConfig(t *testing.T, box *sandbox.Sandbox, o Imported, secrets ...string) {
	t.Helper()
	written := Writes(box)
	resourceType, _, _ := strings.Cut(o.Address, ".")
	generators := map[Feature]func(*Workspace) string{
		ImportBlocks: func(w *Workspace) string { return w.GenerateConfig(ImportBlock(o.Address, o.ID)) },
		ListResources: func(w *Workspace) string {
			if output, err := w.Query(resourceType, "", GenerateQueryConfig); err != nil {
				t.Fatalf("query: %v\n%s", err, output)
			}
			return w.ReadFile(generatedFile)
		},
	}
	for feature, generate := range generators {
		if !Has(t, feature) {
			continue
		}
		w := NewWorkspace(t, box, "")
		if config := generate(w); len(Leaks(config, secrets...)) > 0 {
			t.Errorf("%s: the generated configuration contains a secret", feature.Name)
		}
		w.Apply().Ok()
		w.Plan().Empty().Quiet()
	}
	if n := Writes(box) - written; n != 0 {
		t.Errorf("importing sent %d writes", n)
	}
}
