// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// bodies returns what was sent with a method to paths with a prefix.
func bodies(box *sandbox.Sandbox, method, path string) []string {
	var found []string
	for _, r := range box.Log.To("devtron") {
		if r.Method == method && strings.HasPrefix(r.Path, "/orchestrator/"+path) {
			found = append(found, string(r.Body))
		}
	}
	return found
}

// wantBodies checks what was sent.
func wantBodies(t *testing.T, box *sandbox.Sandbox, method, path string, want ...string) {
	t.Helper()
	if got := bodies(box, method, path); !slices.Equal(got, want) {
		t.Errorf("%s %s sent\n%s, want\n%s", method, path, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestProjectLifeCycle(t *testing.T) {
	box := sandbox.ForTest(t)
	client, ctx := sandboxClient(t, box), t.Context()
	created, err := client.CreateProject(ctx, Project{ID: 4242, Name: "payments"})
	if err != nil || created != (Project{ID: 2, Name: "payments"}) {
		t.Fatalf("got %+v, %v", created, err)
	}
	projects, err := client.ListProjects(ctx)
	if err != nil || !slices.Equal(projects, []Project{{1, "devtron-demo"}, created}) {
		t.Errorf("got %+v, %v", projects, err)
	}
	if err := client.DeleteProject(ctx, created); err != nil {
		t.Error(err)
	}
	if err := client.DeleteProject(ctx, created); !IsKind(err, NotFound) {
		t.Errorf("again: got %v", err)
	}
	// Absent fields delete, and an id that a client chooses is taken.
	wantBodies(t, box, "POST", "team", `{"id":0,"name":"payments","active":true}`)
	wantBodies(t, box, "DELETE", "team", `{"id":2,"name":"payments","active":true}`, `{"id":2,"name":"payments","active":true}`)
}

func TestDevtronAcceptsDuplicatesOfAProject(t *testing.T) {
	box := sandbox.ForTest(t)
	client := sandboxClient(t, box)
	for _, want := range []int{2, 3} {
		if created, err := client.CreateProject(t.Context(), Project{Name: "twin"}); err != nil || created.ID != want {
			t.Errorf("got %+v, %v", created, err)
		}
	}
}

func TestProjectsWithoutRightsAreAnEmptyList(t *testing.T) {
	box := sandbox.ForTest(t)
	client := sandboxClient(t, box, func(o *Options) { o.APIToken = box.Devtron.PowerlessToken() })
	if projects, err := client.ListProjects(t.Context()); err != nil || len(projects) != 0 {
		t.Errorf("got %v, %v", projects, err)
	}
	for _, err := range []error{
		func() error { _, err := client.CreateProject(t.Context(), Project{Name: "payments"}); return err }(),
		client.DeleteProject(t.Context(), Project{ID: 1, Name: "devtron-demo"}),
		client.CheckSuperAdmin(t.Context(), time.Time{}),
	} {
		if e := failure(t, err); e.Kind != Forbidden || !e.Envelope {
			t.Errorf("got %+v", *e)
		}
	}
}

func TestProjectInUseIsNotDeleted(t *testing.T) {
	box := sandbox.ForTest(t)
	box.Devtron.Projects.AddApplication(1, "checkout")
	client := sandboxClient(t, box)
	demo := Project{ID: 1, Name: "devtron-demo"}
	e := failure(t, client.DeleteProject(t.Context(), demo))
	if e.Kind != InUse || e.Message != "Please delete all apps in this project before deleting this project" || e.MaybeHandled() {
		t.Errorf("got %+v", *e)
	}
	applications, err := client.ListApplications(t.Context(), demo)
	if err != nil || len(applications) != 1 || applications[0].Name != "checkout" {
		t.Errorf("got %v, %v", applications, err)
	}
	box.Devtron.Projects.RemoveApplications(1)
	if applications, err := client.ListApplications(t.Context(), demo); err != nil || len(applications) != 0 {
		t.Errorf("got %v, %v", applications, err)
	}
}

// TestNamesThatDevtronRejects quotes Devtron, which replies with 500 to a short name.
func TestNamesThatDevtronRejects(t *testing.T) {
	client := sandboxClient(t, sandbox.ForTest(t))
	for name, want := range map[string]struct {
		kind    Kind
		message string
	}{
		"ab":    {ServerError, "name should not contain white spaces and should have min 3 chars"},
		"Upper": {Rejected, "Key: 'TeamRequest.Name' Error:Field validation for 'Name' failed on the 'validate-devtron-entity-name' tag"},
	} {
		_, err := client.CreateProject(t.Context(), Project{Name: name})
		if e := failure(t, err); e.Kind != want.kind || e.Message != want.message {
			t.Errorf("%s: got %+v", name, *e)
		}
	}
}

// TestReplyWithoutAnIDIsNoSuccess: reading has to settle whether the write was carried out.
func TestReplyWithoutAnIDIsNoSuccess(t *testing.T) {
	for _, result := range []string{`{}`, `{"id":0,"name":"payments","active":true}`, `{"id":7}`, `null`, `[]`, `"OK"`} {
		box := sandbox.ForTest(t)
		box.Devtron.Inject(sandbox.Fault{Status: 200, Body: `{"code":200,"status":"OK","result":` + result + `}`})
		client := sandboxClient(t, box)
		created, err := client.CreateProject(t.Context(), Project{Name: "payments"})
		if e := failure(t, err); e.Kind != NotDevtron || !e.MaybeHandled() || created != (Project{}) {
			t.Errorf("%s: got %+v, %+v", result, created, *e)
		}
	}
}

// TestListsAreNeverEmptyByMistake: null is an empty list, and anything but a list of the objects is
// an error.
func TestListsAreNeverEmptyByMistake(t *testing.T) {
	for result, kind := range map[string]Kind{
		`null`: 0, `[]`: 0, `{}`: NotDevtron, `{"items":[]}`: NotDevtron, `[null]`: NotDevtron, `[{}]`: NotDevtron, `"OK"`: NotDevtron,
		`[{"id":1,"name":"a","cluster_name":"a","environment_name":"a"},{"id":0,"name":"b"}]`: NotDevtron,
	} {
		server := serve(t, fixed(200, jsonType, `{"code":200,"status":"OK","result":`+result+`}`))
		client, ctx := newClient(t, server.URL), t.Context()
		for name, read := range map[string]func() (int, error){
			"projects":     func() (int, error) { l, err := client.ListProjects(ctx); return len(l), err },
			"applications": func() (int, error) { l, err := client.ListApplications(ctx, Project{ID: 1}); return len(l), err },
			"clusters":     func() (int, error) { l, err := client.ListClusters(ctx); return len(l), err },
			"environments": func() (int, error) { l, err := client.ListEnvironments(ctx); return len(l), err },
		} {
			n, err := read()
			if n != 0 || (err == nil) != (kind == 0) || err != nil && !IsKind(err, kind) {
				t.Errorf("%s, %s: got %d, %v", name, result, n, err)
			}
		}
	}
}
