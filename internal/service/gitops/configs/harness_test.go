// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const configPath = "/orchestrator/gitops/config"

// quick is the patience for servers on this machine.
var quick = reconcile.Patience{Short: 400 * time.Millisecond, Long: 800 * time.Millisecond, Late: 3 * time.Second}

// soon is much less than the delay of a fault, and much more than a busy machine needs.
const soon = 15 * time.Second

// newStore returns a store of the sandbox's Devtron that retries no request, so that each fault counts. Suffix is appended to the
// URL, for another spelling of it.
func newStore(t *testing.T, box *sandbox.Sandbox, suffix ...string) *Store {
	t.Helper()
	client, err := devtron.New(devtron.Options{URL: box.Devtron.URL() + strings.Join(suffix, ""), APIToken: box.Devtron.AdminToken()})
	if err != nil {
		t.Fatal(err)
	}
	return New(client, quick)
}

// github returns a configuration that the GitHub of the sandbox accepts, and gitlab one for its GitLab.
func github(box *sandbox.Sandbox) devtron.Config {
	return devtron.Config{
		Provider: "GITHUB", Username: sandbox.Username, Token: box.GitHub.Token(), GitHubOrgID: sandbox.Organization, Host: box.GitHub.URL(), Active: true,
	}
}

func gitlab(box *sandbox.Sandbox) devtron.Config {
	return devtron.Config{
		Provider: "GITLAB", Username: sandbox.Username, Token: box.GitLab.Token(), GitLabGroupID: fmt.Sprint(sandbox.GroupID), Host: box.GitLab.URL(), Active: true,
	}
}

// standby returns a configuration as a standby configuration.
func standby(c devtron.Config) devtron.Config {
	c.Active = false
	return c
}

// put stores a configuration, as another user would.
func put(box *sandbox.Sandbox, c devtron.Config) sandbox.Row {
	return box.Devtron.Put(sandbox.Row{
		ID: c.ID, Provider: c.Provider, Username: c.Username, Token: c.Token, GitLabGroupID: c.GitLabGroupID, GitHubOrgID: c.GitHubOrgID, Host: c.Host,
		Active: c.Active, AllowCustomRepository: c.AllowCustomRepository, EnableTLSVerification: c.EnableTLSVerification,
		CAData: c.TLS.CAData, TLSCertData: c.TLS.TLSCertData, TLSKeyData: c.TLS.TLSKeyData,
	})
}

// stored returns the configuration of a git provider, and fails the test unless there is exactly one.
func stored(t *testing.T, box *sandbox.Sandbox, gitProvider string) sandbox.Row {
	t.Helper()
	var found []sandbox.Row
	for _, row := range box.Devtron.Rows() {
		if row.Provider == gitProvider {
			found = append(found, row)
		}
	}
	if len(found) != 1 {
		t.Fatalf("Devtron has %d configurations of %s, want 1", len(found), gitProvider)
	}
	return found[0]
}

// activeProviders returns the git providers of the active configurations.
func activeProviders(box *sandbox.Sandbox) []string {
	found := []string{}
	for _, row := range box.Devtron.Rows() {
		if row.Active {
			found = append(found, row.Provider)
		}
	}
	return found
}

func wantActive(t *testing.T, box *sandbox.Sandbox, want ...string) {
	t.Helper()
	if got := activeProviders(box); !slices.Equal(got, append([]string{}, want...)) {
		t.Errorf("active: %q, want %q", got, want)
	}
}

// sent returns the methods of the requests to Devtron, with the id of a request for one configuration: "GET POST GET GET/1".
func sent(box *sandbox.Sandbox) string {
	var methods []string
	for _, r := range box.Log.To("devtron") {
		methods = append(methods, r.Method+strings.TrimPrefix(r.Path, configPath))
	}
	return strings.Join(methods, " ")
}

func wantSent(t *testing.T, box *sandbox.Sandbox, want string) {
	t.Helper()
	if got := sent(box); got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
}

func wantWarnings(t *testing.T, out Outcome, want ...WarningCode) {
	t.Helper()
	var got []WarningCode
	for _, warning := range out.Warnings {
		got = append(got, warning.Code)
	}
	if !slices.Equal(got, want) {
		t.Errorf("warnings %v, want %v", got, want)
	}
}

// errorAs returns the error of a type in err, and fails the test if there is none.
func errorAs[E error](t *testing.T, err error) E {
	t.Helper()
	var e E
	if !errors.As(err, &e) {
		t.Fatalf("got %v (%T), want a %T", err, err, e)
	}
	return e
}

// wantError fails the test unless err contains an error of a type.
func wantError[E error](t *testing.T, err error) {
	t.Helper()
	_ = errorAs[E](t, err)
}

// wantPartial fails the test unless the configuration is stored and the step failed.
func wantPartial(t *testing.T, out Outcome, err error, step Step) *PartialError {
	t.Helper()
	e := errorAs[*PartialError](t, err)
	if e.Step != step || !out.Stored {
		t.Errorf("step %d, stored %v, %v; want step %d", e.Step, out.Stored, err, step)
	}
	return e
}
