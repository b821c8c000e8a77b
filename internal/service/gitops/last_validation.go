// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// validationModel is the attribute last_validation.
type validationModel struct {
	Passed  types.Bool   `tfsdk:"passed"`
	Skipped types.Bool   `tfsdk:"skipped"`
	Stages  []string     `tfsdk:"stages"`
	Time    types.String `tfsdk:"time"`
}

var validationTypes = map[string]attr.Type{
	"passed":  types.BoolType,
	"skipped": types.BoolType,
	"stages":  types.ListType{ElemType: types.StringType},
	"time":    types.StringType,
}

// validationValue returns the result of a dry run as last_validation. It is null where no reply
// arrived.
func validationValue(ctx context.Context, v *devtron.Validation) (types.Object, diag.Diagnostics) {
	if v == nil {
		return types.ObjectNull(validationTypes), nil
	}
	model := validationModel{
		Passed:  types.BoolValue(!v.Refused() && !v.Skipped && len(v.SuccessfulStages) > 0),
		Skipped: types.BoolValue(v.Skipped),
		Stages:  append([]string{}, v.SuccessfulStages...),
		Time:    types.StringNull(),
	}
	if !v.ValidatedOn.IsZero() {
		model.Time = types.StringValue(v.ValidatedOn.UTC().Format(time.RFC3339))
	}
	return types.ObjectValueFrom(ctx, validationTypes, model)
}
