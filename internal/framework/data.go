// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package framework holds what all areas of the provider share on the Terraform side: the data that
// the provider hands to resources, the diagnostics of failed requests, validators, custom types,
// plan modifiers, timeouts, and private state. It does not depend on any area.
package framework

import (
	"net/http"
	"reflect"
	"sync"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// Data is what the provider hands to resources and data sources. Each walk of Terraform (a plan or
// an apply) has its own, so that nothing outlives a walk.
type Data struct {
	// Client is nil while an argument of the provider is unknown.
	Client *devtron.Client
	// Patience limits how long the provider looks for the result of a write whose reply was lost.
	Patience reconcile.Patience
	// UserAgent is sent with every request.
	UserAgent string
	// GitTransport replaces the network to git hosts in tests; nil stands for the network.
	GitTransport http.RoundTripper
	// GitTokenCheck is the level of the plan-time check of resources that do not set one.
	GitTokenCheck string
	// RegistryCheck is the level of the plan-time check of credentials of container registries, for
	// resources that do not set one.
	RegistryCheck string
	// Origins name the sources of the provider's settings, for messages.
	Origins Origins
	// Leftovers are what ephemeral resources have to remove at the end of the process at the
	// latest. All walks share them.
	Leftovers *Leftovers

	mu     sync.Mutex
	shared map[any]any
}

// Origins name the sources of the provider's settings, such as "the environment variable
// DEVTRON_URL".
type Origins struct {
	URL, APIToken string
	// CACertificate is empty where no CA certificate is set.
	CACertificate string
}

// Once returns the value of a key, which build creates the first time that a walk asks for it. The
// resources of an area share data with it.
func (d *Data) Once(key any, build func() any) any {
	d.mu.Lock()
	defer d.mu.Unlock()
	value, ok := d.shared[key]
	if !ok {
		value = build()
		if d.shared == nil {
			d.shared = map[any]any{}
		}
		d.shared[key] = value
	}
	return value
}

// area is the constraint for the data that an area keeps for one walk: a pointer to it has a method
// Open.
type area[A any] interface {
	*A
	// Open is called once for each walk, before the data is used.
	Open(*Data)
}

// AreaOf returns the data of an area for this walk.
func AreaOf[A any, P area[A]](d *Data) *A {
	opened, _ := d.Once(reflect.TypeFor[A](), func() any {
		a := new(A)
		P(a).Open(d)
		return a
	}).(*A)
	return opened
}
