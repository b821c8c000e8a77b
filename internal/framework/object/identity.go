// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package object

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// IdentitySchema implements resource.ResourceWithIdentity (Terraform 1.12 and newer): the natural
// key, which survives that an object is created again.
func (r *Resource[M, T]) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			r.kind.KeyName: identityschema.StringAttribute{
				Description:       "The argument " + r.kind.KeyName + " of the resource.",
				RequiredForImport: true,
			},
		},
	}
}

// identify sets the identity. It is set even where the resource is removed from the state and under
// a CLI that knows no identities: the framework fails a Read that leaves it empty.
func (r *Resource[M, T]) identify(ctx context.Context, identity *tfsdk.ResourceIdentity, key types.String) diag.Diagnostics {
	if identity == nil {
		return nil
	}
	return identity.SetAttribute(ctx, path.Root(r.kind.KeyName), key)
}

// ImportState implements resource.ResourceWithImportState: by key, by number, or by identity.
func (r *Resource[M, T]) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	objects := r.kind.walk(r.data).objects
	if objects == nil {
		resp.Diagnostics.Append(framework.NotConnected(framework.ImportAfterApply)...)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, framework.ReadTimeout)
	defer cancel()
	all, err := objects.List(ctx)
	if err != nil {
		resp.Diagnostics.Append(r.failure("The "+r.kind.Noun+" could not be imported", "Nothing was changed.", err)...)
		return
	}
	id, number := req.ID, int64(0)
	if id == "" && req.Identity != nil {
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root(r.kind.KeyName), &id)...)
	} else {
		id = strings.TrimSpace(id)
		number, _ = strconv.ParseInt(id, 10, 0)
	}
	// A key may consist of digits, so that it comes before the number.
	found, ok, err := objects.FindKey(ctx, id)
	if !ok && err == nil && number > 0 {
		found, ok, err = objects.FindID(ctx, reconcile.ID{Number: int(number)})
	}
	if !ok && err == nil && req.ID != "" {
		found, ok, err = r.kind.findAlias(all, id)
	}
	if err != nil {
		resp.Diagnostics.Append(r.failure("The "+r.kind.Noun+" could not be imported", "Nothing was changed.", err)...)
		return
	}
	if !ok {
		resp.Diagnostics.AddError("No such "+r.kind.Noun, "Devtron has no "+r.kind.name(id)+". "+r.kind.howToImport()+r.kind.known(all))
		return
	}
	state := r.kind.Stored(r.kind.Imported(), found)
	resp.Diagnostics.Append(r.details(ctx, &state, true)...)
	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, r.kind.Key(state))...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(r.remember(ctx, resp.Private, &state)...)
}

// findAlias returns the object with a value of the alias. Several of them are an error that names
// them.
func (k *Kind[M, T]) findAlias(objects []T, value string) (found T, ok bool, err error) {
	var ids []string
	for _, o := range objects {
		if k.Alias != "" && k.AliasOf(o) == value {
			ids = append(ids, strconv.Itoa(k.IDOf(o)))
			found = o
		}
	}
	if len(ids) > 1 {
		return found, false, fmt.Errorf("Devtron has %d %ss with the %s %q: the ids are %s; use the id or the %s", len(ids), k.Noun, k.Alias, value, strings.Join(ids, ", "), k.KeyName)
	}
	return found, len(ids) == 1, nil
}

// howToImport names what an import finds an object by.
func (k *Kind[M, T]) howToImport() string {
	switch {
	case k.Named != nil:
		return "Import by " + k.KeyName + "."
	case k.Alias != "":
		return "Import by " + k.KeyName + ", by " + k.Alias + ", or by number."
	}
	return "Import by " + k.KeyName + " or by number."
}

// known lists what there is, for somebody who asked for something else.
func (k *Kind[M, T]) known(objects []T) string {
	if len(objects) == 0 {
		return " Devtron has no " + k.Noun + " at all, or does not show one to this API token."
	}
	const most = 20
	lines := make([]string, 0, len(objects))
	for _, o := range objects {
		lines = append(lines, "\n  "+k.label(o))
	}
	slices.Sort(lines)
	if len(lines) > most {
		lines = append(lines[:most], fmt.Sprintf("\n  and %d more", len(lines)-most))
	}
	return "\n\nDevtron has:" + strings.Join(lines, "")
}
