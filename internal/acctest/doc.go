// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package acctest runs the provider through a real Terraform or OpenTofu, against the sandbox. The
// tests of every area use it. They are in the external test package of the area, which has a
// TestMain:
//
//	func TestMain(m *testing.M) { os.Exit(acctest.Main(m)) }
//
// # Workspaces
//
// A Workspace is a folder in which the CLI runs, with the provider as a process of its own. A test
// starts a sandbox, writes a configuration, runs commands, and states what it expects of each:
//
//	func TestProjectIsCreated(t *testing.T) {
//		t.Parallel()
//		box := sandbox.ForTest(t)
//		w := acctest.NewWorkspace(t, box, acctest.Args{"name": `"payments"`}.At("devtron_project.payments"))
//		w.Apply().Ok()
//		w.Plan().Empty().Quiet()
//		w.Destroy().Ok()
//	}
//
// Ok, Fails, Warns, Empty and Quiet are the expectations. Fails and Warns look for words in one
// diagnostic, including the line of the configuration that the CLI shows with it: Fails("already
// exists", `name = "payments"`) also tests where the error points. Import, GenerateConfig, Query,
// Invoke and Run are the other commands. State returns the state file. CheckImport and
// CheckGeneratedConfig test all ways in which an object can be imported.
//
// Run is the alternative for tests that are about single attributes and planned actions: it takes
// steps of terraform-plugin-testing, and the provider runs inside the test process. Every resource
// has such a test, named Acceptance.
//
// # The sandbox
//
// The fields of a sandbox are the servers that Devtron consists of or talks to. Box.Devtron has
// methods that store, change and remove objects, as another user would. Inject adds a fault, such
// as a lost reply. Box.Log has every request, and Writes counts those that change something: only
// the log can prove what was not sent.
//
// # CLI versions
//
// The provider supports CLIs from Terraform 1.0 and OpenTofu 1.6. A test of a newer feature begins
// with Needs, which skips it for older ones: acctest.Needs(t, acctest.ListResources). TF_CLI
// selects a CLI.
//
// # Unknown values and secrets
//
// UnknownValue declares a resource whose output is unknown in the first plan.
//
// Secrets come from variables, which SetVariable sets, because Terraform shows the lines of the
// configuration in its messages. AssertNoSecrets searches all files and outputs of a workspace,
// Trace returns the output of a command with all logs, and Leaks searches a text for all forms of a
// secret.
package acctest
