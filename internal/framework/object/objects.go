// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package object

import (
	"cmp"
	"context"
	"fmt"
	"reflect"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// objects are the objects of a kind at Devtron.
type objects[T any] interface {
	List(ctx context.Context) ([]T, error)
	FindKey(ctx context.Context, key string) (T, bool, error)
	FindNumber(ctx context.Context, number int) (T, bool, error)
	Create(ctx context.Context, wanted T) (reconcile.Outcome[T], error)
	Update(ctx context.Context, wanted T) (reconcile.Outcome[T], error)
	Delete(ctx context.Context, what reference) error
}

// reference tells which object a model or an object is: by its number or, where it has none or that is not known yet, by its key.
type reference struct {
	Number int    `json:"number,omitempty"`
	Key    string `json:"key,omitempty"`
}

// reference returns the reference to an object.
func (k *Kind[M, T]) reference(o T) reference {
	if k.Named != nil {
		return reference{Key: k.KeyOf(o)}
	}
	return reference{Number: k.IDOf(o)}
}

// referenceIn returns the reference to the object of a model.
func (k *Kind[M, T]) referenceIn(m *M) reference {
	if k.Named == nil {
		if number := k.Common(m).Number(); number != 0 {
			return reference{Number: number}
		}
	}
	return reference{Key: k.Key(*m).ValueString()}
}

// find returns the object that a reference is to.
func (k *Kind[M, T]) find(objects []T, what reference) (T, bool) {
	for _, o := range objects {
		if what.Key != "" && k.KeyOf(o) == what.Key || what.Key == "" && k.reference(o) == what {
			return o, true
		}
	}
	var none T
	return none, false
}

// compare sorts objects by number, or by key where they have none.
func (k *Kind[M, T]) compare(a, b T) int {
	x, y := k.reference(a), k.reference(b)
	return cmp.Or(cmp.Compare(x.Number, y.Number), cmp.Compare(x.Key, y.Key))
}

// held is an object of the state in messages.
func (k *Kind[M, T]) held(o T) string {
	if k.Named != nil {
		return "it"
	}
	return fmt.Sprintf("the one with the id %d", k.IDOf(o))
}

// label is the key of an object, with its number if it has one.
func (k *Kind[M, T]) label(o T) string {
	if k.Named != nil {
		return k.KeyOf(o)
	}
	if k.Alias != "" {
		return fmt.Sprintf("%s (id %d, %s %q)", k.KeyOf(o), k.IDOf(o), k.Alias, k.AliasOf(o))
	}
	return fmt.Sprintf("%s (id %d)", k.KeyOf(o), k.IDOf(o))
}

// title is an object in messages, with its number if it has one.
func (k *Kind[M, T]) title(o T) string {
	if k.Named != nil {
		return k.name(k.KeyOf(o))
	}
	return fmt.Sprintf("%s (id %d)", k.name(k.KeyOf(o)), k.IDOf(o))
}

// Collection returns the objects of a type, which all areas share in one walk; nil while the provider is not configured. api
// describes them as the API treats them. All callers describe the same type in the same way.
func Collection[T any, ID cmp.Ordered](d *framework.Data, api func(*devtron.Client) reconcile.Kind[T, ID]) *reconcile.Collection[T, ID] {
	if d.Client == nil {
		return nil
	}
	shared, _ := d.Once(reflect.TypeFor[T](), func() any {
		kind := api(d.Client)
		kind.Visible = d.Client.CheckSuperAdmin
		return reconcile.NewCollection(d.Client.BaseURL().String(), kind, d.Patience)
	}).(*reconcile.Collection[T, ID])
	return shared
}

// Objects returns the objects of a kind with numbers, for areas whose objects refer to them; nil while the provider is not
// configured.
func (k *Kind[M, T]) Objects(d *framework.Data) *reconcile.Collection[T, int] {
	return Collection(d, func(c *devtron.Client) reconcile.Kind[T, int] {
		api := k.API(c)
		api.ID, api.Key = k.IDOf, k.KeyOf
		return api
	})
}

// NamedObjects are the same for a kind without numbers.
func (k *Kind[M, T]) NamedObjects(d *framework.Data) *reconcile.Collection[T, string] {
	return Collection(d, func(c *devtron.Client) reconcile.Kind[T, string] {
		api := k.Named.API(c)
		api.ID, api.Key = k.KeyOf, k.KeyOf
		return api
	})
}

// objects returns the objects of the kind; nil while the provider is not configured.
func (k *Kind[M, T]) objects(d *framework.Data) objects[T] {
	switch {
	case d.Client == nil:
		return nil
	case k.Named != nil:
		return collection[T, string]{k.NamedObjects(d), func(what reference) string { return what.Key }}
	default:
		return collection[T, int]{k.Objects(d), func(what reference) int { return what.Number }}
	}
}

// collection implements objects.
type collection[T any, ID cmp.Ordered] struct {
	*reconcile.Collection[T, ID]
	id func(reference) ID
}

// FindNumber implements objects. Nothing has the number where objects have none.
func (c collection[T, ID]) FindNumber(ctx context.Context, number int) (T, bool, error) {
	return c.FindID(ctx, c.id(reference{Number: number}))
}

// Delete implements objects.
func (c collection[T, ID]) Delete(ctx context.Context, what reference) error {
	return c.Collection.Delete(ctx, c.id(what))
}
