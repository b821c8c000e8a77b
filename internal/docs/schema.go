// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/zclconf/go-cty/cty"

	"github.com/devtron-labs/terraform-provider-devtron/internal/provider"
)

const providerName = "devtron"

// readSchema asks the provider over its protocol, as a CLI would, and gives
// the answer the shape of "terraform providers schema -json".
func readSchema(ctx context.Context) (*tfjson.ProviderSchemas, error) {
	server, err := provider.NewServer("docs")
	if err != nil {
		return nil, err
	}
	all, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return nil, err
	}
	for _, d := range append(all.Diagnostics, identities.Diagnostics...) {
		return nil, fmt.Errorf("%s: %s", d.Summary, d.Detail)
	}

	result := &tfjson.ProviderSchema{
		ConfigSchema:             convertSchema(all.Provider),
		ResourceSchemas:          convertSchemas(all.ResourceSchemas),
		DataSourceSchemas:        convertSchemas(all.DataSourceSchemas),
		EphemeralResourceSchemas: convertSchemas(all.EphemeralResourceSchemas),
		ListResourceSchemas:      convertSchemas(all.ListResourceSchemas),
		ActionSchemas:            map[string]*tfjson.ActionSchema{},
		ResourceIdentitySchemas:  map[string]*tfjson.IdentitySchema{},
	}
	for name, action := range all.ActionSchemas {
		result.ActionSchemas[name] = &tfjson.ActionSchema{Block: convertBlock(action.Schema.Block)}
	}
	for name, identity := range identities.IdentitySchemas {
		result.ResourceIdentitySchemas[name] = convertIdentity(identity)
	}
	if len(all.Functions) > 0 {
		return nil, fmt.Errorf("functions are new to this program: teach it to convert them")
	}
	return &tfjson.ProviderSchemas{
		FormatVersion: "1.0",
		Schemas:       map[string]*tfjson.ProviderSchema{providerName: result},
	}, nil
}

func convertSchemas(in map[string]*tfprotov6.Schema) map[string]*tfjson.Schema {
	out := make(map[string]*tfjson.Schema, len(in))
	for name, schema := range in {
		out[name] = convertSchema(schema)
	}
	return out
}

func convertSchema(in *tfprotov6.Schema) *tfjson.Schema {
	return &tfjson.Schema{Version: uint64(in.Version), Block: convertBlock(in.Block)}
}

func convertBlock(in *tfprotov6.SchemaBlock) *tfjson.SchemaBlock {
	out := &tfjson.SchemaBlock{
		Attributes:      convertAttributes(in.Attributes),
		NestedBlocks:    map[string]*tfjson.SchemaBlockType{},
		Description:     in.Description,
		DescriptionKind: convertKind(in.DescriptionKind),
		Deprecated:      in.Deprecated,
	}
	for _, nested := range in.BlockTypes {
		out.NestedBlocks[nested.TypeName] = &tfjson.SchemaBlockType{
			NestingMode: nestingModes[nested.Nesting.String()],
			Block:       convertBlock(nested.Block),
			MinItems:    uint64(nested.MinItems),
			MaxItems:    uint64(nested.MaxItems),
		}
	}
	return out
}

func convertAttributes(in []*tfprotov6.SchemaAttribute) map[string]*tfjson.SchemaAttribute {
	out := make(map[string]*tfjson.SchemaAttribute, len(in))
	for _, a := range in {
		attribute := &tfjson.SchemaAttribute{
			Description:     a.Description,
			DescriptionKind: convertKind(a.DescriptionKind),
			Deprecated:      a.Deprecated,
			Required:        a.Required,
			Optional:        a.Optional,
			Computed:        a.Computed,
			Sensitive:       a.Sensitive,
			WriteOnly:       a.WriteOnly,
		}
		if a.NestedType != nil {
			attribute.AttributeNestedType = &tfjson.SchemaNestedAttributeType{
				Attributes:  convertAttributes(a.NestedType.Attributes),
				NestingMode: nestingModes[a.NestedType.Nesting.String()],
			}
		} else {
			attribute.AttributeType = convertType(a.Type)
		}
		out[a.Name] = attribute
	}
	return out
}

func convertIdentity(in *tfprotov6.ResourceIdentitySchema) *tfjson.IdentitySchema {
	out := &tfjson.IdentitySchema{Version: uint64(in.Version), Attributes: map[string]*tfjson.IdentityAttribute{}}
	for _, a := range in.IdentityAttributes {
		out.Attributes[a.Name] = &tfjson.IdentityAttribute{
			IdentityType:      convertType(a.Type),
			Description:       a.Description,
			RequiredForImport: a.RequiredForImport,
			OptionalForImport: a.OptionalForImport,
		}
	}
	return out
}

// convertType goes through JSON, the one form that both type systems share.
func convertType(in tftypes.Type) cty.Type {
	var out cty.Type
	text, err := json.Marshal(in)
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	if err != nil {
		// The provider's own schema has no type that cannot be written down.
		panic(err)
	}
	return out
}

func convertKind(in tfprotov6.StringKind) tfjson.SchemaDescriptionKind {
	if in == tfprotov6.StringKindMarkdown {
		return tfjson.SchemaDescriptionKindMarkdown
	}
	return tfjson.SchemaDescriptionKindPlain
}

var nestingModes = map[string]tfjson.SchemaNestingMode{
	"SINGLE": tfjson.SchemaNestingModeSingle,
	"GROUP":  tfjson.SchemaNestingModeGroup,
	"LIST":   tfjson.SchemaNestingModeList,
	"SET":    tfjson.SchemaNestingModeSet,
	"MAP":    tfjson.SchemaNestingModeMap,
}
