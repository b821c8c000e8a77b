// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"fmt"
	"os"
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

func TestMain(m *testing.M) {
	// It reads variables that are taken away below.
	if err := beginLive(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "No configuration was changed:", err)
		os.Exit(1)
	}
	// The CLI must not meet settings of the machine that the tests run on.
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, "DEVTRON_") || name == "TF_LOG" {
			_ = os.Unsetenv(name)
		}
	}
	code := cli.Main(m)
	if err := endLive(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "Restoring what was configured failed:", err)
		code = 1
	}
	os.Exit(code)
}

const (
	github = "devtron_gitops_config.github"
	gitlab = "devtron_gitops_config.gitlab"
)

// patience is short enough for tests that wait for a row which never comes.
var patience = reconcile.Patience{Short: 300 * time.Millisecond, Long: 600 * time.Millisecond, Late: 1500 * time.Millisecond}

// factories run the provider inside the test process, over the real protocol.
func factories() map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"devtron": func() (tfprotov6.ProviderServer, error) {
			return provider.NewServer("test", provider.WithPatience(patience))
		},
	}
}

// behaviour runs steps through the real CLI against a sandbox of its own.
func behaviour(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	cli.Require(t)
	resource.UnitTest(t, resource.TestCase{ProtoV6ProviderFactories: factories(), Steps: steps})
}

// providerBlock configures the provider for the sandbox; extra holds further arguments.
func providerBlock(box *sandbox.Sandbox, extra ...string) string {
	return fmt.Sprintf("provider \"devtron\" {\n  url = %q\n  api_token = %q\n  %s\n}\n",
		box.Devtron.URL(), box.Devtron.AdminToken(), strings.Join(extra, "\n  "))
}

// args are the arguments of a resource, in HCL; an empty value leaves one out.
type args map[string]string

// githubArgs are arguments that the sandbox's GitHub has nothing against.
func githubArgs(box *sandbox.Sandbox) args {
	return args{
		"git_provider": `"GITHUB"`,
		"host":         quote(box.GitHub.URL()),
		"organization": quote(sandbox.Organization),
		"username":     quote(sandbox.Username),
		"token":        quote(box.GitHub.Token()),
	}
}

func gitlabArgs(box *sandbox.Sandbox) args {
	return args{
		"git_provider": `"GITLAB"`,
		"host":         quote(box.GitLab.URL()),
		"group_id":     quote(fmt.Sprint(sandbox.GroupID)),
		"username":     quote(sandbox.Username),
		"token":        quote(box.GitLab.Token()),
	}
}

// with returns the arguments with some replaced: name, value, name, value.
func (a args) with(pairs ...string) args {
	changed := args{}
	for name, value := range a {
		changed[name] = value
	}
	for i := 0; i < len(pairs); i += 2 {
		changed[pairs[i]] = pairs[i+1]
	}
	return changed
}

// resource renders the arguments as a resource at an address.
func (a args) at(address string) string {
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

func quote(s string) string { return fmt.Sprintf("%q", s) }

// row is the configuration that the arguments describe, for the sandbox's table.
func githubRow(box *sandbox.Sandbox) sandbox.Row {
	return sandbox.Row{
		Provider: "GITHUB", Username: sandbox.Username, Token: box.GitHub.Token(), GitHubOrgID: sandbox.Organization,
		Host: box.GitHub.URL(), Active: true,
	}
}

func gitlabRow(box *sandbox.Sandbox) sandbox.Row {
	return sandbox.Row{
		Provider: "GITLAB", Username: sandbox.Username, Token: box.GitLab.Token(), GitLabGroupID: fmt.Sprint(sandbox.GroupID),
		Host: box.GitLab.URL(), Active: true,
	}
}

// writes counts the requests that could have changed Devtron.
func writes(box *sandbox.Sandbox) int {
	return box.Log.Count("devtron", "POST", "") + box.Log.Count("devtron", "PUT", "")
}

// wrapped matches words in Terraform's output, which breaks lines and draws boxes.
func wrapped(words string) *regexp.Regexp {
	parts := strings.Fields(words)
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	return regexp.MustCompile(strings.Join(parts, `[\s│╷╵]+`))
}
