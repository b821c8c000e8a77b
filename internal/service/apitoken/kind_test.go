// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken_test

import (
	"os"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest/objecttest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestMain(m *testing.M) { os.Exit(acctest.Main(m)) }

const (
	route     = "/orchestrator/api-token"
	userRoute = "/orchestrator/user"
	// this is the address of the resource of most tests.
	this = "devtron_api_token.this"
)

// user returns the user of a token.
func user(box *sandbox.Sandbox, id int) sandbox.User {
	for _, row := range box.Devtron.APITokens.Rows() {
		if row.ID == id {
			u, _ := box.Devtron.Users.Get(row.UserID)
			return u
		}
	}
	return sandbox.User{}
}

// change changes a token as somebody else would.
func change(box *sandbox.Sandbox, id int, change func(*sandbox.APIToken, *sandbox.User)) {
	for _, row := range box.Devtron.APITokens.Rows() {
		if row.ID == id {
			u := user(box, id)
			change(&row, &u)
			box.Devtron.APITokens.Put(row)
			box.Devtron.Users.Put(u)
		}
	}
}

func token(box *sandbox.Sandbox, id int) sandbox.APIToken {
	for _, row := range box.Devtron.APITokens.Rows() {
		if row.ID == id {
			return row
		}
	}
	return sandbox.APIToken{}
}

// view is the permission to view the applications of the predefined project.
func view() sandbox.RoleFilter {
	return sandbox.RoleFilter{Entity: "apps", AccessType: "devtron-app", Team: "devtron-demo", Action: "view"}
}

var tokens = objecttest.Kind{
	Type: "devtron_api_token", Noun: "API token", Route: route, Details: []string{userRoute}, Revives: true,
	Config: func(_ *sandbox.Sandbox, name string) acctest.Args { return acctest.Args{"name": acctest.Quote(name)} },
	Put: func(box *sandbox.Sandbox, name string) int {
		return box.Devtron.APITokens.Put(sandbox.APIToken{Name: name}).ID
	},
	IDs: func(box *sandbox.Sandbox, name string) (ids []int) {
		if row, ok := box.Devtron.APITokens.Named(name); ok {
			ids = append(ids, row.ID)
		}
		return ids
	},
	Remove: func(box *sandbox.Sandbox, id int) { box.Devtron.APITokens.Remove(id) },
	Updates: []objecttest.Update{
		{
			Argument: "description", Value: `"for the pipeline"`,
			Stored: func(box *sandbox.Sandbox, id int) bool { return token(box, id).Description == "for the pipeline" },
			Drift: func(box *sandbox.Sandbox, id int) {
				change(box, id, func(t *sandbox.APIToken, _ *sandbox.User) { t.Description = "drift" })
			},
		},
		{
			Argument: "expires_at", Value: `"2099-01-31T10:00:00+02:00"`,
			Stored: func(box *sandbox.Sandbox, id int) bool { return token(box, id).ExpireAtInMs == 4073529600000 },
			Drift: func(box *sandbox.Sandbox, id int) {
				change(box, id, func(t *sandbox.APIToken, _ *sandbox.User) { t.ExpireAtInMs = 0 })
			},
		},
		{
			Argument: "super_admin", Value: "true", Alone: true,
			Stored: func(box *sandbox.Sandbox, id int) bool { return user(box, id).SuperAdmin },
			Drift: func(box *sandbox.Sandbox, id int) {
				change(box, id, func(_ *sandbox.APIToken, u *sandbox.User) { u.SuperAdmin = false })
			},
		},
		{
			Argument: "permissions", Value: `[{ project = "devtron-demo", role = "view" }]`,
			Stored: func(box *sandbox.Sandbox, id int) bool {
				f := user(box, id).Filters
				return len(f) == 1 && f[0] == view()
			},
			Drift: func(box *sandbox.Sandbox, id int) {
				change(box, id, func(_ *sandbox.APIToken, u *sandbox.User) { u.Filters[0].Action = "admin" })
			},
		},
		{
			Argument: "permission_groups", Value: `["deployers"]`,
			Stored: func(box *sandbox.Sandbox, id int) bool { return len(user(box, id).Groups) == 1 },
			Drift: func(box *sandbox.Sandbox, id int) {
				change(box, id, func(_ *sandbox.APIToken, u *sandbox.User) { u.Groups = nil })
			},
		},
	},
}

// withGroups are tokens of a Devtron that has the permission group of the updates.
func withGroups() objecttest.Kind {
	k := tokens
	k.Config = func(box *sandbox.Sandbox, name string) acctest.Args {
		box.Devtron.Users.AddGroup("Deployers")
		return tokens.Config(box, name)
	}
	return k
}

const stops = "The API token stops working"

func TestAPITokenAcceptance(t *testing.T)                     { withGroups().Acceptance(t) }
func TestAPITokenLifeCycle(t *testing.T)                      { withGroups().LifeCycle(t) }
func TestReplacingAnAPITokenWarns(t *testing.T)               { tokens.Replaces(t, stops) }
func TestExistingAndRepeatedAPITokensAreRefused(t *testing.T) { tokens.RefusesOthers(t) }
func TestRenamedAPITokenResourcesAreRefused(t *testing.T)     { tokens.Renames(t) }
func TestAPITokenImport(t *testing.T)                         { tokens.Imports(t) }
func TestAPITokenQuery(t *testing.T)                          { tokens.Queries(t) }
func TestLostRepliesToAPITokenWritesAreSettled(t *testing.T)  { tokens.LostReplies(t) }
func TestRefreshNeverDropsAnAPIToken(t *testing.T)            { tokens.KeepsState(t) }
func TestUnknownAPITokenNames(t *testing.T)                   { tokens.Unknown(t) }
func TestAPITokenWritesWithoutReadingBack(t *testing.T)       { tokens.UnreadWrites(t) }
func TestKilledProviderLosesNoAPIToken(t *testing.T)          { tokens.SurvivesKills(t) }

// TestReplacementBeforeTheDestroySaysWhatToDo: only the apply shows the order, and Terraform does
// not undo its part of it.
func TestReplacementBeforeTheDestroySaysWhatToDo(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, args().At(this, "lifecycle {\n  create_before_destroy = true\n}"))
	w.Apply().Ok()
	box.Log.Reset()
	w.Apply(tfexec.Replace(this)).Fails("The API token already exists", "remove create_before_destroy")
	w.Write(args().At(this))
	w.Plan().Fails("Remove create_before_destroy", "terraform state rm", "import {")
	w.MustRun("state", "rm", this)
	w.Import(this, "ci-payments").Ok()
	w.Plan().Empty().Quiet()
	expectWrites(t, box)
}

func TestAPITokenDataSource(t *testing.T) {
	tokens.Reads(t, "super_admin = false", "user_id = 5", "expires_at = tostring(null)", "permission_groups = toset(null)")
}
