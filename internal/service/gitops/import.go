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
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

// ImportState finds a configuration by git provider, by id or by identity. It changes nothing in
// Devtron. Terraform reads the other attributes afterwards.
func (r *configResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	store := r.Area.connected()
	if store == nil {
		resp.Diagnostics.AddError("Import needs a configured provider",
			"An argument of the provider block is not known yet, so Devtron cannot be asked what there is to import. Apply what it depends on first.")
		return
	}
	ctx, cancel := context.WithTimeout(ctx, framework.ReadTimeout)
	defer cancel()
	stored, err := store.List(ctx)
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
	config, ok := findImport(stored, id)
	if !ok {
		resp.Diagnostics.AddError("No such GitOps configuration", describeMissing(stored, id))
		return
	}
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, types.StringValue(config.Provider))...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), strconv.Itoa(config.ID))...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, pathGitProvider, config.Provider)...)
	// Devtron does not store these. Their defaults make the next plan empty.
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, pathAdoptExisting, false)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, pathDeletionPolicy, policyDeactivate)...)
}

// findImport finds a configuration by its id or by its git provider, in any case.
func findImport(stored []devtron.Config, id string) (devtron.Config, bool) {
	id = strings.TrimSpace(id)
	if number, err := strconv.Atoi(id); err == nil {
		if number <= 0 {
			return devtron.Config{}, false
		}
		return configs.Find(stored, number, "")
	}
	for _, config := range stored {
		if strings.EqualFold(id, config.Provider) {
			return configs.Find(stored, 0, config.Provider)
		}
	}
	return devtron.Config{}, false
}

// describeMissing says that there is nothing to import by an id, and what there is.
func describeMissing(stored []devtron.Config, id string) string {
	if len(stored) == 0 {
		return fmt.Sprintf("Devtron has no GitOps configuration at all, so %q cannot be imported. Leave the import out; applying the resource creates one.", id)
	}
	return fmt.Sprintf("Devtron has no GitOps configuration %q. Import by git provider or by number.", id) + describeStored(stored)
}
