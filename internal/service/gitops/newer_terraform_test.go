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
	box.Devtron.Put(acctest.GitHubRow(box))
	const block = "import {\n  to = devtron_gitops_config.github\n  identity = {\n    git_provider = \"GITHUB\"\n  }\n}\n"
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).With("token", "").At(github)+block)
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
	if acctest.Writes(box) != 0 {
		t.Error("importing wrote")
	}
	if state := stateOf(t, w); !strings.Contains(state, `"identity": {`) {
		t.Errorf("the state has no identity:\n%s", state)
	}

	w.Write(strings.ReplaceAll(block, "GITHUB", "GITLAB") + acctest.GitLabArgs(box).At(github))
	w.File("terraform.tfstate", `{"version":4,"serial":1,"lineage":"x","outputs":{},"resources":[]}`)
	w.Plan().Fails("No such GitOps configuration", "GITHUB configuration (id 1")
}

// A state that was written before there were identities gets one.
func TestStateWithoutIdentityIsUpgraded(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.Identity)
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github))
	w.Apply().Ok()
	var state map[string]any
	if err := json.Unmarshal([]byte(stateOf(t, w)), &state); err != nil {
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
	w.File("terraform.tfstate", string(old))
	w.Plan().Empty().Quiet()
	w.Write(acctest.GitHubArgs(box).With("allow_custom_repository", "true").At(github))
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
}

func TestQueryListsConfigurations(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ListResources)
	box := sandbox.ForTest(t)
	box.Devtron.Put(acctest.GitHubRow(box))
	standBy := acctest.GitLabRow(box)
	standBy.Active = false
	box.Devtron.Put(standBy)
	w := acctest.NewWorkspace(t, box, "")
	w.File("all.tfquery.hcl", "list \"devtron_gitops_config\" \"all\" {\n  provider         = devtron\n  include_resource = true\n}\n")
	output, err := w.Run("query", "-no-color")
	if err != nil || !acctest.HasAll(output, []string{"git_provider=GITHUB", "git_provider=GITLAB", "organization acme-gitops", "group_id 61512475"}) {
		t.Errorf("%v\n%s", err, output)
	}
	if found := leaks(output, box.GitHub.Token(), box.GitLab.Token()); len(found) > 0 {
		t.Errorf("the output shows %q", found)
	}
	if n := len(box.Log.To("devtron")); n != 1 {
		t.Errorf("%d requests to Devtron", n)
	}

	// Configuration that it generates plans clean.
	output, err = w.Run("query", "-no-color", "-generate-config-out=generated.tf")
	if err != nil {
		t.Fatal(output)
	}
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
	if acctest.Writes(box) != 0 {
		t.Error("it wrote")
	}

	w.File("all.tfquery.hcl", "list \"devtron_gitops_config\" \"standby\" {\n  provider = devtron\n  config {\n    active = false\n  }\n}\n")
	output, err = w.Run("query", "-no-color")
	if err != nil || strings.Contains(output, "git_provider=GITHUB") || !strings.Contains(output, "git_provider=GITLAB") {
		t.Errorf("%v\n%s", err, output)
	}

	box.Devtron.Inject(sandbox.Fault{Status: 401, Body: `{"code":401,"result":"Unauthorized"}`, ContentType: "application/json"})
	if output, err = w.Run("query", "-no-color"); err == nil || !strings.Contains(output, "API token was not accepted") {
		t.Errorf("%v\n%s", err, output)
	}
}

func TestValidateAction(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.Actions)
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	action := func(body string) string {
		return "action \"devtron_gitops_validate\" \"try\" {\n  config {\n" + body + "\n  }\n}\n"
	}
	given := "git_provider = \"GITHUB\"\nhost = " + acctest.Quote(box.GitHub.URL()) + "\norganization = \"acme-gitops\"\nusername = \"acme-bot\"\ntoken = var.secret\n"
	w := acctest.NewWorkspace(t, box, "variable \"secret\" {\n  sensitive = true\n}\n"+action(given))
	w.SetVariable("secret", box.GitHub.Token())
	invoke := func() (string, error) {
		return w.Run("apply", "-no-color", "-auto-approve", "-invoke=action.devtron_gitops_validate.try")
	}

	output, err := invoke()
	if err != nil || !acctest.HasAll(output, []string{"nothing is saved", "Passed: Create Repo", "Passed: Delete Repo", "The configuration works"}) {
		t.Errorf("%v\n%s", err, output)
	}
	if found := leaks(output, box.GitHub.Token()); len(found) > 0 {
		t.Error("the output shows the token")
	}
	if len(box.Devtron.Rows()) != 0 || box.Log.Count("devtron", "POST", configRoute) != 0 {
		t.Error("something was saved")
	}

	// The stored configuration, with its stored token.
	box.Devtron.Put(acctest.GitHubRow(box))
	w.Write(action(`git_provider = "GITHUB"`))
	w.UnsetVariables()
	if output, err = invoke(); err != nil || !strings.Contains(output, "The configuration works") {
		t.Errorf("%v\n%s", err, output)
	}
	revokeGitHub(box)
	if output, err = invoke(); err == nil || !acctest.HasAll(output, []string{"dry run failed", "401 Bad credentials"}) {
		t.Errorf("%v\n%s", err, output)
	}
	w.Write(action(`git_provider = "GITLAB"`))
	if output, err = invoke(); err == nil || !acctest.HasAll(output, []string{"No such GitOps configuration", "GITHUB configuration (id 1"}) {
		t.Errorf("%v\n%s", err, output)
	}
	box.Devtron.SetArgoCD(false)
	w.Write(action(`git_provider = "GITHUB"`))
	if output, err = invoke(); err != nil || !strings.Contains(output, "Devtron did no dry run") {
		t.Errorf("%v\n%s", err, output)
	}
	w.Write(action("git_provider = \"GITHUB\"\ngroup_id = \"1\""))
	if output, err = invoke(); err == nil || !strings.Contains(output, "group_id does not belong to GITHUB") {
		t.Errorf("%v\n%s", err, output)
	}
}
