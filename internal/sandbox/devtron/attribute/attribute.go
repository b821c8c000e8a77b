// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package attribute implements attributes, which are key-value pairs. One of them is the host URL.
package attribute

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/store"
)

// HostURL is the key of the host URL.
const HostURL = "url"

// Row is a stored attribute. Each write of a key adds a row and makes the previous one inactive.
type Row struct {
	ID         int
	Key, Value string
	Active     bool
}

// AttributesDto is an attribute in requests and replies. Decoding errors contain the name of this
// type.
type AttributesDto struct {
	ID     int    `json:"id"`
	Key    string `json:"key,omitempty"`
	Value  string `json:"value,omitempty"`
	Active bool   `json:"active"`
}

func (r Row) bean() AttributesDto { return AttributesDto(r) }

// Service serves the routes below /orchestrator/attributes. There is no DELETE.
type Service struct {
	rules *api.Rules
	lock  *store.Lock
	table *store.Table[Row]
}

// New creates a service without a host URL. A new Devtron has six internal attributes, which use up
// the first IDs.
func New(rules *api.Rules, lock *store.Lock) *Service {
	s := &Service{
		rules: rules, lock: lock, table: store.NewTable(func(r *Row) *int { return &r.ID }, func(r Row) bool { return r.Active }),
	}
	s.table.SkipTo(6)
	return s
}

// Routes are the handlers of the service.
func (s *Service) Routes() api.Routes {
	const attributes = "/orchestrator/attributes"
	return api.Routes{
		"GET " + attributes:              api.SuperAdmin(s.byKey),
		"GET " + attributes + "/{id}":    api.SuperAdmin(s.byID),
		"POST " + attributes + "/create": api.SuperAdmin(s.create),
		"PUT " + attributes + "/update":  api.SuperAdmin(s.update),
	}
}

// Value returns the active value of a key.
func (s *Service) Value(key string) (value string, ok bool) {
	rows := s.active(key)
	if len(rows) == 0 {
		return "", false
	}
	return rows[0].Value, true
}

// Rows returns all rows of a key sorted by ID, including inactive ones.
func (s *Service) Rows(key string) []Row {
	rows := s.table.Where(func(r Row) bool { return r.Key == key })
	return slices.SortedFunc(slices.Values(rows), func(a, b Row) int { return a.ID - b.ID })
}

// Set stores a value without an API request of the client, like Devtron's web page does.
func (s *Service) Set(key, value string) {
	defer s.lock.Hold()()
	s.upsert(AttributesDto{Key: key, Value: value})
}

// Remove deletes all rows of a key. The API cannot do this.
func (s *Service) Remove(key string) {
	for _, r := range s.Rows(key) {
		s.table.Remove(r.ID)
	}
}

func (s *Service) active(key string) []Row {
	return slices.DeleteFunc(s.table.LiveByID(), func(r Row) bool { return r.Key != key })
}

// only returns the active row of a key. If a race created two active rows, every lookup fails.
func (s *Service) only(key string) (row Row, found bool, failure *api.Reply) {
	switch rows := s.active(key); len(rows) {
	case 0:
		return Row{}, false, nil
	case 1:
		return rows[0], true, nil
	default:
		return Row{}, false, &api.MultipleRows
	}
}

// create stores a value for a key. The previous row of the key becomes inactive, so the ID changes
// with each write.
func (s *Service) create(_ api.Identity, r *http.Request) api.Reply {
	var sent AttributesDto
	body, failure := api.Decode(r, &sent)
	if failure != nil {
		return *failure
	}
	s.rules.Write(r, body)
	defer s.lock.Hold()()
	return s.upsert(sent)
}

func (s *Service) upsert(sent AttributesDto) api.Reply {
	before, found, failure := s.only(sent.Key)
	if failure != nil {
		return *failure
	}
	s.lock.Pause()
	if found {
		s.table.Update(before.ID, func(r *Row) { r.Active = false })
	}
	sent.ID, _ = s.table.Insert(Row{Key: sent.Key, Value: sent.Value, Active: true})
	return api.OK(sent)
}

// update changes the key and the value of the row with the ID in the body. It ignores active.
func (s *Service) update(_ api.Identity, r *http.Request) api.Reply {
	var sent AttributesDto
	body, failure := api.Decode(r, &sent)
	if failure != nil {
		return *failure
	}
	s.rules.Write(r, body)
	if _, ok := s.table.GetLive(sent.ID); !ok {
		return api.NotFound
	}
	s.table.Update(sent.ID, func(r *Row) { r.Key, r.Value = sent.Key, sent.Value })
	return api.OK(sent)
}

// byKey returns null for an unknown key.
func (s *Service) byKey(_ api.Identity, r *http.Request) api.Reply {
	if !r.URL.Query().Has("key") {
		return api.NoRoute
	}
	row, found, failure := s.only(r.URL.Query().Get("key"))
	switch {
	case failure != nil:
		return *failure
	case !found:
		return api.OK(nil)
	}
	return api.OK(row.bean())
}

// byID returns null for an unknown ID or an inactive row.
func (s *Service) byID(_ api.Identity, r *http.Request) api.Reply {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		return api.Error(http.StatusBadRequest, api.ErrorEntry{
			Code: "000", InternalMessage: "[{" + err.Error() + "}]", UserMessage: "",
		})
	}
	row, ok := s.table.GetLive(id)
	if !ok {
		return api.OK(nil)
	}
	return api.OK(row.bean())
}
