// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// postConfigs sends several POSTs in parallel and returns the statuses.
func postConfigs(t *testing.T, d *Devtron, bodies ...string) []int {
	t.Helper()
	statuses := make([]int, len(bodies))
	token := d.AdminToken()
	var all sync.WaitGroup
	for i, body := range bodies {
		all.Go(func() {
			statuses[i], _, _, _ = exchange(d, "POST", gitOpsConfig, map[string]string{"token": token}, &body)
		})
	}
	all.Wait()
	return statuses
}

// countActive returns the number of active configurations.
func countActive(d *Devtron) int {
	return len(slices.DeleteFunc(d.Rows(), func(r Row) bool { return !r.Active }))
}

// As recorded, parallel POSTs for two git providers create two active configurations, and parallel
// POSTs for one git provider create duplicates.
func TestRace(t *testing.T) {
	s := ForTest(t, Options{Race: 300 * time.Millisecond})
	bodies := s.configBodies()
	postConfigs(t, s.Devtron, bodies...)
	if n := countActive(s.Devtron); n != 2 {
		t.Errorf("got %d active configurations, want 2", n)
	}
	s.Devtron.Empty()
	postConfigs(t, s.Devtron, bodies[0], bodies[0], bodies[0])
	if n := len(s.Devtron.Rows()); n != 3 {
		t.Errorf("got %d configurations of one git provider, want 3", n)
	}
	if status, body := send(t, s.Devtron, "GET", gitOpsConfig+"-by-provider?provider=GITHUB", ""); status != 500 ||
		!strings.Contains(body, "multiple rows") {
		t.Errorf("lookup by git provider: got %d %s", status, body)
	}
}

func TestNoRaceWithLock(t *testing.T) {
	s := ForTest(t, Options{Race: time.Second})
	s.Devtron.SetRace(0)
	bodies := slices.Repeat(s.configBodies(), 4)
	conflicts := 0
	for _, status := range postConfigs(t, s.Devtron, bodies...) {
		if status == http.StatusConflict {
			conflicts++
		}
	}
	if conflicts != len(bodies)-2 || len(s.Devtron.Rows()) != 2 || countActive(s.Devtron) != 1 {
		t.Errorf("got %d conflicts and configurations %+v", conflicts, s.Devtron.Rows())
	}
}

// Every stored write sends a request to the host of each GitLab configuration and waits for it
// (recordings 08-60 and 08-61).
func TestReloadWaitsForGitLab(t *testing.T) {
	s := ForTest(t)
	const slow = 100 * time.Millisecond
	s.GitLab.Inject(Fault{Delay: slow})
	bodies := s.configBodies()
	for i, body := range []string{bodies[1], bodies[0]} {
		start := time.Now()
		if status, reply := postConfig(t, s.Devtron, body); status != 200 || !strings.Contains(reply, `"validationSkipped":true`) {
			t.Errorf("got %d %s", status, reply)
		}
		if took := time.Since(start); took < slow {
			t.Errorf("got a reply after %v, want at least %v", took, slow)
		}
		if n := s.Log.Count("gitlab", "GET", fmt.Sprintf("/api/v4/groups/%d", GroupID)); n != i+1 {
			t.Errorf("got %d requests to GitLab, want %d", n, i+1)
		}
	}
	// A rejected write does not send a request.
	postConfig(t, s.Devtron, bodies[0])
	if n := s.Log.Count("gitlab", "", ""); n != 2 {
		t.Errorf("got %d requests to GitLab, want 2", n)
	}
}

// Devtron stores the configuration before it sends the reply (recordings 08-63 and 08-64).
func TestConfigIsStoredAfterClientTimeout(t *testing.T) {
	s := ForTest(t)
	s.GitLab.Inject(Fault{Delay: time.Hour})
	sendWithTimeout(t, s.Devtron, 200*time.Millisecond, gitOpsConfig, s.configBodies()[1])
	if status, body := send(t, s.Devtron, "GET", gitOpsConfig, ""); status != 200 || !strings.Contains(body, `"id":1,"provider":"GITLAB"`) {
		t.Errorf("got %d %s", status, body)
	}
}

func TestPutAndRemoveChangeOnlyOneConfiguration(t *testing.T) {
	d := ForTest(t).Devtron
	first := d.Put(Row{Provider: "GITHUB", Username: "a", Active: true})
	second := d.Put(Row{Provider: "GITLAB", Username: "b", Active: true})
	if first.ID != 1 || second.ID != 2 || countActive(d) != 2 {
		t.Errorf("got %+v", d.Rows())
	}
	second.Username = "c"
	d.Put(second)
	if r, ok := d.Row("GITLAB"); !ok || r != second {
		t.Errorf("got %+v", r)
	}
	d.Remove(first.ID)
	if _, ok := d.Row("GITHUB"); ok {
		t.Error("the configuration still exists after Remove")
	}
	if third := d.Put(Row{Provider: "GITHUB"}); third.ID != 3 {
		t.Errorf("got ID %d after Remove, want 3", third.ID)
	}
	d.Empty()
	if again := d.Put(Row{}); again.ID != 1 {
		t.Errorf("got ID %d after Empty, want 1", again.ID)
	}
}
