// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/devtron-labs/terraform-provider-devtron/internal/provider"
)

const providerName = "devtron"

// object is a JSON object of the format of "terraform providers schema -json".
type object = map[string]any

// readSchema asks the provider for its schema as a CLI does, over the plugin protocol.
func readSchema(ctx context.Context) (object, error) {
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
	if len(all.Functions) > 0 {
		return nil, errors.New("this command does not convert functions yet")
	}
	return object{"format_version": "1.0", "provider_schemas": object{providerName: object{
		"provider":                   schemaOf(all.Provider),
		"resource_schemas":           each(all.ResourceSchemas, schemaOf),
		"data_source_schemas":        each(all.DataSourceSchemas, schemaOf),
		"ephemeral_resource_schemas": each(all.EphemeralResourceSchemas, schemaOf),
		"list_resource_schemas":      each(all.ListResourceSchemas, schemaOf),
		"action_schemas": each(all.ActionSchemas, func(a *tfprotov6.ActionSchema) object {
			return object{"block": blockOf(a.Schema.Block)}
		}),
		"resource_identity_schemas": each(identities.IdentitySchemas, identityOf),
	}}}, nil
}

func each[T any](in map[string]T, convert func(T) object) object {
	out := object{}
	for name, value := range in {
		out[name] = convert(value)
	}
	return out
}

func schemaOf(s *tfprotov6.Schema) object {
	return object{"version": s.Version, "block": blockOf(s.Block)}
}

func blockOf(b *tfprotov6.SchemaBlock) object {
	nested := object{}
	for _, n := range b.BlockTypes {
		nested[n.TypeName] = object{
			"nesting_mode": strings.ToLower(n.Nesting.String()), "block": blockOf(n.Block), "min_items": n.MinItems, "max_items": n.MaxItems,
		}
	}
	out := described(b.Description, b.DescriptionKind, b.Deprecated)
	out["attributes"], out["block_types"] = attributesOf(b.Attributes), nested
	return out
}

func attributesOf(attributes []*tfprotov6.SchemaAttribute) object {
	all := object{}
	for _, a := range attributes {
		out := described(a.Description, a.DescriptionKind, a.Deprecated)
		out["required"], out["optional"], out["computed"] = a.Required, a.Optional, a.Computed
		out["sensitive"], out["write_only"] = a.Sensitive, a.WriteOnly
		if n := a.NestedType; n != nil {
			out["nested_type"] = object{"nesting_mode": strings.ToLower(n.Nesting.String()), "attributes": attributesOf(n.Attributes)}
		} else {
			out["type"] = a.Type
		}
		all[a.Name] = out
	}
	return all
}

func described(text string, kind tfprotov6.StringKind, deprecated bool) object {
	return object{"description": text, "description_kind": strings.ToLower(kind.String()), "deprecated": deprecated}
}

func identityOf(s *tfprotov6.ResourceIdentitySchema) object {
	attributes := object{}
	for _, a := range s.IdentityAttributes {
		attributes[a.Name] = object{
			"type": a.Type, "description": a.Description, "required_for_import": a.RequiredForImport, "optional_for_import": a.OptionalForImport,
		}
	}
	return object{"version": s.Version, "attributes": attributes}
}
