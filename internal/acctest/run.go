// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
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

// Patience is short enough for tests in which the result of a write never appears.
var Patience = reconcile.Patience{Short: 300 * time.Millisecond, Long: 600 * time.Millisecond, Late: 1500 * time.Millisecond}

// Factories return the provider for terraform-plugin-testing, which runs it inside the test
// process.
func Factories() map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"devtron": func() (tfprotov6.ProviderServer, error) {
			return provider.NewServer("test", provider.WithPatience(Patience))
		},
	}
}

// Run runs the steps of terraform-plugin-testing through the real CLI.
func Run(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	cli.Require(t)
	resource.UnitTest(t, resource.TestCase{ProtoV6ProviderFactories: Factories(), Steps: steps})
}

// ProviderBlock configures the provider for a sandbox. Extra lines are further arguments. In a
// Workspace, environment variables do the same.
func ProviderBlock(box *sandbox.Sandbox, extra ...string) string {
	return fmt.Sprintf("provider \"devtron\" {\n  url = %q\n  api_token = %q\n  %s\n}\n",
		box.Devtron.URL(), box.Devtron.AdminToken(), strings.Join(extra, "\n  "))
}

// NoRetries is a provider block for tests that count requests or inject failures.
const NoRetries = "provider \"devtron\" {\n  max_retries = 0\n}\n"

// Writes counts the requests that change Devtron.
func Writes(box *sandbox.Sandbox) int {
	return box.Log.Count("devtron", "POST", "") + box.Log.Count("devtron", "PUT", "") + box.Log.Count("devtron", "DELETE", "")
}

// Await waits until another goroutine or process has done something.
func Await(t *testing.T, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !done(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it did not happen within 30 seconds")
		}
	}
}

// Certificates returns valid PEM texts from the CA of a sandbox that is started for it.
func Certificates(t *testing.T) (ca, certificate, key string) {
	t.Helper()
	box := sandbox.ForTest(t, sandbox.Options{TLS: true})
	return box.CACertificate, box.ClientCertificate, box.ClientKey
}
