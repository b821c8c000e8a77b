// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"net/http"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// note is a longer text about a cluster, separate from its description.
type note struct {
	ID          int       `json:"id"`
	Description string    `json:"description"`
	UpdatedBy   string    `json:"updatedBy"`
	UpdatedOn   time.Time `json:"updatedOn"`
	CreatedBy   string    `json:"createdBy"`
}

func (s *Service) description(_ api.Identity, r *http.Request) api.Reply {
	id, failure := api.PathID(r.URL.Query().Get("id"))
	if failure != nil {
		return *failure
	}
	row, ok := s.Get(id)
	if !ok {
		return api.RawError(http.StatusNotFound, "invalid cluster id")
	}
	return api.OK(struct {
		ID          int       `json:"clusterId"`
		Name        string    `json:"clusterName"`
		Description string    `json:"description"`
		ServerURL   string    `json:"serverUrl"`
		CreatedBy   string    `json:"clusterCreatedBy"`
		CreatedOn   time.Time `json:"clusterCreatedOn"`
		Note        *note     `json:"clusterNote,omitempty"`
	}{row.ID, row.Name, row.Description, row.ServerURL, row.createdBy, row.createdOn.UTC(), row.note})
}

// updateDescription is the only route that stores a description. POST and PUT of a cluster ignore
// it.
func (s *Service) updateDescription(_ api.Identity, r *http.Request) api.Reply {
	var sent struct {
		ID          int
		Description string
	}
	if _, failure := api.Decode(r, &sent); failure != nil {
		return *failure
	}
	if _, ok := s.Get(sent.ID); !ok {
		return api.NotFound
	}
	s.table.Update(sent.ID, func(r *Row) { r.Description = sent.Description })
	return api.OK("Cluster description updated successfully")
}

func (s *Service) updateNote(who api.Identity, r *http.Request) api.Reply {
	var sent struct {
		Identifier  int
		Description string
	}
	if _, failure := api.Decode(r, &sent); failure != nil {
		return *failure
	}
	row, ok := s.Get(sent.Identifier)
	if !ok {
		return api.NotFound
	}
	taken := &note{Description: sent.Description, UpdatedBy: who.Email, UpdatedOn: time.Now().UTC()}
	if row.note != nil {
		taken.ID = row.note.ID
	} else {
		taken.ID = int(s.notes.Add(1))
	}
	s.table.Update(row.ID, func(r *Row) { r.note = taken })
	return api.OK(taken)
}
