// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package chartrepository_test

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

// Routes of the API, and the address of the resource in most tests.
const (
	route       = "/orchestrator/chart-repo"
	listRoute   = route + "/list/min"
	createRoute = route + "/create"
	updateRoute = route + "/update"
	acme        = "devtron_chart_repository.acme"
)

// public are the arguments of a chart repository without credentials.
func public(box *sandbox.Sandbox) acctest.Args {
	return acctest.Args{"name": `"acme-charts"`, "url": acctest.Quote(box.Charts.PublicURL())}
}

// private are the arguments of one with credentials.
func private(box *sandbox.Sandbox) acctest.Args {
	return acctest.Args{
		"name": `"acme-charts"`, "url": acctest.Quote(box.Charts.PrivateURL()),
		"username": acctest.Quote(sandbox.ChartsUsername), "password": acctest.Quote(box.Charts.Password()),
	}
}

// publicRow is what Devtron stores of public, and privateRow what it stores of private.
func publicRow(box *sandbox.Sandbox) sandbox.ChartRepository {
	return sandbox.ChartRepository{Name: "acme-charts", URL: box.Charts.PublicURL(), AuthMode: "ANONYMOUS", Active: true}
}

func privateRow(box *sandbox.Sandbox) sandbox.ChartRepository {
	return sandbox.ChartRepository{
		Name: "acme-charts", URL: box.Charts.PrivateURL(), AuthMode: "USERNAME_PASSWORD", Username: sandbox.ChartsUsername, Password: box.Charts.Password(), Active: true,
	}
}

// row returns the chart repository with a number.
func row(box *sandbox.Sandbox, id int) sandbox.ChartRepository {
	for _, r := range box.Devtron.ChartRepositories.Rows() {
		if r.ID == id {
			return r
		}
	}
	return sandbox.ChartRepository{}
}

// change changes the chart repository with a number, as somebody else would.
func change(box *sandbox.Sandbox, id int, change func(*sandbox.ChartRepository)) {
	r := row(box, id)
	change(&r)
	box.Devtron.ChartRepositories.Put(r)
}

// kindOf describes chart repositories with these arguments, which are stored as these rows.
func kindOf(args func(*sandbox.Sandbox) acctest.Args, stored func(*sandbox.Sandbox) sandbox.ChartRepository) objecttest.Kind {
	return objecttest.Kind{
		Type: "devtron_chart_repository", Noun: "chart repository", Route: route, ListRoute: listRoute, UpdateRoute: updateRoute,
		Config: func(box *sandbox.Sandbox, name string) acctest.Args {
			return args(box).With("name", acctest.Quote(name))
		},
		Put: func(box *sandbox.Sandbox, name string) int {
			r := stored(box)
			r.Name = name
			return box.Devtron.ChartRepositories.Put(r).ID
		},
		IDs: func(box *sandbox.Sandbox, name string) (ids []int) {
			for _, r := range box.Devtron.ChartRepositories.Named(name) {
				ids = append(ids, r.ID)
			}
			return ids
		},
		Remove: func(box *sandbox.Sandbox, id int) { box.Devtron.ChartRepositories.Remove(id) },
		Updates: []objecttest.Update{
			{
				Argument: "allow_insecure_connection", Value: "true",
				Stored: func(box *sandbox.Sandbox, id int) bool { return row(box, id).Insecure },
				Drift: func(box *sandbox.Sandbox, id int) {
					change(box, id, func(r *sandbox.ChartRepository) { r.Insecure = !r.Insecure })
				},
			},
			{
				Argument: "active", Value: "false",
				Stored: func(box *sandbox.Sandbox, id int) bool { return !row(box, id).Active },
				Drift: func(box *sandbox.Sandbox, id int) {
					change(box, id, func(r *sandbox.ChartRepository) { r.Active = !r.Active })
				},
			},
		},
		Hold: func(box *sandbox.Sandbox) { box.Devtron.SetRace(time.Second) },
	}
}

var (
	anonymous = kindOf(public, publicRow)
	protected = kindOf(private, privateRow)
	// unmanaged have no password in their configuration, as after an import.
	unmanaged = kindOf(func(box *sandbox.Sandbox) acctest.Args { return private(box).With("password", "") }, privateRow)
)

const staysValid = "The credentials of the chart repository stay valid"

func TestChartRepositoryAcceptance(t *testing.T)                      { anonymous.Acceptance(t) }
func TestChartRepositoryLifeCycle(t *testing.T)                       { anonymous.LifeCycle(t) }
func TestReplacingAChartRepositoryWarns(t *testing.T)                 { protected.Replaces(t, staysValid) }
func TestExistingAndRepeatedChartRepositoriesAreRefused(t *testing.T) { anonymous.RefusesOthers(t) }
func TestRenamedChartRepositoryResourcesAreRefused(t *testing.T)      { anonymous.Renames(t) }
func TestChartRepositoryImport(t *testing.T)                          { unmanaged.Imports(t) }
func TestAmbiguousChartRepositoryNamesAreRefused(t *testing.T)        { anonymous.NamesTwins(t) }
func TestChartRepositoryQuery(t *testing.T)                           { unmanaged.Queries(t) }
func TestLostRepliesToChartRepositoryWritesAreSettled(t *testing.T)   { protected.LostReplies(t) }
func TestChartRepositoryWritesWithoutReadingBack(t *testing.T)        { protected.UnreadWrites(t) }
func TestKilledProvidersLoseNoChartRepository(t *testing.T)           { protected.SurvivesKills(t) }
func TestRefreshNeverDropsAChartRepository(t *testing.T)              { anonymous.KeepsState(t) }
func TestUnknownChartRepositoryNames(t *testing.T)                    { anonymous.Unknown(t) }
func TestTwinOfAChartRepositoryByAnotherProcessIsNamed(t *testing.T)  { anonymous.FindsTwins(t) }
func TestChartRepositoryDataSource(t *testing.T) {
	protected.Reads(t, "/private", "username = "+sandbox.ChartsUsername, "allow_insecure_connection = false", "active = true")
}
