// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package chartrepo

import (
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// noSecret is the reply if the secret for Argo CD does not exist.
var noSecret = api.RawError(http.StatusInternalServerError,
	"resouce version not matched with config map attempted 3 times") //nolint:misspell // Devtron's text

// create fetches the index and stores the repository. It ignores active. If it cannot fetch the
// index, the status is 200.
func (s *Service) create(_ api.Identity, r *http.Request) api.Reply {
	sent, _, failure := decode(r)
	if failure != nil {
		return *failure
	}
	if outcome := s.fetch(sent); !outcome.ok {
		return api.OK(outcome)
	}
	row, failure := s.insert(sent)
	if failure == nil {
		failure = s.job.Run()
	}
	if failure != nil {
		return *failure
	}
	return api.OK(row.stored())
}

func (s *Service) insert(sent ChartRepoDto) (Row, *api.Reply) {
	defer s.lock.Hold()()
	if len(s.Named(sent.Name)) > 0 {
		return Row{}, &api.AlreadyExists
	}
	if text := invalidName(sent.Name); text != "" {
		return Row{}, new(api.RawError(http.StatusInternalServerError, text))
	}
	s.lock.Pause()
	row := Row{createdOn: time.Now()}
	row.apply(sent)
	row.Active = true
	row.ID, _ = s.table.Insert(row)
	s.setSecret(row.Name, true)
	return row, nil
}

func invalidName(name string) string {
	switch {
	case utf8.RuneCountInString(name) < 3, strings.Contains(name, " "):
		return "name should not contain white spaces and should have min 3 chars"
	case name != strings.ToLower(name):
		return "invalid repo name: please use lowercase"
	}
	return ""
}

// update fetches the index and replaces the repository. If it cannot fetch the index, the status is
// 412. It does not check whether another repository has the same name. If so, both share a secret,
// and renaming or deleting one breaks the other.
func (s *Service) update(_ api.Identity, r *http.Request) api.Reply {
	sent, body, failure := decode(r)
	if failure != nil {
		return *failure
	}
	s.rules.Sent(r, body, "active")
	if outcome := s.fetch(sent); !outcome.ok {
		return api.Result(http.StatusPreconditionFailed, outcome)
	}
	row, ok := s.table.GetLive(sent.ID)
	if row.InUse && (row.Name != sent.Name || row.URL != sent.URL) {
		return api.RawError(http.StatusBadRequest, "cannot update, found charts deployed using this repo")
	}
	if !ok || !row.Shipped && !s.setSecret(row.Name, false) {
		return noSecret
	}
	s.setSecret(sent.Name, true)
	row.apply(sent)
	s.table.Update(row.ID, func(r *Row) { *r = row })
	_ = s.job.Run() // only create reports a failure
	return api.OK(row.stored())
}

// delete deletes the secret with the name in the body, and writes the URL and the credentials in
// the body into the row.
func (s *Service) delete(_ api.Identity, r *http.Request) api.Reply {
	sent, body, failure := decode(r)
	if failure != nil {
		return *failure
	}
	row, ok := s.table.GetLive(sent.ID)
	switch {
	case !ok:
		return api.NotFound
	case row.InUse:
		return api.RawError(http.StatusInternalServerError, "cannot delete repo, found charts deployed in this repo")
	}
	s.rules.Delete(r, body, row.bean())
	if !s.setSecret(sent.Name, false) {
		return noSecret
	}
	s.table.Update(row.ID, func(r *Row) {
		r.URL, r.Username, r.Password, r.Deleted = sent.URL, sent.UserName, sent.Password, true
	})
	return api.OK("Chart repo deleted successfully.")
}

func (s *Service) validate(_ api.Identity, r *http.Request) api.Reply {
	sent, _, failure := decode(r)
	if failure != nil {
		return *failure
	}
	return api.OK(s.fetch(sent))
}

func (s *Service) sync(api.Identity, *http.Request) api.Reply {
	if failure := s.job.Run(); failure != nil {
		return *failure
	}
	return api.OK(map[string]string{"status": "ok"})
}

// list returns passwords in clear text, like listMin.
func (s *Service) list(api.Identity, *http.Request) api.Reply {
	var beans []ChartRepoDto
	for _, r := range s.table.Live() {
		b := r.bean()
		b.IsEditable = true
		beans = append(beans, b)
	}
	return api.OK(beans)
}

func (s *Service) listMin(api.Identity, *http.Request) api.Reply {
	var beans []ChartRepoDto
	for _, r := range s.table.Live() {
		beans = append(beans, r.bean())
	}
	return api.OK(beans)
}

// byID returns an object without an ID for an unknown repository.
func (s *Service) byID(_ api.Identity, r *http.Request) api.Reply {
	id, failure := api.PathID(r.PathValue("id"))
	if failure != nil {
		return *failure
	}
	row, ok := s.table.GetLive(id)
	if !ok {
		return api.OK(ChartRepoDto{})
	}
	return api.OK(row.bean())
}
