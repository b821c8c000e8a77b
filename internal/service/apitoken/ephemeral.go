// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// ephemeralToken creates a token that lasts as long as a walk of Terraform: each plan and each
// apply opens one of its own, and closes it at the end, also where the walk fails or is
// interrupted.
type ephemeralToken struct {
	// data is nil while Terraform only validates.
	data *framework.Data
}

var (
	_ ephemeral.EphemeralResourceWithConfigure      = (*ephemeralToken)(nil)
	_ ephemeral.EphemeralResourceWithValidateConfig = (*ephemeralToken)(nil)
	_ ephemeral.EphemeralResourceWithClose          = (*ephemeralToken)(nil)
)

func newEphemeral() ephemeral.EphemeralResource { return &ephemeralToken{} }

// ephemeralModel is the ephemeral resource.
type ephemeralModel struct {
	Rights
	NamePrefix  types.String `tfsdk:"name_prefix"`
	Description types.String `tfsdk:"description"`
	Lifetime    types.String `tfsdk:"lifetime"`
	ID          types.Int64  `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	ExpiresAt   types.String `tfsdk:"expires_at"`
	Token       types.String `tfsdk:"token"`
	UserID      types.Int64  `tfsdk:"user_id"`
}

// Defaults of the arguments.
const (
	defaultPrefix      = "terraform"
	defaultDescription = "Created by Terraform for one run, and deleted after it."
	defaultLifetime    = time.Hour
)

// opened is what the private data has for the end of the run. It does not contain the token.
type opened struct {
	ID      int
	Name    string
	Expires time.Time
}

const privateOpened = "opened"

// Metadata implements ephemeral.EphemeralResource.
func (e *ephemeralToken) Metadata(_ context.Context, _ ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = typeName
}

// Configure implements ephemeral.EphemeralResourceWithConfigure.
func (e *ephemeralToken) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	e.data = framework.TakeData(req.ProviderData, &resp.Diagnostics)
}

// ValidateConfig implements ephemeral.EphemeralResourceWithValidateConfig.
func (e *ephemeralToken) ValidateConfig(ctx context.Context, req ephemeral.ValidateConfigRequest, resp *ephemeral.ValidateConfigResponse) {
	var config ephemeralModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(validateRights(config.Rights)...)
}

// Open implements ephemeral.EphemeralResource.
func (e *ephemeralToken) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var m ephemeralModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	tokens := kind.Objects(e.data)
	if tokens == nil {
		resp.Diagnostics.Append(framework.NotConnected(framework.OpenAfterApply)...)
	}
	resp.Diagnostics.Append(validateRights(m.Rights)...)
	if resp.Diagnostics.HasError() {
		return
	}
	wanted := m.wanted(time.Now())
	token := opened{Name: wanted.Name, Expires: time.UnixMilli(wanted.ExpireAtInMs)}
	ctx, cancel := context.WithTimeout(ctx, framework.WriteTimeout)
	defer cancel()
	resp.Diagnostics.Append(planRights(ctx, e.data, m.Rights)...)
	if resp.Diagnostics.HasError() {
		return
	}
	out, err := tokens.Create(ctx, wanted)
	_, maybeStored := reconcile.MaybeHandled(err)
	if out.Stored {
		token.ID = out.Object.ID
		err = e.complete(ctx, out.Object, &m, err)
	}
	if err != nil {
		resp.Diagnostics.Append(diagnose("The API token could not be created", e.data, "", err)...)
		if out.Stored || maybeStored {
			resp.Diagnostics.Append(e.remove(ctx, token)...) // Terraform closes only what it has opened
		}
		return
	}
	e.leave(token)
	resp.Diagnostics.Append(framework.Remember(ctx, resp.Private, privateOpened, token)...)
	resp.Diagnostics.Append(resp.Result.Set(ctx, m)...)
}

// Close implements ephemeral.EphemeralResourceWithClose.
func (e *ephemeralToken) Close(ctx context.Context, req ephemeral.CloseRequest, resp *ephemeral.CloseResponse) {
	var o opened
	resp.Diagnostics.Append(framework.Recall(ctx, req.Private, privateOpened, &o)...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(e.remove(ctx, o)...)
	}
}

// wanted is the token to create. Its name is like no other: runs at the same moment do not disturb
// each other, and a token of an earlier run, with permissions that would come back, cannot have had
// it.
func (m ephemeralModel) wanted(now time.Time) devtron.APIToken {
	prefix, description, lifetime := defaultPrefix, defaultDescription, defaultLifetime
	if !m.NamePrefix.IsNull() {
		prefix = m.NamePrefix.ValueString()
	}
	if !m.Description.IsNull() {
		description = m.Description.ValueString()
	}
	if d, err := time.ParseDuration(m.Lifetime.ValueString()); err == nil {
		lifetime = d
	}
	return devtron.APIToken{
		Name: prefix + "-" + strings.ToLower(rand.Text())[:nameSuffix], Description: description, ExpireAtInMs: now.Add(lifetime).UnixMilli(), Issued: new(string),
	}
}

// complete reads what is not known of a created token, and sets its permissions.
func (e *ephemeralToken) complete(ctx context.Context, created devtron.APIToken, m *ephemeralModel, err error) error {
	ctx, cancel := e.data.Patience.Afterwards(ctx)
	defer cancel()
	m.ID, m.UserID, m.Name = object.Int64(created.ID), object.Int64(created.UserID), types.StringValue(created.Name)
	m.ExpiresAt = instantOf(created.ExpireAtInMs).StringValue
	m.SuperAdmin = types.BoolValue(m.SuperAdmin.ValueBool())
	if err != nil {
		return err
	}
	value := ""
	if created.Issued != nil {
		value = *created.Issued
	}
	if value == "" {
		value, err = reveal(ctx, e.data, model{
			Common: object.Common{ID: m.ID}, Name: m.Name, Description: types.StringValue(created.Description), ExpiresAt: instantOf(created.ExpireAtInMs),
		})
	}
	if err == nil {
		err = setRights(ctx, e.data, created.UserID, m.Rights, true)
	}
	m.Token = types.StringValue(value)
	return err
}

// leave makes the end of the process delete a token that Terraform does not close: it does not
// where something that depends on the token fails.
func (e *ephemeralToken) leave(o opened) {
	e.data.Leftovers.Add(o.Name, func(ctx context.Context) error {
		if err := e.identify(ctx, &o); err != nil || o.ID == 0 {
			return err
		}
		return e.data.Client.DeleteAPIToken(ctx, devtron.APIToken{ID: o.ID, Name: o.Name})
	})
}

// identify finds the number of a token that is stored, but could not be read back. It stays 0 where
// there is no such token.
func (e *ephemeralToken) identify(ctx context.Context, o *opened) error {
	if o.ID != 0 {
		return nil
	}
	stored, _, err := kind.Objects(e.data).FindKey(ctx, o.Name)
	if err == nil {
		o.ID = stored.ID
	}
	return err
}

// closePatience bounds the deletion of a token at the end of a run.
const closePatience = time.Minute

// remove deletes a token, also where the run is interrupted.
func (e *ephemeralToken) remove(ctx context.Context, o opened) diag.Diagnostics {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closePatience)
	defer cancel()
	err := e.identify(ctx, &o)
	if err == nil && o.ID != 0 {
		err = kind.Objects(e.data).Delete(ctx, reconcile.ID{Number: o.ID})
	}
	if err == nil {
		e.data.Leftovers.Forget(o.Name)
		return nil
	}
	var failure *devtron.Error
	if errors.As(err, &failure) {
		err = failure // the consequence says what is stored
	}
	return diagnose("The API token of the run could not be deleted", e.data,
		fmt.Sprintf("The API token %q is valid until %s. To end it earlier, delete it in Devtron under Global Configurations, Authorization, API Tokens.",
			o.Name, o.Expires.UTC().Format("2006-01-02 15:04 MST")), err)
}
