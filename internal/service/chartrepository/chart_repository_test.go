// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package chartrepository_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// stored is the one chart repository beside those that come with Devtron.
func stored(t *testing.T, box *sandbox.Sandbox) sandbox.ChartRepository {
	t.Helper()
	rows := box.Devtron.ChartRepositories.Rows()
	if len(rows) != 16 {
		t.Fatalf("Devtron has %d chart repositories, want 16", len(rows))
	}
	return rows[15]
}

// expectWrites compares the requests that can change Devtron since the last call with the wanted
// ones, such as "POST /update".
func expectWrites(t *testing.T, box *sandbox.Sandbox, want ...string) {
	t.Helper()
	var got []string
	for _, r := range box.Log.To("devtron") {
		if r.Method != "GET" {
			got = append(got, strings.TrimSpace(r.Method+" "+strings.TrimPrefix(r.Path, route)))
		} else if strings.HasPrefix(r.Path, route) && r.Path != listRoute {
			t.Errorf("the provider read %s", r.Path)
		}
	}
	box.Log.Reset()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("requests that write: %q, want %q", got, want)
	}
}

// Requests that write.
const (
	create = "POST /create"
	update = "POST /update"
	remove = "DELETE"
)

// expectStored fails the test unless Devtron has the wanted chart repository.
func expectStored(t *testing.T, box *sandbox.Sandbox, want sandbox.ChartRepository) {
	t.Helper()
	got := stored(t, box)
	for name, values := range map[string][2]any{
		"id": {got.ID, want.ID}, "name": {got.Name, want.Name}, "URL": {got.URL, want.URL}, "authMode": {got.AuthMode, want.AuthMode},
		"username": {got.Username, want.Username}, "password": {got.Password, want.Password}, "active": {got.Active, want.Active}, "insecure": {got.Insecure, want.Insecure},
	} {
		if values[0] != values[1] {
			t.Errorf("%s: got %v, want %v", name, values[0], values[1])
		}
	}
}

// TestEachArgumentIsChangedByOneRequest, which contains the password.
func TestEachArgumentIsChangedByOneRequest(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Charts.AddRepository("/other", sandbox.ChartsUsername, box.Charts.Password())
	box.Charts.AddRepository("/third", "third-reader", "third-passw0rd")
	args := public(box)
	w := acctest.NewWorkspace(t, box, args.At(acme))
	w.Apply().Ok().Quiet()
	expectWrites(t, box, create)
	want := publicRow(box)
	want.ID = stored(t, box).ID
	expectStored(t, box, want)

	for _, step := range []struct {
		name   string
		change []string
		writes []string
		expect func()
	}{
		{"URL and credentials", []string{"url", acctest.Quote(box.Charts.PrivateURL()), "username", acctest.Quote(sandbox.ChartsUsername), "password", acctest.Quote(box.Charts.Password())}, []string{update}, func() {
			want.URL, want.AuthMode, want.Username, want.Password = box.Charts.PrivateURL(), "USERNAME_PASSWORD", sandbox.ChartsUsername, box.Charts.Password()
		}},
		{"URL alone", []string{"url", acctest.Quote(box.Charts.URL() + "/other")}, []string{update}, func() { want.URL = box.Charts.URL() + "/other" }},
		{"insecure", []string{"allow_insecure_connection", "true"}, []string{update}, func() { want.Insecure = true }},
		{"inactive", []string{"active", "false"}, []string{update}, func() { want.Active = false }},
		{"timeouts", []string{"timeouts", `{ update = "5m" }`}, nil, func() {}},
		{"URL, username and password", []string{"url", acctest.Quote(box.Charts.URL() + "/third"), "username", `"third-reader"`, "password", `"third-passw0rd"`}, []string{update}, func() {
			want.URL, want.Username, want.Password = box.Charts.URL()+"/third", "third-reader", "third-passw0rd"
		}},
		{"no credentials, and all defaults", []string{"url", acctest.Quote(box.Charts.PublicURL()), "username", "", "password", "", "active", "", "allow_insecure_connection", ""}, []string{update}, func() { want = publicRow(box); want.ID = stored(t, box).ID }},
	} {
		args = args.With(step.change...)
		w.Write(args.At(acme))
		w.Apply().Ok().Quiet()
		t.Log(step.name)
		expectWrites(t, box, step.writes...)
		step.expect()
		expectStored(t, box, want)
		w.Plan().Empty().Quiet()
	}
	// The password alone.
	box.Charts.AddRepository("/third", "third-reader", "fourth-passw0rd")
	w.Write(private(box).At(acme))
	w.Apply().Ok()
	w.Write(private(box).With("url", acctest.Quote(box.Charts.URL()+"/third"), "username", `"third-reader"`, "password", `"fourth-passw0rd"`).At(acme))
	w.Apply().Ok()
	box.Charts.AddRepository("/third", "third-reader", "fifth-passw0rd")
	w.Plan().Empty()
	w.Write(private(box).With("url", acctest.Quote(box.Charts.URL()+"/third"), "username", `"third-reader"`, "password", `"fifth-passw0rd"`).At(acme))
	expectWrites(t, box, update, update)
	w.Apply().Ok()
	expectWrites(t, box, update)
	if got := stored(t, box).Password; got != "fifth-passw0rd" {
		t.Errorf("Devtron has the password %q", got)
	}
}

