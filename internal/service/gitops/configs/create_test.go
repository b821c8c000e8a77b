// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestCreate(t *testing.T) {
	box := sandbox.ForTest(t)
	out, err := newStore(t, box).Create(t.Context(), github(box), Approval{})
	if err != nil || !out.Stored || out.Config.ID != 1 || !out.Config.Active || out.Config.Token != "" || out.Validation == nil || !out.Validation.Skipped {
		t.Errorf("got %+v, %v", out, err)
	}
	wantWarnings(t, out)
	wantSent(t, box, "GET POST GET")
	if row := stored(t, box, "GITHUB"); row.Token != box.GitHub.Token() || row.GitHubOrgID != sandbox.Organization {
		t.Errorf("stored %+v", row)
	}
}

func TestCreateReplacesActiveConfig(t *testing.T) {
	box := sandbox.ForTest(t)
	put(box, gitlab(box))
	out, err := newStore(t, box).Create(t.Context(), github(box), Approval{})
	if err != nil || !out.Config.Active {
		t.Errorf("got %+v, %v", out, err)
	}
	wantActive(t, box, "GITHUB")
	wantSent(t, box, "GET POST GET")
}

func TestCreateReturnsValidation(t *testing.T) {
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	out, err := newStore(t, box).Create(t.Context(), github(box), Approval{})
	if err != nil || out.Validation == nil || out.Validation.Skipped || len(out.Validation.SuccessfulStages) < 5 {
		t.Errorf("got %+v, %v", out, err)
	}
}

func TestCreateWarnsAboutLeftRepository(t *testing.T) {
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	box.GitHub.Inject(sandbox.Fault{Method: "DELETE", Status: 403})
	out, err := newStore(t, box).Create(t.Context(), github(box), Approval{})
	if err != nil || !out.Stored {
		t.Errorf("got %+v, %v", out, err)
	}
	wantWarnings(t, out, RepositoryLeft)
}

// TestCreateWithFailedDryRun tests a reply with status 200 after which nothing is stored.
func TestCreateWithFailedDryRun(t *testing.T) {
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	wanted := github(box)
	wanted.Token = "ghp_unknown0123456789"
	for _, wanted := range []devtron.Config{wanted, standby(wanted)} {
		box.Log.Reset()
		out, err := newStore(t, box).Create(t.Context(), wanted, Approval{})
		e := errorAs[*DryRunError](t, err)
		if out.Stored || out.Validation == nil || !out.Validation.Refused() || len(e.Stages) != 1 || strings.Contains(err.Error()+e.Stages["error in connecting with GITHUB"], wanted.Token) {
			t.Errorf("got %+v, %v", out, err)
		}
		wantSent(t, box, "GET POST")
	}
	if rows := box.Devtron.Rows(); len(rows) != 0 {
		t.Errorf("stored %+v", rows)
	}
}

// TestCreateStandbyRestoresPreviousConfig tests that the reactivated configuration keeps all other fields, including its TLS
// material, flags and token.
func TestCreateStandbyRestoresPreviousConfig(t *testing.T) {
	for name, change := range map[string]func(*devtron.Config){
		"plain":  func(*devtron.Config) {},
		"custom": func(c *devtron.Config) { c.AllowCustomRepository = true },
		"CA":     func(c *devtron.Config) { c.EnableTLSVerification = true; c.TLS.CAData = "a CA" },
		"CA and key": func(c *devtron.Config) {
			c.EnableTLSVerification = true
			c.TLS = devtron.TLSConfig{CAData: "a", TLSCertData: "b", TLSKeyData: "c"}
		},
		"key": func(c *devtron.Config) {
			c.EnableTLSVerification = true
			c.TLS = devtron.TLSConfig{TLSCertData: "b", TLSKeyData: "c"}
		},
	} {
		t.Run(name, func(t *testing.T) {
			box := sandbox.ForTest(t)
			earlier := github(box)
			change(&earlier)
			before := put(box, earlier)
			out, err := newStore(t, box).Create(t.Context(), standby(gitlab(box)), Approval{})
			if err != nil || !out.Stored || out.Config.ID != 2 || out.Config.Active {
				t.Errorf("got %+v, %v", out, err)
			}
			wantWarnings(t, out)
			if after := stored(t, box, "GITHUB"); after != before {
				t.Errorf("the previous configuration was\n%+v and is\n%+v", before, after)
			}
			wantActive(t, box, "GITHUB")
			wantSent(t, box, "GET POST PUT GET")
		})
	}
}

func TestCreateStandbyWithoutActiveConfig(t *testing.T) {
	box := sandbox.ForTest(t)
	before := put(box, standby(github(box)))
	wanted := standby(gitlab(box))
	wanted.EnableTLSVerification, wanted.IsCADataPresent, wanted.TLS.CAData = true, true, "a CA"
	out, err := newStore(t, box).Create(t.Context(), wanted, Approval{})
	if err != nil || !out.Stored || out.Config.Active || out.Config.ID != 2 {
		t.Errorf("got %+v, %v", out, err)
	}
	if row := stored(t, box, "GITLAB"); row.Token != box.GitLab.Token() || row.CAData != "a CA" {
		t.Errorf("stored %+v", row)
	}
	if after := stored(t, box, "GITHUB"); after != before {
		t.Errorf("the other configuration was %+v and is %+v", before, after)
	}
	wantActive(t, box)
	wantSent(t, box, "GET POST GET PUT GET")
}

