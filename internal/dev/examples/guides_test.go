// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const (
	repository  = "../../.."
	docs        = repository + "/docs"
	guideFolder = docs + "/guides"
)

func guides(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob(guideFolder + "/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("there are no guides: %v", err)
	}
	return pages
}

// pages are all pages that show configuration to users.
func pages(t *testing.T) []string {
	t.Helper()
	all := []string{repository + "/README.md", moduleReadme, bootstrapModuleReadme, docs + "/index.md"}
	for _, kind := range []string{"resources", "data-sources", "list-resources", "ephemeral-resources", "actions", "guides"} {
		more, err := filepath.Glob(docs + "/" + kind + "/*.md")
		if err != nil || len(more) == 0 {
			t.Fatalf("there are no pages in %s: %v", kind, err)
		}
		all = append(all, more...)
	}
	return all
}

// nameOf is the path of a page without what tests do not allow in names.
func nameOf(t *testing.T, page string) string {
	t.Helper()
	path, err := filepath.Rel(repository, page)
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer("/", "-", ".md", "").Replace(filepath.ToSlash(path))
}

func TestConfigurationInPagesIsFormatted(t *testing.T) {
	useCLI(t)
	f := &folder{box: sandbox.ForTest(t)}
	dir := t.TempDir()
	for _, page := range pages(t) {
		for i, block := range terraformBlocks(t, page) {
			write(t, dir, fmt.Sprintf("%s-%d.tf", nameOf(t, page), i+1), block)
		}
	}
	if run := shell(t, f.at(t, dir), "terraform fmt -check -diff"); run.Err != nil {
		t.Errorf("blocks, by page and number:\n%s", run.Output)
	}
}

// Readers copy a block into an empty folder, so each must be valid without anything else.
func TestEveryBlockInPagesIsValidAlone(t *testing.T) {
	useCLI(t)
	seen := map[string]bool{}
	for _, page := range pages(t) {
		for i, block := range terraformBlocks(t, page) {
			if seen[block] {
				continue // the same example on another page
			}
			seen[block] = true
			t.Run(fmt.Sprintf("%s/%d", nameOf(t, page), i+1), func(t *testing.T) {
				t.Parallel()
				validate(t, block)
			})
		}
	}
}

// features maps text in a block to the versions that support it.
var features = []struct {
	in    string
	since since
}{
	{"import {", from("1.5")},
	{`check "`, from("1.5")},
	{"plantimestamp()", from("1.5")},
	{"removed {", from("1.7")},
	{"encryption {", since{never, "1.7"}},
	{"moved {", from("1.1")},
	{"ephemeral = true", ephemerals},
	{`ephemeral "`, ephemerals},
	{"_wo ", writeOnly},
	{"./devtron-bootstrap", writeOnly},
	{"identity = {", identities},
	{`list "`, queries},
	{`action "`, actions},
}

var (
	foreignSource = regexp.MustCompile(`source += "([\w-]+/[\w-]+)"`)
	moduleSource  = regexp.MustCompile(`source = "(\./.+)"`)
)

// validate validates a block that is the only configuration of a folder.
func validate(t *testing.T, block string) {
	for _, match := range foreignSource.FindAllStringSubmatch(block, -1) {
		if match[1] != "devtron-labs/devtron" {
			t.Skipf("needs the provider %s, which is not available offline", match[1])
		}
	}
	for _, n := range features {
		if strings.Contains(block, n.in) {
			n.since.skipBelow(t)
		}
	}
	dir := t.TempDir()
	switch {
	case strings.Contains(block, "[devtron_environment.prod.identifier]"):
		// The guide adds this file to the bootstrap, which it shows before it.
		copyConfiguration(t, filepath.Join(root, "bootstrap"), dir, []string{"builds.tf"})
		write(t, dir, "builds.tf", block)
	case strings.HasPrefix(block, `list "`), strings.HasPrefix(block, "# ") && strings.Contains(block, "\nlist \""):
		// A query needs the provider in a file of another kind, which the pages show before it.
		write(t, dir, "all.tfquery.hcl", block)
		write(t, dir, "providers.tf", requiredProviders+"provider \"devtron\" {}\n")
	default:
		write(t, dir, "main.tf", block)
	}
	for _, match := range moduleSource.FindAllStringSubmatch(block, -1) {
		switch match[1] {
		case "./devtron-gitops":
			copyConfiguration(t, filepath.Join(root, moduleFolder), filepath.Join(dir, match[1]), moduleWithout())
		case "./devtron-bootstrap":
			copyConfiguration(t, filepath.Join(root, bootstrapModuleFolder), filepath.Join(dir, match[1]), nil)
		default:
			write(t, dir, match[1]+"/main.tf", requiredProviders) // a module of the reader's own
		}
	}
	if strings.Contains(block, `file("${path.module}/ca.pem")`) {
		write(t, dir, "ca.pem", sandbox.ForTest(t).Proxy.CACertificate())
	}
	command := "terraform validate"
	if strings.Contains(block, "list \"") {
		command = "terraform validate -query"
	}
	f := &folder{box: sandbox.ForTest(t)}
	// OpenTofu wants the passphrase during init.
	run := shell(t, f.at(t, dir), "terraform init\n"+command, "TF_VAR_state_passphrase=sixteen characters")
	if run.Err != nil {
		t.Errorf("%s:\n%s", block, run.Output)
	}
}
