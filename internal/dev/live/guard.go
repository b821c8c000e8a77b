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

// Guard knows what a Devtron and its git hosts looked like before the tests.
type Guard struct {
	Environment Environment
	Client      *devtron.Client

	before       []devtron.Config // with tokens
	repositories map[string]map[string]string
}

// Begin remembers what is there, tells on w what the tests will touch, and
// refuses where that could not be put back, or where something is configured
// and nobody has confirmed.
func Begin(ctx context.Context, e Environment, w io.Writer) (*Guard, error) {
	c, err := e.Client()
	if err != nil {
		return nil, err
	}
	g := &Guard{Environment: e, Client: c, repositories: map[string]map[string]string{}}
	rows, err := c.List(ctx)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		// The list has no tokens.
		full, err := c.Get(ctx, row.ID)
		if err != nil {
			return nil, err
		}
		g.before = append(g.before, full)
	}
	for kind, account := range e.Accounts {
		if g.repositories[kind], err = account.dryRunRepositories(ctx); err != nil {
			return nil, err
		}
	}
	fmt.Fprint(w, g.announcement())
	if err := g.restorable(); err != nil {
		return nil, err
	}
	if len(g.before) > 0 && !e.Confirmed {
		return nil, fmt.Errorf("this Devtron has GitOps configurations: set %s=yes if the tests may change and restore them", Confirm)
	}
	if err := g.rehearse(ctx); err != nil {
		return nil, err
	}
	return g, nil
}

func (g *Guard) announcement() string {
	var b strings.Builder
	fmt.Fprintf(&b, "The live tests write to %s and restore it after each test.\n", g.Environment.Devtron["DEVTRON_URL"])
	fmt.Fprintln(&b, "Meanwhile another configuration may be active: nobody should deploy through GitOps.")
	for _, row := range g.before {
		state := "inactive"
		if row.Active {
			state = "active"
		}
		_, tested := g.Environment.Accounts[row.Provider]
		what := "is deactivated at times"
		if tested {
			what = "is overwritten, token included"
		}
		fmt.Fprintf(&b, "  - the %s configuration (id %d, %s, user %s) %s, and put back\n", row.Provider, row.ID, state, row.Username, what)
	}
	for _, k := range kinds {
		account, tested := g.Environment.Accounts[k.provider]
		if !tested {
			fmt.Fprintf(&b, "  - nothing at %s: %s, %s and %s are not set\n", k.provider, k.token, k.owner, k.username)
			continue
		}
		if !slices.ContainsFunc(g.before, func(row devtron.Config) bool { return row.Provider == k.provider }) {
			fmt.Fprintf(&b, "  - a %s configuration is created and left inactive, as Devtron has no way to delete it;\n"+
				"    its token stays stored in Devtron until it is revoked\n", k.provider)
		}
		fmt.Fprintf(&b, "  - Devtron's dry runs make and delete repositories %s* in %s at %s; what they leave behind is deleted\n",
			dryRunPrefix, account.Owner, account.Host)
	}
	return b.String()
}

// restorable finds what could not be put back because Devtron does not give it away.
func (g *Guard) restorable() error {
	seen := map[string]bool{}
	for _, row := range g.before {
		if seen[row.Provider] {
			return fmt.Errorf("there are two %s configurations: repair that first", row.Provider)
		}
		seen[row.Provider] = true
		if _, tested := g.Environment.Accounts[row.Provider]; tested && row.EnableTLSVerification {
			return fmt.Errorf("the %s configuration has TLS material, which Devtron does not give away: it could not be put back, "+
				"so leave the variables of that git host unset", row.Provider)
		}
	}
	return nil
}

// rehearse asks Devtron for a dry run of what it has: a configuration that does
// not pass it any more would be refused when it is put back.
func (g *Guard) rehearse(ctx context.Context) error {
	for _, row := range g.before {
		v, err := g.Client.Validate(ctx, row.Kept())
		if err != nil {
			return err
		}
		if v.Refused() {
			return fmt.Errorf("the %s configuration (id %d) does not pass Devtron's own dry run any more, so that it could not be put back: %v",
				row.Provider, row.ID, v.StageErrors)
		}
	}
	return nil
}

// Restore puts back what was configured. What was not there before becomes
// inactive: Devtron has no way to delete it.
func (g *Guard) Restore(ctx context.Context) error {
	rows := slices.Clone(g.before)
	// First what was active: while nothing is, Devtron refuses to write what is not.
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
			return fmt.Errorf("put the %s configuration (id %d) back: %w", row.Provider, row.ID, err)
		}
	}
	left, err := g.Client.List(ctx)
	if err != nil {
		return err
	}
	for _, row := range left {
		was := slices.IndexFunc(g.before, func(b devtron.Config) bool { return b.ID == row.ID })
		if row.Active && (was < 0 || !g.before[was].Active) {
			row.Active = false
			if err := g.put(ctx, row.Kept()); err != nil {
				return fmt.Errorf("deactivate the %s configuration (id %d): %w", row.Provider, row.ID, err)
			}
		}
	}
	for _, row := range g.before {
		now, err := g.Client.Get(ctx, row.ID)
		if err != nil {
			return err
		}
		if now != row {
			return fmt.Errorf("the %s configuration (id %d) is not as it was, although Devtron accepted that", row.Provider, row.ID)
		}
	}
	return nil
}

func (g *Guard) restore(ctx context.Context, row devtron.Config) error {
	now, err := g.Client.Get(ctx, row.ID)
	if err != nil || now == row {
		return err
	}
	if row.Active {
		return g.put(ctx, row)
	}
	active, err := g.Client.Configured(ctx)
	if err != nil {
		return err
	}
	if !active.Exists {
		// It is deactivated again with all that were not there before.
		row.Active = true
	}
	return g.put(ctx, row)
}

func (g *Guard) put(ctx context.Context, row devtron.Config) error {
	v, err := g.Client.Update(ctx, row)
	if err == nil && v.Refused() {
		err = fmt.Errorf("refused by Devtron: %v", v.StageErrors)
	}
	return err
}

// End restores what was configured, deletes the repositories that dry runs have
// left behind since Begin, and tells on w what it did.
func (g *Guard) End(ctx context.Context, w io.Writer) error {
	problems := []error{g.Restore(ctx)}
	if problems[0] == nil {
		fmt.Fprintf(w, "Restored: %d configurations are as they were.\n", len(g.before))
	}
	for kind, account := range g.Environment.Accounts {
		now, err := account.dryRunRepositories(ctx)
		problems = append(problems, err)
		for name, path := range now {
			if _, old := g.repositories[kind][name]; old {
				continue
			}
			problems = append(problems, account.delete(ctx, path))
			fmt.Fprintf(w, "Deleted %s in %s at %s, which a dry run had left behind.\n", name, account.Owner, account.Host)
		}
	}
	return errors.Join(problems...)
}
