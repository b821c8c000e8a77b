// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"errors"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestConfusedNameIsNeverSent, also where another process creates the other token after the plan.
func TestConfusedNameIsNeverSent(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	client, err := devtron.New(devtron.Options{URL: box.Devtron.URL(), APIToken: box.Devtron.AdminToken()})
	if err != nil {
		t.Fatal(err)
	}
	box.Devtron.APITokens.Put(sandbox.APIToken{Name: "ci-bot"})
	all := kind.Objects(&framework.Data{Client: client, Patience: reconcile.DefaultPatience})
	_, err = all.Create(t.Context(), devtron.APIToken{Name: "ci_bot"})
	var exists *reconcile.ExistsError[devtron.APIToken]
	if !errors.As(err, &exists) || exists.Key != "ci-bot" || box.Log.Count("devtron", "POST", "") != 0 {
		t.Errorf("got %v", err)
	}
	out, err := all.Create(t.Context(), devtron.APIToken{Name: "ci-other"})
	if err != nil || out.Object.ID == 0 || out.Object.Issued == nil || *out.Object.Issued == "" {
		t.Errorf("got %+v, %v", out.Object, err)
	}
}
