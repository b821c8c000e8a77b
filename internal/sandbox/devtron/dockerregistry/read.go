// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package dockerregistry

import (
	"net/http"
	"slices"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// mayNot is the reply to somebody who may not do this: a result, and no errors.
var mayNot = api.Result(http.StatusForbidden, "Unauthorized User")

// list is null to somebody without rights. Its order is that of the pull secrets, those without one last.
func (s *Service) list(who api.Identity, _ *http.Request) api.Reply {
	var beans []DockerArtifactStoreBean
	if !who.SuperAdmin {
		return api.OK(beans)
	}
	rows := s.present()
	for _, secret := range s.secrets.Where(func(PullSecret) bool { return true }) {
		i := slices.IndexFunc(rows, func(r Row) bool { return r.PullSecret != nil && r.PullSecret.ID == secret.ID })
		if i >= 0 {
			beans = append(beans, rows[i].listed())
		}
	}
	for _, r := range rows {
		if r.PullSecret == nil {
			beans = append(beans, r.listed())
		}
	}
	return api.OK(beans)
}

// suggest shows names and URLs to everybody.
func (s *Service) suggest(api.Identity, *http.Request) api.Reply {
	var beans []DockerArtifactStoreBean
	for _, r := range s.present() {
		b := r.suggested()
		beans = append(beans, b)
	}
	return api.OK(beans)
}

func (s *Service) configured(api.Identity, *http.Request) api.Reply {
	return api.OK(len(s.present()) > 0)
}

// byName answers with the secrets in clear. It looks for the registry before it looks at who asks.
func (s *Service) byName(who api.Identity, r *http.Request) api.Reply {
	row, ok := s.get(r.PathValue("name"))
	switch {
	case !ok:
		return api.NotFound
	case !who.SuperAdmin:
		return mayNot
	}
	return api.OK(row.bean())
}
