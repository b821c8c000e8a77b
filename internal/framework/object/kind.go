// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package object is what resources of one shape have in common: objects of Devtron with a natural
// key, such as projects, clusters and environments, that are listed in one request, created once,
// written as a whole, and deleted. An area describes a kind of object with a Kind, and gets the
// resource, the data source and the list resource from it.
package object

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// Kind describes a kind of object. M is the model of its resource, T the object in Devtron's API.
type Kind[M, T any] struct {
	// Type is the name of the resource, such as "devtron_project", and Noun that of an object in
	// messages.
	Type, Noun string
	// KeyName is the argument that identifies an object in Devtron, such as "name".
	KeyName string
	// Schema describes the resource, without id and timeouts.
	Schema func() schema.Schema
	// API is the kind as the API treats it; ID, Key and Visible are filled in.
	API func(*devtron.Client) reconcile.Kind[T]
	// Common returns the part of a model that all resources have.
	Common func(*M) *Common
	// IDOf is the number of an object.
	IDOf func(T) int
	// Named takes the place of Common and IDOf for a kind whose objects have no number: their key
	// is their ID.
	Named func(*M) *NamedCommon

	// Key is the natural key in a model, KeyOf that of an object.
	Key   func(M) types.String
	KeyOf func(T) string
	// Wanted makes the object to be written. state is nil for a creation.
	Wanted func(config, plan M, state *M) T
	// Stored returns the model as the object says, keeping what Devtron does not return.
	Stored func(M, T) M
	// Imported is the model before an import: what Devtron does not know has its default.
	Imported func() M

	// The rest is optional.

	// Alias is another argument by which an import and the data source find an object, where only
	// one has the value, such as a name that need not be unique. AliasOf is its value.
	Alias   string
	AliasOf func(T) string
	// Memory points to what the private state keeps of a model, mostly because an import found it
	// and Devtron does not return enough for the state.
	Memory func(*M) any
	// Complete sets computed arguments of a plan that are known before the apply. It returns those
	// whose change replaces the object, as no plan modifier can do for them.
	Complete func(context.Context, *framework.Data, Planned[M, T], *M) (path.Paths, diag.Diagnostics)
	// Validate reports what is wrong with a configuration by itself.
	Validate func(config M) diag.Diagnostics
	// Writes reports whether an update changes the object; nil: always.
	Writes func(config, plan, state M) bool
	// Replaces reports whether an update is a replacement; nil: where the key changes.
	Replaces func(config, plan, state M) bool
	// Plan reports what is wrong with a plan, or worth knowing.
	Plan func(context.Context, *framework.Data, Planned[M, T]) diag.Diagnostics
	// Destroy reports what a destroy leaves behind, or refuses it. A replacement destroys as well:
	// where it is planned as a change, Terraform shows warnings and errors, and where it is forced,
	// errors only, and the state is what Devtron shows of the object.
	Destroy func(ctx context.Context, d *framework.Data, state M, replaced bool) diag.Diagnostics
	// Successor is asked, when a destroy is planned that is no replacement, which object takes over
	// what only one object can have; it returns the key of that object, or "". Succeed makes it do
	// so, right before the other is deleted.
	Successor func(ctx context.Context, d *framework.Data, state M) (key string, diags diag.Diagnostics)
	Succeed   func(ctx context.Context, d *framework.Data, state M, key string) diag.Diagnostics
	// Written follows a write that is stored, and an update that does not change the object. It may
	// complete the model, and reports what came of it.
	Written func(context.Context, *framework.Data, Planned[M, T], *M) diag.Diagnostics
	// Details reads what the list does not contain into a model; imported says that nothing is
	// known of it yet.
	Details func(ctx context.Context, d *framework.Data, m *M, imported bool) error
	// Explain says what the area knows about a failed request, see framework.Operation.
	Explain func(*devtron.Error) (at path.Path, reason, advice string)
	// Given is the argument that a configuration sets where Explain names one of several that can
	// be set.
	Given func(config M, at path.Path) path.Path
}

// Planned is a creation or an update as it is planned.
type Planned[M, T any] struct {
	Config, Plan M
	// State is nil for a creation.
	State *M
	// Replaced is the number of the object that a creation replaces; 0 if it replaces none.
	Replaced int
	// replaced is its ID, or its key where the number is not known; empty if it replaces none.
	replaced reconcile.ID
	// Objects are those that Devtron has now; nil where the provider is not configured yet.
	Objects []T
}

// Common is embedded by the models of all resources.
type Common struct {
	ID       types.Int64    `tfsdk:"id"`
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// name is an object in messages.
func (k *Kind[M, T]) name(key string) string { return fmt.Sprintf("%s %q", k.Noun, key) }

// plural is several objects in messages.
func (k *Kind[M, T]) plural() string {
	if stem, ok := strings.CutSuffix(k.Noun, "y"); ok {
		return stem + "ies"
	}
	return k.Noun + "s"
}

// walk is what the instances of a kind share in one walk of Terraform.
type walk[T any] struct {
	// objects is nil while an argument of the provider is not known yet.
	objects *reconcile.Collection[T]
	ledger  *ledger
}

func (k *Kind[M, T]) walk(d *framework.Data) *walk[T] {
	return &walk[T]{ledger: ledgerOf(d, k.Type), objects: k.Objects(d)}
}

// Configured reports whether the configuration has resources of a type, as far as Terraform has
// looked at it. It has none where everything is destroyed.
func Configured(d *framework.Data, resourceType string) bool {
	return ledgerOf(d, resourceType).configured()
}

// Held reports whether an object of the state has the key. It waits a moment for one that becomes
// known.
func (k *Kind[M, T]) Held(ctx context.Context, d *framework.Data, key string) bool {
	return k.walk(d).ledger.waitHeld(ctx, key)
}

// Unknown returns the keys that neither an object of Devtron has nor a resource of this
// configuration, as far as Terraform has looked at it: it looks at a resource before those that
// refer to it. For areas whose objects refer to others by key.
func (k *Kind[M, T]) Unknown(ctx context.Context, d *framework.Data, keys []string) ([]string, error) {
	w := k.walk(d)
	if len(keys) == 0 || w.objects == nil {
		return nil, nil
	}
	objects, err := w.objects.List(ctx)
	if err != nil {
		return nil, err
	}
	var unknown []string
	for _, key := range keys {
		if _, found := k.find(objects, reconcile.ID{Key: key}); !found && w.ledger.update(key, nil).instances == 0 && !slices.Contains(unknown, key) {
			unknown = append(unknown, key)
		}
	}
	slices.Sort(unknown)
	return unknown, nil
}

// OptionalString is the value of an optional argument for a text of the API, which does not
// distinguish an empty text from none.
func OptionalString(now types.String, stored string) types.String {
	if stored == "" && !now.Equal(types.StringValue("")) {
		return types.StringNull()
	}
	return types.StringValue(stored)
}

// Number is the number of the object; 0 where it is not known yet.
func (c Common) Number() int { return int(c.ID.ValueInt64()) }

// Imported is the common part of a model before an import.
func Imported() Common {
	return Common{Timeouts: timeouts.Value{Object: types.ObjectNull(map[string]attr.Type{
		"create": types.StringType, "read": types.StringType, "update": types.StringType, "delete": types.StringType,
	})}}
}
