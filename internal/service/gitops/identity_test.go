// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestImportByIdentity(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.Identity)
	box := sandbox.ForTest(t)
	box.Devtron.Put(githubRow(box))
	block := acctest.IdentityBlock(github, acctest.Args{"git_provider": `"GITHUB"`})
	w := acctest.NewWorkspace(t, box, githubArgs(box).With("token", "").At(github)+block)
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
	if acctest.Writes(box) != 0 {
		t.Error("the import wrote to Devtron")
	}
	if state := w.State(); !strings.Contains(state, `"identity": {`) {
		t.Errorf("the state has no identity:\n%s", state)
	}

	w.Write(strings.ReplaceAll(block, "GITHUB", "GITLAB") + gitlabArgs(box).At(github))
	w.SetState(emptyState)
	w.Plan().Fails("No such GitOps configuration", "GITHUB configuration (id 1")
}

// An older CLI has written a state without identity.
func TestStateWithoutIdentityIsUpgraded(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.Identity)
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
	w.Apply().Ok()
	var state map[string]any
	if err := json.Unmarshal([]byte(w.State()), &state); err != nil {
		t.Fatal(err)
	}
	instance := state["resources"].([]any)[0].(map[string]any)["instances"].([]any)[0].(map[string]any)
	if _, ok := instance["identity"]; !ok {
		t.Fatalf("the state has no identity: %v", instance)
	}
	delete(instance, "identity")
	delete(instance, "identity_schema_version")
	old, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	w.SetState(string(old))
	w.Plan().Empty().Quiet()
	w.Write(githubArgs(box).With("allow_custom_repository", "true").At(github))
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
}
