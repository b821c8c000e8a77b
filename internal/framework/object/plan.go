// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package object

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// privateReplaced is the key of the private state for the ID of the object of an update. Where
// Terraform makes a replacement of the update, it passes the value on to the plan of the creation.
const privateReplaced = "replaced_object"

// privateSuccessor is the key of the private state for the object that Kind.Successor names.
const privateSuccessor = "successor"

// ModifyPlan implements resource.ResourceWithModifyPlan: it reports, before anything is touched,
// what an apply will meet.
func (r *Resource[M, T]) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.data == nil {
		return
	}
	p := Planned[M, T]{}
	if !req.State.Raw.IsNull() {
		p.State = new(M)
		resp.Diagnostics.Append(req.State.Get(ctx, p.State)...)
		resp.Diagnostics.Append(r.recall(ctx, req.Private, p.State)...)
	}
	if req.Plan.Raw.IsNull() {
		if !resp.Diagnostics.HasError() {
			r.planDestroy(ctx, *p.State, resp)
		}
		return
	}
	resp.Diagnostics.Append(req.Config.Get(ctx, &p.Config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &p.Plan)...)
	if p.State == nil {
		resp.Diagnostics.Append(framework.Recall(ctx, req.Private, privateReplaced, &p.replaced)...)
		p.Replaced = p.replaced.Number
		// Terraform passes on what the replaced object had.
		resp.Diagnostics.Append(r.recall(ctx, req.Private, &p.Plan)...)
	} else {
		resp.Diagnostics.Append(framework.Remember(ctx, resp.Private, privateReplaced, r.kind.idIn(p.State))...)
	}
	key := r.kind.Key(p.Plan)
	if resp.Diagnostics.HasError() {
		return
	}
	w := r.kind.walk(r.data)
	if n := w.ledger.update(key.ValueString(), nil).instances; n > 1 {
		resp.Diagnostics.AddAttributeError(path.Root(r.kind.KeyName), "Two resources for one "+r.kind.Noun,
			fmt.Sprintf("%d resources of this configuration manage the %s. Keep one of them.", n, r.kind.name(key.ValueString()))+
				" If one was meant to take the place of the other, remove the old one."+r.movedHint())
		return
	}
	if w.objects != nil && (p.State == nil || r.kind.Plan != nil) {
		objects, diags := r.list(ctx, p.Plan)
		resp.Diagnostics.Append(diags...)
		p.Objects = objects
	}
	resp.Diagnostics.Append(r.complete(ctx, &p, resp)...)
	switch {
	case resp.Diagnostics.HasError():
	case p.State == nil:
		resp.Diagnostics.Append(r.planCreation(ctx, p)...)
	case r.kind.Destroy != nil && r.replaces(p):
		resp.Diagnostics.Append(r.kind.Destroy(ctx, r.data, *p.State, true)...)
	}
	if r.kind.Plan != nil && !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(r.kind.Plan(ctx, r.data, p)...)
	}
}

// complete sets the computed arguments that are known already.
func (r *Resource[M, T]) complete(ctx context.Context, p *Planned[M, T], resp *resource.ModifyPlanResponse) diag.Diagnostics {
	if r.kind.Complete == nil || resp.Diagnostics.HasError() {
		return nil
	}
	plan := p.Plan
	replacedBy, diags := r.kind.Complete(ctx, r.data, *p, &plan)
	if diags.HasError() {
		return diags
	}
	p.Plan = plan
	resp.RequiresReplace.Append(replacedBy...)
	return append(diags, resp.Plan.Set(ctx, plan)...)
}

func (r *Resource[M, T]) replaces(p Planned[M, T]) bool {
	if r.kind.Replaces != nil {
		return r.kind.Replaces(p.Config, p.Plan, *p.State)
	}
	return !r.kind.Key(p.Plan).Equal(r.kind.Key(*p.State))
}

func (r *Resource[M, T]) list(ctx context.Context, plan M) ([]T, diag.Diagnostics) {
	timeout, diags := r.kind.timeouts(&plan).Read(ctx, framework.ReadTimeout)
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	objects, err := r.kind.walk(r.data).objects.List(ctx)
	if err != nil {
		diags.Append(r.failure("Devtron could not be asked for its "+r.kind.plural(), "Nothing was changed.", err)...)
	}
	return objects, diags
}

