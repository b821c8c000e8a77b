// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount_test

import (
	"os"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest/objecttest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestMain(m *testing.M) { os.Exit(cli.Main(m)) }

const (
	route     = "/orchestrator/git/provider"
	hostRoute = "/orchestrator/git/host"
)

var accounts = objecttest.Kind{
	Type: "devtron_git_account", Noun: "git account", Key: "url", Route: route,
	Config: func(_ *sandbox.Sandbox, url string) acctest.Args {
		return acctest.Args{"name": `"Example"`, "url": acctest.Quote(url), "username": `"octo"`, "password": `"pw-secret-1"`}
	},
	Put: func(box *sandbox.Sandbox, url string) int {
		return box.Devtron.GitAccounts.Put(sandbox.GitAccount{
			Name: "Example", URL: url, AuthMode: "USERNAME_PASSWORD", Username: "octo", Password: "pw-secret-1", Active: true,
		}).ID
	},
	IDs: func(box *sandbox.Sandbox, url string) (ids []int) {
		for _, r := range box.Devtron.GitAccounts.At(url) {
			ids = append(ids, r.ID)
		}
		return ids
	},
	Remove: func(box *sandbox.Sandbox, id int) { box.Devtron.GitAccounts.Remove(id) },
	Updates: []objecttest.Update{
		update("name", `"Renamed"`, func(r *sandbox.GitAccount) *string { return &r.Name }, "Renamed", "drifted"),
		update("username", `"hubot"`, func(r *sandbox.GitAccount) *string { return &r.Username }, "hubot", "drifted"),
		update("active", "false", func(r *sandbox.GitAccount) *bool { return &r.Active }, false, true),
	},
	Hold: func(box *sandbox.Sandbox) { box.Devtron.SetRace(time.Second) },
}

// update is a change of an argument, whose value Devtron keeps in a field.
func update[V comparable](argument, value string, field func(*sandbox.GitAccount) *V, want, drift V) objecttest.Update {
	get := func(box *sandbox.Sandbox, id int) sandbox.GitAccount {
		for _, r := range box.Devtron.GitAccounts.Rows() {
			if r.ID == id {
				return r
			}
		}
		return sandbox.GitAccount{}
	}
	return objecttest.Update{
		Argument: argument, Value: value,
		Stored: func(box *sandbox.Sandbox, id int) bool {
			r := get(box, id)
			return *field(&r) == want
		},
		Drift: func(box *sandbox.Sandbox, id int) {
			r := get(box, id)
			*field(&r) = drift
			box.Devtron.GitAccounts.Put(r)
		},
	}
}

// importedAccounts have no password in their configuration: Devtron does not show it.
func importedAccounts() objecttest.Kind {
	k := accounts
	k.Config = func(box *sandbox.Sandbox, url string) acctest.Args {
		return accounts.Config(box, url).With("password", "")
	}
	return k
}

const staysValid = "The credential of the git account stays valid"

func TestGitAccountAcceptance(t *testing.T)                     { accounts.Acceptance(t) }
func TestGitAccountLifeCycle(t *testing.T)                      { accounts.LifeCycle(t) }
func TestReplacingAGitAccountWarns(t *testing.T)                { accounts.Replaces(t, staysValid) }
func TestExistingAndRepeatedGitAccountsAreRefused(t *testing.T) { accounts.RefusesOthers(t) }
func TestRenamedGitAccountResourcesAreRefused(t *testing.T)     { accounts.Renames(t) }
func TestGitAccountImport(t *testing.T)                         { importedAccounts().Imports(t) }
func TestAmbiguousGitAccountURLsAreRefused(t *testing.T)        { importedAccounts().NamesTwins(t) }
func TestGitAccountQuery(t *testing.T)                          { accounts.Queries(t) }
func TestLostRepliesToGitAccountWritesAreSettled(t *testing.T)  { accounts.LostReplies(t) }
func TestGitAccountWritesWithoutReadingBack(t *testing.T)       { accounts.UnreadWrites(t) }
func TestKilledProvidersLoseNoGitAccount(t *testing.T)          { accounts.SurvivesKills(t) }
func TestRefreshNeverDropsAGitAccount(t *testing.T)             { accounts.KeepsState(t) }
func TestUnknownGitAccountURLs(t *testing.T)                    { accounts.Unknown(t) }
func TestTwinOfAGitAccountByAnotherProcessIsNamed(t *testing.T) { accounts.FindsTwins(t) }
func TestGitAccountDataSource(t *testing.T) {
	accounts.Reads(t, "name = Example", "auth_mode = USERNAME_PASSWORD", "username = octo", "active = true")
}
