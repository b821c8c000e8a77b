// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"slices"
	"sync"
	"testing"
)

func TestLeftoversAreRemovedOnce(t *testing.T) {
	var mu sync.Mutex
	var removed []string
	var l Leftovers
	for _, name := range []string{"a", "b", "c"} {
		l.Add(name, func(context.Context) error {
			mu.Lock()
			defer mu.Unlock()
			removed = append(removed, name)
			return nil
		})
	}
	l.Forget("b")
	l.Forget("never added")
	l.Remove(t.Context())
	l.Remove(t.Context())
	slices.Sort(removed)
	if !slices.Equal(removed, []string{"a", "c"}) {
		t.Errorf("got %v", removed)
	}
}
