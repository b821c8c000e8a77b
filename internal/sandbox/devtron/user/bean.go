// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package user

import (
	"slices"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// UserInfo is a user in requests and replies. Decoding errors contain the name of this type.
type UserInfo struct {
	ID             int             `json:"id"`
	EmailID        string          `json:"email_id"`
	RoleFilters    []RoleFilter    `json:"roleFilters"`
	Groups         []string        `json:"groups"`
	UserRoleGroups []UserRoleGroup `json:"userRoleGroups"`
	SuperAdmin     bool            `json:"superAdmin"`
	LastLoginTime  time.Time       `json:"lastLoginTime"`
}

// RoleFilter is a permission. An empty string matches everything.
type RoleFilter struct {
	Entity      string `json:"entity"`
	Team        string `json:"team"`
	EntityName  string `json:"entityName"`
	Environment string `json:"environment"`
	Action      string `json:"action"`
	AccessType  string `json:"accessType"`
	Cluster     string `json:"cluster"`
	Namespace   string `json:"namespace"`
	Group       string `json:"group"`
	Kind        string `json:"kind"`
	Resource    string `json:"resource"`
	Workflow    string `json:"workflow"`
}

// UserRoleGroup is the membership in a permission group.
type UserRoleGroup struct {
	RoleGroup RoleGroup `json:"roleGroup"`
}

// RoleGroup is a permission group.
type RoleGroup struct {
	ID          int          `json:"id"`
	Name        string       `json:"name,omitempty"`
	Description string       `json:"description,omitempty"`
	RoleFilters []RoleFilter `json:"roleFilters"`
	SuperAdmin  bool         `json:"superAdmin"`
}

func (g Group) bean() RoleGroup {
	return RoleGroup{ID: g.ID, Name: g.Name, RoleFilters: []RoleFilter{}}
}

// bean returns the reply to a read. It contains no permissions if the reader is not a super-admin.
func (s *Service) bean(r Row, who api.Identity) UserInfo {
	b := UserInfo{
		ID: r.ID, EmailID: r.Email, RoleFilters: []RoleFilter{}, Groups: []string{}, UserRoleGroups: []UserRoleGroup{},
	}
	if !who.SuperAdmin {
		return b
	}
	b.RoleFilters, b.SuperAdmin = append(b.RoleFilters, r.Filters...), r.SuperAdmin
	for _, id := range r.Groups {
		if g, ok := s.groups.Get(id); ok {
			b.UserRoleGroups = append(b.UserRoleGroups, UserRoleGroup{g.bean()})
		}
	}
	return b
}

// hasPolicy reports whether Devtron has a policy for the permission. It does not check whether the
// named objects exist.
func (f RoleFilter) hasPolicy() bool {
	if f.Entity != "apps" {
		return f.Entity != "" && f.Action != ""
	}
	switch f.AccessType {
	case "devtron-app":
		return slices.Contains([]string{"view", "build", "trigger", "admin", "manager"}, f.Action)
	case "helm-app":
		return slices.Contains([]string{"view", "edit", "admin"}, f.Action)
	}
	return false
}
