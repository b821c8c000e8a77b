// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/stage"
)

// setup is a configuration: GitHub and optionally another git host, or objects of the platform
// around GitOps.
type setup struct {
	platform platform
	target   int // the object of the platform that is moved

	github bool
	second int // 0 is none, otherwise an index of stage.Resources
	// Changes: another setting, another token, the other configuration is active.
	custom, otherToken, switched bool

	// How the GitHub configuration is written.
	renamed, moved bool   // under another name, with a moved block
	key            string // of for_each; "" is none
	revision       int    // of the resource from which the token comes; 0 is none
	createFirst    bool
}

func (s setup) onPlatform() bool { return s.platform != platform{} }

// address is the address of the GitHub configuration, or of the target.
func (s setup) address() string {
	switch {
	case s.onPlatform() && s.renamed:
		return objects[s.target].moved()
	case s.onPlatform():
		return objects[s.target].address()
	}
	address := "devtron_gitops_config.github"
	if s.renamed {
		address = "devtron_gitops_config.renamed"
	}
	if s.key != "" {
		address += fmt.Sprintf("[%q]", s.key)
	}
	return address
}

func (s setup) String() string {
	words := strings.Fields(s.platform.String())
	if s.github {
		words = append(words, "github")
	}
	if len(words) == 0 {
		return "nothing"
	}
	if s.second > 0 {
		words = append(words, []string{"", "gitlab", "azure", "bitbucket"}[s.second])
	}
	for _, change := range []struct {
		word    string
		applies bool
	}{
		{"custom", s.custom},
		{"other-token", s.otherToken},
		{"switched", s.switched},
		{"renamed", s.renamed},
		{"moved", s.moved},
		{"key-" + s.key, s.key != ""},
		{fmt.Sprint("rotated-", s.revision), s.revision > 0},
		{"create-first", s.createFirst},
	} {
		if change.applies {
			words = append(words, change.word)
		}
	}
	return strings.Join(words, " ")
}

// commandTimeout is short, because some faults last until the end of the run.
const commandTimeout = 8 * time.Second

var timeouts = fmt.Sprintf(`{ create = "%[1]s", read = "%[1]s", update = "%[1]s", delete = "%[1]s" }`, commandTimeout)

// resources returns the GitOps configurations of a setup.
func (w *worker) resources(of setup) []stage.Resource {
	all := stage.Resources(w.box)
	var list []stage.Resource
	if of.github {
		github := all[0].With("allow_custom_repository", strconv.FormatBool(of.custom))
		github.CreateFirst = of.createFirst
		if of.renamed {
			github.Name = "renamed"
		}
		if of.switched {
			github = github.With("active", "false")
		}
		if of.key != "" {
			github = github.With("for_each", fmt.Sprintf("toset([%q])", of.key))
		}
		list = append(list, github)
	}
	if of.second > 0 {
		list = append(list, all[of.second].With("active", strconv.FormatBool(of.switched)))
	}
	for i := range list {
		// Error messages quote lines of the configuration, so these must not contain tokens.
		token := "var.token_" + list[i].Name
		if i == 0 && of.revision > 0 {
			// Terraform shows what terraform_data returns, so that it must not contain a token
			// either.
			token = `terraform_data.rotated.output == "" ? "" : ` + token
		}
		list[i] = list[i].With("token", token)
		list[i] = list[i].With("timeouts", timeouts)
	}
	return list
}

// token returns the token of a resource.
func (w *worker) token(of stage.Resource, in setup) string {
	if of.Provider == "GITHUB" && in.otherToken {
		return w.otherToken
	}
	return map[string]string{
		"GITHUB": w.box.GitHub.Token(), "GITLAB": w.box.GitLab.Token(), "AZURE_DEVOPS": w.box.Azure.Token(), "BITBUCKET_CLOUD": w.box.Bitbucket.Token(),
	}[of.Provider]
}

// write writes the configuration of a setup into the folder.
func (w *worker) write(of setup, retries int) error {
	resources := w.resources(of)
	text, values := stage.Configuration(fmt.Sprintf("  max_retries = %d\n", retries), resources...), ""
	for _, r := range resources {
		text += fmt.Sprintf("\nvariable \"token_%s\" {\n  sensitive = true\n}\n", r.Name)
		values += fmt.Sprintf("token_%s = %q\n", r.Name, w.token(r, of))
	}
	platformText, platformValues := w.platformConfiguration(of)
	text, values = text+platformText, values+platformValues
	if of.moved {
		before := of
		before.renamed = false
		text += fmt.Sprintf("\nmoved {\n  from = %s\n  to   = %s\n}\n", before.address(), of.address())
	}
	if of.revision > 0 {
		text += fmt.Sprintf("\nresource \"terraform_data\" \"rotated\" {\n  input = \"%d\"\n}\n", of.revision)
	}
	if of.createFirst {
		// Only with something that depends on it, create_before_destroy orders the two halves of a
		// rename.
		text += fmt.Sprintf("\nresource \"terraform_data\" \"dependent\" {\n  input = %s.id\n}\n", of.address())
	}
	if err := os.WriteFile(filepath.Join(w.folder.Dir, "tokens.auto.tfvars"), []byte(values), 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(w.folder.Dir, "main.tf"), []byte(text), 0o600)
}
