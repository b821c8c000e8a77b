// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// testChartRepository is the private repository of the sandbox.
func testChartRepository(box *sandbox.Sandbox) ChartRepository {
	return ChartRepository{
		Name: "acme-charts", URL: box.Charts.PrivateURL(), AuthMode: AuthPassword, Username: sandbox.ChartsUsername,
		Password: box.Charts.Password(), Active: true, AllowInsecureConnection: true,
	}
}

// readChartRepository returns a chart repository of the list.
func readChartRepository(t *testing.T, c *Client, id int) (ChartRepository, bool) {
	t.Helper()
	return firstListed(t, c.ListChartRepositories, func(item ChartRepository) bool { return item.ID == id })
}

func TestChartRepositoryLifeCycle(t *testing.T) {
	box := sandbox.ForTest(t)
	client, ctx := sandboxClient(t, box), t.Context()
	wanted := testChartRepository(box)
	created, err := client.CreateChartRepository(ctx, wanted)
	if err != nil || created.ID != 21 || created.Name != "acme-charts" {
		t.Fatalf("got %+v, %v", created, err)
	}
	stored, ok := readChartRepository(t, client, created.ID)
	want := created
	want.Password = ""
	if !ok || stored != want || stored.User() != sandbox.ChartsUsername {
		t.Errorf("got %+v, want %+v", stored, want)
	}

	stored.URL, stored.Username, stored.Active = box.Charts.PublicURL(), "", false
	if err := client.UpdateChartRepository(ctx, stored); err != nil {
		t.Error(err)
	}
	if stored, _ = readChartRepository(t, client, created.ID); stored.AuthMode != AuthAnonymous || stored.User() != "" || stored.Active {
		t.Errorf("got %+v", stored)
	}
	if row := box.Devtron.ChartRepositories.Named("acme-charts")[0]; row.Password != "" {
		t.Error("the password is still stored")
	}
	if err := client.DeleteChartRepository(ctx, stored); err != nil {
		t.Error(err)
	}
	if err := client.DeleteChartRepository(ctx, stored); !IsKind(err, NotFound) {
		t.Errorf("again: got %v", err)
	}
	if err := client.UpdateChartRepository(ctx, stored); !IsKind(err, ServerError) {
		t.Errorf("update after it: got %v", err)
	}
}

// TestDeletedChartRepositoryKeepsNoPassword: a DELETE writes its body into the deleted row.
func TestDeletedChartRepositoryKeepsNoPassword(t *testing.T) {
	box := sandbox.ForTest(t)
	client, ctx := sandboxClient(t, box), t.Context()
	created, err := client.CreateChartRepository(ctx, testChartRepository(box))
	if err != nil {
		t.Fatal(err)
	}
	if err := client.DeleteChartRepository(ctx, created); err != nil {
		t.Error(err)
	}
	// authMode is required, also of a repository that has none.
	_ = client.DeleteChartRepository(ctx, ChartRepository{ID: 5, Name: "autoscaler", URL: "https://kubernetes.github.io/autoscaler", Active: true, AllowInsecureConnection: true})
	wantBodies(t, box, "DELETE", "chart-repo",
		fmt.Sprintf(`{"id":21,"name":"acme-charts","url":%q,"authMode":"USERNAME_PASSWORD","active":true,"default":false,"allow_insecure_connection":true}`, box.Charts.PrivateURL()),
		`{"id":5,"name":"autoscaler","url":"https://kubernetes.github.io/autoscaler","authMode":"ANONYMOUS","active":true,"default":false,"allow_insecure_connection":true}`)
}