// TestCreateWithExistingConfig combines existing configurations, approvals, and wanted configurations.
func TestCreateWithExistingConfig(t *testing.T) {
	const inactive, matching, different = "inactive", "matching", "different"
	for _, c := range []struct {
		name, existing string
		approval       Approval
		standby        bool
		wantAdopted    bool
		wantStatus     ExistingStatus
		sent           string
	}{
		{"inactive", inactive, Approval{ConfigID: 1}, false, true, Inactive, "GET PUT GET"},
		{"inactive, as standby", inactive, Approval{ConfigID: 1}, true, true, Inactive, "GET PUT PUT GET"},
		{"inactive, not approved", inactive, Approval{}, false, false, Inactive, "GET"},
		{"inactive, overwrite without id", inactive, Approval{Overwrite: true}, false, false, Inactive, "GET"},
		{"inactive, another id approved", inactive, Approval{ConfigID: 9, Overwrite: true}, false, false, Inactive, "GET"},
		{"matching", matching, Approval{ConfigID: 1}, false, true, Matching, "GET PUT GET"},
		{"matching, as standby", matching, Approval{ConfigID: 1}, true, true, Matching, "GET PUT GET"},
		{"matching, not approved", matching, Approval{}, false, false, Matching, "GET"},
		{"different", different, Approval{ConfigID: 1, Overwrite: true}, false, true, Different, "GET PUT GET"},
		{"different, without overwrite", different, Approval{ConfigID: 1}, false, false, Different, "GET"},
		{"different, overwrite without id", different, Approval{Overwrite: true}, false, false, Different, "GET"},
	} {
		t.Run(c.name, func(t *testing.T) {
			box := sandbox.ForTest(t)
			existing := github(box)
			existing.Token = "ghp_the_old_one"
			switch c.existing {
			case inactive:
				existing.Active, existing.Username = false, "somebody"
			case different:
				existing.Username = "somebody"
			}
			before := put(box, existing)
			wanted := github(box)
			wanted.Active = !c.standby
			out, err := newStore(t, box).Create(t.Context(), wanted, c.approval)
			wantSent(t, box, c.sent)
			after := stored(t, box, "GITHUB")
			if !c.wantAdopted {
				if e := errorAs[*ConflictError](t, err); e.Status != c.wantStatus || e.Config.ID != 1 || out.Stored || after != before {
					t.Errorf("got %+v, %v, stored %+v", out, err, after)
				}
				return
			}
			if err != nil || !out.Stored || out.Config.ID != 1 || after.Token != box.GitHub.Token() || after.Username != sandbox.Username || after.Active == c.standby {
				t.Errorf("got %+v, %v, stored %+v", out, err, after)
			}
		})
	}
}

// TestCreateWithoutApprovedConfig tests an approval whose configuration no longer exists.
func TestCreateWithoutApprovedConfig(t *testing.T) {
	box := sandbox.ForTest(t)
	out, err := newStore(t, box).Create(t.Context(), github(box), Approval{ConfigID: 5, Overwrite: true})
	if err != nil || !out.Stored || out.Config.ID != 1 {
		t.Errorf("got %+v, %v", out, err)
	}
	wantSent(t, box, "GET POST GET")
}

// TestCreateConflict tests a configuration that appears after the list was read.
func TestCreateConflict(t *testing.T) {
	box := sandbox.ForTest(t)
	before := put(box, github(box))
	empty := sandbox.Fault{Method: "GET", Status: 200, ContentType: "application/json", Body: `{"code":200,"status":"OK","result":[]}`, Times: 1}
	box.Devtron.Inject(empty)
	wanted := github(box)
	wanted.Username = "another"
	out, err := newStore(t, box).Create(t.Context(), wanted, Approval{})
	if e := errorAs[*ConflictError](t, err); e.Status != Different || e.Config.ID != 1 || len(e.Differences) != 1 || out.Stored {
		t.Errorf("got %+v, %v", out, err)
	}
	wantSent(t, box, "GET POST GET")
	if after := stored(t, box, "GITHUB"); after != before {
		t.Errorf("stored %+v", after)
	}

	// If the configuration is gone again, or cannot be read, only the conflict is known.
	for _, second := range []sandbox.Fault{empty, {Method: "GET", Status: 403}} {
		box.Devtron.ClearFaults()
		box.Devtron.Inject(empty)
		box.Devtron.Inject(second)
		if _, err := newStore(t, box).Create(t.Context(), wanted, Approval{}); !devtron.IsKind(err, devtron.Conflict) {
			t.Errorf("got %v", err)
		}
	}
}

// TestFailedReadStopsWrite tests that nothing is written if the list cannot be read.
func TestFailedReadStopsWrite(t *testing.T) {
	for _, fault := range []sandbox.Fault{{Status: 401}, {Status: 403}, {Status: 500}, {Status: 404, Body: "404 page not found"}, {Reset: true}, {Status: 200, Body: "[]"}, {Truncate: 5}} {
		box := sandbox.ForTest(t)
		fault.Method = "GET"
		box.Devtron.Inject(fault)
		for _, write := range []func() (Outcome, error){
			func() (Outcome, error) { return newStore(t, box).Create(t.Context(), github(box), Approval{}) },
			func() (Outcome, error) { return newStore(t, box).Update(t.Context(), devtron.Config{ID: 1}) },
			func() (Outcome, error) { return newStore(t, box).Deactivate(t.Context(), 1, "GITHUB") },
		} {
			out, err := write()
			wantError[*devtron.Error](t, err)
			if out.Stored || out.Config.ID != 0 {
				t.Errorf("%+v: got %+v", fault, out)
			}
		}
		wantSent(t, box, "GET GET GET")
	}
}
