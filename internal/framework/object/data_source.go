// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package object

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// Found describes the data source of a kind. D is its model, which never contains a secret.
type Found[D, T any] struct {
	// Description is that of the data source, Attributes are those beside the key and the number.
	Description string
	Attributes  map[string]schema.Attribute
	// Model makes the model of an object.
	Model func(T) D
	// Details reads what the list does not contain into a model; nil where it contains all.
	Details func(context.Context, *framework.Data, *D) error
}

// DataSource reads one object of a kind, by key or by number.
type DataSource[M, T, D any] struct {
	kind  *Kind[M, T]
	found Found[D, T]
	data  *framework.Data
}

// NewDataSource returns a constructor of the data source.
func NewDataSource[M, T, D any](kind *Kind[M, T], found Found[D, T]) func() datasource.DataSource {
	return func() datasource.DataSource { return &DataSource[M, T, D]{kind: kind, found: found} }
}

// Metadata implements datasource.DataSource.
func (d *DataSource[M, T, D]) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.kind.Type
}

// Configure implements datasource.DataSourceWithConfigure.
func (d *DataSource[M, T, D]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.data = framework.TakeData(req.ProviderData, &resp.Diagnostics)
}

// Schema implements datasource.DataSource.
func (d *DataSource[M, T, D]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{MarkdownDescription: d.found.Description, Attributes: d.keys()}
	for name, attribute := range d.found.Attributes {
		resp.Schema.Attributes[name] = attribute
	}
}

// keys are the arguments to find an object by.
func (d *DataSource[M, T, D]) keys() map[string]schema.Attribute {
	k := d.kind
	id := schema.Int64Attribute{
		MarkdownDescription: "Number of the " + k.Noun + " in Devtron. Exactly one of `id` and `" + k.KeyName + "` is needed.",
		Optional:            true, Computed: true,
	}
	switch {
	case k.Named != nil:
		key := d.key(k.KeyName)
		key.Required, key.Optional, key.Computed = true, false, false
		return map[string]schema.Attribute{
			"id":      schema.StringAttribute{MarkdownDescription: "The same as `" + k.KeyName + "`.", Computed: true},
			k.KeyName: key,
		}
	case k.Alias != "":
		id.MarkdownDescription = fmt.Sprintf("Number of the %s in Devtron. Exactly one of `id`, `%s`, and `%s` is needed.", k.Noun, k.KeyName, k.Alias)
		return map[string]schema.Attribute{
			"id": id, k.Alias: d.key(k.Alias), k.KeyName: d.key(k.KeyName, path.MatchRoot("id"), path.MatchRoot(k.Alias)),
		}
	}
	return map[string]schema.Attribute{"id": id, k.KeyName: d.key(k.KeyName, path.MatchRoot("id"))}
}

// key is an argument to find an object by, if others are not set.
func (d *DataSource[M, T, D]) key(name string, others ...path.Expression) schema.StringAttribute {
	attribute := schema.StringAttribute{
		MarkdownDescription: "The `" + name + "` of the " + d.kind.Noun + ".",
		Optional:            true, Computed: true,
	}
	if len(others) > 0 {
		attribute.Validators = []validator.String{stringvalidator.ExactlyOneOf(others...)}
	}
	return attribute
}

// Read implements datasource.DataSource.
func (d *DataSource[M, T, D]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var id types.Int64
	var key, alias types.String
	if d.kind.Named == nil {
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("id"), &id)...)
	}
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(d.kind.KeyName), &key)...)
	if d.kind.Alias != "" {
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(d.kind.Alias), &alias)...)
	}
	objects := d.kind.walk(d.data).objects
	if objects == nil {
		resp.Diagnostics.Append(framework.NotConnected(framework.ReadWithDependency)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, framework.ReadTimeout)
	defer cancel()
	all, err := objects.List(ctx)
	if err != nil {
		resp.Diagnostics.Append(d.kind.failure(d.data, framework.Operation{Summary: "The " + d.kind.Noun + " could not be read"}, err)...)
		return
	}
	var object T
	var ok bool
	switch {
	case !id.IsNull():
		object, ok, err = objects.FindID(ctx, reconcile.ID{Number: int(id.ValueInt64())})
	case !alias.IsNull():
		object, ok, err = d.kind.findAlias(all, alias.ValueString())
	default:
		object, ok, err = objects.FindKey(ctx, key.ValueString())
	}
	if err != nil {
		resp.Diagnostics.Append(d.kind.failure(d.data, framework.Operation{Summary: "The " + d.kind.Noun + " could not be read"}, err)...)
		return
	}
	if !ok {
		wanted := d.kind.name(key.ValueString() + alias.ValueString())
		if !id.IsNull() {
			wanted = fmt.Sprintf("%s with the number %d", d.kind.Noun, id.ValueInt64())
		}
		resp.Diagnostics.AddError("No such "+d.kind.Noun, "Devtron has no "+wanted+"."+d.kind.known(all))
		return
	}
	model := d.found.Model(object)
	if d.found.Details != nil {
		if err := d.found.Details(ctx, d.data, &model); err != nil {
			resp.Diagnostics.Append(d.kind.failure(d.data, framework.Operation{Summary: "The " + d.kind.Noun + " could not be read"}, err)...)
			return
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}
