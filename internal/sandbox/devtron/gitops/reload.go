// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"net"
	"net/http"
	"net/url"
)

// register is what happens after the database took the row and before it is committed: with Argo CD, the group path is asked
// for, also where there was no dry run. A failure rolls the row back.
func (d *Service) register(row Row) error {
	if row.Provider != "GITLAB" || !d.ArgoCD() {
		return nil
	}
	return d.askGroup(row)
}

// reload is what every write that was stored ends with: the git clients of all rows are made anew, which asks GitLab for the
// group of each GITLAB row, and Azure DevOps for its routes. The client waits for it; errors are swallowed. The real server
// tries up to six times, this one once.
func (d *Service) reload() {
	for _, row := range d.table.all() {
		switch {
		case !onLoopback(row.Host):
		case row.Provider == "GITLAB":
			_ = d.askGroup(row)
		case row.Provider == "AZURE_DEVOPS":
			_, _ = d.connectAzure(row, "")
		}
	}
}

func (d *Service) askGroup(row Row) error {
	api, err := d.gitLabAPI(row)
	if err != nil {
		return err
	}
	return api.do(http.MethodGet, "groups/"+url.PathEscape(row.GitLabGroupID), nil, &struct{}{})
}

func onLoopback(host string) bool {
	u, err := url.Parse(host)
	return err == nil && (u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback())
}
