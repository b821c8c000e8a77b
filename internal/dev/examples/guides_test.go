// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const guideFolder = "../../../docs/guides"

func guides(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob(guideFolder + "/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("there are no guides: %v", err)
	}
	return pages
}

func TestConfigurationInGuidesIsFormatted(t *testing.T) {
	useCLI(t)
	f := &folder{box: sandbox.ForTest(t)}
	dir := t.TempDir()
	for _, page := range append(guides(t), moduleReadme) {
		name := strings.TrimSuffix(filepath.Base(page), ".md")
		for i, block := range terraformBlocks(t, page) {
			write(t, dir, fmt.Sprintf("%s-%d.tf", name, i+1), block)
		}
	}
	if run := shell(t, f.at(t, dir), "terraform fmt -check -diff"); run.Err != nil {
		t.Errorf("blocks, by page and number:\n%s", run.Output)
	}
}

func TestConfigurationInGuidesIsValid(t *testing.T) {
	useCLI(t)
	for _, page := range guides(t) {
		for i, block := range terraformBlocks(t, page) {
			t.Run(fmt.Sprintf("%s/%d", strings.TrimSuffix(filepath.Base(page), ".md"), i+1), func(t *testing.T) {
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
	{"token_wo", writeOnly},
	{"identity = {", identities},
	{`list "`, queries},
	{`action "`, actions},
}

var (
	blockOfProvider  = regexp.MustCompile(`(?m)^(?:resource|data|ephemeral|provider|list|action) "([a-z]+)`)
	variableUsed     = regexp.MustCompile(`\bvar\.(\w+)`)
	variableDeclared = regexp.MustCompile(`(?m)^variable "(\w+)"`)
	importTarget     = regexp.MustCompile(`(?m)^import \{\n  to = (devtron_\w+)\.(\w+)$`)
	moduleSource     = regexp.MustCompile(`(?m)^  source = "(\./.+)"$`)
	aliasUsed        = regexp.MustCompile(`= devtron\.(\w+)`)
)

// validate adds to a block what the page does not repeat, and validates it.
func validate(t *testing.T, block string) {
	for _, match := range blockOfProvider.FindAllStringSubmatch(block, -1) {
		if match[1] != "devtron" && match[1] != "terraform" {
			t.Skipf("needs the provider %s, which is not available offline", match[1])
		}
	}
	for _, n := range features {
		if strings.Contains(block, n.in) {
			n.since.skipBelow(t)
		}
	}
	dir := t.TempDir()
	file, command := "main.tf", "terraform validate"
	if strings.HasPrefix(block, `list "`) {
		file, command = "all.tfquery.hcl", "terraform validate -query"
		write(t, dir, "providers.tf", "provider \"devtron\" {}\n")
	}
	write(t, dir, file, block)

	var rest strings.Builder
	if !strings.Contains(block, "required_providers") {
		rest.WriteString(requiredProviders)
	}
	declared := variableDeclared.FindAllString(block, -1)
	for _, match := range variableUsed.FindAllStringSubmatch(block, -1) {
		if line := fmt.Sprintf("variable %q", match[1]); !slices.Contains(declared, line) {
			declared = append(declared, line)
			rest.WriteString(line + " {}\n")
		}
	}
	if match := importTarget.FindStringSubmatch(block); len(match) > 0 && !strings.Contains(block, fmt.Sprintf("resource %q %q", match[1], match[2])) {
		fmt.Fprintf(&rest, "resource %q %q {\n  git_provider = \"GITHUB\"\n  organization = \"x\"\n  username = \"x\"\n}\n", match[1], match[2])
	}
	for _, match := range moduleSource.FindAllStringSubmatch(block, -1) {
		write(t, dir, match[1]+"/main.tf", requiredProviders)
	}
	if match := aliasUsed.FindStringSubmatch(block); len(match) > 0 && !strings.Contains(block, "alias") {
		fmt.Fprintf(&rest, "provider \"devtron\" {\n  alias = %q\n}\n", match[1])
	}
	write(t, dir, "rest.tf", rest.String())

	f := &folder{box: sandbox.ForTest(t)}
	// OpenTofu wants the passphrase during init.
	run := shell(t, f.at(t, dir), "terraform init\n"+command, "TF_VAR_state_passphrase=sixteen characters")
	if run.Err != nil {
		t.Errorf("%s:\n%s", block, run.Output)
	}
}
