// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken_test

import (
	"slices"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const viewer = `[{ project = "devtron-demo", role = "view" }]`

// TestTokenWhosePermissionsFailedIsCompletedByTheNextApply, with the same value.
func TestTokenWhosePermissionsFailedIsCompletedByTheNextApply(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, args("permissions", viewer).At(this))
	box.Devtron.Inject(once(refusal(500, "pq: something"), "PUT", userRoute))
	w.Apply().Ok().Warns("The API token does not have its permissions yet", "The next plan shows what is missing", "pq: something", "permissions = ")
	expectWrites(t, box, "POST /api-token", "PUT /user")
	first := issued(t, w)
	works(t, box, w)
	if p := w.Plan().Ok(); !p.Changes {
		t.Error("the plan does not show that the permissions are missing")
	}
	w.Apply().Ok().Quiet()
	expectWrites(t, box, "PUT /user")
	if f := userOf(t, box).Filters; len(f) != 1 || f[0] != view() || issued(t, w) != first {
		t.Errorf("the permissions are %+v", f)
	}
	w.Plan().Empty().Quiet()

	// An update that fails keeps what Devtron has.
	w.Write(args("permissions", `[{ project = "devtron-demo", role = "admin" }]`, "description", `"d"`).At(this))
	box.Devtron.Inject(once(refusal(500, "pq: something"), "PUT", userRoute))
	w.Apply().Fails("The permissions of the API token could not be set", "All other changes of the API token are stored")
	expectWrites(t, box, "PUT /api-token/ID", "PUT /user")
	w.Apply().Ok()
	expectWrites(t, box, "PUT /user")
	w.Plan().Empty().Quiet()
	works(t, box, w)
}

// TestRolesThatDevtronDoesNotKnow are refused with an empty message.
func TestRolesThatDevtronDoesNotKnow(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, args("permissions", `[{ project = "devtron-demo", role = "nonsense" }]`).At(this))
	w.Apply().Ok().Warns("The API token does not have its permissions yet", "Devtron does not know a role", "default policy not found")
	w.Apply().Fails("The permissions of the API token could not be set: Devtron does not know a role", "Set role to view", "permissions = ")
	w.Write(args("permissions", viewer).At(this))
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
}

func TestLostRepliesToPermissionsAreSettled(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sandbox.Fault{
		"reset":    {Handle: true, Reset: true},
		"502":      {Handle: true, Status: 502, Body: "<html>bad gateway</html>", ContentType: "text/html"},
		"time-out": {Handle: true, Delay: 20 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			config := args("permissions", viewer, "timeouts", `{ create = "3s", update = "3s" }`)
			w := acctest.NewWorkspace(t, box, config.At(this))
			box.Devtron.Inject(once(fault, "PUT", userRoute))
			w.Apply().Ok().Quiet()
			expectWrites(t, box, "POST /api-token", "PUT /user")
			box.Devtron.Inject(once(fault, "PUT", userRoute))
			w.Write(config.With("permissions", "", "super_admin", "true").At(this))
			w.Apply().Ok()
			expectWrites(t, box, "PUT /user")
			if !userOf(t, box).SuperAdmin {
				t.Error("the token is not super-admin")
			}
			w.Plan().Empty()
		})
	}
}

// TestRolesOfADeletedTokenDoNotComeBack: a new token of the same name has the user of the deleted
// one.
func TestRolesOfADeletedTokenDoNotComeBack(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	old := box.Devtron.APITokens.Put(sandbox.APIToken{Name: "ci-payments"})
	u, _ := box.Devtron.Users.Get(old.UserID)
	helm := sandbox.RoleFilter{Entity: "apps", AccessType: "helm-app", Team: "devtron-demo", Action: "admin"}
	u.SuperAdmin, u.Filters, u.Groups = true, []sandbox.RoleFilter{view(), helm}, []int{box.Devtron.Users.AddGroup("deployers")}
	box.Devtron.Users.Put(u)
	box.Devtron.APITokens.Remove(old.ID)

	w := acctest.NewWorkspace(t, box, args().At(this))
	w.Apply().Ok().Quiet()
	expectWrites(t, box, "POST /api-token", "PUT /user")
	if u := userOf(t, box); u.ID != old.UserID || u.SuperAdmin || len(u.Filters) > 0 || len(u.Groups) > 0 {
		t.Errorf("the user has %+v", u)
	}
	works(t, box, w)
	w.Plan().Empty().Quiet()
}

