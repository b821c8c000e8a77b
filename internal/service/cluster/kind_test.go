// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster_test

import (
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest/objecttest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

var clusters = objecttest.Kind{
	Type: "devtron_cluster", Noun: "cluster", Route: route, Details: []string{descriptionRoute, route + "/namespaces"},
	Config: func(box *sandbox.Sandbox, name string) acctest.Args {
		return required(box).With("name", acctest.Quote(name))
	},
	Put: func(box *sandbox.Sandbox, name string) int {
		r := row(box)
		r.Name = name
		return box.Devtron.Clusters.Put(r).ID
	},
	IDs: func(box *sandbox.Sandbox, name string) (ids []int) {
		for _, r := range box.Devtron.Clusters.Named(name) {
			ids = append(ids, r.ID)
		}
		return ids
	},
	Remove: func(box *sandbox.Sandbox, id int) { box.Devtron.Clusters.Remove(id) },
	Updates: []objecttest.Update{{
		Argument: "production", Value: "true",
		Stored: func(box *sandbox.Sandbox, id int) bool {
			r, _ := box.Devtron.Clusters.Get(id)
			return r.Production
		},
		Drift: func(box *sandbox.Sandbox, id int) {
			r, _ := box.Devtron.Clusters.Get(id)
			r.Production = !r.Production
			box.Devtron.Clusters.Put(r)
		},
	}},
	Hold: func(box *sandbox.Sandbox) { box.Devtron.SetRace(time.Second) },
}

// importedClusters have no credentials in their configuration: Devtron does not show them.
func importedClusters() objecttest.Kind {
	k := clusters
	k.Config = func(box *sandbox.Sandbox, name string) acctest.Args {
		return clusters.Config(box, name).With("bearer_token", "", "tls", "")
	}
	return k
}

func TestClusterAcceptance(t *testing.T)                     { clusters.Acceptance(t) }
func TestClusterLifeCycle(t *testing.T)                      { clusters.LifeCycle(t) }
func TestExistingAndRepeatedClustersAreRefused(t *testing.T) { clusters.RefusesOthers(t) }
func TestRenamedClusterResourcesAreRefused(t *testing.T)     { clusters.Renames(t) }
func TestClusterImport(t *testing.T)                         { importedClusters().Imports(t) }
func TestAmbiguousClusterNamesAreRefused(t *testing.T)       { importedClusters().NamesTwins(t) }
func TestClusterQuery(t *testing.T)                          { clusters.Queries(t) }
func TestLostRepliesToClusterWritesAreSettled(t *testing.T)  { clusters.LostReplies(t) }
func TestClusterWritesWithoutReadingBack(t *testing.T)       { clusters.UnreadWrites(t) }
func TestKilledProvidersLoseNoCluster(t *testing.T)          { clusters.SurvivesKills(t) }
func TestRefreshNeverDropsACluster(t *testing.T)             { clusters.KeepsState(t) }
func TestUnknownClusterNames(t *testing.T)                   { clusters.Unknown(t) }
func TestTwinOfAClusterByAnotherProcessIsNamed(t *testing.T) { clusters.FindsTwins(t) }
func TestReplacingAClusterWarns(t *testing.T) {
	clusters.Replaces(t, "The credentials of the cluster stay valid")
}

func TestClusterDataSource(t *testing.T) {
	clusters.Reads(t, "server_url = https://127.0.0.1:", "production = false", "insecure_skip_tls_verify = false", "kubernetes_version = v1.33.4")
}
