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

// read is three routes with one path: the list, one cluster by id, and several by their ids.
func (s *Service) read(who api.Identity, r *http.Request) api.Reply {
	query := r.URL.Query()
	switch {
	case query.Has("id"):
		return s.byID(who, query.Get("id"))
	case query.Has("clusterId"):
		return s.byIDs(who, query.Get("clusterId"))
	}
	return api.OK(list(who, s.active()))
}

// list is null to somebody without rights.
func list(who api.Identity, rows []Row) (beans []ClusterBean) {
	if !who.SuperAdmin {
		return nil
	}
	for _, r := range rows {
		beans = append(beans, r.listed())
	}
	return beans
}

// byID looks for the cluster before it looks at who asks.
func (s *Service) byID(who api.Identity, text string) api.Reply {
	id, refusal := api.PathID(text)
	if refusal != nil {
		return *refusal
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

// byIDs leaves out clusters that are not there, and fails where none is.
func (s *Service) byIDs(who api.Identity, text string) api.Reply {
	wanted := strings.Split(text, ",")
	rows := slices.DeleteFunc(s.active(), func(r Row) bool { return !slices.Contains(wanted, strconv.Itoa(r.ID)) })
	if len(rows) == 0 {
		return api.RawError(http.StatusInternalServerError, `ERROR #42601 syntax error at or near ")"`)
	}
	return api.OK(list(who, rows))
}

// autocomplete tells names and ids alone; everything else in it is a zero value.
func (s *Service) autocomplete(who api.Identity, _ *http.Request) api.Reply {
	beans := []ClusterBean{}
	if who.SuperAdmin {
		for _, r := range s.active() {
			beans = append(beans, ClusterBean{ID: r.ID, ClusterName: r.Name, ErrorInConnecting: r.ErrorInConnecting})
		}
	}
	return api.OK(beans)
}

// namespacesOfAll lists the namespaces of every cluster, by the name of the cluster.
func (s *Service) namespacesOfAll(api.Identity, *http.Request) api.Reply {
	all := map[string][]string{}
	for _, r := range s.active() {
		all[r.Name] = s.Namespaces(r)
	}
	return api.OK(all)
}

func (s *Service) namespacesOfOne(_ api.Identity, r *http.Request) api.Reply {
	id, refusal := api.PathID(r.PathValue("id"))
	if refusal != nil {
		return *refusal
	}
	row, ok := s.Get(id)
	if !ok {
		return api.NotFound
	}
	return api.OK(s.Namespaces(row))
}
