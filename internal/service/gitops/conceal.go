// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/devtron-labs/terraform-provider-devtron/internal/redact"
)

// concealToken removes the tokens of models from diagnostics. A user may have written a token into
// another argument too, such as username, whose values some messages contain.
func concealToken(diags *diag.Diagnostics, models ...*configModel) {
	var tokens []string
	for _, m := range models {
		tokens = append(tokens, m.Token.ValueString(), m.TokenWO.ValueString())
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
