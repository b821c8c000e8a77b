// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestUserIsWrittenAsItWasReadOtherwise: a newer Devtron has fields that this client does not know.
func TestUserIsWrittenAsItWasReadOtherwise(t *testing.T) {
	const read = `{"id":5,"email_id":"API-TOKEN:ci","superAdmin":false,"groups":["old"],"userStatus":"active","timeout":{"at":1},
		"roleFilters":[{"entity":"cluster","action":"view","cluster":"prod","subAction":"x"}],"userRoleGroups":[{"roleGroup":{"id":7,"name":"g"}}]}`
	var user User
	if err := json.Unmarshal([]byte(read), &user); err != nil {
		t.Fatal(err)
	}
	user.RoleFilters = append(user.RoleFilters, RoleFilter{Entity: "apps", AccessType: "devtron-app", Team: "payments", Action: "view"})
	text, err := json.Marshal(userBody{User: user})
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"id":5,"email_id":"API-TOKEN:ci","superAdmin":false,"groups":[],"userStatus":"active","timeout":{"at":1},
		"roleFilters":[{"entity":"cluster","action":"view","cluster":"prod","subAction":"x"},
		{"entity":"apps","accessType":"devtron-app","team":"payments","environment":"","entityName":"","action":"view"}],
		"userRoleGroups":[{"roleGroup":{"id":7,"name":"g"}}]}`
	var got, expected any
	if json.Unmarshal(text, &got) != nil || json.Unmarshal([]byte(want), &expected) != nil || !reflect.DeepEqual(got, expected) {
		t.Errorf("got %s", text)
	}
}

func TestPermissionsOfAUser(t *testing.T) {
	box := sandbox.ForTest(t)
	client, ctx := sandboxClient(t, box), t.Context()
	id := box.Devtron.APITokens.Put(sandbox.APIToken{Name: "ci-payments"}).UserID
	group := box.Devtron.Users.AddGroup("deployers")
	user, err := client.ReadUser(ctx, id)
	if err != nil || user.Email != "API-TOKEN:ci-payments" || user.SuperAdmin || len(user.RoleFilters)+len(user.RoleGroups) != 0 {
		t.Fatalf("got %+v, %v", user, err)
	}
	groups, err := client.ListRoleGroups(ctx)
	if err != nil || len(groups) != 1 || groups[0] != (RoleGroup{group, "deployers"}) {
		t.Fatalf("got %+v, %v", groups, err)
	}
	view := RoleFilter{Entity: "apps", AccessType: "devtron-app", Team: "no-such-project", Action: "view"}
	user.RoleFilters, user.RoleGroups = []RoleFilter{view}, []UserRoleGroup{{groups[0]}}
	if err := client.UpdateUser(ctx, user); err != nil {
		t.Fatal(err)
	}
	now, err := client.ReadUser(ctx, id)
	if err != nil || len(now.RoleFilters) != 1 || now.RoleFilters[0].Team != view.Team || len(now.RoleGroups) != 1 || now.RoleGroups[0].RoleGroup.Name != "deployers" {
		t.Errorf("got %+v, %v", now, err)
	}

	user.RoleFilters[0].Action = "nonsense"
	if e := failure(t, client.UpdateUser(ctx, user)); e.Kind != ServerError || !e.UnknownRole() {
		t.Errorf("got %+v", *e)
	}
	user.RoleFilters, user.RoleGroups = nil, []UserRoleGroup{{RoleGroup{ID: 99}}}
	if e := failure(t, client.UpdateUser(ctx, user)); e.Kind != ServerError || e.UnknownRole() {
		t.Errorf("got %+v", *e)
	}
	box.Devtron.Users.Deactivate(id)
	if _, err := client.ReadUser(ctx, id); !IsKind(err, NotFound) {
		t.Errorf("got %v", err)
	}
	if err := client.UpdateUser(ctx, now); !IsKind(err, NotFound) {
		t.Errorf("got %v", err)
	}
	for _, body := range bodies(box, "PUT", "user") {
		if !strings.Contains(body, `"groups":[]`) {
			t.Errorf("Devtron refuses a user with groups: %s", body)
		}
	}
}