// planCreation refuses a creation that meets an object with its key, and reports what a replacement
// destroys.
func (r *Resource[M, T]) planCreation(ctx context.Context, p Planned[M, T]) diag.Diagnostics {
	replaced, replaces := r.kind.find(p.Objects, p.replaced)
	if key := r.kind.Key(p.Plan); !key.IsUnknown() {
		ledger := r.kind.walk(r.data).ledger
		e := ledger.update(key.ValueString(), func(e *entry) { e.created = true })
		existing, found := r.kind.find(p.Objects, reconcile.ID{Key: key.ValueString()})
		ids := r.kind.idsOf(p.Objects, key.ValueString())
		switch {
		case e.destroyed:
			return diag.Diagnostics{r.renamed(key.ValueString())}
		case len(ids) > 1:
			return r.failure("The "+r.kind.Noun+" could not be created", "Nothing was changed.", reconcile.Twins(r.kind.plural(), key.ValueString(), ids))
		case !found, replaces && r.kind.id(replaced) == r.kind.id(existing):
		case !ledger.waitHeld(ctx, key.ValueString()):
			return diag.Diagnostics{r.exists(existing, e.lost)}
		case p.replaced == reconcile.ID{}:
			// An object of the state: this resource is tainted, or the destroy that follows is
			// refused as a rename.
			replaced, replaces = existing, true
		}
	}
	if !replaces || r.kind.Destroy == nil {
		return nil
	}
	return r.kind.Destroy(ctx, r.data, r.kind.Stored(r.kind.Imported(), replaced), true)
}

// planDestroy reports what a destroy leaves behind, and refuses one that belongs to a rename.
func (r *Resource[M, T]) planDestroy(ctx context.Context, state M, resp *resource.ModifyPlanResponse) {
	key := r.kind.Key(state).ValueString()
	e := r.kind.walk(r.data).ledger.update(key, func(e *entry) { e.destroyed = true })
	if e.created {
		resp.Diagnostics.Append(r.renamed(key))
		return
	}
	if r.kind.Destroy != nil {
		resp.Diagnostics.Append(r.kind.Destroy(ctx, r.data, state, false)...)
	}
	if r.kind.Successor != nil && !resp.Diagnostics.HasError() {
		successor, diags := r.kind.Successor(ctx, r.data, state)
		resp.Diagnostics.Append(diags...)
		var before string // of a destroy that was planned earlier, and failed
		resp.Diagnostics.Append(framework.Recall(ctx, resp.Private, privateSuccessor, &before)...)
		if successor != before {
			resp.Diagnostics.Append(framework.Remember(ctx, resp.Private, privateSuccessor, successor)...)
		}
	}
}

// renamed is reported where one run destroys an object and creates it again under another address.
func (r *Resource[M, T]) renamed(key string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("The "+r.kind.Noun+" would be destroyed because its resource was renamed",
		"This run destroys the "+r.kind.name(key)+" and creates it again for another resource address. What Devtron and its users have attached to it would be lost. Nothing was changed."+r.movedHint()+
			"\n\nIf the plan shows a deposed object instead, an apply with create_before_destroy has failed before: Devtron has one "+r.kind.Noun+" for each "+r.kind.KeyName+
			". Remove create_before_destroy, remove the resource from the state with \"terraform state rm\", and import it:\n\n"+ImportBlock(r.kind.Type, key))
}

// exists is reported where the object of a creation is there already. lost says that it has taken
// the place of one in the state.
func (r *Resource[M, T]) exists(existing T, lost bool) diag.Diagnostic {
	key, first := r.kind.KeyOf(existing), ""
	if lost {
		first = "\n\nSomebody has deleted or renamed the " + r.kind.Noun + " that the Terraform state has under this " + r.kind.KeyName + ", and created this one. " +
			"Before you import this one, remove the other from the state with \"terraform state rm\": Terraform ignores an import block for a resource that is in the state."
	}
	return diag.NewAttributeErrorDiagnostic(path.Root(r.kind.KeyName), "The "+r.kind.Noun+" already exists",
		"Devtron already has the "+r.kind.title(existing)+". Nothing was changed."+
			"\n\nTo manage it with this resource, import it: add this block (with the name of your resource), plan, and read the changes.\n\n"+
			ImportBlock(r.kind.Type, key)+first+r.movedHint()+r.kind.oneEach())
}

func (r *Resource[M, T]) movedHint() string {
	return "\n\nIf you renamed a resource, add this block with its old and its new address, and nothing is destroyed or created:\n\n" +
		"moved {\n  from = " + r.kind.Type + ".OLD\n  to   = " + r.kind.Type + ".NEW\n}"
}

// Observe records the key of an object of the state, see framework.Service.
func (k *Kind[M, T]) Observe(d *framework.Data, state []byte) {
	var attributes map[string]json.RawMessage
	var key string
	if json.Unmarshal(state, &attributes) == nil && json.Unmarshal(attributes[k.KeyName], &key) == nil {
		k.walk(d).ledger.hold(key)
	}
}
