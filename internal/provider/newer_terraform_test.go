// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// run starts the CLI by hand, for what terraform-exec has no method for.
func (w *workspace) run(args ...string) (string, error) {
	w.t.Helper()
	cmd := exec.CommandContext(w.t.Context(), realCLI(w.t).Path, args...)
	cmd.Dir, cmd.Env = w.folder.Dir, w.folder.Env()
	output, err := cmd.CombinedOutput()
	return string(output), err
}

func (w *workspace) file(name, text string) {
	w.t.Helper()
	path := filepath.Join(w.folder.Dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

func TestImportByIdentity(t *testing.T) {
	t.Parallel()
	needs(t, identity)
	box := sandbox.ForTest(t)
	box.Devtron.Put(githubRow(box))
	const block = "import {\n  to = devtron_gitops_config.github\n  identity = {\n    git_provider = \"GITHUB\"\n  }\n}\n"
	w := newWorkspace(t, box, githubArgs(box).with("token", "").at(github)+block)
	w.apply().ok()
	w.plan().empty().quiet()
	if writes(box) != 0 {
		t.Error("importing wrote")
	}
	if state := stateOf(t, w); !strings.Contains(state, `"identity": {`) {
		t.Errorf("the state has no identity:\n%s", state)
	}

	w.write(strings.ReplaceAll(block, "GITHUB", "GITLAB") + gitlabArgs(box).at(github))
	w.file("terraform.tfstate", `{"version":4,"serial":1,"lineage":"x","outputs":{},"resources":[]}`)
	w.plan().fails("No such GitOps configuration", "GITHUB configuration (id 1")
}

// A state that was written before there were identities gets one.
func TestStateWithoutIdentityIsUpgraded(t *testing.T) {
	t.Parallel()
	needs(t, identity)
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, githubArgs(box).at(github))
	w.apply().ok()
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
	w.file("terraform.tfstate", string(old))
	w.plan().empty().quiet()
	w.write(githubArgs(box).with("allow_custom_repository", "true").at(github))
	w.apply().ok()
	w.plan().empty().quiet()
}

func TestQueryListsConfigurations(t *testing.T) {
	t.Parallel()
	needs(t, listResources)
	box := sandbox.ForTest(t)
	box.Devtron.Put(githubRow(box))
	standBy := gitlabRow(box)
	standBy.Active = false
	box.Devtron.Put(standBy)
	w := newWorkspace(t, box, "")
	w.file("all.tfquery.hcl", "list \"devtron_gitops_config\" \"all\" {\n  provider         = devtron\n  include_resource = true\n}\n")
	output, err := w.run("query", "-no-color")
	if err != nil || !hasAll(output, []string{"git_provider=GITHUB", "git_provider=GITLAB", "organization acme-gitops", "group_id 61512475"}) {
		t.Errorf("%v\n%s", err, output)
	}
	if found := leaks(output, box.GitHub.Token(), box.GitLab.Token()); len(found) > 0 {
		t.Errorf("the output shows %q", found)
	}
	if n := len(box.Log.To("devtron")); n != 1 {
		t.Errorf("%d requests to Devtron", n)
	}

	// Configuration that it generates plans clean.
	output, err = w.run("query", "-no-color", "-generate-config-out=generated.tf")
	if err != nil {
		t.Fatal(output)
	}
	w.apply().ok()
	w.plan().empty().quiet()
	if writes(box) != 0 {
		t.Error("it wrote")
	}

	w.file("all.tfquery.hcl", "list \"devtron_gitops_config\" \"standby\" {\n  provider = devtron\n  config {\n    active = false\n  }\n}\n")
	output, err = w.run("query", "-no-color")
	if err != nil || strings.Contains(output, "git_provider=GITHUB") || !strings.Contains(output, "git_provider=GITLAB") {
		t.Errorf("%v\n%s", err, output)
	}

	box.Devtron.Inject(sandbox.Fault{Status: 401, Body: `{"code":401,"result":"Unauthorized"}`, ContentType: "application/json"})
	if output, err = w.run("query", "-no-color"); err == nil || !strings.Contains(output, "API token was not accepted") {
		t.Errorf("%v\n%s", err, output)
	}
}

func TestValidateAction(t *testing.T) {
	t.Parallel()
	needs(t, actions)
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	action := func(body string) string {
		return "action \"devtron_gitops_validate\" \"try\" {\n  config {\n" + body + "\n  }\n}\n"
	}
	given := "git_provider = \"GITHUB\"\nhost = " + quote(box.GitHub.URL()) + "\norganization = \"acme-gitops\"\nusername = \"acme-bot\"\ntoken = var.secret\n"
	w := newWorkspace(t, box, "variable \"secret\" {\n  sensitive = true\n}\n"+action(given))
	w.setVariable("secret", box.GitHub.Token())
	invoke := func() (string, error) {
		return w.run("apply", "-no-color", "-auto-approve", "-invoke=action.devtron_gitops_validate.try")
	}

	output, err := invoke()
	if err != nil || !hasAll(output, []string{"nothing is saved", "Passed: Create Repo", "Passed: Delete Repo", "The configuration works"}) {
		t.Errorf("%v\n%s", err, output)
	}
	if found := leaks(output, box.GitHub.Token()); len(found) > 0 {
		t.Error("the output shows the token")
	}
	if len(box.Devtron.Rows()) != 0 || box.Log.Count("devtron", "POST", configRoute) != 0 {
		t.Error("something was saved")
	}

	// The stored configuration, with its stored token.
	box.Devtron.Put(githubRow(box))
	w.write(action(`git_provider = "GITHUB"`))
	w.unsetVariables()
	if output, err = invoke(); err != nil || !strings.Contains(output, "The configuration works") {
		t.Errorf("%v\n%s", err, output)
	}
	revokeGitHub(box)
	if output, err = invoke(); err == nil || !hasAll(output, []string{"dry run failed", "401 Bad credentials"}) {
		t.Errorf("%v\n%s", err, output)
	}
	w.write(action(`git_provider = "GITLAB"`))
	if output, err = invoke(); err == nil || !hasAll(output, []string{"No such GitOps configuration", "GITHUB configuration (id 1"}) {
		t.Errorf("%v\n%s", err, output)
	}
	box.Devtron.SetArgoCD(false)
	w.write(action(`git_provider = "GITHUB"`))
	if output, err = invoke(); err != nil || !strings.Contains(output, "Devtron did no dry run") {
		t.Errorf("%v\n%s", err, output)
	}
	w.write(action("git_provider = \"GITHUB\"\ngroup_id = \"1\""))
	if output, err = invoke(); err == nil || !strings.Contains(output, "group_id does not belong to GITHUB") {
		t.Errorf("%v\n%s", err, output)
	}
}
