// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package framework holds what all areas of the provider share on the side of Terraform: the data that the provider hands to
// resources, the diagnostics of failed requests, rules for values, and private state. It knows no area.
package framework

import (
	"net/http"
	"reflect"
	"sync"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// Data is what the provider hands to resources and data sources. A new one is made for every walk of Terraform (a plan or an
// apply), so that nothing is remembered from one walk to the next.
type Data struct {
	// Client is nil while an argument of the provider is not known yet.
	Client *devtron.Client
	// Patience is how long a write whose reply was lost is looked for.
	Patience reconcile.Patience
	// UserAgent is sent with every request.
	UserAgent string
	// GitTransport replaces the network to git hosts in tests; nil is the network.
	GitTransport http.RoundTripper
	// GitTokenCheck is the level of the plan-time check where a resource does not set it.
	GitTokenCheck string
	// Origins say where settings came from, for messages.
	Origins Origins

	mu     sync.Mutex
	shared map[any]any
}

// Origins say where the settings of the provider came from, such as "the environment variable DEVTRON_URL".
type Origins struct {
	URL, APIToken string
	// CACertificate is "" where none is set.
	CACertificate string
}

// Once returns what build returns, which is called once for each key in a walk: what the resources of an area share.
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

// area is implemented by the pointer to the data that an area keeps for one walk.
type area[A any] interface {
	*A
	// Open is called once for a walk, before the data is used.
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
