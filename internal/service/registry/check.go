// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/registrycheck"
)

// checkedTypes are the types whose credentials are those of a docker login.
var checkedTypes = []string{devtron.RegistryDockerHub, devtron.RegistryGitLab, devtron.RegistryQuay, devtron.RegistryOther}

// checkCredentials tries credentials that are about to be written, which Devtron does not do. Only
// a clear refusal counts: the network that plans need not be the one of Devtron.
func checkCredentials(ctx context.Context, d *framework.Data, p planned) diag.Diagnostics {
	level := checkLevel(d, p.Plan.RegistryCheck)
	password := p.Config.password()
	if level == framework.CheckOff || !checkable(p) {
		return nil
	}
	answer := checkerOf(d).Check(ctx, registrycheck.Question{
		URL: p.Plan.URL.ValueString(), Username: p.Plan.Username.ValueString(), Password: password.Value(),
		Insecure: p.Plan.Connection.ValueString() == devtron.ConnectionInsecure, CACertificate: p.Plan.CACertificate.ValueString(),
	})
	at := password.Path("password")
	switch answer.Verdict {
	case registrycheck.Refused:
		detail := fmt.Sprintf("%s does not accept the user name %q with the value of %s (HTTP 401). Devtron would store them without a test, and the next build would fail.\n\n"+
			"Check username and %s. Many registries do not accept the password of an account here, but need an access token that may pull and push images.",
			answer.Server, p.Plan.Username.ValueString(), at, at)
		// A version that is not known yet may turn out to be the one before: then nothing is sent.
		certain := p.State == nil || !p.Config.PasswordWOVersion.IsUnknown()
		if level == framework.CheckError && certain {
			return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "The registry does not accept the credentials",
				detail+"\n\nNothing was changed. To continue despite this check, set registry_check = \"warn\" or \"off\".")}
		}
		return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(at, "The registry does not accept the credentials",
			detail+"\n\nTo plan without this check, set registry_check = \"off\".")}
	case registrycheck.Unknown:
		if level == framework.CheckError {
			return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(at, "The credentials of the registry could not be checked",
				fmt.Sprintf("The check of the registry at %s shows nothing about the credentials: %s. The plan continues, as Devtron may reach the registry in another way. To plan without this check, set registry_check = \"off\".",
					bare(p.Plan.URL.ValueString()), answer.Reason))}
		}
	}
	return nil
}

// checkable reports whether credentials are about to be written, and everything is known that a
// check of them needs.
func checkable(p planned) bool {
	plan := p.Plan
	for _, value := range []types.String{plan.Type, plan.URL.StringValue, plan.Username, plan.Connection, plan.CACertificate} {
		if value.IsUnknown() {
			return false
		}
	}
	if !slices.Contains(checkedTypes, plan.Type.ValueString()) || plan.Public.ValueBool() || plan.Username.IsNull() || p.Config.password().Value() == "" {
		return false
	}
	return passwordChange(p.Config, p.State).Sent()
}

// checkLevel is the level of a resource, or else of the provider.
func checkLevel(d *framework.Data, own types.String) string {
	switch {
	case own.IsUnknown():
		return framework.CheckOff // It may turn out to be that, and then no request is allowed.
	case own.IsNull():
		return d.RegistryCheck
	}
	return own.ValueString()
}

type checkerKey struct{}

// checkerOf is the checker that all registries share in one walk.
func checkerOf(d *framework.Data) *registrycheck.Checker {
	c, _ := d.Once(checkerKey{}, func() any { return registrycheck.NewChecker(registrycheck.Options{UserAgent: d.UserAgent}) }).(*registrycheck.Checker)
	return c
}