// TestDrift: a change made in Devtron is shown, and the next apply undoes it, with the password.
func TestDrift(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, private(box).At(acme))
	w.Apply().Ok()
	want := stored(t, box)
	box.Log.Reset()
	for name, change := range map[string]func(*sandbox.ChartRepository){
		"URL":              func(r *sandbox.ChartRepository) { r.URL = box.Charts.PublicURL() },
		"username":         func(r *sandbox.ChartRepository) { r.Username = "somebody" },
		"no credentials":   func(r *sandbox.ChartRepository) { r.AuthMode, r.Username, r.Password = "ANONYMOUS", "", "" },
		"only no authMode": func(r *sandbox.ChartRepository) { r.AuthMode = "ANONYMOUS" },
		"insecure":         func(r *sandbox.ChartRepository) { r.Insecure = true },
		"inactive":         func(r *sandbox.ChartRepository) { r.Active = false },
	} {
		now := want
		change(&now)
		box.Devtron.ChartRepositories.Put(now)
		w.Apply().Ok().Quiet()
		t.Log(name)
		expectWrites(t, box, update)
		expectStored(t, box, want)
	}
	// A password cannot be compared.
	other := want
	other.Password = "changed-in-devtron"
	box.Devtron.ChartRepositories.Put(other)
	w.Plan().Empty().Quiet()
	expectWrites(t, box)
}

// TestNameThatSomebodyChangedIsReplaced: the DELETE has the name that is stored now.
func TestNameThatSomebodyChangedIsReplaced(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, public(box).At(acme))
	w.Apply().Ok()
	before := stored(t, box)
	change(box, before.ID, func(r *sandbox.ChartRepository) { r.Name = "renamed-charts" })
	box.Log.Reset()
	w.Apply().Ok()
	for _, r := range box.Log.To("devtron") {
		if r.Method == "DELETE" && !strings.Contains(string(r.Body), `"name":"renamed-charts"`) {
			t.Errorf("sent %s", r.Body)
		}
	}
	expectWrites(t, box, remove, create)
	if after := stored(t, box); after.ID == before.ID || after.Name != "acme-charts" {
		t.Errorf("Devtron has %+v", after)
	}
	w.Plan().Empty().Quiet()
}

// TestInactiveChartRepositoryTakesTwoRequests: a creation ignores active (26-18).
func TestInactiveChartRepositoryTakesTwoRequests(t *testing.T) {
	t.Parallel()
	refused := sandbox.Fault{Status: 500, Body: `{"code":500,"status":"Internal Server Error","errors":[{"code":"000","userMessage":"pq: something"}]}`, ContentType: "application/json"}
	for name, c := range map[string]struct {
		fault    sandbox.Fault
		path     string
		warning  string
		inactive bool // after the first apply
		repairs  []string
	}{
		"no fault":                       {inactive: true},
		"lost reply to the creation":     {fault: sandbox.Fault{Handle: true, Reset: true}, path: createRoute, warning: "Devtron's answer was lost", inactive: true},
		"lost reply to the deactivation": {fault: sandbox.Fault{Handle: true, Close: true}, path: updateRoute, inactive: true},
		"failed deactivation":            {fault: refused, path: updateRoute, warning: "The chart repository is still active", repairs: []string{update}},
		"dropped deactivation":           {fault: sandbox.Fault{Reset: true}, path: updateRoute, warning: "The chart repository is still active", repairs: []string{update}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			if c.path != "" {
				c.fault.Method, c.fault.Path, c.fault.Times = "POST", c.path, 1
				box.Devtron.Inject(c.fault)
			}
			w := acctest.NewWorkspace(t, box, private(box).With("active", "false").At(acme))
			run := w.Apply().Ok()
			if c.warning == "" {
				run.Quiet()
			} else {
				run.Warns(c.warning)
			}
			want := privateRow(box)
			want.ID, want.Active = stored(t, box).ID, !c.inactive
			expectStored(t, box, want)
			expectWrites(t, box, create, update)

			// What was stored is kept, and the next apply completes it.
			want.Active = false
			w.Apply().Ok().Quiet()
			expectWrites(t, box, c.repairs...)
			expectStored(t, box, want)
			w.Plan().Empty().Quiet()
		})
	}
}
