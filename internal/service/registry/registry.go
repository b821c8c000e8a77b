// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package registry is the area of container registries.
package registry

import (
	"context"
	"errors"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// Service registers the area.
var Service = framework.Service{
	Resources:     []func() resource.Resource{object.NewResource(kind)},
	DataSources:   []func() datasource.DataSource{object.NewDataSource(kind, found)},
	ListResources: []func() list.ListResource{object.NewList(kind)},
	Observe:       map[string]func(*framework.Data, []byte){kind.Type: kind.Observe},
}

// Names of the resource in a configuration and of an object in messages.
const (
	typeName = "devtron_container_registry"
	noun     = "container registry"
)

var kind = &object.Kind[model, devtron.ContainerRegistry]{
	Type: typeName, Noun: noun, KeyName: "name",
	Schema: registrySchema,
	API:    api,
	Named:  func(m *model) *object.NamedCommon { return &m.NamedCommon },
	Key:    func(m model) types.String { return m.Name },
	KeyOf:  func(r devtron.ContainerRegistry) string { return r.Name },
	Wanted: wanted, Stored: stored, Imported: imported, Writes: writes,
	Validate: validate,
	Replaces: replaces,
	Destroy:  destroyRegistry,
	Explain:  explain,
	Given:    given,
}

// The functions here refer to kind.
func init() {
	kind.Plan, kind.Written, kind.Successor, kind.Succeed = planRegistry, written, successor, succeed
}

// api describes registries as the API treats them.
func api(c *devtron.Client) reconcile.Kind[devtron.ContainerRegistry] {
	return reconcile.Kind[devtron.ContainerRegistry]{
		Name: "container registries", Lock: reconcile.ChartSync, List: c.ListContainerRegistries,
		Create: func(ctx context.Context, wanted devtron.ContainerRegistry) (devtron.ContainerRegistry, error) {
			return wanted, followUp(c.CreateContainerRegistry(ctx, wanted))
		},
		Update: func(ctx context.Context, wanted devtron.ContainerRegistry) error {
			return followUp(c.UpdateContainerRegistry(ctx, wanted))
		},
		Delete: func(ctx context.Context, stored devtron.ContainerRegistry) error { return remove(ctx, c, stored) },
		Same:   same, Hidden: hidden, Fill: fill,
	}
}

// followUp recognizes a failure that comes after Devtron has stored the registry.
func followUp(err error) error {
	var failure *devtron.Error
	if errors.As(err, &failure) && failure.RegistryProblem() == devtron.RegistryChartSync {
		return &reconcile.FollowUpError{Err: failure}
	}
	return err
}

// remove deletes a registry. Devtron does not delete the default registry, so this one gives up the
// flag first.
func remove(ctx context.Context, c *devtron.Client, stored devtron.ContainerRegistry) error {
	if stored.IsDefault() {
		stored.Default = new(false)
		if err := c.UpdateContainerRegistry(ctx, stored); err != nil && !isUnset(ctx, c, stored.Name) {
			return err
		}
	}
	return c.DeleteContainerRegistry(ctx, stored)
}

// isUnset reports whether a registry is known not to be the default: a reply may be lost, and a
// failure may be one that comes after the registry is stored.
func isUnset(ctx context.Context, c *devtron.Client, name string) bool {
	all, err := c.ListContainerRegistries(ctx)
	return err == nil && slices.ContainsFunc(all, func(r devtron.ContainerRegistry) bool { return r.Name == name && !r.IsDefault() })
}

// fill decides about the default flag where the configuration does not: an update leaves it as it
// is, so that it does not take the flag back from a registry that got it in the same run, and a
// creation takes it where no registry has it. Devtron itself does the latter only for names that it
// has never seen.
func fill(items []devtron.ContainerRegistry, wanted devtron.ContainerRegistry) devtron.ContainerRegistry {
	i := slices.IndexFunc(items, func(r devtron.ContainerRegistry) bool { return r.Name == wanted.Name })
	switch {
	case i >= 0 && wanted.Type == "": // Only the flag changes, see setDefault.
		flag := wanted.Default
		wanted = items[i]
		wanted.Default = flag
		return wanted
	case i >= 0:
		return wanted.Keep(items[i])
	}
	if wanted.Default == nil && wanted.Containers && !slices.ContainsFunc(items, devtron.ContainerRegistry.IsDefault) {
		wanted.Default = new(true)
	}
	return wanted
}
