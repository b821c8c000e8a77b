// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/environment"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/project"
)

// planToken reports what an apply would meet. Terraform asks again in the apply, when everything is
// known and nothing has been sent yet.
func planToken(ctx context.Context, d *framework.Data, p object.Planned[model, devtron.APIToken]) diag.Diagnostics {
	diags := validateRights(p.Config.Rights)
	if diags.HasError() {
		return diags
	}
	switch {
	case p.State == nil:
		diags.Append(planName(d, p)...)
		diags.Append(planExpiry(p.Plan.ExpiresAt, nil, time.Now())...)
	case !p.Plan.Name.Equal(p.State.Name): // A replacement, whose creation Terraform plans in a second call.
		return diags
	default:
		if changesOwn(d, p) {
			return append(diags, ownToken(p.State.Name.ValueString(), "changed", "Write this resource as Devtron has the token, or change the token in Devtron's web page."))
		}
		diags.Append(planExpiry(p.Plan.ExpiresAt, &p.State.ExpiresAt, time.Now())...)
		if p.Plan.Token.IsUnknown() && p.Plan.ExpiresAt.Equal(p.State.ExpiresAt) {
			diags.AddAttributeWarning(pathName, "The value of the API token is read again",
				"The Terraform state does not have the value that works: somebody has created the token again or changed its expiration date, or an earlier apply could not read it. "+
					"The apply reads the value, which changes nothing in Devtron. Whatever uses the token needs the new value of the attribute token.")
		}
	}
	if p.State == nil || !p.Plan.sameRights(p.State.Rights) {
		ctx, cancel := context.WithTimeout(ctx, framework.ReadTimeout)
		defer cancel()
		diags.Append(planRights(ctx, d, p.Plan.Rights)...)
	}
	return diags
}

// plannedNames are the names of the tokens that a walk creates.
type plannedNames struct {
	mu    sync.Mutex
	names []string
}

// plannedNamesKey is the key of plannedNames in the data of a walk.
type plannedNamesKey struct{}

// planName refuses a name that Devtron refuses, or confuses with another one. A token that was
// imported with an older name keeps it.
func planName(d *framework.Data, p object.Planned[model, devtron.APIToken]) diag.Diagnostics {
	var diags diag.Diagnostics
	name := p.Plan.Name.ValueString()
	if p.Plan.Name.IsUnknown() {
		return diags
	}
	if !validName(name) {
		diags.AddAttributeError(pathName, "Invalid name of an API token",
			fmt.Sprintf("The name %q is not valid in Devtron. A name has %d to %d characters: lower-case letters, digits, and _ and - between them, for example \"ci-payments\".", name, minName, maxName))
		return diags
	}
	planned, _ := d.Once(plannedNamesKey{}, func() any { return &plannedNames{} }).(*plannedNames)
	planned.mu.Lock()
	others := slices.Clone(planned.names)
	planned.names = append(planned.names, name)
	planned.mu.Unlock()
	for _, t := range p.Objects {
		// Devtron finds the user of a deleted token, too, so that the name of the replaced one
		// counts as well where the new name is a pattern for it.
		if t.ID != p.Replaced || matches(name, t.Name) {
			others = append(others, t.Name)
		}
	}
	if i := slices.IndexFunc(others, func(other string) bool { return confused(name, other) }); i >= 0 {
		diags.AddAttributeError(pathName, "Devtron would confuse the name with another one",
			fmt.Sprintf("Devtron takes \"_\" in the name of an API token for a wildcard, so %q and the API token %q are the same to it: creating one of them can break the other. Nothing was changed.\n\nChoose another name, for example without \"_\".", name, others[i]))
	}
	return diags
}

