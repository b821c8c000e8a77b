// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package object

import (
	"context"
	"fmt"
	"reflect"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// id returns the ID of an object.
func (k *Kind[M, T]) id(o T) reconcile.ID {
	if k.Named != nil {
		return reconcile.ID{Key: k.KeyOf(o)}
	}
	return reconcile.ID{Number: k.IDOf(o)}
}

// idIn returns the ID of the object of a model, or its key where its number is not known yet.
func (k *Kind[M, T]) idIn(m *M) reconcile.ID {
	if k.Named == nil {
		if number := k.Common(m).Number(); number != 0 {
			return reconcile.ID{Number: number}
		}
	}
	return reconcile.ID{Key: k.Key(*m).ValueString()}
}

// find returns the object with an ID, or with the key of an ID that has no number.
func (k *Kind[M, T]) find(objects []T, what reconcile.ID) (T, bool) {
	for _, o := range objects {
		if what.Key != "" && k.KeyOf(o) == what.Key || what.Key == "" && k.id(o) == what {
			return o, true
		}
	}
	var none T
	return none, false
}

// idsOf returns the IDs of all objects with a key.
func (k *Kind[M, T]) idsOf(objects []T, key string) []reconcile.ID {
	var ids []reconcile.ID
	for _, o := range objects {
		if k.KeyOf(o) == key {
			ids = append(ids, k.id(o))
		}
	}
	return ids
}

// resolve returns the ID of the object of a model, also where its number is not known yet; zero
// where no object has the key. Where several have it, the error is a *reconcile.TwinsError.
func (k *Kind[M, T]) resolve(ctx context.Context, objects *reconcile.Collection[T], m *M) (reconcile.ID, error) {
	id := k.idIn(m)
	if id.Number != 0 || k.Named != nil {
		return id, nil
	}
	stored, ok, err := objects.FindKey(ctx, id.Key)
	if err != nil || !ok {
		return reconcile.ID{}, err
	}
	return k.id(stored), nil
}

// locate returns the object of a model.
func (k *Kind[M, T]) locate(ctx context.Context, objects *reconcile.Collection[T], m *M) (T, bool, error) {
	id, err := k.resolve(ctx, objects, m)
	if err != nil {
		var none T
		return none, false, err
	}
	return objects.FindID(ctx, id)
}

// held says which object a state holds after a creation that is stored and failed.
func (k *Kind[M, T]) held(o T) string {
	const tainted = " and marks it as tainted: run \"terraform untaint\" to keep it."
	switch {
	case k.Named != nil:
		return "Terraform holds it" + tainted
	case k.IDOf(o) == 0:
		return "It is not known which one this resource has created. Terraform marks the resource as tainted: to keep the " + k.Noun +
			" that remains, run \"terraform untaint\" before you plan."
	}
	return fmt.Sprintf("Terraform holds the one with the id %d", k.IDOf(o)) + tainted
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

// Collection returns the objects of a type, which all areas share in one walk; nil while the
// provider is not configured. api describes them as the API treats them. All callers describe the
// same type in the same way.
func Collection[T any](d *framework.Data, api func(*devtron.Client) reconcile.Kind[T]) *reconcile.Collection[T] {
	if d.Client == nil {
		return nil
	}
	shared, _ := d.Once(reflect.TypeFor[T](), func() any {
		kind := api(d.Client)
		kind.Visible = d.Client.CheckSuperAdmin
		return reconcile.NewCollection(d.Client.BaseURL().String(), kind, d.Patience)
	}).(*reconcile.Collection[T])
	return shared
}

// Objects returns the objects of the kind, also for areas whose objects refer to them; nil while
// the provider is not configured.
func (k *Kind[M, T]) Objects(d *framework.Data) *reconcile.Collection[T] {
	return Collection(d, func(c *devtron.Client) reconcile.Kind[T] {
		api := k.API(c)
		api.ID, api.Key = k.id, k.KeyOf
		return api
	})
}