// TestPermissionsThatTheResourceCannotExpressAreKept by changes of others.
func TestPermissionsThatTheResourceCannotExpressAreKept(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, args("permissions", viewer).At(this))
	w.Apply().Ok()
	u := userOf(t, box)
	helm := sandbox.RoleFilter{Entity: "apps", AccessType: "helm-app", Team: "devtron-demo", Action: "admin", Namespace: "kept"}
	u.Filters = append(u.Filters, helm)
	box.Devtron.Users.Put(u)
	w.Plan().Empty().Quiet()
	w.Write(args().At(this))
	w.Apply().Ok()
	if f := userOf(t, box).Filters; len(f) != 1 || f[0] != helm {
		t.Errorf("the user has %+v", f)
	}
	w.Plan().Empty().Quiet()
}

// TestPermissionsThatDevtronMergesAreNoDifference: reads merge and reorder them.
func TestPermissionsThatDevtronMergesAreNoDifference(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	for _, name := range []string{"one", "two"} {
		box.Devtron.Environments.Put(sandbox.Environment{Name: name, ClusterID: 1, Namespace: name, Identifier: "default_cluster__" + name, Active: true})
	}
	w := acctest.NewWorkspace(t, box, args("permissions", `[
    { project = "devtron-demo", environments = ["default_cluster__one"], applications = ["b", "a"], role = "trigger" },
    { project = "devtron-demo", environments = ["default_cluster__two"], applications = ["a", "b"], role = "trigger" },
    { project = "*", role = "view" },
  ]`).At(this))
	w.Apply().Ok().Quiet()
	u := userOf(t, box)
	if !slices.ContainsFunc(u.Filters, func(f sandbox.RoleFilter) bool { return f.Team == "" && f.Action == "view" }) {
		t.Errorf("no permission for every project: %+v", u.Filters)
	}
	u.Filters = []sandbox.RoleFilter{
		{Entity: "apps", AccessType: "devtron-app", Action: "view"},
		{Entity: "apps", AccessType: "devtron-app", Team: "devtron-demo", EntityName: "b,a", Environment: "default_cluster__two,default_cluster__one", Action: "trigger"},
	}
	box.Devtron.Users.Put(u)
	w.Plan().Empty().Quiet()
	u.Filters = u.Filters[1:]
	box.Devtron.Users.Put(u)
	if !w.Plan().Ok().Changes {
		t.Error("a permission that is gone is not noticed")
	}
}

// TestPermissionsOfASuperAdminStayInTheBackground: Devtron shows them, and they have no effect.
func TestPermissionsOfASuperAdminStayInTheBackground(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, args("permissions", viewer).At(this))
	w.Apply().Ok()
	w.Write(args("super_admin", "true").At(this))
	w.Apply().Ok().Quiet()
	if u := userOf(t, box); !u.SuperAdmin || len(u.Filters) != 1 {
		t.Errorf("the user has %+v", u)
	}
	w.Plan().Empty().Quiet()
	w.Write(args().At(this))
	w.Apply().Ok()
	if u := userOf(t, box); u.SuperAdmin || len(u.Filters) != 0 {
		t.Errorf("the user has %+v", u)
	}
	w.Plan().Empty().Quiet()

	// Somebody deletes the user of the token.
	box.Devtron.Users.Deactivate(userOf(t, box).ID)
	w.Plan().Empty().Quiet()
	w.Write(args("super_admin", "true").At(this))
	w.Apply().Fails("The permissions of the API token could not be set: the user of the token does not exist", "-replace")
}

// TestNamesInPermissionsThatDoNotExist: Devtron accepts projects and environments silently, and
// crashes over permission groups.
func TestNamesInPermissionsThatDoNotExist(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	const permissions = `[{ project = "paymets", environments = ["payments-prod"], role = "view" }]`
	w := acctest.NewWorkspace(t, box, args("permissions", permissions).At(this))
	w.Apply().Ok().Warns("The project of a permission does not exist", `"paymets"`, "permissions = ").
		Warns("The environment of a permission does not exist", `"payments-prod"`, "identifier")
	w.Plan().Empty().Quiet() // nothing is about to be written
	w.Write("resource \"devtron_project\" \"p\" {\n  name = \"payments\"\n}\n" +
		args("permissions", `[{ project = devtron_project.p.name, role = "view" }]`).At(this))
	w.Apply().Ok().Quiet()
	w.Plan().Empty().Quiet()

	box.Devtron.Users.AddGroup("deployers")
	box.Log.Reset()
	w.Write(args("permission_groups", `["Deployers", "nobody"]`).At(this))
	w.Plan().Fails("No such permission group", `"nobody"`, "deployers", "permission_groups = ")
	expectWrites(t, box)
	w.Write(args("permission_groups", `["Deployers"]`).At(this))
	w.Apply().Ok()
	w.Plan().Empty().Quiet()

	// The name is known in the apply only.
	if acctest.Has(t, acctest.TerraformData) {
		w.Write(acctest.UnknownValue("group", `"nobody"`) + args("permission_groups", `[terraform_data.group.output]`).At(this))
		w.Apply().Fails("No such permission group", `"nobody"`)
	}
}
