// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// read serves three routes with the same path: the list, a cluster by ID, and several clusters by
// ID.
func (s *Service) read(who api.Identity, r *http.Request) api.Reply {
	query := r.URL.Query()
	switch {
	case query.Has("id"):
		return s.byID(who, query.Get("id"))
	case query.Has("clusterId"):
		return s.byIDs(who, query.Get("clusterId"))
	}
	return api.OK(list(who, s.table.Live()))
}

// list returns nil for users without permission.
func list(who api.Identity, rows []Row) (beans []ClusterBean) {
	if !who.SuperAdmin {
		return nil
	}
	for _, r := range rows {
		beans = append(beans, r.listItem())
	}
	return beans
}

// byID checks the existence of the cluster before the permission of the sender.
func (s *Service) byID(who api.Identity, text string) api.Reply {
	id, failure := api.PathID(text)
	if failure != nil {
		return *failure
	}
	row, ok := s.Get(id)
	switch {
	case !ok:
		return api.NoObject("cluster", id)
	case !who.SuperAdmin:
		return api.Forbidden
	}
	return api.OK(row.bean())
}

// byIDs ignores unknown IDs, but fails if it finds no cluster.
func (s *Service) byIDs(who api.Identity, text string) api.Reply {
	wanted := strings.Split(text, ",")
	rows := slices.DeleteFunc(s.table.Live(), func(r Row) bool { return !slices.Contains(wanted, strconv.Itoa(r.ID)) })
	if len(rows) == 0 {
		return api.RawError(http.StatusInternalServerError, `ERROR #42601 syntax error at or near ")"`)
	}
	return api.OK(list(who, rows))
}

// autocomplete returns names and IDs only.
func (s *Service) autocomplete(who api.Identity, _ *http.Request) api.Reply {
	beans := []ClusterBean{}
	if who.SuperAdmin {
		for _, r := range s.table.Live() {
			beans = append(beans, ClusterBean{ID: r.ID, ClusterName: r.Name, ErrorInConnecting: r.ErrorInConnecting})
		}
	}
	return api.OK(beans)
}

// namespacesOfAll returns the namespaces of all clusters by cluster name.
func (s *Service) namespacesOfAll(api.Identity, *http.Request) api.Reply {
	all := map[string][]string{}
	for _, r := range s.table.Live() {
		all[r.Name] = s.Namespaces(r)
	}
	return api.OK(all)
}

func (s *Service) namespacesOfOne(_ api.Identity, r *http.Request) api.Reply {
	id, failure := api.PathID(r.PathValue("id"))
	if failure != nil {
		return *failure
	}
	row, ok := s.Get(id)
	if !ok {
		return api.NotFound
	}
	return api.OK(s.Namespaces(row))
}
