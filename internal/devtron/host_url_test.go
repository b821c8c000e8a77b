// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestHostURLIsSetByPOSTAlways: each write has a new id, and PUT would write into any attribute.
func TestHostURLIsSetByPOSTAlways(t *testing.T) {
	box := sandbox.ForTest(t)
	client, ctx := sandboxClient(t, box), t.Context()
	if _, err := client.GetHostURL(ctx); !IsKind(err, NotFound) {
		t.Errorf("not set, which is a 200: got %v", err)
	}
	last := 0
	for _, url := range []string{"https://one.example", "https://two.example/", "https://two.example/"} {
		set, err := client.SetHostURL(ctx, url)
		if err != nil || set.URL != url || set.ID <= last {
			t.Errorf("got %+v, %v", set, err)
		}
		if got, err := client.GetHostURL(ctx); err != nil || got != set {
			t.Errorf("got %+v, %v, want %+v", got, err, set)
		}
		last = set.ID
	}
	if n := box.Log.Count("devtron", "PUT", ""); n != 0 {
		t.Errorf("%d PUTs", n)
	}
	if got := bodies(box, "POST", "attributes"); got[0] != `{"key":"url","value":"https://one.example","active":true}` {
		t.Errorf("sent %s", got[0])
	}
}

func TestHostURLNeedsRights(t *testing.T) {
	box := sandbox.ForTest(t)
	client := sandboxClient(t, box, func(o *Options) { o.APIToken = box.Devtron.PowerlessToken() })
	if _, err := client.GetHostURL(t.Context()); !IsKind(err, Forbidden) {
		t.Errorf("got %v", err)
	}
	if _, err := client.SetHostURL(t.Context(), "https://one.example"); !IsKind(err, Forbidden) {
		t.Errorf("got %v", err)
	}
}

// TestTwoHostURLsBreakEveryRead is the reason for a lock around the writes of this process.
func TestTwoHostURLsBreakEveryRead(t *testing.T) {
	box := sandbox.ForTest(t, sandbox.Options{Race: 200 * time.Millisecond})
	client := sandboxClient(t, box, func(o *Options) { o.MaxRetries = 0 })
	done := make(chan error)
	for range 2 {
		go func() { _, err := client.SetHostURL(t.Context(), "https://one.example"); done <- err }()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if _, err := client.GetHostURL(t.Context()); !IsKind(err, ServerError) {
		t.Errorf("got %v", err)
	}
}
