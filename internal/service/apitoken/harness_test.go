// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// args are the arguments of the resource of most tests.
func args(changes ...string) acctest.Args {
	return acctest.Args{"name": `"ci-payments"`}.With(changes...)
}

// issued returns the value in the state; "" where it is null.
func issued(t *testing.T, w *acctest.Workspace) string {
	t.Helper()
	var state struct {
		Resources []struct {
			Instances []struct {
				Attributes struct{ Token string }
			}
		}
	}
	if err := json.Unmarshal([]byte(w.State()), &state); err != nil || len(state.Resources) != 1 {
		t.Fatalf("%v\n%s", err, w.State())
	}
	return state.Resources[0].Instances[0].Attributes.Token
}

// accepts reports whether Devtron accepts a token.
func accepts(t *testing.T, box *sandbox.Sandbox, token string) bool {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, box.Devtron.URL()+"/orchestrator/devtron/auth/verify/v2", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("token", token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// works expects that the value in the state is the one that Devtron accepts.
func works(t *testing.T, box *sandbox.Sandbox, w *acctest.Workspace) {
	t.Helper()
	row, _ := box.Devtron.APITokens.Named("ci-payments")
	if got := issued(t, w); got == "" || got != row.Token || !accepts(t, box, got) {
		t.Errorf("the state has %q, Devtron %q", got, row.Token)
	}
}

// userOf returns the user of the token of most tests.
func userOf(t *testing.T, box *sandbox.Sandbox) sandbox.User {
	t.Helper()
	row, ok := box.Devtron.APITokens.Named("ci-payments")
	if !ok {
		t.Fatal("the token does not exist")
	}
	u, _ := box.Devtron.Users.Get(row.UserID)
	return u
}

// expectWrites compares the writes since the last call with those that were to be sent, such as
// "PUT /user".
func expectWrites(t *testing.T, box *sandbox.Sandbox, want ...string) {
	t.Helper()
	var got []string
	for _, r := range box.Log.To("devtron") {
		if r.Method != http.MethodGet {
			path := strings.TrimPrefix(r.Path, "/orchestrator")
			if strings.HasPrefix(path, "/api-token/") {
				path = "/api-token/ID"
			}
			got = append(got, r.Method+" "+path)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the writes are %q, want %q", got, want)
	}
	box.Log.Reset()
}

// once is a fault for one request.
func once(f sandbox.Fault, method, path string) sandbox.Fault {
	f.Method, f.Path, f.Times = method, path, 1
	return f
}

// refusal is an error of Devtron itself.
func refusal(status int, message string) sandbox.Fault {
	body, _ := json.Marshal(map[string]any{"code": status, "status": http.StatusText(status), "errors": []map[string]string{{"code": "000", "internalMessage": message, "userMessage": message}}})
	return sandbox.Fault{Status: status, Body: string(body), ContentType: "application/json"}
}
