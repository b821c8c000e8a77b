// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package object

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// NamedCommon is embedded by the models of resources whose objects have no number. Kind.Stored sets
// ID to the key.
type NamedCommon struct {
	ID       types.String   `tfsdk:"id"`
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// timeouts are those of a model.
func (k *Kind[M, T]) timeouts(m *M) timeouts.Value {
	if k.Named != nil {
		return k.Named(m).Timeouts
	}
	return k.Common(m).Timeouts
}

// idAttribute is the attribute id of the resource.
func (k *Kind[M, T]) idAttribute() schema.Attribute {
	if k.Named != nil {
		return schema.StringAttribute{
			MarkdownDescription: "The same as `" + k.KeyName + "`, by which Devtron identifies the " + k.Noun + ".",
			Computed:            true,
			PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
		}
	}
	return schema.Int64Attribute{
		MarkdownDescription: "Number of the " + k.Noun + " in Devtron.",
		Computed:            true,
		PlanModifiers:       []planmodifier.Int64{int64planmodifier.UseStateForUnknown()},
	}
}
