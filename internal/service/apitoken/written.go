// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// written completes a write: it reads the value of the token where no reply brought it, and sets
// the permissions, which have a route of their own.
func written(ctx context.Context, d *framework.Data, p object.Planned[model, devtron.APIToken], m *model) diag.Diagnostics {
	ctx, cancel := d.Patience.Afterwards(ctx)
	defer cancel()
	diags := completeToken(ctx, d, p, m)
	if p.State == nil || !p.Plan.sameRights(p.State.Rights) {
		diags.Append(completeRights(ctx, d, p, m)...)
	}
	// After a failure, the next apply reads the value also of a token that was imported.
	m.memory.Imported = m.memory.Imported && p.State != nil && !p.Plan.Token.IsUnknown()
	return diags
}

// completeToken makes the value of the token known.
func completeToken(ctx context.Context, d *framework.Data, p object.Planned[model, devtron.APIToken], m *model) diag.Diagnostics {
	if !m.Token.IsUnknown() {
		if p.State == nil || p.Plan.Token.IsUnknown() || p.Plan.Token.Equal(m.Token) {
			return nil
		}
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(pathToken, "A new API token was issued",
			"The token has another value than before: another process changed its expiration date after the plan, which the apply has changed back, or created the token again. The value before stopped working. "+
				"The Terraform state has the new one. Plan again, so that whatever uses it gets it.")}
	}
	value, err := reveal(ctx, d, *m)
	if err == nil {
		m.Token = types.StringValue(value)
		return nil
	}
	m.Token = types.StringNull()
	// An error stops what would use the token. It marks a new one as tainted, and nobody misses the
	// one that is replaced: its value has never been known.
	consequence := "The change is stored, but the Terraform state does not have the new value of the token. Apply again: the next apply reads it."
	if p.State == nil {
		consequence = "The API token is stored in Devtron, but its value is not known. Terraform marks it as tainted: the next apply replaces it."
	}
	return diagnose("The value of the API token could not be read", d, consequence, err)
}

// reveal returns the value of a token that no reply brought, because the reply was lost.
//
// The value is in the reply to every update, which does not issue another one as long as the expiry
// stays: an update without changes is a read. The list would show it only where Devtron does not
// have HIDE_API_TOKENS, together with the values of all other tokens. To issue another value, or to
// delete the token and create it again, would be no safer, as those replies can be lost, too.
func reveal(ctx context.Context, d *framework.Data, m model) (string, error) {
	var value string
	unchanged := devtron.APIToken{
		ID: m.Number(), Name: m.Name.ValueString(), Description: m.Description.ValueString(), ExpireAtInMs: milliseconds(m.ExpiresAt), Issued: &value,
	}
	const attempts = 3 // it changes nothing, so that it can be repeated
	var err error
	for range attempts {
		err = d.Client.UpdateAPIToken(ctx, unchanged)
		if _, maybe := reconcile.MaybeHandled(err); !maybe {
			break
		}
	}
	return value, err
}

// completeRights sets the permissions. A failure leaves a new token as it is, because an error
// would make Terraform replace it: the next plan shows what is missing, and its apply completes it.
func completeRights(ctx context.Context, d *framework.Data, p object.Planned[model, devtron.APIToken], m *model) diag.Diagnostics {
	err := setRights(ctx, d, int(m.UserID.ValueInt64()), p.Plan.Rights, p.State == nil)
	if err == nil {
		return nil
	}
	var settled *reconcile.NotStoredError
	if errors.As(err, &settled) && !settled.Pending {
		err = settled.Err // the general message would say that nothing was stored
	}
	failed := diagnose("The permissions of the API token could not be set", d, "All other changes of the API token are stored.", err)
	if p.State != nil {
		m.Rights = p.State.Rights
		return failed
	}
	var warnings diag.Diagnostics
	for _, f := range failed {
		warnings.AddAttributeWarning(rightsPath(p.Plan.Rights), "The API token does not have its permissions yet",
			fmt.Sprintf("The API token is stored, but not with the permissions of this configuration: it has none, or those of an earlier API token with its name. The next plan shows what is missing, and its apply completes it, unless Devtron refuses the permissions again.\n\n%s. %s", f.Summary(), f.Detail()))
	}
	return warnings
}
