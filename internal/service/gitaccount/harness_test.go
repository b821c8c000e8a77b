// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// this is the address of the resource in most tests, and address the URL of its account.
const (
	this    = "devtron_git_account.this"
	address = "https://git.example.com"
)

// anonymous are the arguments of an account without credentials.
func anonymous() acctest.Args {
	return acctest.Args{"name": `"Example"`, "url": acctest.Quote(address)}
}

// withPassword are those of an account with a password.
func withPassword() acctest.Args {
	return anonymous().With("username", `"octo"`, "password", `"pw-secret-1"`)
}

// stored is the one account with the URL.
func stored(t *testing.T, box *sandbox.Sandbox) sandbox.GitAccount {
	t.Helper()
	rows := box.Devtron.GitAccounts.At(address)
	if len(rows) != 1 {
		t.Fatalf("Devtron has %d accounts for %s", len(rows), address)
	}
	return rows[0]
}

// expectStored fails the test unless Devtron has the wanted account. An id of 0 stands for any.
func expectStored(t *testing.T, box *sandbox.Sandbox, want sandbox.GitAccount) sandbox.GitAccount {
	t.Helper()
	got := stored(t, box)
	if want.ID == 0 {
		want.ID = got.ID
	}
	if got != want {
		t.Errorf("Devtron has\n%+v, want\n%+v", got, want)
	}
	return got
}

// row is the account of withPassword in Devtron.
func row() sandbox.GitAccount {
	return sandbox.GitAccount{Name: "Example", URL: address, AuthMode: "USERNAME_PASSWORD", Username: "octo", Password: "pw-secret-1", Active: true}
}

// expectWrites compares the methods of the requests that write since the last call with the wanted
// ones.
func expectWrites(t *testing.T, box *sandbox.Sandbox, want ...string) {
	t.Helper()
	var got []string
	for _, r := range box.Log.To("devtron") {
		if r.Method != "GET" {
			got = append(got, r.Method)
		}
		if r.Method == "GET" && strings.HasPrefix(r.Path, route+"/") {
			t.Errorf("a route that returns secrets was used: %s", r.Path)
		}
	}
	box.Log.Reset()
	if !slices.Equal(got, want) {
		t.Errorf("requests that write: %q, want %q", got, want)
	}
}

// sent returns the body of the last request with a method.
func sent(t *testing.T, box *sandbox.Sandbox, method string) map[string]any {
	t.Helper()
	var body map[string]any
	for _, r := range box.Log.To("devtron") {
		if r.Method == method && r.Path == route {
			body = nil
			if err := json.Unmarshal(r.Body, &body); err != nil {
				t.Fatal(err)
			}
		}
	}
	return body
}

// sshKey returns a new private key.
func sshKey(t *testing.T) string {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

// tls is the argument tls.
func tls(arguments ...string) string { return "{ " + strings.Join(arguments, ", ") + " }" }

func quoted(name, value string) string { return fmt.Sprintf("%s = %q", name, value) }

// bodyText is a part of a request as text.
func bodyText(part any) string {
	text, _ := json.Marshal(part)
	return string(text)
}
