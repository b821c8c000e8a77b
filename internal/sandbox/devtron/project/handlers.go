// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package project

import (
	"net/http"
	"regexp"
	"unicode/utf8"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// TeamRequest is a project in requests and replies. Decoding errors contain the name of this type.
type TeamRequest struct {
	ID     int    `json:"id"`
	Name   string `json:"name"`
	Active bool   `json:"active"`
}

func (r Row) bean() TeamRequest { return TeamRequest{r.ID, r.Name, r.Active} }

// writeForbidden is the reply to writes of users without permission. The reply to reads is
// api.UnauthorizedUser.
var writeForbidden = api.Error(http.StatusForbidden, api.ErrorEntry{
	Code: "000", InternalMessage: "[{unauthorized user}]", UserMessage: "Unauthorized User",
})

// entityName is the rule for names since v2.0.0.
var entityName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// decode reads and validates the body of a write, and then checks the permission of the sender.
func decode(who api.Identity, r *http.Request) (TeamRequest, []byte, *api.Reply) {
	var sent TeamRequest
	body, failure := api.Decode(r, &sent)
	if failure == nil {
		failure = api.Validate(
			api.Check{Bean: "TeamRequest", Field: "Name", Tag: "required", OK: sent.Name != ""},
			api.Check{Bean: "TeamRequest", Field: "Name", Tag: "max", OK: api.Fits(sent.Name, 25)},
			api.Check{Bean: "TeamRequest", Field: "Name", Tag: "validate-devtron-entity-name", OK: entityName.MatchString(sent.Name)},
		)
	}
	if failure == nil && !who.SuperAdmin {
		failure = &writeForbidden
	}
	return sent, body, failure
}

// create stores a project exactly as sent. It accepts a duplicate name, an ID chosen by the client,
// and an inactive project, which no read returns.
func (s *Service) create(who api.Identity, r *http.Request) api.Reply {
	sent, body, failure := decode(who, r)
	if failure != nil {
		return *failure
	}
	s.rules.Write(r, body)
	if utf8.RuneCountInString(sent.Name) < 3 {
		return api.RawError(http.StatusInternalServerError, "name should not contain white spaces and should have min 3 chars")
	}
	id, ok := s.table.Insert(Row{ID: sent.ID, Name: sent.Name, Active: sent.Active})
	if !ok {
		return api.PlainError(http.StatusInternalServerError, "team failed to create in db")
	}
	sent.ID = id
	return api.OK(sent)
}

// update replaces a project. It does not find inactive projects, so setting active to false cannot
// be undone.
func (s *Service) update(who api.Identity, r *http.Request) api.Reply {
	sent, body, failure := decode(who, r)
	if failure != nil {
		return *failure
	}
	s.rules.Write(r, body)
	if _, ok := s.table.GetLive(sent.ID); !ok {
		const text = "team update failed, does not exist"
		return api.Error(http.StatusInternalServerError, api.ErrorEntry{Code: "3007", InternalMessage: text, UserMessage: text})
	}
	s.table.Update(sent.ID, func(r *Row) { r.Name, r.Active = sent.Name, sent.Active })
	return api.OK(sent)
}

// delete writes the name in the body into the row and makes the row inactive.
func (s *Service) delete(who api.Identity, r *http.Request) api.Reply {
	sent, body, failure := decode(who, r)
	if failure != nil {
		return *failure
	}
	row, ok := s.table.Get(sent.ID)
	if ok && len(row.Applications) > 0 {
		return api.RawError(http.StatusInternalServerError, " Please delete all apps in this project before deleting this project")
	}
	if !ok || !row.Active {
		return api.NotFound
	}
	s.rules.Delete(r, body, row.bean())
	s.table.Update(sent.ID, func(r *Row) { r.Name, r.Active = sent.Name, false })
	return api.OK("Project deleted successfully.")
}

// list returns null to users without permission, while autocomplete returns an empty list.
func (s *Service) list(who api.Identity, _ *http.Request) api.Reply {
	var beans []TeamRequest
	if who.SuperAdmin {
		for _, r := range s.table.Live() {
			beans = append(beans, r.bean())
		}
	}
	return api.OK(beans)
}

func (s *Service) autocomplete(who api.Identity, r *http.Request) api.Reply {
	if !who.SuperAdmin {
		return api.OK([]TeamRequest{})
	}
	return s.list(who, r)
}

// byID checks the existence of the project before the permission of the sender.
func (s *Service) byID(who api.Identity, r *http.Request) api.Reply {
	id, failure := api.PathID(r.PathValue("id"))
	if failure != nil {
		return *failure
	}
	row, ok := s.table.GetLive(id)
	switch {
	case !ok:
		return api.NoObject("team", id)
	case !who.SuperAdmin:
		return api.UnauthorizedUser
	}
	return api.OK(row.bean())
}

// applications lists the applications of a project. This route was not recorded; it follows
// Devtron's source.
func (s *Service) applications(_ api.Identity, r *http.Request) api.Reply {
	id, failure := api.PathID(r.PathValue("id"))
	if failure != nil {
		return *failure
	}
	type application struct {
		ID   int    `json:"id"`
		Name string `json:"name"`
	}
	var applications []application
	row, _ := s.table.Get(id)
	for i, name := range row.Applications {
		applications = append(applications, application{id*1000 + i + 1, name})
	}
	return api.OK(applications)
}