// planExpiry refuses a new expiry in the past, and reports what a changed one does. before is nil
// for a creation.
func planExpiry(planned instant, before *instant, now time.Time) diag.Diagnostics {
	if planned.IsUnknown() {
		if before == nil {
			return nil
		}
		return diag.Diagnostics{newToken()}
	}
	at, err := time.Parse(time.RFC3339, planned.ValueString())
	expires := err == nil
	if !planned.IsNull() && !expires {
		problem := validTime(rule.Argument{Name: "expires_at"}, planned.ValueString())
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(pathExpiresAt, problem.Summary, problem.Detail)}
	}
	past := expires && !at.After(now)
	date := at.UTC().Format("2006-01-02 15:04 MST")
	switch {
	case before != nil && milliseconds(planned) == milliseconds(*before) && planned.IsNull() == before.IsNull():
		if !past {
			return nil
		}
		return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(pathExpiresAt, "The API token has expired",
			"The token expired on "+date+". Devtron does not accept it anymore. Set expires_at to a later time, or remove it: the apply then issues a new token.")}
	case past:
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(pathExpiresAt, "expires_at is in the past",
			"The token would have expired on "+date+". Devtron issues such a token, but never accepts it. Nothing was changed. Set a later time, or remove expires_at for a token that never expires.")}
	case before != nil:
		return diag.Diagnostics{newToken()}
	}
	return nil
}

func newToken() diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(pathExpiresAt, "A new API token will be issued",
		"Devtron cannot change the expiration date of a token that is issued. The apply issues a new one in its place, and the old one stops working immediately. "+
			"Whatever uses the token needs the new value of the attribute token. To leave time for the exchange, create a second token first.")
}

// changesOwn reports whether an update changes the API token that the provider itself uses.
func changesOwn(d *framework.Data, p object.Planned[model, devtron.APIToken]) bool {
	return isOwn(d, p.State.Name.ValueString()) &&
		(p.Plan.ExpiresAt.IsUnknown() || writes(p.Config, p.Plan, *p.State) || !p.Plan.sameRights(p.State.Rights))
}

func isOwn(d *framework.Data, name string) bool {
	return d.Client != nil && name != "" && d.Client.OwnAPIToken() == name
}

func ownToken(name, what, advice string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(pathName, "The provider's own API token cannot be "+what,
		fmt.Sprintf("The provider itself signs in with the API token %q, and could lock itself out in the middle of the run. Nothing was changed. %s\n\n"+
			"To do it all the same, configure the provider with another API token first.", name, advice))
}

// destroyToken refuses to destroy the token of the provider, and says what a destroy does.
func destroyToken(_ context.Context, d *framework.Data, state model, _ bool) diag.Diagnostics {
	name := state.Name.ValueString()
	if isOwn(d, name) {
		return diag.Diagnostics{ownToken(name, "destroyed",
			"To remove it from the Terraform state only, replace its resource block with this block (Terraform 1.7 or newer):\n\nremoved {\n  from = "+typeName+".NAME\n  lifecycle {\n    destroy = false\n  }\n}")}
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(pathName, "The API token stops working",
		fmt.Sprintf("This run deletes the API token %q. Devtron refuses it from then on: replace it first wherever it is used.", name))}
}

// planRights refuses permission groups that do not exist, and warns of other names that do not:
// Devtron accepts them silently. A list that cannot be read says nothing about them.
func planRights(ctx context.Context, d *framework.Data, r Rights) diag.Diagnostics {
	if d.Client == nil {
		return nil
	}
	var diags diag.Diagnostics
	var missing *noGroupsError
	if _, err := findGroups(ctx, d, r); errors.As(err, &missing) {
		diags.AddAttributeError(pathGroups, "No such permission group", framework.Sentence(missing.Error())+" Nothing was changed.")
	}
	var projects, environments []string
	for _, p := range permissionsOf(r.Permissions) {
		if name := p.Project.ValueString(); name != "" && name != allProjects {
			projects = append(projects, name)
		}
		environments = append(environments, texts(p.Environments)...)
	}
	if unknown, err := project.Unknown(ctx, d, projects); err == nil && len(unknown) > 0 {
		diags.AddAttributeWarning(pathPermissions, "The project of a permission does not exist",
			"Devtron has no project "+quoted(unknown)+". It accepts the permission, which has no effect until there is such a project. "+
				"Correct the name or, if this run creates the project, refer to its resource (devtron_project.NAME.name).")
	}
	if unknown, err := environment.Unknown(ctx, d, environments); err == nil && len(unknown) > 0 {
		diags.AddAttributeWarning(pathPermissions, "The environment of a permission does not exist",
			"Devtron has no environment with the identifier "+quoted(unknown)+". It accepts the permission, which has no effect until there is such an environment. "+
				"Use the attribute identifier of a devtron_environment, which is the name of the cluster and the namespace, joined by two underscores.")
	}
	return diags
}
