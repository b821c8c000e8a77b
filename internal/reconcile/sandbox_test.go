// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// newClient returns a client that repeats no request, so that each fault counts. observe is called
// after each request; it may be nil.
func newClient(t *testing.T, box *sandbox.Sandbox, token string, observe func(devtron.Exchange)) *devtron.Client {
	t.Helper()
	client, err := devtron.New(devtron.Options{URL: box.Devtron.URL(), APIToken: token, Observe: func(_ context.Context, x devtron.Exchange) {
		if observe != nil {
			observe(x)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func projects(c *devtron.Client) *Collection[devtron.Project] {
	return NewCollection(c.BaseURL().String(), Kind[devtron.Project]{
		Name: "projects", List: c.ListProjects, Create: c.CreateProject, Delete: c.DeleteProject, Visible: c.CheckSuperAdmin,
		ID:   func(p devtron.Project) ID { return ID{Number: p.ID} },
		Key:  func(p devtron.Project) string { return p.Name },
		Same: func(stored, wanted devtron.Project) bool { return stored.Name == wanted.Name },
	}, quick)
}

func environments(c *devtron.Client) *Collection[devtron.Environment] {
	return NewCollection(c.BaseURL().String(), Kind[devtron.Environment]{
		Name: "environments", List: c.ListEnvironments, Create: c.CreateEnvironment, Update: c.UpdateEnvironment,
		Delete: c.DeleteEnvironment, Visible: c.CheckSuperAdmin,
		ID:  func(e devtron.Environment) ID { return ID{Number: e.ID} },
		Key: func(e devtron.Environment) string { return e.Name },
		Same: func(stored, wanted devtron.Environment) bool {
			return stored.ClusterID == wanted.ClusterID && stored.Namespace == wanted.Namespace &&
				stored.Production == wanted.Production && stored.Description == wanted.Description
		},
		Clash: func(stored, wanted devtron.Environment) bool {
			return stored.ClusterID == wanted.ClusterID && stored.Namespace == wanted.Namespace
		},
	}, quick)
}

// methods are those of the requests to a path so far.
func methods(box *sandbox.Sandbox, path string) string {
	var sent []string
	for _, r := range box.Log.To("devtron") {
		if strings.HasPrefix(r.Path, path) {
			sent = append(sent, r.Method)
		}
	}
	return strings.Join(sent, " ")
}

const (
	projectPath     = "/orchestrator/team"
	environmentPath = "/orchestrator/env"
)

func TestProjectsAreCreatedAndDeletedAgainAndAgain(t *testing.T) {
	box := sandbox.ForTest(t)
	c := projects(newClient(t, box, box.Devtron.AdminToken(), nil))
	for range 3 {
		out, err := c.Create(t.Context(), devtron.Project{Name: "payments"})
		if err != nil || out.Object.ID == 0 {
			t.Fatalf("got %+v, %v", out, err)
		}
		if err := c.Delete(t.Context(), ID{Number: out.Object.ID}); err != nil {
			t.Fatal(err)
		}
	}
	// The list is asked for before and after each write.
	if got, want := methods(box, projectPath), strings.Repeat(" GET POST GET GET DELETE GET", 3)[1:]; got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
}

// TestEnvironmentIsReadBack: the reply to a creation lacks the identifier, and what an update
// ignores is noticed.
func TestEnvironmentIsReadBack(t *testing.T) {
	box := sandbox.ForTest(t)
	other := box.Devtron.Clusters.Put(sandbox.ClusterRow{Name: "eu", ServerURL: "https://eu.example", Active: true})
	c := environments(newClient(t, box, box.Devtron.AdminToken(), nil))
	out, err := c.Create(t.Context(), devtron.Environment{Name: "prod", ClusterID: 1, Namespace: "payments"})
	if err != nil || out.Object.Identifier != "default_cluster__payments" {
		t.Errorf("got %+v, %v", out, err)
	}
	moved := out.Object
	moved.ClusterID = other.ID
	out, err = c.Update(t.Context(), moved)
	if e := as[*DiffersError[devtron.Environment]](t, err); e.Stored.ClusterID != 1 || !out.Stored {
		t.Errorf("got %+v, %+v", out, e)
	}
	// One environment for a namespace of a cluster, whatever its name.
	_, err = c.Create(t.Context(), devtron.Environment{Name: "other", ClusterID: 1, Namespace: "payments"})
	if e := as[*ExistsError[devtron.Environment]](t, err); e.Key != "prod" {
		t.Errorf("got %+v", e)
	}
}

// TestInUseComesInDevtronsWords, which say what to delete first.
func TestInUseComesInDevtronsWords(t *testing.T) {
	box := sandbox.ForTest(t)
	box.Devtron.Environments.SetPipelines(1, true)
	box.Devtron.Projects.AddApplication(1, "checkout")
	client := newClient(t, box, box.Devtron.AdminToken(), nil)
	for want, err := range map[string]error{
		"Please delete all related cd pipelines before deleting this environment": environments(client).Delete(t.Context(), ID{Number: 1}),
		"Please delete all apps in this project before deleting this project":     projects(client).Delete(t.Context(), ID{Number: 1}),
	} {
		if e := as[*devtron.Error](t, err); e.Kind != devtron.InUse || e.Message != want {
			t.Errorf("got %+v", *e)
		}
	}
}

func TestWithoutRightsNothingIsGone(t *testing.T) {
	box := sandbox.ForTest(t)
	c := projects(newClient(t, box, box.Devtron.PowerlessToken(), nil))
	for _, err := range []error{
		func() error { _, err := c.List(t.Context()); return err }(),
		func() error { _, _, err := c.FindID(t.Context(), ID{Number: 1}); return err }(),
		func() error { _, _, err := c.FindKey(t.Context(), "devtron-demo"); return err }(),
		c.Delete(t.Context(), ID{Number: 1}),
	} {
		if !devtron.IsKind(err, devtron.Forbidden) {
			t.Errorf("got %v", err)
		}
	}
	if n := box.Log.Count("devtron", "DELETE", ""); n != 0 {
		t.Errorf("%d DELETEs", n)
	}
}

// TestParallelCreationsMakeNoTwins runs 20 parallel creations of each kind on a Devtron without a
// lock.
func TestParallelCreationsMakeNoTwins(t *testing.T) {
	box := sandbox.ForTest(t, sandbox.Options{Race: 3 * time.Millisecond})
	client := newClient(t, box, box.Devtron.AdminToken(), nil)
	var wait sync.WaitGroup
	for i := range 20 {
		name, own := "same", fmt.Sprint("own-", i)
		// Collections that do not know each other, as of two provider blocks.
		p, e := projects(client), environments(client)
		wait.Go(func() {
			if _, err := p.Create(t.Context(), devtron.Project{Name: own}); err != nil {
				t.Error(err)
			}
		})
		wait.Go(func() {
			var exists *ExistsError[devtron.Project]
			if _, err := p.Create(t.Context(), devtron.Project{Name: name}); err != nil && !errors.As(err, &exists) {
				t.Error(err)
			}
		})
		wait.Go(func() {
			var exists *ExistsError[devtron.Environment]
			if _, err := e.Create(t.Context(), devtron.Environment{Name: name, ClusterID: 1, Namespace: own}); err != nil && !errors.As(err, &exists) {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if n := len(box.Devtron.Projects.Named("same")); n != 1 {
		t.Errorf("%d projects of one name", n)
	}
	if n := len(box.Devtron.Environments.Named("same")); n != 1 {
		t.Errorf("%d environments of one name", n)
	}
	if n := len(box.Devtron.Projects.Rows()); n != 22 {
		t.Errorf("%d projects", n)
	}
}

// TestTheRaceIsReal: without the lock the same Devtron stores twins, and at least the later
// creation reports them.
func TestTheRaceIsReal(t *testing.T) {
	box := sandbox.ForTest(t, sandbox.Options{Race: 50 * time.Millisecond})
	client := newClient(t, box, box.Devtron.AdminToken(), nil)
	for round := range 50 {
		name := fmt.Sprint("race-", round)
		errs := make([]error, 2)
		var wait sync.WaitGroup
		for i := range errs {
			c := environments(client)
			c.lock = make(WriteLock, 1)
			wait.Go(func() {
				_, errs[i] = c.Create(t.Context(), devtron.Environment{Name: name, ClusterID: 1, Namespace: name})
			})
		}
		wait.Wait()
		rows := box.Devtron.Environments.Named(name)
		if len(rows) < 2 {
			continue
		}
		var twins *TwinsError
		if !errors.As(errs[0], &twins) && !errors.As(errs[1], &twins) {
			t.Fatalf("twins %v, and nobody says so: %v", rows, errs)
		}
		if want := []string{fmt.Sprint(rows[0].ID), fmt.Sprint(rows[1].ID)}; !slices.Equal(twins.IDs, want) {
			t.Errorf("names %v, want %v", twins.IDs, want)
		}
		return
	}
	t.Error("50 rounds without a lock, and no twins")
}

// TestTwinOfAnotherProcessIsNamed: Devtron accepts a second project of a name, and refuses a second
// environment with 409.
func TestTwinOfAnotherProcessIsNamed(t *testing.T) {
	box := sandbox.ForTest(t)
	// Another process writes right after this one has looked.
	client := newClient(t, box, box.Devtron.AdminToken(), func(x devtron.Exchange) {
		if x.Method == "GET" && len(box.Devtron.Projects.Named("twin")) == 0 && strings.HasSuffix(x.URL, "/team") {
			box.Devtron.Projects.Put(sandbox.Project{Name: "twin", Active: true})
		}
		if x.Method == "GET" && len(box.Devtron.Environments.Named("twin")) == 0 && strings.HasSuffix(x.URL, "/env") {
			box.Devtron.Environments.Put(sandbox.Environment{Name: "twin", ClusterID: 1, Namespace: "twin", Active: true})
		}
	})
	out, err := projects(client).Create(t.Context(), devtron.Project{Name: "twin"})
	if e := as[*TwinsError](t, err); !slices.Equal(e.IDs, []string{"2", "3"}) || !out.Stored || out.Object.ID != 3 {
		t.Errorf("got %+v, %+v", out, e)
	}
	_, err = environments(client).Create(t.Context(), devtron.Environment{Name: "twin", ClusterID: 1, Namespace: "twin"})
	if e := as[*ExistsError[devtron.Environment]](t, err); e.ID != "2" || !devtron.IsKind(err, devtron.Conflict) {
		t.Errorf("got %+v", e)
	}
}
