// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package chartrepository

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
)

// model is the resource as Terraform keeps it.
type model struct {
	object.Common
	Name                    types.String `tfsdk:"name"`
	URL                     types.String `tfsdk:"url"`
	Username                types.String `tfsdk:"username"`
	Password                types.String `tfsdk:"password"`
	PasswordWO              types.String `tfsdk:"password_wo"`
	PasswordWOVersion       types.Int64  `tfsdk:"password_wo_version"`
	AllowInsecureConnection types.Bool   `tfsdk:"allow_insecure_connection"`
	Active                  types.Bool   `tfsdk:"active"`
}

// hasPassword reports whether a password is configured, also one that is not known yet.
func (m model) hasPassword() bool { return !m.Password.IsNull() || !m.PasswordWO.IsNull() }

// wanted is the chart repository as it is sent. Every write sends the password: an update without
// it would clear it. A creation ignores active, which deactivate corrects.
func wanted(config, plan model, state *model) devtron.ChartRepository {
	r := devtron.ChartRepository{
		ID: plan.Number(), Name: plan.Name.ValueString(), URL: plan.URL.ValueString(), Username: plan.Username.ValueString(),
		Password: config.Password.ValueString(), AllowInsecureConnection: plan.AllowInsecureConnection.ValueBool(),
		Active: state == nil || plan.Active.ValueBool(),
	}
	if !config.PasswordWO.IsNull() {
		r.Password = config.PasswordWO.ValueString()
	}
	if r.Username != "" { // as a read would show it
		r.AuthMode = devtron.AuthPassword
	}
	return r
}

// stored returns the model as Devtron shows the chart repository, without the password.
func stored(m model, r devtron.ChartRepository) model {
	m.ID, m.Name, m.URL = object.Int64(r.ID), types.StringValue(r.Name), types.StringValue(r.URL)
	m.Username = framework.StringOrNull(r.User())
	m.AllowInsecureConnection, m.Active = types.BoolValue(r.AllowInsecureConnection), types.BoolValue(r.Active)
	return m
}

// writes reports whether an update changes the chart repository. A write-only password has no past,
// so its version speaks for it.
func writes(_, plan, state model) bool {
	return !plan.URL.Equal(state.URL) || !plan.Username.Equal(state.Username) || !plan.Password.Equal(state.Password) ||
		!plan.PasswordWOVersion.Equal(state.PasswordWOVersion) ||
		!plan.AllowInsecureConnection.Equal(state.AllowInsecureConnection) || !plan.Active.Equal(state.Active)
}

// deactivate follows the creation of a chart repository that is to be inactive, because Devtron
// stores every new one as active (26-18).
func deactivate(ctx context.Context, d *framework.Data, p planned, m *model) diag.Diagnostics {
	if p.State != nil || p.Plan.Active.ValueBool() || m.Number() == 0 {
		return nil
	}
	inactive := wanted(p.Config, p.Plan, m)
	inactive.ID = m.Number()
	ctx, cancel := d.Patience.Afterwards(ctx)
	defer cancel()
	if _, err := kind.Objects(d).Update(ctx, inactive); err != nil {
		// An error would make Terraform replace the new chart repository. The state has to be as
		// planned; the next refresh corrects it.
		m.Active = p.Plan.Active
		return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(pathActive, "The chart repository is still active",
			fmt.Sprintf("Devtron stores every new chart repository as active. The chart repository is stored, but the second request, which deactivates it, failed: %s. "+
				"Apply again: the next plan shows what is missing.", err))}
	}
	m.Active = types.BoolValue(false)
	return nil
}

// dataModel is the data source.
type dataModel struct {
	ID                      types.Int64  `tfsdk:"id"`
	Name                    types.String `tfsdk:"name"`
	URL                     types.String `tfsdk:"url"`
	Username                types.String `tfsdk:"username"`
	AllowInsecureConnection types.Bool   `tfsdk:"allow_insecure_connection"`
	Active                  types.Bool   `tfsdk:"active"`
}

func dataOf(r devtron.ChartRepository) dataModel {
	return dataModel{
		ID: object.Int64(r.ID), Name: types.StringValue(r.Name), URL: types.StringValue(r.URL), Username: framework.StringOrNull(r.User()),
		AllowInsecureConnection: types.BoolValue(r.AllowInsecureConnection), Active: types.BoolValue(r.Active),
	}
}
