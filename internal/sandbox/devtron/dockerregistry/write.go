// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package dockerregistry

import (
	"cmp"
	"net/http"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// decode reads and validates the body of POST and PUT, and then checks the permission of the
// sender.
func decode(who api.Identity, r *http.Request) (DockerArtifactStoreBean, *api.Reply) {
	var sent DockerArtifactStoreBean
	_, failure := api.Decode(r, &sent)
	if failure == nil {
		failure = sent.validate()
	}
	if failure == nil {
		failure = sent.consistent()
	}
	if failure == nil && !who.SuperAdmin {
		failure = &api.UnauthorizedUser
	}
	return sent, failure
}

// create stores a registry or revives a deleted one. If there is no default registry, the new one
// becomes the default, although the reply repeats isDefault of the request.
func (s *Service) create(who api.Identity, r *http.Request) api.Reply {
	sent, failure := decode(who, r)
	if failure == nil {
		failure = s.checkCredentials(sent.row())
	}
	if failure != nil {
		return *failure
	}
	stored, exists := s.find(sent.ID)
	switch {
	case exists && !stored.Deleted:
		return api.Error(http.StatusInternalServerError, api.ErrorEntry{
			Code: "3001", InternalMessage: "docker registry failed to create in db",
			UserMessage: "Container registry [" + sent.ID + "] already exists.",
		})
	case exists:
		s.revive(stored, sent.row())
	default:
		s.insert(&sent)
	}
	return s.finish(sent)
}

func (s *Service) insert(sent *DockerArtifactStoreBean) {
	defer s.lock.Hold()()
	row := sent.row()
	if len(s.table.Where(func(r Row) bool { return r.Default })) == 0 {
		row.Default = true
	}
	s.clearOtherDefaults(row)
	if row.PullSecret != nil {
		row.PullSecret.ID, _ = s.secrets.Insert(*row.PullSecret)
		sent.DockerRegistryIpsConfig.ID = row.PullSecret.ID
	}
	_, _ = s.table.Insert(row)
}

// revive overwrites a deleted registry and keeps the ID of its pull secret.
func (s *Service) revive(stored, row Row) {
	defer s.lock.Hold()()
	s.keepSecretID(stored, &row)
	row.id = stored.id
	s.clearOtherDefaults(row)
	s.table.Update(row.id, func(r *Row) { *r = row })
}

// clearOtherDefaults clears the default flag of all other registries if the registry has it.
func (s *Service) clearOtherDefaults(to Row) {
	if !to.Default {
		return
	}
	for _, r := range s.table.Where(func(r Row) bool { return r.Default && r.Name != to.Name }) {
		s.table.Update(r.id, func(r *Row) { r.Default = false })
	}
}

func (s *Service) keepSecretID(stored Row, row *Row) {
	switch {
	case row.PullSecret == nil:
	case stored.PullSecret != nil:
		row.PullSecret.ID = stored.PullSecret.ID
		s.secrets.Update(stored.PullSecret.ID, func(p *PullSecret) { *p = *row.PullSecret })
	default:
		row.PullSecret.ID, _ = s.secrets.Insert(*row.PullSecret)
	}
}

// update replaces a registry, but keeps empty secrets and an empty certificate.
func (s *Service) update(who api.Identity, r *http.Request) api.Reply {
	sent, failure := decode(who, r)
	if failure != nil {
		return *failure
	}
	stored, ok := s.get(sent.ID)
	if !ok {
		return api.NotFound
	}
	sent.Password = cmp.Or(sent.Password, stored.Password)
	sent.AWSSecretAccessKey = cmp.Or(sent.AWSSecretAccessKey, stored.AWSSecretAccessKey)
	sent.Cert = cmp.Or(sent.Cert, stored.Certificate)
	row := sent.row()
	row.id, row.InUse, row.Plugin = stored.id, stored.InUse, stored.Plugin
	if failure := s.checkCredentials(row); failure != nil {
		return *failure
	}
	release := s.lock.Hold()
	s.keepSecretID(stored, &row)
	s.clearOtherDefaults(row)
	s.table.Update(row.id, func(r *Row) { *r = row })
	release()
	if row.PullSecret != nil {
		sent.DockerRegistryIpsConfig.ID = row.PullSecret.ID
	}
	return s.finish(sent)
}

// finish synchronizes the charts of the registry and returns the reply.
func (s *Service) finish(sent DockerArtifactStoreBean) api.Reply {
	if sent.OCIRegistryConfig[chart] != "" {
		if failure := s.job.Run(); failure != nil {
			return *failure
		}
	}
	return api.OK(sent)
}

// validate checks the credentials of a stored registry. For an unknown one, it returns an empty
// reply.
func (s *Service) validate(_ api.Identity, r *http.Request) api.Reply {
	var sent DockerArtifactStoreBean
	if _, failure := api.Decode(r, &sent); failure != nil {
		return *failure
	}
	if _, ok := s.get(sent.ID); ok {
		if failure := s.checkCredentials(sent.row()); failure != nil {
			return *failure
		}
	}
	return api.Empty
}

// delete validates the whole body but uses only the ID. It rejects the default registry.
func (s *Service) delete(who api.Identity, r *http.Request) api.Reply {
	var sent DockerArtifactStoreBean
	body, failure := api.Decode(r, &sent)
	if failure == nil {
		failure = sent.validate()
	}
	if failure == nil && !who.SuperAdmin {
		failure = &api.UnauthorizedUser
	}
	if failure != nil {
		return *failure
	}
	row, ok := s.get(sent.ID)
	switch {
	case ok && row.InUse:
		return api.RawError(http.StatusInternalServerError, " Please update all related docker config before deleting this registry")
	case !ok:
		return api.NotFound
	}
	s.rules.Delete(r, body, row.listItem())
	if row.Default {
		return api.RawError(http.StatusInternalServerError, "default registry can't be deleted")
	}
	s.table.Update(row.id, func(r *Row) { r.Deleted = true })
	return api.OK("Container Registry deleted successfully.")
}
