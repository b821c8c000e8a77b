// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package project_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest/objecttest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestMain(m *testing.M) { os.Exit(cli.Main(m)) }

const route = "/orchestrator/team"

var projects = objecttest.Kind{
	Type: "devtron_project", Noun: "project", Route: route,
	Config: func(_ *sandbox.Sandbox, name string) acctest.Args { return acctest.Args{"name": acctest.Quote(name)} },
	Put: func(box *sandbox.Sandbox, name string) int {
		return box.Devtron.Projects.Put(sandbox.Project{Name: name, Active: true}).ID
	},
	IDs: func(box *sandbox.Sandbox, name string) (ids []int) {
		for _, p := range box.Devtron.Projects.Named(name) {
			ids = append(ids, p.ID)
		}
		return ids
	},
	Remove: func(box *sandbox.Sandbox, id int) { box.Devtron.Projects.Remove(id) },
	// Devtron looks for no duplicates, so that all the time after the provider has looked counts.
	Hold: func(box *sandbox.Sandbox) {
		box.Devtron.Inject(sandbox.Fault{Method: "POST", Path: route, Delay: time.Second})
	},
}

const lost = "Permissions in the project will be lost"

func TestProjectAcceptance(t *testing.T)                     { projects.Acceptance(t) }
func TestProjectLifeCycle(t *testing.T)                      { projects.LifeCycle(t) }
func TestReplacingAProjectWarnsOfLostRoles(t *testing.T)     { projects.Replaces(t, lost) }
func TestExistingAndRepeatedProjectsAreRefused(t *testing.T) { projects.RefusesOthers(t) }
func TestRenamedProjectResourcesAreRefused(t *testing.T)     { projects.Renames(t) }
func TestProjectImport(t *testing.T)                         { projects.Imports(t) }
func TestAmbiguousProjectNamesAreRefused(t *testing.T)       { projects.NamesTwins(t) }
func TestProjectDataSource(t *testing.T)                     { projects.Reads(t) }
func TestProjectQuery(t *testing.T)                          { projects.Queries(t) }
func TestLostRepliesToProjectWritesAreSettled(t *testing.T)  { projects.LostReplies(t) }
func TestKilledProvidersLoseNoProject(t *testing.T)          { projects.SurvivesKills(t) }
func TestProjectWritesWithoutReadingBack(t *testing.T)       { projects.UnreadWrites(t) }
func TestRefreshNeverDropsAProject(t *testing.T)             { projects.KeepsState(t) }
func TestUnknownProjectNames(t *testing.T)                   { projects.Unknown(t) }
func TestTwinOfAProjectByAnotherProcessIsNamed(t *testing.T) { projects.FindsTwins(t) }

const resource = "resource \"devtron_project\" \"this\" {\n  name = %q\n}\n"

func TestInvalidProjectNameIsRefusedAtItsArgument(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, fmt.Sprintf(resource, "Payments"))
	w.Plan().Fails("Invalid project name", "3 to 25 characters", `name = "Payments"`)
	w.Write(fmt.Sprintf(resource, ""))
	w.Plan().Fails("name is empty")
}

// Before v2.0.0, Devtron accepted other names. It cannot delete such a project today.
func TestProjectWithAnOlderNameIsKept(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	const old = "Payments_Team"
	id := box.Devtron.Projects.Put(sandbox.Project{Name: old, Active: true}).ID
	w := acctest.NewWorkspace(t, box, fmt.Sprintf(resource, old))
	w.Plan().Fails("The project already exists", "import {")
	if output, err := w.Run("import", "-no-color", "devtron_project.this", old); err != nil {
		t.Fatal(output)
	}
	w.Plan().Empty().Quiet()
	w.Write(fmt.Sprintf("resource \"devtron_project\" \"this\" {\n  name = %q\n  timeouts = { read = \"2m\" }\n}\n", old))
	w.Apply().Ok().Quiet()
	w.Destroy().Fails("Devtron cannot delete a project with this name", "removed {", "validate-devtron-entity-name")
	w.Plan().Empty().Quiet()
	if rows := box.Devtron.Projects.Named(old); len(rows) != 1 || rows[0].ID != id {
		t.Errorf("Devtron has %v", rows)
	}
}

