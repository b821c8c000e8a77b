// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package environment

import (
	"net/http"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// EnvironmentBean is an environment in requests and replies. Decoding errors contain the name of
// this type.
type EnvironmentBean struct {
	ID                     int    `json:"id"`
	Environment            string `json:"environment_name,omitempty"`
	ClusterID              int    `json:"cluster_id,omitempty"`
	ClusterName            string `json:"cluster_name,omitempty"`
	Active                 bool   `json:"active"`
	Default                bool   `json:"default"`
	PrometheusEndpoint     string `json:"prometheus_endpoint,omitempty"`
	Namespace              string `json:"namespace,omitempty"`
	IsClusterCdActive      bool   `json:"isClusterCdActive"`
	EnvironmentIdentifier  string `json:"environmentIdentifier"`
	Description            string `json:"description"`
	AppCount               int    `json:"appCount"`
	IsVirtualEnvironment   bool   `json:"isVirtualEnvironment"`
	AllowedDeploymentTypes []any  `json:"allowedDeploymentTypes"`
}

func (r Row) bean() EnvironmentBean {
	return EnvironmentBean{
		ID: r.ID, Environment: r.Name, ClusterID: r.ClusterID, Active: r.Active, Default: r.Production, Namespace: r.Namespace,
		EnvironmentIdentifier: r.Identifier, Description: r.Description,
	}
}

// read serves two routes with the same path: the list and an environment by ID.
func (s *Service) read(who api.Identity, r *http.Request) api.Reply {
	if r.URL.Query().Has("id") {
		return s.byID(who, r.URL.Query().Get("id"))
	}
	return s.list(who, r)
}

// list returns an empty list to users without permission. No other route returns the names of the
// clusters.
func (s *Service) list(who api.Identity, _ *http.Request) api.Reply {
	return api.OK(s.listed(who))
}

func (s *Service) listed(who api.Identity) []EnvironmentBean {
	beans := []EnvironmentBean{}
	if !who.SuperAdmin {
		return beans
	}
	for _, r := range s.table.Live() {
		b := r.bean()
		on, _ := s.clusters.Get(r.ClusterID)
		b.ClusterName = on.Name
		beans = append(beans, b)
	}
	return beans
}

// autocomplete returns all environments as inactive.
func (s *Service) autocomplete(who api.Identity, _ *http.Request) api.Reply {
	beans := s.listed(who)
	for i := range beans {
		beans[i].Active = false
	}
	return api.OK(beans)
}

// byID checks the existence of the environment before the permission of the sender.
func (s *Service) byID(who api.Identity, text string) api.Reply {
	id, failure := api.PathID(text)
	if failure != nil {
		return *failure
	}
	row, ok := s.table.GetLive(id)
	switch {
	case !ok:
		return api.NoObject("environment", id)
	case !who.SuperAdmin:
		return api.Forbidden
	}
	return api.OK(row.bean())
}

func (s *Service) byName(_ api.Identity, r *http.Request) api.Reply {
	rows := s.Named(r.URL.Query().Get("environment"))
	if len(rows) == 0 {
		return api.NotFound
	}
	return api.OK(rows[0].bean())
}

// connection reports whether the cluster is reachable. It does not check the namespace.
func (s *Service) connection(_ api.Identity, r *http.Request) api.Reply {
	id, failure := api.PathID(r.PathValue("id"))
	if failure != nil {
		return *failure
	}
	row, ok := s.table.GetLive(id)
	if !ok {
		return api.NotFound
	}
	on, _ := s.clusters.Get(row.ClusterID)
	return api.OK(struct {
		ClusterReachable bool   `json:"clusterReachable"`
		ClusterName      string `json:"clusterName"`
	}{s.clusters.Reachable(on), on.Name})
}
