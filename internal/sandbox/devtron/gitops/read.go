// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// list returns all configurations without tokens, including inactive ones. The latest change is
// first.
func (s *Service) list(api.Identity, *http.Request) api.Reply {
	beans := []GitOpsConfigDto{}
	for _, row := range slices.Backward(s.table.Live()) {
		beans = append(beans, row.bean(false))
	}
	return api.OK(beans)
}

// byID returns a configuration with its token in clear text. It checks the existence of the
// configuration before the permission of the sender.
func (s *Service) byID(who api.Identity, r *http.Request) api.Reply {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		return api.RawError(http.StatusBadRequest, err.Error())
	}
	row, ok := s.table.Get(id)
	if !ok {
		return api.NotFound
	}
	return single(who, row)
}

// byProvider returns the configuration of a git provider with its token in clear text. The name of
// the git provider is case-sensitive.
func (s *Service) byProvider(who api.Identity, r *http.Request) api.Reply {
	if !r.URL.Query().Has("provider") {
		return api.NoRoute
	}
	row, failure := s.onlyRow(r.URL.Query().Get("provider"))
	if failure != nil {
		return *failure
	}
	return single(who, row)
}

func single(who api.Identity, row Row) api.Reply {
	if !who.SuperAdmin {
		return api.Forbidden
	}
	return api.OK(row.bean(true))
}

// onlyRow returns the configuration of a git provider. If a race or a change of the git provider
// created a second one, every lookup fails.
func (s *Service) onlyRow(provider string) (Row, *api.Reply) {
	switch rows := s.rowsOf(provider); len(rows) {
	case 0:
		return Row{}, &api.NotFound
	case 1:
		return rows[0], nil
	default:
		return Row{}, &api.MultipleRows
	}
}

// configured reports to all users whether a configuration is active.
func (s *Service) configured(api.Identity, *http.Request) api.Reply {
	row, exists := s.activeRow()
	return api.OK(struct {
		AllowCustomRepository bool `json:"allowCustomRepository"`
		Exists                bool `json:"exists"`
	}{row.AllowCustomRepository, exists})
}
