// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Features of newer CLIs.
var (
	identities = from("1.12")
	queries    = since{"1.14", never}
	actions    = since{"1.14", never}
)

// commandsIn returns the commands in the comments of an example.
func commandsIn(t *testing.T, folder, file string, want int) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(folder), file))
	if err != nil {
		t.Fatal(err)
	}
	var commands []string
	for _, match := range regexp.MustCompile(`(?m)^# (terraform .+)$`).FindAllStringSubmatch(string(text), -1) {
		commands = append(commands, match[1])
	}
	if len(commands) != want {
		t.Fatalf("%s/%s has the commands %q, want %d", folder, file, commands, want)
	}
	return commands
}

func tryQuery(t *testing.T, f *folder) {
	putRows(f.box)
	commands := commandsIn(t, "list-resources/devtron_gitops_config", "list-resource.tfquery.hcl", 2)
	run := must(t, commands[0], shell(t, f.Folder, commands[0]))
	expectWords(t, run.Output, "git_provider=GITHUB", "git_provider=GITLAB")

	must(t, commands[1], shell(t, f.Folder, commands[1]))
	run = applyAndSettle(t, f.Folder)
	expectWords(t, run.Output, "2 imported, 0 added, 0 changed, 0 destroyed")

	// The example contains a filter as a comment.
	path := filepath.Join(f.Dir, "list-resource.tfquery.hcl")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	filtered := regexp.MustCompile(`(?m)^  # (config \{|  active = false|\})$`).ReplaceAllString(string(text), "  $1")
	if filtered == string(text) {
		t.Fatal("the filter is not in the example")
	}
	write(t, f.Dir, "list-resource.tfquery.hcl", filtered)
	run = must(t, commands[0], shell(t, f.Folder, commands[0]))
	if strings.Contains(run.Output, "GITHUB") || !strings.Contains(run.Output, "git_provider=GITLAB") {
		t.Errorf("the filter does not work:\n%s", run.Output)
	}
}

func tryAction(t *testing.T, f *folder) {
	f.box.Devtron.SetArgoCD(true)
	putRows(f.box)
	// A block of type action is replaced as a whole by an override file, so the host goes in by
	// text.
	path := filepath.Join(f.Dir, "action.tf")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const organization = "    organization = \"" + sandbox.Organization + "\"\n"
	write(t, f.Dir, "action.tf", strings.Replace(string(text), organization, organization+"    host = \""+f.box.GitHub.URL()+"\"\n", 1))

	writes := f.box.Log.Count("devtron", "POST", "/orchestrator/gitops/config") + f.box.Log.Count("devtron", "PUT", "")
	for _, command := range commandsIn(t, "actions/devtron_gitops_validate", "action.tf", 2) {
		run := must(t, command, shell(t, f.Folder, command))
		expectWords(t, run.Output, "Passed: Create Repo", "The configuration works")
		if strings.Contains(run.Output, f.box.GitHub.Token()) {
			t.Error("the output shows the token")
		}
	}
	if now := f.box.Log.Count("devtron", "POST", "/orchestrator/gitops/config") + f.box.Log.Count("devtron", "PUT", ""); now != writes {
		t.Error("something was saved")
	}
}
