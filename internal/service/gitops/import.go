// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

// ImportState finds the row by git provider, by number or by identity. It writes nothing; the
// Read that follows fills in the rest.
func (r *configResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	store := r.Area.connected()
	if store == nil {
		resp.Diagnostics.AddError("Import needs a configured provider",
			"An argument of the provider block is not known yet, so Devtron cannot be asked what there is to import. Apply what it depends on first.")
		return
	}
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	rows, err := store.List(ctx)
	if err != nil {
		resp.Diagnostics.Append(r.Area.diagnose("The GitOps configuration could not be imported", "Nothing was changed.", err)...)
		return
	}
	id := req.ID
	if id == "" && req.Identity != nil {
		var identity identityModel
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
		id = identity.GitProvider.ValueString()
	}
	row, ok := findImport(rows, id)
	if !ok {
		resp.Diagnostics.AddError("No such GitOps configuration", describeMissing(rows, id))
		return
	}
	resp.Diagnostics.Append(identify(ctx, resp.Identity, types.StringValue(row.Provider))...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), strconv.Itoa(row.ID))...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, pathGitProvider, row.Provider)...)
	// Defaults of what Devtron does not know, so that the plan after it is empty.
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, pathAdoptExisting, false)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, pathDeletionPolicy, policyDeactivate)...)
}

// findImport looks a row up by its number or its git provider, in any case.
func findImport(rows []devtron.Config, id string) (devtron.Config, bool) {
	id = strings.TrimSpace(id)
	if number, err := strconv.Atoi(id); err == nil {
		if number <= 0 {
			return devtron.Config{}, false
		}
		return configs.Find(rows, number, "")
	}
	for _, row := range rows {
		if strings.EqualFold(id, row.Provider) {
			return configs.Find(rows, 0, row.Provider)
		}
	}
	return devtron.Config{}, false
}

func describeMissing(rows []devtron.Config, id string) string {
	if len(rows) == 0 {
		return fmt.Sprintf("Devtron has no GitOps configuration at all, so %q cannot be imported. Leave the import out; applying the resource creates one.", id)
	}
	return fmt.Sprintf("Devtron has no GitOps configuration %q. Import by git provider or by number.", id) + describeStored(rows)
}

// describeStored lists what Devtron has, for somebody who asked for something else.
func describeStored(rows []devtron.Config) string {
	if len(rows) == 0 {
		return " Devtron has no GitOps configuration at all."
	}
	var b strings.Builder
	b.WriteString("\n\nDevtron has:")
	for _, row := range rows {
		state := "inactive"
		if row.Active {
			state = "active"
		}
		b.WriteString("\n  " + describeConfig(row) + ", " + state)
	}
	return b.String()
}
