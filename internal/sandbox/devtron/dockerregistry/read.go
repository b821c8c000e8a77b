// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package dockerregistry

import (
	"net/http"
	"slices"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// list returns null to users without permission. It has the order of the pull secrets; registries
// without one come last.
func (s *Service) list(who api.Identity, _ *http.Request) api.Reply {
	var beans []DockerArtifactStoreBean
	if !who.SuperAdmin {
		return api.OK(beans)
	}
	rows := s.table.Live()
	for _, secret := range s.secrets.Live() {
		i := slices.IndexFunc(rows, func(r Row) bool { return r.PullSecret != nil && r.PullSecret.ID == secret.ID })
		if i >= 0 {
			beans = append(beans, rows[i].listItem())
		}
	}
	for _, r := range rows {
		if r.PullSecret == nil {
			beans = append(beans, r.listItem())
		}
	}
	return api.OK(beans)
}

// autocomplete returns the registries without credentials to all users.
func (s *Service) autocomplete(api.Identity, *http.Request) api.Reply {
	var beans []DockerArtifactStoreBean
	for _, r := range s.table.Live() {
		beans = append(beans, r.autocompleteItem())
	}
	return api.OK(beans)
}

func (s *Service) configured(api.Identity, *http.Request) api.Reply {
	return api.OK(len(s.table.Live()) > 0)
}

// byName returns the secrets in clear text. It checks the existence of the registry before the
// permission of the sender.
func (s *Service) byName(who api.Identity, r *http.Request) api.Reply {
	row, ok := s.get(r.PathValue("name"))
	switch {
	case !ok:
		return api.NotFound
	case !who.SuperAdmin:
		return api.UnauthorizedUser
	}
	return api.OK(row.bean())
}
