// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package hosturl

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	dataschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
)

// hostURLKey is the key of the host URL among the attributes of Devtron: what identifies a
// singleton.
const hostURLKey = "url"

// IdentitySchema implements resource.ResourceWithIdentity. Devtron has one host URL, so the
// identity is the same everywhere.
func (r *hostURLResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"key": identityschema.StringAttribute{Description: "Always \"" + hostURLKey + "\".", RequiredForImport: true},
		},
	}
}

func identify(ctx context.Context, identity *tfsdk.ResourceIdentity) diag.Diagnostics {
	if identity == nil {
		return nil
	}
	return identity.SetAttribute(ctx, path.Root("key"), hostURLKey)
}

// ImportState imports the host URL. Its id is the key, or, as there is one host URL only, any other
// text.
func (r *hostURLResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	key := hostURLKey
	if req.ID == "" && req.Identity != nil {
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root("key"), &key)...)
	}
	if key != hostURLKey {
		resp.Diagnostics.AddError("No such host URL", fmt.Sprintf("Devtron has one host URL. Its identity is { key = %q }, not %q.", hostURLKey, key))
		return
	}
	stored, diags := r.Area.stored(ctx, framework.ImportAfterApply)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(identify(ctx, resp.Identity)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, pathURL, stored)...)
}

// ask reads the host URL; "" where none is set.
func (a *area) ask(ctx context.Context, wayOut string) (string, diag.Diagnostics) {
	if a.Client == nil {
		return "", framework.NotConnected(wayOut)
	}
	ctx, cancel := context.WithTimeout(ctx, framework.ReadTimeout)
	defer cancel()
	stored, err := a.read(ctx)
	if err != nil {
		return "", a.failure("The host URL could not be read", "", err)
	}
	return stored, nil
}

// stored reads the host URL where there has to be one.
func (a *area) stored(ctx context.Context, wayOut string) (string, diag.Diagnostics) {
	stored, diags := a.ask(ctx, wayOut)
	if !diags.HasError() && stored == "" {
		diags.AddError("Devtron has no host URL", "Nobody has set the host URL of Devtron yet. Create a devtron_host_url to set it.")
	}
	return stored, diags
}

type hostURLDataSource struct {
	framework.DataSource[area, *area]
}

func (d *hostURLDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = typeName
}

func (d *hostURLDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = dataschema.Schema{
		MarkdownDescription: "Reads the host URL of Devtron.",
		Attributes:          map[string]dataschema.Attribute{"url": dataschema.StringAttribute{MarkdownDescription: "The host URL.", Computed: true}},
	}
}

func (d *hostURLDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	stored, diags := d.Area.stored(ctx, framework.ReadWithDependency)
	resp.Diagnostics.Append(diags...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, pathURL, stored)...)
	}
}

type hostURLList struct {
	framework.Resource[area, *area]
}

func (l *hostURLList) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = typeName
}

func (l *hostURLList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = listschema.Schema{MarkdownDescription: "Finds the host URL of Devtron, to manage it with Terraform from then on."}
}

func (l *hostURLList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	stored, diags := l.Area.ask(ctx, framework.QueryWithLiteral)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	if stored == "" {
		stream.Results = list.NoListResults
		return
	}
	result := req.NewListResult(ctx)
	result.DisplayName = stored
	result.Diagnostics.Append(identify(ctx, result.Identity)...)
	if req.IncludeResource {
		result.Diagnostics.Append(result.Resource.SetAttribute(ctx, pathURL, stored)...)
	}
	stream.Results = slices.Values([]list.ListResult{result})
}
