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

// guard is set while "make testacc-live" runs: the TestAcc tests then use the Devtron that the
// environment names.
var guard *live.Guard

// beginLive sets guard if the environment selects an installation.
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
		fmt.Fprintln(w, "Interrupted: restoring the previous configurations ...")
		if err := endLive(w); err != nil {
			fmt.Fprintln(w, err)
		}
		os.Exit(1)
	}()
	return nil
}

var endOnce sync.Once

// endLive restores the configurations that beginLive found.
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

// installation is a Devtron with git hosts that a test may write to: a sandbox, or the real Devtron
// of the environment.
type installation struct {
	t        *testing.T
	env      map[string]string // of the provider
	api      *devtron.Client
	accounts map[string]live.Account
}

// newInstallation returns an installation for one test. Tests on a real Devtron run one after
// another, and each of them restores its configurations.
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

// forEachGitProvider runs a test for every git provider of which the installation has an account.
func forEachGitProvider(t *testing.T, test func(*testing.T, *installation, live.Account)) {
	t.Helper()
	for _, gitProvider := range []string{"GITHUB", "GITLAB"} {
		t.Run(gitProvider, func(t *testing.T) {
			in := newInstallation(t)
			test(t, in, in.account(gitProvider))
		})
	}
}

// account returns the account of a git provider. It skips the test where the installation has none.
func (in *installation) account(gitProvider string) live.Account {
	in.t.Helper()
	account, ok := in.accounts[gitProvider]
	if !ok {
		in.t.Skipf("there is no account of %s", gitProvider)
	}
	return account
}

// args returns arguments that the git host accepts. The resource adopts the existing configuration,
// which is restored after the test.
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

// tokenOf returns the variable with the token of an account. The token is not in the configuration,
// because a CLI shows lines of it in its messages, and a failing test shows the messages.
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

// stored returns the configuration of a git provider from Devtron, with its token.
func (in *installation) stored(gitProvider string) devtron.Config {
	in.t.Helper()
	config, err := in.api.GetGitOpsConfigByProvider(in.t.Context(), gitProvider)
	if err != nil {
		in.t.Fatal(err)
	}
	return config
}

// change writes a configuration as another user would.
func (in *installation) change(config devtron.Config) {
	in.t.Helper()
	v, err := in.api.UpdateGitOpsConfig(in.t.Context(), config.Kept())
	if err != nil || v.Refused() {
		in.t.Fatalf("%v %v", err, v.StageErrors)
	}
}

// addressOf returns the address of the resource of a git provider.
func addressOf(gitProvider string) string {
	return "devtron_gitops_config." + strings.ToLower(gitProvider)
}

// withoutToken returns a configuration that a failing test may show.
func withoutToken(config devtron.Config) devtron.Config { return config.Kept() }
