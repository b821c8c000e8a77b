// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/live"
	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// guard is not nil while "make testacc-live" runs: the tests that work on an
// installation then take the Devtron that the environment names.
var guard *live.Guard

// beginLive sets guard where the environment asks for that.
func beginLive(ctx context.Context, w io.Writer) error {
	if os.Getenv(live.Switch) != "1" {
		return nil
	}
	environment, err := live.FromEnvironment(os.Getenv)
	if err != nil {
		return err
	}
	g, err := live.Begin(ctx, environment, w)
	if err != nil {
		return err
	}
	guard = g
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-interrupted
		fmt.Fprintln(w, "Interrupted: restoring what was configured ...")
		if err := endLive(w); err != nil {
			fmt.Fprintln(w, err)
		}
		os.Exit(1)
	}()
	return nil
}

var endOnce sync.Once

// endLive restores what was there before beginLive.
func endLive(w io.Writer) (err error) {
	if guard == nil {
		return nil
	}
	endOnce.Do(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
		defer cancel()
		err = guard.End(ctx, w)
	})
	return err
}

// installation is a Devtron with git hosts that a test may write to: a sandbox
// of its own, or the real thing.
type installation struct {
	t        *testing.T
	env      map[string]string // for the provider
	api      *devtron.Client
	accounts map[string]live.Account
}

// newInstallation prepares an installation for one test. Tests that share the
// real thing run one after another, and each finds it as it was.
func newInstallation(t *testing.T) *installation {
	t.Helper()
	if guard != nil {
		t.Cleanup(func() {
			// The context of the test has ended.
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
			defer cancel()
			if err := guard.Restore(ctx); err != nil {
				t.Errorf("restore: %v", err)
			}
		})
		return &installation{t, guard.Environment.Devtron, guard.Client, guard.Environment.Accounts}
	}
	t.Parallel()
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	environment := live.Environment{
		Devtron: map[string]string{"DEVTRON_URL": box.Devtron.URL(), "DEVTRON_API_TOKEN": box.Devtron.AdminToken()},
		Accounts: map[string]live.Account{
			"GITHUB": {Provider: "GITHUB", Host: box.GitHub.URL(), Owner: sandbox.Organization, Username: sandbox.Username, Token: box.GitHub.Token()},
			"GITLAB": {Provider: "GITLAB", Host: box.GitLab.URL(), Owner: fmt.Sprint(sandbox.GroupID), Username: sandbox.Username, Token: box.GitLab.Token()},
		},
	}
	client, err := environment.Client()
	if err != nil {
		t.Fatal(err)
	}
	return &installation{t, environment.Devtron, client, environment.Accounts}
}

// eachKind runs a test with every git host that there is an account for.
func eachKind(t *testing.T, test func(*testing.T, *installation, live.Account)) {
	t.Helper()
	for _, kind := range []string{"GITHUB", "GITLAB"} {
		t.Run(kind, func(t *testing.T) {
			in := newInstallation(t)
			test(t, in, in.account(kind))
		})
	}
}

// account skips the test where there is none of a kind.
func (in *installation) account(kind string) live.Account {
	in.t.Helper()
	account, ok := in.accounts[kind]
	if !ok {
		in.t.Skipf("there is no account at %s", kind)
	}
	return account
}

// args are arguments that the git host has nothing against. Whatever is
// configured already is taken over: it is put back after the test.
func (in *installation) args(account live.Account) acctest.Args {
	owner := "organization"
	if account.Provider == "GITLAB" {
		owner = "group_id"
	}
	return acctest.Args{
		"git_provider": acctest.Quote(account.Provider), "host": acctest.Quote(account.Host), owner: acctest.Quote(account.Owner),
		"username": acctest.Quote(account.Username), "token": tokenOf(account), "adopt_existing": "true",
	}
}

// tokenOf is the variable with an account's token: a CLI shows the lines of the
// configuration that a message is about, and a failing test the message.
func tokenOf(account live.Account) string {
	return "var." + strings.ToLower(account.Provider) + "_token"
}

func (in *installation) workspace(config string) *acctest.Workspace {
	in.t.Helper()
	w := acctest.NewWorkspaceWith(in.t, in.env, config)
	var declarations, values strings.Builder
	for _, account := range in.accounts {
		name := strings.TrimPrefix(tokenOf(account), "var.")
		fmt.Fprintf(&declarations, "variable %q {\n  type      = string\n  default   = \"\"\n  sensitive = true\n}\n", name)
		fmt.Fprintf(&values, "%s = %q\n", name, account.Token)
	}
	w.File("variables.tf", declarations.String())
	w.File(acctest.VariablesFile, values.String())
	return w
}

// stored is the configuration of a kind as Devtron has it, with its token.
func (in *installation) stored(kind string) devtron.Config {
	in.t.Helper()
	row, err := in.api.GetGitOpsConfigByProvider(in.t.Context(), kind)
	if err != nil {
		in.t.Fatal(err)
	}
	return row
}

// change writes a configuration as somebody else would.
func (in *installation) change(row devtron.Config) {
	in.t.Helper()
	v, err := in.api.UpdateGitOpsConfig(in.t.Context(), row.Kept())
	if err != nil || v.Refused() {
		in.t.Fatalf("%v %v", err, v.StageErrors)
	}
}

// addressOf is where the tests put the resource of a kind.
func addressOf(kind string) string { return "devtron_gitops_config." + strings.ToLower(kind) }

// withoutToken is a configuration as a failing test may show it.
func withoutToken(row devtron.Config) devtron.Config { return row.Kept() }
