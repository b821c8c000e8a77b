// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// tokensSent returns the token of every PUT.
func tokensSent(t *testing.T, box *sandbox.Sandbox) []string {
	t.Helper()
	var tokens []string
	for _, r := range box.Log.To("devtron") {
		var c devtron.Config
		if r.Method != "PUT" {
			continue
		}
		if err := json.Unmarshal(r.Body, &c); err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, c.Token)
	}
	return tokens
}

func TestUpdateKeepsToken(t *testing.T) {
	box := sandbox.ForTest(t)
	row := github(box)
	row.ID = put(box, row).ID
	row.Token, row.Username = "", "another"
	out, err := newStore(t, box).Update(t.Context(), row)
	if err != nil || !out.Stored || out.Config.Username != "another" || out.Config.ID != 1 || out.Validation == nil {
		t.Errorf("got %+v, %v", out, err)
	}
	if after := stored(t, box, "GITHUB"); after.Token != box.GitHub.Token() || after.Username != "another" {
		t.Errorf("stored %+v", after)
	}
	wantWarnings(t, out)
	wantSent(t, box, "GET PUT GET")
}

func TestUpdateSendsTokenOnce(t *testing.T) {
	for _, active := range []bool{true, false} {
		box := sandbox.ForTest(t)
		row := github(box)
		row.Active = active
		row.ID = put(box, row).ID
		row.Token = "ghp_new"
		if _, err := newStore(t, box).Update(t.Context(), row); err != nil {
			t.Error(err)
		}
		tokens := tokensSent(t, box)
		if tokens[0] != "ghp_new" || len(tokens) > 1 && tokens[1] != "" || len(tokens) > 2 || (len(tokens) == 2) == active {
			t.Errorf("sent the tokens %q", tokens)
		}
		if after := stored(t, box, "GITHUB"); after.Token != "ghp_new" || after.Active != active {
			t.Errorf("stored %+v", after)
		}
	}
}

func TestUpdateActivates(t *testing.T) {
	box := sandbox.ForTest(t)
	put(box, gitlab(box))
	row := standby(github(box))
	row.ID = put(box, row).ID
	row.Active, row.Token = true, ""
	out, err := newStore(t, box).Update(t.Context(), row)
	if err != nil || !out.Config.Active {
		t.Errorf("got %+v, %v", out, err)
	}
	wantActive(t, box, "GITHUB")
	wantSent(t, box, "GET PUT GET")
}

// TestUpdateOfStandby tests that one PUT suffices while another configuration is active.
func TestUpdateOfStandby(t *testing.T) {
	box := sandbox.ForTest(t)
	before := put(box, gitlab(box))
	row := standby(github(box))
	row.ID = put(box, row).ID
	row.Token, row.Username = "", "another"
	if out, err := newStore(t, box).Update(t.Context(), row); err != nil || out.Config.Active || out.Config.Username != "another" {
		t.Errorf("got %+v, %v", out, err)
	}
	if after := stored(t, box, "GITLAB"); after != before {
		t.Errorf("the active configuration is %+v", after)
	}
	wantSent(t, box, "GET PUT GET")
}

// TestUpdateOfStandbyWithoutActiveConfig tests the case in which Devtron refuses to write an
// inactive configuration.
func TestUpdateOfStandbyWithoutActiveConfig(t *testing.T) {
	box := sandbox.ForTest(t)
	other := put(box, standby(gitlab(box)))
	row := standby(github(box))
	row.EnableTLSVerification, row.IsCADataPresent, row.TLS.CAData = true, true, "the old CA"
	row.ID = put(box, row).ID
	row.Token, row.Username, row.TLS.CAData = "", "another", "the new CA"
	out, err := newStore(t, box).Update(t.Context(), row)
	if err != nil || !out.Stored || out.Config.Active || out.Config.Username != "another" {
		t.Errorf("got %+v, %v", out, err)
	}
	after := stored(t, box, "GITHUB")
	if after.Active || after.Username != "another" || after.CAData != "the new CA" || after.Token != box.GitHub.Token() {
		t.Errorf("stored %+v", after)
	}
	if stored(t, box, "GITLAB") != other {
		t.Error("the other configuration changed")
	}
	wantSent(t, box, "GET PUT PUT GET")
}

func TestUpdateOfMissingConfig(t *testing.T) {
	box := sandbox.ForTest(t)
	put(box, gitlab(box))
	row := github(box)
	row.ID = 9
	out, err := newStore(t, box).Update(t.Context(), row)
	if !errors.Is(err, reconcile.ErrGone) || out.Stored {
		t.Errorf("got %+v, %v", out, err)
	}
	wantSent(t, box, "GET")
}