// TestIndexThatCannotBeFetched: POST create reports it with HTTP 200, POST update with 412.
func TestIndexThatCannotBeFetched(t *testing.T) {
	box := sandbox.ForTest(t)
	client, ctx := sandboxClient(t, box), t.Context()
	stored, err := client.CreateChartRepository(ctx, testChartRepository(box))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change  func(*ChartRepository)
		problem IndexProblem
		message string
	}{
		"no index.yaml":  {func(r *ChartRepository) { r.URL += "-typo" }, IndexMissing, "private-typo/index.yaml : 404 Not Found"},
		"no server":      {func(r *ChartRepository) { r.URL = "http://127.0.0.1:1/charts" }, IndexUnreachable, "connection refused"},
		"OCI":            {func(r *ChartRepository) { r.URL = "oci://ghcr.io/acme" }, IndexUnreachable, `Protocol "oci" is not supported`},
		"web page":       {func(r *ChartRepository) { r.URL = box.GitHub.URL() }, IndexMissing, "404"},
		"wrong password": {func(r *ChartRepository) { r.Password = "wrong-passw0rd" }, IndexUnauthorized, "Invalid authentication credentials"},
		"empty password": {func(r *ChartRepository) { r.Password = "" }, IndexUnauthorized, "401 Unauthorized"},
		"no credentials": {func(r *ChartRepository) { r.Username, r.Password = "", "" }, IndexWithoutCredentials, "401 Unauthorized"},
	} {
		wanted := stored
		wanted.Password = box.Charts.Password()
		c.change(&wanted)
		e := failure(t, client.UpdateChartRepository(ctx, wanted))
		wanted.Name = "other"
		_, err := client.CreateChartRepository(ctx, wanted)
		for status, e := range map[int]*Error{412: e, 200: failure(t, err)} {
			if e.Kind != Precondition || e.Status != status || !e.Envelope || e.MaybeHandled() || e.IndexProblem() != c.problem || !strings.Contains(e.Message, c.message) {
				t.Errorf("%s: got %+v, problem %d", name, *e, e.IndexProblem())
			}
		}
	}
	if now, _ := readChartRepository(t, client, stored.ID); now.URL != stored.URL || len(box.Devtron.ChartRepositories.Rows()) != 16 {
		t.Errorf("something was stored: %+v", now)
	}
}

func TestProblemsOfAnIndex(t *testing.T) {
	const failed = "Could not validate the repo. Please try again.: "
	for message, want := range map[string]IndexProblem{
		failed + `Get "https://charts.example/index.yaml": tls: failed to verify certificate: x509: certificate signed by unknown authority`: IndexUntrusted,
		failed + `Get "https://charts.example/index.yaml": dial tcp: lookup charts.example: no such host`:                                    IndexUnreachable,
		failed + "Failed to fetch https://charts.example/index.yaml : 503 Service Unavailable":                                               IndexUnreachable,
		failed + "no API version specified": IndexInvalid,
		"Devtron was unable to read the index.yaml file in the repo directory. Please try another chart repo.: unexpected EOF": IndexInvalid,
		"something else": IndexUnknown,
	} {
		if got := (&Error{Kind: Precondition, Envelope: true, Message: message}).IndexProblem(); got != want {
			t.Errorf("%s: got %d, want %d", message, got, want)
		}
		if got := (&Error{Kind: Precondition, Message: message}).IndexProblem(); got != IndexUnknown {
			t.Errorf("a proxy said %s: got %d", message, got)
		}
	}
}

// TestChartRepositoryIsStoredAlthoughItsJobFails: the 500 comes after it was stored.
func TestChartRepositoryIsStoredAlthoughItsJobFails(t *testing.T) {
	box := sandbox.ForTest(t)
	client := sandboxClient(t, box)
	box.Devtron.ChartSync.SetLingers(true)
	_, err := client.CreateChartRepository(t.Context(), testChartRepository(box))
	if e := failure(t, err); e.Kind != ServerError || !e.MaybeHandled() || !e.IsJobProblem() || e.IsSecretProblem() {
		t.Errorf("got %+v", *e)
	}
	if _, ok := readChartRepository(t, client, 21); !ok {
		t.Error("it is not stored")
	}
}

func TestChartRepositoryInUse(t *testing.T) {
	box := sandbox.ForTest(t)
	client, ctx := sandboxClient(t, box), t.Context()
	stored, err := client.CreateChartRepository(ctx, testChartRepository(box))
	if err != nil {
		t.Fatal(err)
	}
	row := box.Devtron.ChartRepositories.Named(stored.Name)[0]
	row.InUse = true
	box.Devtron.ChartRepositories.Put(row)
	moved := stored
	moved.URL = box.Charts.PublicURL()
	for _, err := range []error{client.UpdateChartRepository(ctx, moved), client.DeleteChartRepository(ctx, stored)} {
		if e := failure(t, err); e.Kind != InUse || e.MaybeHandled() {
			t.Errorf("got %+v", *e)
		}
	}
	stored.Active = false
	if err := client.UpdateChartRepository(ctx, stored); err != nil {
		t.Errorf("another change: %v", err)
	}
}

