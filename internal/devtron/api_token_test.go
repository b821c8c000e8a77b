// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestAPITokenLifeCycle(t *testing.T) {
	box := sandbox.ForTest(t)
	client, ctx := sandboxClient(t, box), t.Context()
	created, err := client.CreateAPIToken(ctx, APIToken{ID: 4242, Name: "ci-payments"})
	row, _ := box.Devtron.APITokens.Named("ci-payments")
	if err != nil || created.ID != 0 || created.UserID != row.UserID || created.Issued == nil || *created.Issued != row.Token {
		t.Fatalf("got %+v, %v", created, err)
	}
	if _, err := client.CreateAPIToken(ctx, created); !IsKind(err, Conflict) {
		t.Errorf("again: got %v", err)
	}
	tokens, err := client.ListAPITokens(ctx)
	want := APIToken{ID: row.ID, Name: "ci-payments", UserID: row.UserID, Fingerprint: FingerprintOf(row.Token)}
	if err != nil || !slices.Contains(tokens, want) {
		t.Errorf("got %+v, %v", tokens, err)
	}

	// The reply to an update has the value, whether or not it is a new one, and also where Devtron
	// hides it in the list.
	box.Devtron.APITokens.SetHidden(true)
	for _, expiry := range []int64{0, 4073529600000} {
		var value string
		update := APIToken{ID: row.ID, Name: row.Name, Description: "d", ExpireAtInMs: expiry, Issued: &value}
		if err := client.UpdateAPIToken(ctx, update); err != nil {
			t.Fatal(err)
		}
		now, _ := box.Devtron.APITokens.Named("ci-payments")
		if value != now.Token || (value == row.Token) != (expiry == 0) {
			t.Errorf("expiry %d: got %q, Devtron has %q", expiry, value, now.Token)
		}
	}
	if err := client.DeleteAPIToken(ctx, want); err != nil {
		t.Error(err)
	}
	if err := client.DeleteAPIToken(ctx, want); !IsKind(err, NotFound) {
		t.Errorf("again: got %v", err)
	}
	if err := client.UpdateAPIToken(ctx, want); !IsKind(err, NotFound) {
		t.Errorf("update: got %v", err)
	}
	wantBodies(t, box, "PUT", "api-token", `{"description":"d","expireAtInMs":0}`, `{"description":"d","expireAtInMs":4073529600000}`, `{"description":"","expireAtInMs":0}`)
}

// TestListOfAPITokensKeepsNoValue: Devtron sends all of them in clear text.
func TestListOfAPITokensKeepsNoValue(t *testing.T) {
	box := sandbox.ForTest(t)
	client := sandboxClient(t, box)
	value := box.Devtron.APITokens.Put(sandbox.APIToken{Name: "ci-payments"}).Token
	tokens, err := client.ListAPITokens(t.Context())
	if text := fmt.Sprintf("%+v", tokens); err != nil || len(tokens) != 3 || strings.Contains(text, value) {
		t.Errorf("got %s, %v", text, err)
	}
	for name, fault := range map[string]sandbox.Fault{
		"cut off": {Handle: true, Truncate: 900},
		"quoted":  {Status: 500, ContentType: jsonType, Body: `{"code":500,"errors":[{"userMessage":"no: ` + value + `"}]}`},
		"another": {Status: 200, ContentType: jsonType, Body: `{"code":200,"result":{"token":"` + value + `"}}`},
	} {
		box.Devtron.ClearFaults()
		box.Devtron.Inject(fault)
		if _, err := client.ListAPITokens(t.Context()); err == nil || strings.Contains(err.Error(), value) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestListOfAPITokensWithoutRightsIsForbidden(t *testing.T) {
	box := sandbox.ForTest(t)
	client := sandboxClient(t, box, func(o *Options) { o.APIToken = box.Devtron.PowerlessToken() })
	if _, err := client.ListAPITokens(t.Context()); !IsKind(err, Forbidden) {
		t.Errorf("got %v", err)
	}
}

// TestOwnAPITokenIsNeverWritten: the client would lock itself out.
func TestOwnAPITokenIsNeverWritten(t *testing.T) {
	box := sandbox.ForTest(t)
	client, ctx := sandboxClient(t, box), t.Context()
	own := APIToken{ID: 1, Name: client.OwnAPIToken(), UserID: 3}
	if own.Name != "tf-admin" {
		t.Fatalf("got %q", own.Name)
	}
	user, err := client.ReadUser(ctx, own.UserID)
	if err != nil {
		t.Fatal(err)
	}
	user.SuperAdmin = false
	for name, err := range map[string]error{
		"update": client.UpdateAPIToken(ctx, own), "delete": client.DeleteAPIToken(ctx, own), "permissions": client.UpdateUser(ctx, user),
	} {
		if !errors.Is(err, ErrOwnAPIToken) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for _, r := range box.Log.To("devtron") {
		if r.Method != "GET" {
			t.Errorf("%s %s was sent", r.Method, r.Path)
		}
	}
}

func TestNameOfTheOwnAPIToken(t *testing.T) {
	box := sandbox.ForTest(t)
	for token, want := range map[string]string{
		box.Devtron.AdminToken():             "tf-admin",
		" " + box.Devtron.AdminToken():       "tf-admin",
		box.Devtron.AdminSession():           "",
		box.Devtron.ForeignToken():           "",
		testAPIToken:                         "",
		"":                                   "",
		"a.b.c":                              "",
		"eyJhbGciOiJIUzI1NiJ9.bm90LWpzb24.c": "",
	} {
		if got := newClient(t, "https://h", func(o *Options) { o.APIToken = token }).OwnAPIToken(); got != want {
			t.Errorf("%.20q: got %q, want %q", token, got, want)
		}
	}
}