func TestProjectWithApplicationsIsNotDestroyed(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, fmt.Sprintf(resource, "payments"))
	w.Apply().Ok()
	id := box.Devtron.Projects.Named("payments")[0].ID
	box.Devtron.Projects.AddApplication(id, "checkout")
	box.Devtron.Projects.AddApplication(id, "billing")
	words := []string{"The project still has applications", "Please delete all apps in this project before deleting this project", "\n  billing\n  checkout"}
	w.Plan(tfexec.Destroy(true)).Fails(words...)
	w.Destroy().Fails(words...)
	w.Write(fmt.Sprintf(resource, "payments-2"))
	w.Apply().Fails(words...)
	if n := box.Log.Count("devtron", "DELETE", ""); n != 0 {
		t.Errorf("%d DELETE requests", n)
	}

	// Where Devtron does not show the applications, it refuses the request itself.
	box.Devtron.Inject(sandbox.Fault{Path: "/orchestrator/app/team", Status: 500, Body: `{"code":500,"errors":[{"userMessage":"no"}]}`, ContentType: "application/json"})
	w.Write(fmt.Sprintf(resource, "payments"))
	w.Destroy().Fails("The project could not be deleted: the project still has applications", words[1], "It is still in the Terraform state")
	w.Plan().Empty().Quiet()
	box.Devtron.Projects.RemoveApplications(id)
	w.Destroy().Ok()
}

// Somebody renames a project in Devtron, and its resource follows.
func TestRenamedProjectIsFollowed(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, fmt.Sprintf(resource, "payments"))
	w.Apply().Ok()
	row := box.Devtron.Projects.Named("payments")[0]
	row.Name = "billing"
	box.Devtron.Projects.Put(row)
	w.Plan().Ok().Warns(lost, "billing")
	w.Write(fmt.Sprintf(resource, "billing"))
	w.Apply().Ok().Quiet()
	w.Plan().Empty().Quiet()
	if rows := box.Devtron.Projects.Named("billing"); len(rows) != 1 || rows[0].ID != row.ID {
		t.Errorf("Devtron has %v", rows)
	}
}

// TestTwinsAfterALostReply: which of two equal projects is from this run can no longer be found
// out, so that none of them may be deleted.
func TestTwinsAfterALostReply(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, fmt.Sprintf(resource, "payments"))
	box.Devtron.Inject(sandbox.Fault{Method: "POST", Path: route, Times: 1, Handle: true, Close: true, Delay: time.Second})
	go func() {
		for box.Log.Count("devtron", "POST", route) == 0 {
			time.Sleep(10 * time.Millisecond)
		}
		projects.Put(box, "payments")
	}()
	w.Apply().Fails("two of the same", "not known which one", "terraform untaint")
	ids := projects.IDs(box, "payments")
	if len(ids) != 2 {
		t.Fatalf("Devtron has %v", ids)
	}
	w.Plan().Fails("two of the same", fmt.Sprintf("%d, %d", ids[0], ids[1]))
	w.Destroy().Fails("two of the same")
	w.Destroy(tfexec.Refresh(false)).Fails("two of the same")
	if n := box.Log.Count("devtron", "DELETE", ""); n != 0 {
		t.Errorf("%d DELETE requests", n)
	}
	projects.Remove(box, ids[0])
	if output, err := w.Run("untaint", "devtron_project.this"); err != nil {
		t.Fatal(output)
	}
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
	w.Destroy().Ok()
	if left := projects.IDs(box, "payments"); len(left) != 0 {
		t.Errorf("Devtron still has %v", left)
	}
}

// Somebody renames or deletes a project, and creates another one in its place.
func TestProjectInPlaceOfTheOneInTheStateIsRefused(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, fmt.Sprintf(resource, "payments"))
	w.Apply().Ok()
	first := box.Devtron.Projects.Named("payments")[0]
	renamed := first
	renamed.Name = "billing"
	box.Devtron.Projects.Put(renamed)
	second := projects.Put(box, "payments")
	refused := []string{"The project already exists", fmt.Sprintf("(id %d)", second), "terraform state rm"}
	w.Plan().Fails(refused...)
	w.Apply().Fails(refused...)
	projects.Remove(box, first.ID)
	w.Plan().Fails(refused...)
	if posts, deletions := box.Log.Count("devtron", "POST", ""), box.Log.Count("devtron", "DELETE", ""); posts != 1 || deletions != 0 {
		t.Errorf("%d POST and %d DELETE requests", posts, deletions)
	}
	// As the message says.
	w.MustRun("state", "rm", "devtron_project.this")
	w.Import("devtron_project.this", "payments").Ok()
	w.Plan().Empty().Quiet()
}

// A project whose name another one has, too, cannot be created again.
func TestReplacementOfATwinIsRefused(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, fmt.Sprintf(resource, "payments"))
	w.Apply().Ok()
	twin := projects.Put(box, "payments")
	refused := []string{"two of the same", fmt.Sprintf(", %d", twin)}
	w.Plan(tfexec.Replace("devtron_project.this")).Fails(refused...)
	w.MustRun("taint", "devtron_project.this")
	w.Apply().Fails(refused...)
	w.MustRun("untaint", "devtron_project.this")
	w.Plan().Empty()
	if n := box.Log.Count("devtron", "DELETE", ""); n != 0 {
		t.Errorf("%d DELETE requests", n)
	}
}