// TestShippedChartRepositories cannot be told from others by what Devtron shows of them.
func TestShippedChartRepositories(t *testing.T) {
	box := sandbox.ForTest(t)
	client := sandboxClient(t, box)
	all, err := client.ListChartRepositories(t.Context())
	if err != nil || len(all) != 15 {
		t.Fatalf("got %v, %v", all, err)
	}
	for _, r := range all {
		if !IsShippedChartRepository(r.ID, r.Name) {
			t.Errorf("%+v is not known", r)
		}
		if e := failure(t, client.DeleteChartRepository(t.Context(), r)); e.Kind != ServerError || !e.IsSecretProblem() || e.IsJobProblem() {
			t.Errorf("got %+v", *e)
		}
	}
	if IsShippedChartRepository(21, "bitnami") || IsShippedChartRepository(3, "acme-charts") || IsShippedChartRepository(0, "bitnami") {
		t.Error("takes another one for it")
	}
}

// TestPasswordsOfChartRepositoriesStayInTheRequest: Devtron's replies repeat them, also those
// stored earlier.
func TestPasswordsOfChartRepositoriesStayInTheRequest(t *testing.T) {
	box := sandbox.ForTest(t)
	var logged []string
	client := sandboxClient(t, box, func(o *Options) {
		o.MaxRetries = 0
		o.Observe = func(_ context.Context, x Exchange) { logged = append(logged, fmt.Sprintf("%+v %v", x, x.Err)) }
	})
	ctx := t.Context()
	wanted := testChartRepository(box)
	created, err := client.CreateChartRepository(ctx, wanted)
	if err != nil {
		t.Fatal(err)
	}
	stored, _ := readChartRepository(t, client, created.ID)
	encoded, _ := json.Marshal(stored)
	text := string(encoded) + fmt.Sprintf("%+v", stored)

	other := wanted
	other.Name, other.Password = "other", "another-passw0rd"
	repeated, err := json.Marshal(map[string]any{"code": 200, "result": map[string]any{"Id": "not a number", "Password": wanted.Password, "password": other.Password}})
	if err != nil {
		t.Fatal(err)
	}
	custom, err := json.Marshal(map[string]any{"code": 200, "result": map[string]any{"customErrMsg": "bad password " + other.Password, "actualErrMsg": other.Password}})
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range []sandbox.Fault{
		{Handle: true, Truncate: 300},
		{Handle: true, Status: 502, Body: string(repeated), ContentType: jsonType},
		{Handle: true, Status: 200, Body: string(repeated[1:]), ContentType: jsonType},
		{Status: 200, Body: string(repeated), ContentType: jsonType},
		{Status: 200, Body: string(custom), ContentType: jsonType},
	} {
		fault.Times = 3
		box.Devtron.Inject(fault)
		_, createErr := client.CreateChartRepository(ctx, other)
		_, listErr := client.ListChartRepositories(ctx)
		updateErr := client.UpdateChartRepository(ctx, other)
		if createErr == nil || listErr == nil {
			t.Errorf("%+v: %v, %v", fault, createErr, listErr)
		}
		text += fmt.Sprintf("%v %+v %v %+v %v %+v", createErr, createErr, listErr, listErr, updateErr, updateErr)
		box.Devtron.ClearFaults()
	}
	for _, place := range append(logged, text) {
		if found := leaks(place, wanted.Password, other.Password); len(found) > 0 {
			t.Errorf("%q in %s", found, place)
		}
	}
	for _, r := range box.Log.To("devtron") {
		if r.Method == "GET" && r.Path != "/orchestrator/chart-repo/list/min" {
			t.Errorf("read %s", r.Path)
		}
	}
}
