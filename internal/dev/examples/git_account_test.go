// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const gitAccountFolder = "resources/devtron_git_account"

func init() {
	maps.Copy(examples, map[string]example{
		gitAccountFolder:                     {needs: writeOnly, variables: gitAccountSecrets, try: tryGitAccount},
		"data-sources/devtron_git_account":   {try: tryGitAccountData},
		"data-sources/devtron_git_host":      {try: tryReading("git_host_id = 3")},
		"list-resources/devtron_git_account": {needs: queries, try: tryListing("devtron_git_account", "url=github.com")},
	})
}

const gitPassword = "ghp_0123456789abcdef"

func gitAccountSecrets(box *sandbox.Sandbox) map[string]string {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		panic(err)
	}
	return map[string]string{
		"github_token": gitPassword, "internal_token": gitPassword, "internal_ca_certificate": box.Cluster.CACertificate,
		"gitlab_ssh_key": string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})),
	}
}

// tryGitAccount creates, destroys, and imports. After an import, the password is sent, as Devtron
// does not show it.
func tryGitAccount(t *testing.T, f *folder) {
	applyAndSettle(t, f.Folder)
	state, err := os.ReadFile(filepath.Join(f.Dir, "terraform.tfstate"))
	if err != nil || strings.Contains(string(state), gitPassword) || strings.Contains(string(state), "BEGIN PRIVATE KEY") {
		t.Errorf("the state has a secret, or cannot be read: %v", err)
	}
	for url, host := range map[string]int{"https://github.com/acme": 1, "git@gitlab.com": 3, "https://gitlab.example.com": 3} {
		if rows := f.box.Devtron.GitAccounts.At(url); len(rows) != 1 || rows[0].GitHostID != host {
			t.Errorf("%s: Devtron has %+v", url, rows)
		}
	}
	must(t, "destroy", f.Destroy(t.Context()))

	putGitAccount(f.box)
	id := fmt.Sprint(f.box.Devtron.GitAccounts.At("https://github.com/acme")[0].ID)
	script, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(gitAccountFolder), "import.sh"))
	if err != nil {
		t.Fatal(err)
	}
	commands := regexp.MustCompile(`(?m)^terraform import (\S+) (?:"(.+?)"|(\S+))`).FindAllStringSubmatch(string(script), -1)
	if len(commands) != 3 {
		t.Fatalf("import.sh has %d commands, want 3", len(commands))
	}
	for _, command := range commands {
		other := f.copy(t, gitAccountFolder, examples[gitAccountFolder])
		key := command[2] + command[3]
		if key == "2" {
			key = id
		}
		must(t, command[0], other.Import(t.Context(), command[1], key))
		expectWords(t, must(t, "plan", other.Plan(t.Context())).Output, "2 to add, 1 to change, 0 to destroy")
	}
}

// putGitAccount gives Devtron the account of the examples.
func putGitAccount(box *sandbox.Sandbox) {
	box.Devtron.GitAccounts.Put(sandbox.GitAccount{
		Name: "GitHub acme", URL: "https://github.com/acme", AuthMode: "USERNAME_PASSWORD", Username: "acme-bot", Password: gitPassword, Active: true, GitHostID: 1,
	})
}

func tryGitAccountData(t *testing.T, f *folder) {
	putGitAccount(f.box)
	expectWords(t, applyAndSettle(t, f.Folder).Output, "acme   = 2", "public = 1")
}
