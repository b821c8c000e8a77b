// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package live

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// Guard records what was configured before the tests.
type Guard struct {
	Environment Environment
	Client      *devtron.Client

	before       []devtron.Config // with tokens
	repositories map[string]map[string]string
}

// Begin records what is configured and announces on w what the tests will change. It returns an
// error if that could not be restored, or if Devtron has configurations and the user has not
// confirmed.
func Begin(ctx context.Context, e Environment, w io.Writer) (*Guard, error) {
	c, err := e.Client()
	if err != nil {
		return nil, err
	}
	g := &Guard{Environment: e, Client: c, repositories: map[string]map[string]string{}}
	rows, err := c.ListGitOpsConfigs(ctx)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		// The list omits tokens.
		full, err := c.GetGitOpsConfig(ctx, row.ID)
		if err != nil {
			return nil, err
		}
		g.before = append(g.before, full)
	}
	for gitProvider, account := range e.Accounts {
		if g.repositories[gitProvider], err = account.dryRunRepositories(ctx); err != nil {
			return nil, err
		}
	}
	fmt.Fprint(w, g.announcement())
	if err := g.restorable(); err != nil {
		return nil, err
	}
	if len(g.before) > 0 && !e.Confirmed {
		return nil, fmt.Errorf("this Devtron has GitOps configurations: set %s=yes to let the tests change and restore them", Confirm)
	}
	if err := g.rehearse(ctx); err != nil {
		return nil, err
	}
	return g, nil
}

func (g *Guard) announcement() string {
	var b strings.Builder
	fmt.Fprintf(&b, "The live tests change %s and restore it after each test.\n", g.Environment.Devtron["DEVTRON_URL"])
	fmt.Fprintln(&b, "Meanwhile, another configuration may be active: do not deploy through GitOps.")
	for _, row := range g.before {
		state := "inactive"
		if row.Active {
			state = "active"
		}
		_, tested := g.Environment.Accounts[row.Provider]
		change := "is temporarily deactivated"
		if tested {
			change = "is overwritten, including its token"
		}
		fmt.Fprintf(&b, "  - The %s configuration (ID %d, %s, user %s) %s, and restored.\n", row.Provider, row.ID, state, row.Username, change)
	}
	for _, k := range gitHosts {
		account, tested := g.Environment.Accounts[k.provider]
		if !tested {
			fmt.Fprintf(&b, "  - %s is not tested: %s, %s, and %s are not set.\n", k.provider, k.token, k.owner, k.username)
			continue
		}
		if !slices.ContainsFunc(g.before, func(row devtron.Config) bool { return row.Provider == k.provider }) {
			fmt.Fprintf(&b, "  - A %s configuration is created and remains, inactive, because Devtron cannot delete it.\n"+
				"    Devtron keeps its token, so revoke the token when you no longer need it.\n", k.provider)
		}
		fmt.Fprintf(&b, "  - Dry runs of Devtron create and delete repositories %s* in %s at %s.\n"+
			"    The tests delete those that remain.\n",
			dryRunPrefix, account.Owner, account.Host)
	}
	return b.String()
}

// restorable returns an error for configurations that cannot be restored.
func (g *Guard) restorable() error {
	seen := map[string]bool{}
	for _, row := range g.before {
		if seen[row.Provider] {
			return fmt.Errorf("there are two %s configurations: repair this first", row.Provider)
		}
		seen[row.Provider] = true
		if _, tested := g.Environment.Accounts[row.Provider]; tested && row.EnableTLSVerification {
			return fmt.Errorf("the %s configuration has TLS certificates or keys, which Devtron does not return, so it could not be "+
				"restored: unset the variables of this git host", row.Provider)
		}
	}
	return nil
}

// rehearse makes a dry run of each configuration. Devtron would not accept one that fails it, so it
// could not be restored.
func (g *Guard) rehearse(ctx context.Context) error {
	for _, row := range g.before {
		v, err := g.Client.ValidateGitOpsConfig(ctx, row.Kept())
		if err != nil {
			return err
		}
		if v.Refused() {
			return fmt.Errorf("the %s configuration (ID %d) fails Devtron's dry run, so it could not be restored: %v",
				row.Provider, row.ID, v.StageErrors)
		}
	}
	return nil
}

// Restore restores the configurations. New ones become inactive, because Devtron cannot delete
// them.
func (g *Guard) Restore(ctx context.Context) error {
	rows := slices.Clone(g.before)
	// The active one goes first: while none is active, Devtron refuses to write an inactive one.
	slices.SortStableFunc(rows, func(a, b devtron.Config) int {
		switch {
		case a.Active == b.Active:
			return 0
		case a.Active:
			return -1
		}
		return 1
	})
	for _, row := range rows {
		if err := g.restore(ctx, row); err != nil {
			return fmt.Errorf("restore the %s configuration (ID %d): %w", row.Provider, row.ID, err)
		}
	}
	left, err := g.Client.ListGitOpsConfigs(ctx)
	if err != nil {
		return err
	}
	for _, row := range left {
		was := slices.IndexFunc(g.before, func(b devtron.Config) bool { return b.ID == row.ID })
		if row.Active && (was < 0 || !g.before[was].Active) {
			row.Active = false
			if err := g.put(ctx, row.Kept()); err != nil {
				return fmt.Errorf("deactivate the %s configuration (ID %d): %w", row.Provider, row.ID, err)
			}
		}
	}
	for _, row := range g.before {
		now, err := g.Client.GetGitOpsConfig(ctx, row.ID)
		if err != nil {
			return err
		}
		if now != row {
			return fmt.Errorf("the %s configuration (ID %d) differs from the original although Devtron accepted it", row.Provider, row.ID)
		}
	}
	return nil
}

func (g *Guard) restore(ctx context.Context, row devtron.Config) error {
	now, err := g.Client.GetGitOpsConfig(ctx, row.ID)
	if err != nil || now == row {
		return err
	}
	if row.Active {
		return g.put(ctx, row)
	}
	active, err := g.Client.GitOpsConfigured(ctx)
	if err != nil {
		return err
	}
	if !active.Exists {
		// Restore deactivates it afterwards.
		row.Active = true
	}
	return g.put(ctx, row)
}

func (g *Guard) put(ctx context.Context, row devtron.Config) error {
	v, err := g.Client.UpdateGitOpsConfig(ctx, row)
	if err == nil && v.Refused() {
		err = fmt.Errorf("refused by Devtron: %v", v.StageErrors)
	}
	return err
}

// End restores the configurations and deletes the repositories that dry runs have left since Begin.
// It reports both on w.
func (g *Guard) End(ctx context.Context, w io.Writer) error {
	problems := []error{g.Restore(ctx)}
	if problems[0] == nil {
		fmt.Fprintf(w, "Restored %d configurations.\n", len(g.before))
	}
	for gitProvider, account := range g.Environment.Accounts {
		now, err := account.dryRunRepositories(ctx)
		problems = append(problems, err)
		for name, path := range now {
			if _, old := g.repositories[gitProvider][name]; old {
				continue
			}
			problems = append(problems, account.delete(ctx, path))
			fmt.Fprintf(w, "Deleted %s in %s at %s, which a dry run had left.\n", name, account.Owner, account.Host)
		}
	}
	return errors.Join(problems...)
}
