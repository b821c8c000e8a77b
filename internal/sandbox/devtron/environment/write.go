// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package environment

import (
	"net/http"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

var (
	// namespaceName is the rule "name-space-component".
	namespaceName = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?$`)
	nameLetters   = regexp.MustCompile(`^[a-z0-9-]+$`)
)

// decode reads and validates the body of a write, including DELETE, and then checks the permission
// of the sender.
func decode(who api.Identity, r *http.Request, more func(EnvironmentBean) *api.Reply) (EnvironmentBean, []byte, *api.Reply) {
	var sent EnvironmentBean
	body, failure := api.Decode(r, &sent)
	if failure == nil {
		const bean = "EnvironmentBean"
		failure = api.Validate(
			api.Check{Bean: bean, Field: "Environment", Tag: "required", OK: sent.Environment != ""},
			api.Check{Bean: bean, Field: "Environment", Tag: "max", OK: api.Fits(sent.Environment, 50)},
			api.Check{Bean: bean, Field: "ClusterId", Tag: "required", OK: sent.ClusterID != 0},
			api.Check{Bean: bean, Field: "Namespace", Tag: "name-space-component", OK: namespaceName.MatchString(sent.Namespace)},
			api.Check{Bean: bean, Field: "Namespace", Tag: "max", OK: api.Fits(sent.Namespace, 50)},
			api.Check{Bean: bean, Field: "Description", Tag: "max", OK: api.Fits(sent.Description, 40)},
		)
	}
	if failure == nil && more != nil {
		failure = more(sent)
	}
	if failure == nil && !who.SuperAdmin {
		failure = &api.Forbidden
	}
	return sent, body, failure
}

// validName applies the rules for names of new environments. Existing environments may have other
// names.
func validName(sent EnvironmentBean) *api.Reply {
	text := ""
	switch name := sent.Environment; {
	case !nameLetters.MatchString(name):
		text = "Use only lowercase alphanumeric characters or '-'"
	case strings.HasPrefix(name, "-"), strings.HasSuffix(name, "-"):
		text = "Cannot start/end with '-'"
	case utf8.RuneCountInString(name) > 16:
		text = "Minimum 1 and Maximum 16 characters required"
	default:
		return nil
	}
	return new(api.RawError(http.StatusBadRequest, text))
}

// create stores an environment and creates its namespace. It does not report a failure to create
// the namespace.
func (s *Service) create(who api.Identity, r *http.Request) api.Reply {
	sent, body, failure := decode(who, r, validName)
	if failure != nil {
		return *failure
	}
	s.rules.Write(r, body)
	on, ok := s.clusters.Get(sent.ClusterID)
	if !ok {
		return api.NotFound
	}
	row, stored := s.insert(Row{
		Name: sent.Environment, ClusterID: on.ID, Namespace: sent.Namespace, Identifier: on.Name + "__" + sent.Namespace,
		Active: sent.Active, Production: sent.Default, Description: sent.Description,
	})
	if !stored {
		return api.AlreadyExists
	}
	_ = s.clusters.CreateNamespace(on, row.Namespace)
	sent.ID, sent.EnvironmentIdentifier = row.ID, ""
	return api.OK(sent)
}

// insert stores an environment unless an active one has the same name, or the same cluster and
// namespace.
func (s *Service) insert(row Row) (stored Row, ok bool) {
	defer s.lock.Hold()()
	for _, r := range s.table.Live() {
		if r.Name == row.Name || r.Identifier == row.Identifier || r.ClusterID == row.ClusterID && r.Namespace == row.Namespace {
			return Row{}, false
		}
	}
	s.lock.Pause()
	row.ID, ok = s.table.Insert(row)
	return row, ok
}

// update changes the production flag, the description, and active, which cannot be set to true
// again. It rejects another name or namespace, and silently ignores another cluster.
func (s *Service) update(who api.Identity, r *http.Request) api.Reply {
	sent, body, failure := decode(who, r, nil)
	if failure != nil {
		return *failure
	}
	s.rules.Write(r, body)
	row, ok := s.table.GetLive(sent.ID)
	switch {
	case !ok:
		return api.NotFound
	case row.Name != sent.Environment:
		return api.RawError(http.StatusConflict, "environment name cannot be changed")
	case row.Namespace != sent.Namespace:
		return api.RawError(http.StatusConflict, "namespace cannot be changed")
	}
	if _, ok := s.clusters.Get(sent.ClusterID); !ok {
		return api.NotFound
	}
	s.table.Update(row.ID, func(r *Row) { r.Production, r.Description, r.Active = sent.Default, sent.Description, sent.Active })
	sent.EnvironmentIdentifier = ""
	return api.OK(sent)
}

// delete validates the whole body but uses only the ID. It does not delete the namespace.
func (s *Service) delete(who api.Identity, r *http.Request) api.Reply {
	sent, body, failure := decode(who, r, nil)
	if failure != nil {
		return *failure
	}
	row, ok := s.table.GetLive(sent.ID)
	switch {
	case ok && row.Pipelines:
		return api.Error(http.StatusBadRequest, api.ErrorEntry{
			UserMessage: " Please delete all related cd pipelines before deleting this environment",
		})
	case !ok:
		return api.NotFound
	}
	s.rules.Delete(r, body, row.bean())
	s.table.Update(row.ID, func(r *Row) { r.Active = false })
	return api.OK("Environment deleted successfully.")
}