// TestUpdateOfRemovedConfig tests a configuration that is removed after the list was read: Devtron
// returns 500, and a read confirms it.
func TestUpdateOfRemovedConfig(t *testing.T) {
	box := sandbox.ForTest(t)
	row := github(box)
	row.ID = 9
	list, err := json.Marshal([]devtron.Config{{ID: 9, Provider: "GITHUB", Active: true}})
	if err != nil {
		t.Fatal(err)
	}
	box.Devtron.Inject(sandbox.Fault{Method: "GET", Times: 1, Status: 200, Body: `{"code":200,"status":"OK","result":` + string(list) + `}`})
	out, err := newStore(t, box).Update(t.Context(), row)
	if e := errorAs[*reconcile.NotStoredError](t, err); e.Pending || out.Stored {
		t.Errorf("got %+v, %v", out, err)
	}
	wantSent(t, box, "GET PUT GET")
}

func TestUpdateWithFailedDryRun(t *testing.T) {
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	row := github(box)
	before := put(box, row)
	row.ID, row.Token = before.ID, "ghp_unknown0123456789"
	out, err := newStore(t, box).Update(t.Context(), row)
	if e := errorAs[*DryRunError](t, err); out.Stored || len(e.Stages) == 0 || out.Validation == nil {
		t.Errorf("got %+v, %v", out, err)
	}
	if stored(t, box, "GITHUB") != before {
		t.Error("the configuration changed")
	}
	wantSent(t, box, "GET PUT")
}

// TestUpdateBesideOtherWriter tests a confirmed write after which Devtron returns another
// configuration.
func TestUpdateBesideOtherWriter(t *testing.T) {
	box := sandbox.ForTest(t)
	row := github(box)
	row.ID = put(box, row).ID
	// The reply confirms a write that the write of another user replaced.
	box.Devtron.Inject(sandbox.Fault{Method: "PUT", Status: 200, Body: `{"code":200,"status":"OK","result":{}}`})
	row.Username, row.Active = "another", false
	out, err := newStore(t, box).Update(t.Context(), row)
	e := wantPartial(t, out, err, StepVerify)
	if len(e.Differences) != 2 || e.Differences[0].Field != "username" || e.Differences[1].Field != "active" || out.Config.Username != sandbox.Username {
		t.Errorf("differences %+v, configuration %+v", e.Differences, out.Config)
	}
}

// TestUpdateWarnsAboutTwoActive tests the result of a race with another process.
func TestUpdateWarnsAboutTwoActive(t *testing.T) {
	box := sandbox.ForTest(t)
	other := put(box, gitlab(box))
	row := github(box)
	row.ID = put(box, row).ID
	box.Devtron.Inject(sandbox.Fault{Method: "PUT", Status: 200, Body: `{"code":200,"status":"OK","result":{}}`})
	out, err := newStore(t, box).Update(t.Context(), row)
	if err != nil || len(out.Warnings) != 1 || out.Warnings[0].Config.ID != other.ID {
		t.Errorf("got %+v, %v", out, err)
	}
	wantWarnings(t, out, TwoActive)
}

// TestFailedReadBackOfUpdate tests that an update which Devtron confirmed succeeds.
func TestFailedReadBackOfUpdate(t *testing.T) {
	box := sandbox.ForTest(t)
	row := github(box)
	row.ID = put(box, row).ID
	row.Username = "another"
	box.Devtron.Inject(sandbox.Fault{Method: "GET", Skip: 1, Status: 502})
	out, err := newStore(t, box).Update(t.Context(), row)
	if err != nil || !out.Stored || out.Config.Username != "another" || !out.Config.Active || out.Config.ID != 1 {
		t.Errorf("got %+v, %v", out, err)
	}
	wantWarnings(t, out, ReadBackFailed)
}

// TestUpdateOfTwins tests two configurations of one git provider, which parallel runs may leave
// behind. The store can update and deactivate each of them.
func TestUpdateOfTwins(t *testing.T) {
	box := sandbox.ForTest(t)
	row, twin := github(box), github(box)
	row.ID = put(box, row).ID
	twin.ID = put(box, twin).ID
	row.Token, row.AllowCustomRepository = "", true
	if out, err := newStore(t, box).Update(t.Context(), row); err != nil || out.Config.ID != row.ID {
		t.Errorf("got %+v, %v", out, err)
	}
	out, err := newStore(t, box).Deactivate(t.Context(), twin.ID, twin.Provider)
	if err != nil {
		t.Errorf("the twin was not deactivated: %v", err)
	}
	wantWarnings(t, out) // The other one is still active.
	rows := box.Devtron.Rows()
	if len(rows) != 2 || !rows[0].AllowCustomRepository || !rows[0].Active || rows[1].Active || rows[0].Token != twin.Token || rows[1].Token != twin.Token {
		t.Errorf("Devtron has %+v", rows)
	}
}
