// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// issuedToken is the reply to a write of an API token.
type issuedToken struct {
	Token  string
	UserID int
}

func writeToken(t *testing.T, d *Devtron, method, path, body string) issuedToken {
	t.Helper()
	var reply struct{ Result issuedToken }
	if err := json.Unmarshal([]byte(mustSend(t, d, method, "/orchestrator/api-token"+path, body)), &reply); err != nil {
		t.Fatal(err)
	}
	return reply.Result
}

// statusWith returns the status of a read with a token.
func statusWith(t *testing.T, d *Devtron, token string) int {
	t.Helper()
	status, _, _, err := exchange(d, http.MethodGet, "/orchestrator/gitops/config", map[string]string{"token": token}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return status
}

// A token works once its user has permissions, until its expiry changes, it expires, or it is
// deleted.
func TestAPITokensWork(t *testing.T) {
	d := ForTest(t).Devtron
	want := func(name, token string, status int) {
		t.Helper()
		if got := statusWith(t, d, token); got != status {
			t.Errorf("%s: got %d, want %d", name, got, status)
		}
	}
	first := writeToken(t, d, "POST", "", `{"name":"deployer","description":"","expireAtInMs":0}`)
	want("without permissions", first.Token, 403)
	permissions := fmt.Sprintf(`{"id":%d,"email_id":"API-TOKEN:deployer","superAdmin":true,"roleFilters":[],"groups":[],"userRoleGroups":[]}`, first.UserID)
	mustSend(t, d, "PUT", "/orchestrator/user", permissions)
	want("with permissions", first.Token, 200)

	row, _ := d.APITokens.Named("deployer")
	path := fmt.Sprintf("/%d", row.ID)
	if same := writeToken(t, d, "PUT", path, `{"description":"changed","expireAtInMs":0}`); same.Token != first.Token {
		t.Error("a new description changed the token")
	}
	later := time.Now().Add(time.Hour).UnixMilli()
	second := writeToken(t, d, "PUT", path, fmt.Sprintf(`{"description":"changed","expireAtInMs":%d}`, later))
	want("old token", first.Token, 401)
	want("new token", second.Token, 200)
	expired := writeToken(t, d, "PUT", path, `{"description":"changed","expireAtInMs":1000}`)
	want("expired token", expired.Token, 401)

	third := writeToken(t, d, "PUT", path, `{"description":"changed","expireAtInMs":0}`)
	mustSend(t, d, "DELETE", "/orchestrator/api-token"+path, "")
	want("deleted token", third.Token, 401)
	again := writeToken(t, d, "POST", "", `{"name":"deployer","description":"","expireAtInMs":0}`)
	if now, _ := d.APITokens.Named("deployer"); now.ID != row.ID || again.UserID != first.UserID {
		t.Errorf("got token %d of user %d, want token %d of user %d", now.ID, again.UserID, row.ID, first.UserID)
	}
	want("deleted token after its name was reused", third.Token, 401)
	want("revived token, which has its previous permissions", again.Token, 200)
}

// An underscore in the name of a new token matches any character, so Devtron can change the user of
// another token.
func TestUnderscoreBreaksAnotherToken(t *testing.T) {
	d := ForTest(t).Devtron
	victim := writeToken(t, d, "POST", "", `{"name":"ci-bot","description":"","expireAtInMs":0}`)
	if got := statusWith(t, d, victim.Token); got != 403 {
		t.Fatalf("before: got %d, want 403", got)
	}
	if status, body := send(t, d, "POST", "/orchestrator/api-token", `{"name":"ci_bot","description":"","expireAtInMs":0}`); status != 500 {
		t.Errorf("got %d %s, want 500", status, body)
	}
	if got := statusWith(t, d, victim.Token); got != 401 {
		t.Errorf("after: got %d, want 401", got)
	}
	if _, ok := d.APITokens.Named("ci_bot"); ok {
		t.Error("the token was stored")
	}
}

func TestHiddenAPITokens(t *testing.T) {
	d := ForTest(t).Devtron
	d.APITokens.SetHidden(true)
	created := writeToken(t, d, "POST", "", `{"name":"deployer","description":"","expireAtInMs":0}`)
	if list := mustSend(t, d, "GET", "/orchestrator/api-token", ""); strings.Contains(list, created.Token) || !strings.Contains(list, `"token":""`) {
		t.Errorf("got list %s", list)
	}
	row, _ := d.APITokens.Named("deployer")
	if same := writeToken(t, d, "PUT", fmt.Sprintf("/%d", row.ID), `{"description":"","expireAtInMs":0}`); same.Token != created.Token {
		t.Error("the reply to an update does not contain the token")
	}
}

func TestPermissionsOfTokens(t *testing.T) {
	d := ForTest(t).Devtron
	created := writeToken(t, d, "POST", "", `{"name":"deployer","description":"","expireAtInMs":0}`)
	group := d.Users.AddGroup("deployers")
	body := func(action string, group int) string {
		return fmt.Sprintf(`{"id":%d,"email_id":"API-TOKEN:deployer","superAdmin":false,"groups":[],
			"roleFilters":[{"entity":"apps","team":"devtron-demo","action":%q,"accessType":"devtron-app"}],
			"userRoleGroups":[{"roleGroup":{"id":%d}}]}`, created.UserID, action, group)
	}
	for name, c := range map[string]struct {
		body   string
		status int
	}{
		"unknown action": {body("nonsense", group), 500}, "unknown group": {body("view", group+1), 500}, "valid": {body("view", group), 200},
	} {
		if status, reply := send(t, d, "PUT", "/orchestrator/user", c.body); status != c.status {
			t.Errorf("%s: got %d %s", name, status, reply)
		}
	}
	row, _ := d.Users.Get(created.UserID)
	if len(row.Filters) != 1 || len(row.Groups) != 1 || row.Groups[0] != group {
		t.Errorf("got %+v", row)
	}
	if reply := mustSend(t, d, "GET", "/orchestrator/user/role/group", ""); !strings.Contains(reply, `"name":"deployers"`) {
		t.Errorf("got groups %s", reply)
	}
}
