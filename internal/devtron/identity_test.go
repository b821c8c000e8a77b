// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestCheckSuperAdminAsksOnce for any number of missing objects; a failure is not remembered.
func TestCheckSuperAdminAsksOnce(t *testing.T) {
	box := sandbox.ForTest(t)
	box.Devtron.Inject(sandbox.Fault{Status: 401, Times: 1})
	client := sandboxClient(t, box)
	if err := client.CheckSuperAdmin(t.Context(), time.Time{}); !IsKind(err, Intercepted) {
		t.Errorf("got %v", err)
	}
	box.Log.Reset()
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if err := client.CheckSuperAdmin(t.Context(), time.Time{}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if n := len(box.Log.All()); n != 1 {
		t.Errorf("%d requests", n)
	}
}

// TestCheckSuperAdminAsksAgainAfterALaterList: the token may have lost its rights before that.
func TestCheckSuperAdminAsksAgainAfterALaterList(t *testing.T) {
	box := sandbox.ForTest(t)
	client := sandboxClient(t, box)
	if err := client.CheckSuperAdmin(t.Context(), time.Time{}); err != nil {
		t.Fatal(err)
	}
	box.Devtron.Inject(sandbox.Fault{
		Path: "/orchestrator/devtron/auth/verify/v2", Status: 200, ContentType: "application/json",
		Body: `{"code":200,"status":"OK","result":{"emailId":"API-TOKEN:tf","isSuperAdmin":false,"isVerified":true}}`,
	})
	if err := client.CheckSuperAdmin(t.Context(), time.Now()); !IsKind(err, Forbidden) {
		t.Errorf("got %v", err)
	}
}

// TestCheckSuperAdminIsWaitedForUnderAContext, also during the request of another caller.
func TestCheckSuperAdminIsWaitedForUnderAContext(t *testing.T) {
	box := sandbox.ForTest(t)
	box.Devtron.Inject(sandbox.Fault{Delay: 500 * time.Millisecond, Times: 1})
	client := sandboxClient(t, box)
	first := make(chan error)
	go func() { first <- client.CheckSuperAdmin(t.Context(), time.Time{}) }()
	for len(client.checking) == 0 {
		time.Sleep(time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	err := client.CheckSuperAdmin(ctx, time.Time{})
	if e := failure(t, err); e.Kind != Timeout || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %+v", *e)
	}
	if err := <-first; err != nil {
		t.Error(err)
	}
}
