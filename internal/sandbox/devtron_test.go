// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// postAll sends the bodies at the same moment and returns the statuses.
func postAll(t *testing.T, d *Devtron, bodies ...string) []int {
	t.Helper()
	statuses := make([]int, len(bodies))
	token := d.AdminToken()
	var all sync.WaitGroup
	for i, body := range bodies {
		all.Go(func() {
			statuses[i], _, _, _ = exchange(d, "POST", "/orchestrator/gitops/config", map[string]string{"token": token}, &body)
		})
	}
	all.Wait()
	return statuses
}

func countRows(d *Devtron, is func(Row) bool) (n int) {
	for _, r := range d.Rows() {
		if is(r) {
			n++
		}
	}
	return n
}

func isActive(r Row) bool { return r.Active }

// As recorded: two providers at the same moment leave two active rows, one provider three times leaves duplicates.
func TestRace(t *testing.T) {
	s := ForTest(t, Options{Race: 300 * time.Millisecond})
	rows := s.goodRows()
	postAll(t, s.Devtron, rows...)
	if n := countRows(s.Devtron, isActive); n != 2 {
		t.Errorf("%d active rows, want 2", n)
	}
	s.Devtron.Empty()
	postAll(t, s.Devtron, rows[0], rows[0], rows[0])
	if n := len(s.Devtron.Rows()); n != 3 {
		t.Errorf("%d rows of one provider, want 3", n)
	}
	if status, body := ask(t, s.Devtron, "GET", "/orchestrator/gitops/config-by-provider?provider=GITHUB", ""); status != 500 ||
		!strings.Contains(body, "multiple rows") {
		t.Errorf("by provider: %d %s", status, body)
	}
}

func TestNoRaceWithoutTheSwitch(t *testing.T) {
	s := ForTest(t, Options{Race: time.Second})
	s.Devtron.SetRace(0)
	rows := s.goodRows()
	bodies := []string{rows[0], rows[1], rows[0], rows[1], rows[0], rows[1], rows[0], rows[1]}
	conflicts := 0
	for _, status := range postAll(t, s.Devtron, bodies...) {
		if status == http.StatusConflict {
			conflicts++
		}
	}
	if conflicts != len(bodies)-2 || len(s.Devtron.Rows()) != 2 || countRows(s.Devtron, isActive) != 1 {
		t.Errorf("%d conflicts, rows %+v", conflicts, s.Devtron.Rows())
	}
}

// Every stored write asks the host of every stored GITLAB row and waits for it, also a write of another provider (08-60, 08-61).
func TestReloadWaitsForGitLab(t *testing.T) {
	s := ForTest(t)
	const slow = 100 * time.Millisecond
	s.GitLab.Inject(Fault{Delay: slow})
	rows := s.goodRows()
	for i, body := range []string{rows[1], rows[0]} {
		start := time.Now()
		if status, answer := post(t, s.Devtron, body); status != 200 || !strings.Contains(answer, `"validationSkipped":true`) {
			t.Errorf("%d %s", status, answer)
		}
		if took := time.Since(start); took < slow {
			t.Errorf("took %v", took)
		}
		if n := s.Log.Count("gitlab", "GET", fmt.Sprintf("/api/v4/groups/%d", GroupID)); n != i+1 {
			t.Errorf("GitLab was asked %d times, want %d", n, i+1)
		}
	}
	// What is refused ends without it.
	post(t, s.Devtron, rows[0])
	if n := s.Log.Count("gitlab", "", ""); n != 2 {
		t.Errorf("GitLab was asked %d times, want 2", n)
	}
}

// The row is committed before the client is answered: 08-63 gave up, 08-64 saw the row.
func TestClientTimeoutRowExists(t *testing.T) {
	s := ForTest(t)
	s.GitLab.Inject(Fault{Delay: time.Hour})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	request, _ := http.NewRequestWithContext(ctx, "POST", s.Devtron.URL()+"/orchestrator/gitops/config", strings.NewReader(s.goodRows()[1]))
	request.Header.Set("token", s.Devtron.AdminToken())
	if _, err := http.DefaultClient.Do(request); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if status, body := ask(t, s.Devtron, "GET", "/orchestrator/gitops/config", ""); status != 200 || !strings.Contains(body, `"id":1,"provider":"GITLAB"`) {
		t.Errorf("%d %s", status, body)
	}
}

func TestPutAndRemoveTouchNothingElse(t *testing.T) {
	d := ForTest(t).Devtron
	first := d.Put(Row{Provider: "GITHUB", Username: "a", Active: true})
	second := d.Put(Row{Provider: "GITLAB", Username: "b", Active: true})
	if first.ID != 1 || second.ID != 2 || countRows(d, isActive) != 2 {
		t.Errorf("rows: %+v", d.Rows())
	}
	second.Username = "c"
	d.Put(second)
	if r, ok := d.Row("GITLAB"); !ok || r != second {
		t.Errorf("got %+v", r)
	}
	d.Remove(first.ID)
	if _, ok := d.Row("GITHUB"); ok {
		t.Error("still there")
	}
	if third := d.Put(Row{Provider: "GITHUB"}); third.ID != 3 {
		t.Errorf("id %d was used again", third.ID)
	}
	d.Empty()
	if again := d.Put(Row{}); again.ID != 1 {
		t.Errorf("id %d after Empty", again.ID)
	}
}
