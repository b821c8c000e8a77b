// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken_test

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestBadArgumentsAreRefusedWhilePlanning(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, args().At(this))
	for _, c := range []struct {
		args  acctest.Args
		words []string
	}{
		{args("name", `"CI"`), []string{"Invalid name of an API token", "3 to 50 characters", `name = "CI"`}},
		{args("name", `""`), []string{"name is empty"}},
		{args("description", acctest.Quote(strings.Repeat("d", 351))), []string{"The description is too long", "351 characters", "350"}},
		{args("expires_at", `"2099-01-31"`), []string{"Invalid time", "RFC 3339", `expires_at = "2099-01-31"`}},
		{args("permissions", `[{ project = "a,b", role = "view" }]`), []string{"Comma in permissions.project", "several elements", "permissions = "}},
		{args("permissions", `[{ project = "", role = "view" }]`), []string{"permissions.project is empty"}},
		{args("permissions", `[{ project = "a", role = "" }]`), []string{"permissions.role is empty"}},
		{args("permissions", `[{ project = "a", role = "view", environments = [] }]`), []string{"Empty list in permissions.environments", "all of them"}},
		{args("permissions", `[{ project = "a", role = "view", applications = ["x "] }]`), []string{"White space around permissions.applications"}},
		{args("permission_groups", `[""]`), []string{"permission_groups is empty"}},
		{args("super_admin", "true", "permissions", viewer), []string{"super_admin and permissions exclude each other", "super_admin = "}},
		{args("super_admin", "true", "permission_groups", `["g"]`), []string{"super_admin and permission_groups exclude each other"}},
	} {
		w.Write(c.args.At(this))
		w.Plan().Fails(c.words...)
	}
	// What only the apply knows.
	if acctest.Has(t, acctest.TerraformData) {
		for value, c := range map[string][]string{
			`"a,b"`: {"permissions", `[{ project = terraform_data.v.output, role = "view" }]`, "Comma in permissions.project"},
			`"CI"`:  {"name", "terraform_data.v.output", "Invalid name of an API token"},
			`"x"`:   {"expires_at", "terraform_data.v.output", "Invalid time"},
		} {
			w.Write(acctest.UnknownValue("v", value) + args(c[0], c[1]).At(this))
			w.Apply().Fails(c[2])
			w.Write("")
			w.Apply().Ok()
		}
	}
	expectWrites(t, box)
}

// TestNamesThatDevtronConfuses: it takes "_" for a wildcard, and would break the other token.
func TestNamesThatDevtronConfuses(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	const message = "Devtron would confuse the name with another one"
	victim := box.Devtron.APITokens.Put(sandbox.APIToken{Name: "ci-bot"})
	box.Devtron.APITokens.Put(sandbox.APIToken{Name: "a_b"})
	w := acctest.NewWorkspace(t, box, args("name", `"ci_bot"`).At(this))
	w.Plan().Fails(message, `"ci-bot"`, "Choose another name", `name = "ci_bot"`)
	w.Write(args("name", `"axb"`).At(this))
	w.Plan().Fails(message, `"a_b"`)
	w.Write(args("name", `"one_two"`).At(this) + args("name", `"one-two"`).At("devtron_api_token.other"))
	w.Plan().Fails(message)
	if acctest.Has(t, acctest.TerraformData) {
		w.Write(acctest.UnknownValue("name", `"ci_bot"`) + args("name", "terraform_data.name.output").At(this))
		w.Apply().Fails(message, `"ci-bot"`)
	}
	expectWrites(t, box)
	if !accepts(t, box, victim.Token) {
		t.Error("the other token does not work anymore")
	}

	// Devtron finds the user of a deleted token, too. A replacement may only give up the wildcard.
	w.Write(args("name", `"one-two"`).At(this))
	w.Apply().Ok()
	w.Write(args("name", `"one_two"`).At(this))
	w.Plan().Fails(message, `"one-two"`)
	w.Write(args("name", `"two_one"`).At(this))
	w.Apply().Ok()
	w.Write(args("name", `"two-one"`).At(this))
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
}

// TestTokenWithAnOlderNameIsKept: before v1.8.0, Devtron accepted other names.
func TestTokenWithAnOlderNameIsKept(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.APITokens.Put(sandbox.APIToken{Name: "CI Bot"})
	w := acctest.NewWorkspace(t, box, args("name", `"CI Bot"`).At(this))
	w.Import(this, "CI Bot").Ok()
	w.Plan().Empty().Quiet()
	w.Write(args("name", `"CI Bot"`, "super_admin", "true").At(this))
	w.Apply().Ok().Quiet()
	w.Destroy().Ok()
}
