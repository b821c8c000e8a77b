// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package user

import (
	"net/http"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

func (s *Service) byID(who api.Identity, r *http.Request) api.Reply {
	id, failure := api.PathID(r.PathValue("id"))
	if failure != nil {
		return *failure
	}
	row, ok := s.Get(id)
	if !ok {
		return api.NoObject("user", id)
	}
	return api.OK(s.bean(row, who))
}

// update replaces the permissions of a user. For a super-admin, it keeps the previous permissions
// in the background.
func (s *Service) update(who api.Identity, r *http.Request) api.Reply {
	var sent UserInfo
	_, failure := api.Decode(r, &sent)
	if failure == nil {
		email := strings.ToLower(sent.EmailID)
		failure = api.Validate(
			api.Check{Bean: "UserInfo", Field: "Id", Tag: "not-system-admin-userid", OK: sent.ID != 1 && sent.ID != 2},
			api.Check{Bean: "UserInfo", Field: "EmailId", Tag: "required", OK: email != ""},
			api.Check{Bean: "UserInfo", Field: "EmailId", Tag: "not-system-admin-user", OK: email != "system" && email != "admin"},
		)
	}
	row, ok := s.Get(sent.ID)
	switch {
	case failure != nil:
		return *failure
	case len(sent.Groups) > 0:
		return api.Error(http.StatusNotAcceptable, api.ErrorEntry{Code: "406", UserMessage: "Invalid request, please provide user role groups"})
	case !who.SuperAdmin:
		return api.Error(http.StatusForbidden, api.ErrorEntry{Code: "403", UserMessage: "unauthorized"})
	case !ok:
		return api.NotFound
	}
	var groups []int
	for _, g := range sent.UserRoleGroups {
		if _, ok := s.groups.Get(g.RoleGroup.ID); !ok {
			return api.Crashed
		}
		groups = append(groups, g.RoleGroup.ID)
	}
	for _, f := range sent.RoleFilters {
		if !f.hasPolicy() {
			return api.Error(http.StatusInternalServerError, api.ErrorEntry{
				Code: "000", InternalMessage: "[{default policy not found}]", UserMessage: "",
			})
		}
	}
	s.store(row, sent, groups)
	return api.OK(sent)
}

func (s *Service) store(row Row, sent UserInfo, groups []int) {
	s.accounts.Rename(row.Email, sent.EmailID)
	if known, ok := s.accounts.Get(sent.EmailID); ok {
		known.SuperAdmin = sent.SuperAdmin
		s.accounts.Put(sent.EmailID, known)
	}
	s.table.Update(row.ID, func(r *Row) {
		r.Email, r.SuperAdmin = sent.EmailID, sent.SuperAdmin
		if !sent.SuperAdmin {
			r.Filters, r.Groups = sent.RoleFilters, groups
		}
	})
}

func (s *Service) delete(_ api.Identity, r *http.Request) api.Reply {
	id, failure := api.PathID(r.PathValue("id"))
	if failure != nil {
		return *failure
	}
	if id == 1 || id == 2 {
		return api.Error(http.StatusBadRequest, api.ErrorEntry{Code: "400", UserMessage: "cannot delete system or admin user"})
	}
	row, ok := s.Get(id)
	if !ok {
		return api.NoObject("user", id)
	}
	s.Deactivate(row.ID)
	return api.OK(true)
}

// listGroups and listGroupsV2 were not recorded; they follow Devtron's source.
func (s *Service) listGroups(api.Identity, *http.Request) api.Reply { return api.OK(s.groupBeans()) }

func (s *Service) listGroupsV2(api.Identity, *http.Request) api.Reply {
	beans := s.groupBeans()
	return api.OK(struct {
		RoleGroups []RoleGroup `json:"roleGroups"`
		TotalCount int         `json:"totalCount"`
	}{beans, len(beans)})
}

func (s *Service) groupBeans() []RoleGroup {
	beans := []RoleGroup{}
	for _, g := range s.groups.Live() {
		beans = append(beans, g.bean())
	}
	return beans
}
