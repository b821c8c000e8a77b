// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// claims record, for one walk of Terraform, what each planned registry says about the default flag:
// null, true, or false. There is one flag, and the instances of a resource cannot see each other.
type claims struct {
	mu    sync.Mutex
	named map[string]types.Bool
	// created are the registries that the run creates.
	created map[string]bool
}

type claimsKey struct{}

func claimsOf(d *framework.Data) *claims {
	c, _ := d.Once(claimsKey{}, func() any { return &claims{named: map[string]types.Bool{}, created: map[string]bool{}} }).(*claims)
	return c
}

// set records the claim of a registry and returns another registry that claims to be the default;
// "" for none.
func (c *claims) set(name string, claim types.Bool, created bool) (rival string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.named[name] = claim
	c.created[name] = c.created[name] || created
	return c.rival(name)
}

// claimant returns a registry other than the named one that claims to be the default.
func (c *claims) claimant(other string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rival(other)
}

// rival is the same for a caller that holds the lock.
func (c *claims) rival(other string) string {
	var names []string
	for name, claim := range c.named {
		if name != other && claim.ValueBool() {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return slices.Min(names)
}

// candidate returns a registry other than the named one that leaves it to Devtron whether it is the
// default; with created, only one that the run creates.
func (c *claims) candidate(other string, created bool) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var names []string
	for name, claim := range c.named {
		if name != other && claim.IsNull() && (!created || c.created[name]) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return slices.Min(names)
}

// patience is how long a warning waits for another registry of the run that makes it unnecessary.
const patience = time.Second

// await waits a moment for find to name a registry of the run that makes a warning unnecessary.
func await(ctx context.Context, find func() string) string {
	for until := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		if name := find(); name != "" || time.Now().After(until) || ctx.Err() != nil {
			return name
		}
	}
}

// planDefault refuses a second default registry, and warns where there will be none.
func planDefault(ctx context.Context, d *framework.Data, p planned) diag.Diagnostics {
	name, claim := p.Plan.Name.ValueString(), p.Config.Default
	if p.Plan.Name.IsUnknown() {
		return nil
	}
	if claim.IsNull() && !p.Plan.Containers.IsUnknown() && !p.Plan.Containers.ValueBool() {
		claim = types.BoolValue(false) // Nothing is built into a registry of charts.
	}
	all := claimsOf(d)
	rival := all.set(name, claim, p.State == nil)
	var diags diag.Diagnostics
	switch held := p.State != nil && p.State.Default.ValueBool(); {
	case claim.ValueBool() && !held && !p.Plan.Containers.IsUnknown() && !p.Plan.Containers.ValueBool():
		// One that is the default already may say so: Devtron makes its first registry the default,
		// whatever that one holds.
		diags.AddAttributeError(pathDefault, "A registry of charts cannot be the default",
			fmt.Sprintf("The registry %q holds no container images, so it cannot be the default of builds. Remove default, and set it for a registry of container images.", name))
	case claim.ValueBool() && rival != "":
		diags.AddAttributeError(pathDefault, "Two default registries",
			fmt.Sprintf("Devtron has one default registry, and this configuration sets default = true for %q and %q: each apply would take it from the other. Set it for one of them, and omit it from the other.", rival, name))
	case p.Config.Default.IsNull(), claim.IsUnknown(), claim.ValueBool(), p.State != nil && !p.State.Default.ValueBool(), d.Client == nil:
	case slices.ContainsFunc(p.Objects, func(r devtron.ContainerRegistry) bool { return r.IsDefault() && r.Name != name }):
	case await(ctx, func() string { return cmp.Or(all.claimant(name), all.candidate(name, true)) }) == "":
		diags.AddAttributeWarning(pathDefault, "Devtron will have no default registry",
			fmt.Sprintf("With default = false, the registry %q gives up being the default, and no other registry becomes it: new builds then have no registry selected. Set default = true for another registry, or omit default here.", name))
	}
	return diags
}

// successor names the registry of the run that becomes the default in place of one that is
// destroyed; "" where none does, or where one does so by itself.
func successor(ctx context.Context, d *framework.Data, state model) (string, diag.Diagnostics) {
	name := state.Name.ValueString()
	if d.Client == nil {
		return "", nil
	}
	ctx, cancel := context.WithTimeout(ctx, framework.ReadTimeout)
	defer cancel()
	// Devtron knows better than the state: another registry of an earlier run may have passed on
	// the flag, and Terraform plans some destroys without a refresh.
	stored, ok, err := kind.Objects(d).FindKey(ctx, name)
	if err != nil || !ok || !stored.IsDefault() {
		return "", nil // Where reading fails, the apply reports it.
	}
	all := claimsOf(d)
	if await(ctx, func() string { return all.claimant(name) }) != "" {
		return "", nil
	}
	if candidate := all.candidate(name, false); candidate != "" {
		return candidate, nil
	}
	return "", diag.Diagnostics{diag.NewAttributeWarningDiagnostic(pathDefault, "Devtron will have no default registry",
		fmt.Sprintf("The registry %q is the default, and no other registry of this configuration can take its place. It gives up being the default before it is deleted, as Devtron does not delete the default registry. "+
			"New builds then have no registry selected. To choose another one, set default = true for it.", name))}
}

// succeed makes a registry the default, so that the one that was can be deleted. Where that fails,
// the deletion goes on: the registry that is deleted gives up the flag itself. One that lost the
// flag after the plan has none to pass on.
func succeed(ctx context.Context, d *framework.Data, state model, name string) diag.Diagnostics {
	if stored, ok, err := kind.Objects(d).FindKey(ctx, state.Name.ValueString()); err == nil && (!ok || !stored.IsDefault()) {
		return nil
	}
	if err := setDefault(ctx, d, name, true); err != nil {
		return diag.Diagnostics{diag.NewWarningDiagnostic("The default registry has no successor",
			fmt.Sprintf("The registry %q was to become the default in place of the one that is deleted, and could not: %s. Devtron has no default registry now. To choose one, set default = true for it.", name, err))}
	}
	return nil
}

// handOn gives the flag, which a registry has just given up, to one that the same run has created
// before, and that would have become the default had it been created afterwards. What the state
// says about that one is corrected by the next refresh.
func handOn(ctx context.Context, d *framework.Data, name string) error {
	heir := claimsOf(d).candidate(name, true)
	if heir == "" {
		return nil
	}
	all, err := kind.Objects(d).List(ctx)
	if err != nil || slices.ContainsFunc(all, devtron.ContainerRegistry.IsDefault) {
		return err
	}
	return setDefault(ctx, d, heir, true)
}

// setDefault changes the default flag of a registry and nothing else. One that does not exist is
// not changed.
func setDefault(ctx context.Context, d *framework.Data, name string, value bool) error {
	_, err := kind.Objects(d).Update(ctx, devtron.ContainerRegistry{Name: name, Default: &value})
	if errors.Is(err, reconcile.ErrGone) {
		return nil
	}
	return err
}
