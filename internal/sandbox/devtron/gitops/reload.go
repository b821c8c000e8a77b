// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"net"
	"net/http"
	"net/url"
)

// registerInArgoCD runs before a write is committed. With Argo CD, Devtron requests the path of the
// GitLab group, even without a dry run. If this fails, it discards the write.
func (s *Service) registerInArgoCD(row Row) error {
	if row.Provider != "GITLAB" || !s.ArgoCD() {
		return nil
	}
	return s.requestGroup(row)
}

// reload runs after every stored write, and the client waits for it. Devtron recreates the git
// clients of all configurations. So it requests the group of each GitLab configuration and the
// routes of each Azure DevOps configuration. It ignores errors. A real Devtron tries up to six
// times, the sandbox only once.
func (s *Service) reload() {
	for _, row := range s.table.LiveByID() {
		switch {
		case !isLoopback(row.Host):
		case row.Provider == "GITLAB":
			_ = s.requestGroup(row)
		case row.Provider == "AZURE_DEVOPS":
			_, _ = s.connectAzure(row, "")
		}
	}
}

func (s *Service) requestGroup(row Row) error {
	api, err := s.gitLabAPI(row)
	if err != nil {
		return err
	}
	return api.do(http.MethodGet, "groups/"+url.PathEscape(row.GitLabGroupID), nil, &struct{}{})
}

// isLoopback reports whether a host is on this machine.
func isLoopback(host string) bool {
	u, err := url.Parse(host)
	return err == nil && (u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback())
}
