// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/redact"
)

// concealToken removes the tokens of models from diagnostics. A user may have written a token into
// another argument, such as username, whose values some messages contain.
func concealToken(diags *diag.Diagnostics, models ...*configModel) {
	var tokens []string
	for _, m := range models {
		tokens = append(tokens, m.Token.ValueString(), m.TokenWO.ValueString())
		for _, value := range m.shown() {
			if gittoken.LooksLikeToken(value) {
				tokens = append(tokens, value)
			}
		}
	}
	redactor := redact.New(tokens...)
	for i, d := range *diags {
		summary, detail := redactor.Mask(d.Summary()), redactor.Mask(d.Detail())
		if summary == d.Summary() && detail == d.Detail() {
			continue
		}
		masked := diag.Diagnostic(diag.NewWarningDiagnostic(summary, detail))
		if d.Severity() == diag.SeverityError {
			masked = diag.NewErrorDiagnostic(summary, detail)
		}
		if at, ok := d.(diag.DiagnosticWithPath); ok {
			masked = diag.WithPath(at.Path(), masked)
		}
		(*diags)[i] = masked
	}
}

// shown returns the values that messages contain.
func (m *configModel) shown() []string {
	values := []string{m.Username.ValueString()}
	for _, field := range ownerFields {
		values = append(values, field.inModel(&m.targetModel).ValueString())
	}
	return values
}
