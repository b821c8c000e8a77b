// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/provider"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Patience is short enough for tests that wait for a row which never comes.
var Patience = reconcile.Patience{Short: 300 * time.Millisecond, Long: 600 * time.Millisecond, Late: 1500 * time.Millisecond}

// Factories run the provider inside the test process, over the real protocol.
func Factories() map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"devtron": func() (tfprotov6.ProviderServer, error) {
			return provider.NewServer("test", provider.WithPatience(Patience))
		},
	}
}

// Run runs steps through the real CLI against a sandbox of its own.
func Run(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	cli.Require(t)
	resource.UnitTest(t, resource.TestCase{ProtoV6ProviderFactories: Factories(), Steps: steps})
}

// ProviderBlock configures the provider for the sandbox; extra holds further arguments.
func ProviderBlock(box *sandbox.Sandbox, extra ...string) string {
	return fmt.Sprintf("provider \"devtron\" {\n  url = %q\n  api_token = %q\n  %s\n}\n",
		box.Devtron.URL(), box.Devtron.AdminToken(), strings.Join(extra, "\n  "))
}

// Args are the arguments of a resource, in HCL; an empty value leaves one out.
type Args map[string]string

// GitHubArgs are arguments that the sandbox's GitHub has nothing against.
func GitHubArgs(box *sandbox.Sandbox) Args {
	return Args{
		"git_provider": `"GITHUB"`,
		"host":         Quote(box.GitHub.URL()),
		"organization": Quote(sandbox.Organization),
		"username":     Quote(sandbox.Username),
		"token":        Quote(box.GitHub.Token()),
	}
}

func GitLabArgs(box *sandbox.Sandbox) Args {
	return Args{
		"git_provider": `"GITLAB"`,
		"host":         Quote(box.GitLab.URL()),
		"group_id":     Quote(fmt.Sprint(sandbox.GroupID)),
		"username":     Quote(sandbox.Username),
		"token":        Quote(box.GitLab.Token()),
	}
}

// With returns the arguments with some replaced: name, value, name, value.
func (a Args) With(pairs ...string) Args {
	changed := Args{}
	for name, value := range a {
		changed[name] = value
	}
	for i := 0; i < len(pairs); i += 2 {
		changed[pairs[i]] = pairs[i+1]
	}
	return changed
}

// resource renders the arguments as a resource at an address.
func (a Args) At(address string) string {
	kind, name, _ := strings.Cut(address, ".")
	var b strings.Builder
	fmt.Fprintf(&b, "resource %q %q {\n", kind, name)
	for argument, value := range a {
		if value != "" {
			fmt.Fprintf(&b, "  %s = %s\n", argument, value)
		}
	}
	b.WriteString("}\n")
	return b.String()
}

func Quote(s string) string { return fmt.Sprintf("%q", s) }

// row is the configuration that the arguments describe, for the sandbox's table.
func GitHubRow(box *sandbox.Sandbox) sandbox.Row {
	return sandbox.Row{
		Provider: "GITHUB", Username: sandbox.Username, Token: box.GitHub.Token(), GitHubOrgID: sandbox.Organization,
		Host: box.GitHub.URL(), Active: true,
	}
}

func GitLabRow(box *sandbox.Sandbox) sandbox.Row {
	return sandbox.Row{
		Provider: "GITLAB", Username: sandbox.Username, Token: box.GitLab.Token(), GitLabGroupID: fmt.Sprint(sandbox.GroupID),
		Host: box.GitLab.URL(), Active: true,
	}
}

// Writes counts the requests that could have changed Devtron.
func Writes(box *sandbox.Sandbox) int {
	return box.Log.Count("devtron", "POST", "") + box.Log.Count("devtron", "PUT", "")
}

// Wrapped matches words in Terraform's output, which breaks lines and draws boxes.
func Wrapped(words string) *regexp.Regexp {
	parts := strings.Fields(words)
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	return regexp.MustCompile(strings.Join(parts, `[\s│╷╵]+`))
}
