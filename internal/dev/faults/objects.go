// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// objects are in the order of their dependencies.
var objects = []object{
	{
		name: "host_url", remains: true, posted: true,
		arguments: func(_ *sandbox.Sandbox, l level) string { return fmt.Sprintf("url = %q", hostURL(l)) },
		key:       func(level) string { return "host_url" },
		rows: func(box *sandbox.Sandbox) []row {
			value, ok := box.Devtron.Attributes.Value("url")
			if !ok {
				return nil
			}
			return []row{{level: levelOf(value == hostURL(changed))}}
		},
	},
	{
		name:      "project", // another name replaces it
		arguments: func(_ *sandbox.Sandbox, l level) string { return fmt.Sprintf("name = %q", projectName(l)) },
		key:       projectName,
		rows: func(box *sandbox.Sandbox) (rows []row) {
			for _, l := range []level{present, changed} {
				for _, r := range box.Devtron.Projects.Named(projectName(l)) {
					rows = append(rows, row{id: fmt.Sprint(r.ID), level: l})
				}
			}
			return rows
		},
	},
	{
		name: "cluster",
		arguments: func(box *sandbox.Sandbox, l level) string {
			return fmt.Sprintf("name = \"faults\"\n  server_url = %q\n  bearer_token = var.cluster\n  tls = { ca_certificate = %q }\n  production = %t",
				box.Cluster.URL(), box.Cluster.CACertificate, l == changed)
		},
		secret: func(w *worker, l level) string {
			if l == changed {
				return w.otherClusterToken
			}
			return w.box.Cluster.Token()
		},
		key: func(level) string { return "faults" },
		rows: func(box *sandbox.Sandbox) (rows []row) {
			for _, r := range box.Devtron.Clusters.Named("faults") {
				rows = append(rows, row{id: fmt.Sprint(r.ID), level: levelOf(r.Production), secret: r.Config.BearerToken})
			}
			return rows
		},
	},
	{
		name: "environment", needs: "cluster",
		arguments: func(_ *sandbox.Sandbox, l level) string {
			return fmt.Sprintf("name = \"faults\"\n  cluster_id = devtron_cluster.this.id\n  namespace = \"faults\"\n  production = %t", l == changed)
		},
		key: func(level) string { return "faults" },
		rows: func(box *sandbox.Sandbox) (rows []row) {
			for _, r := range box.Devtron.Environments.Named("faults") {
				rows = append(rows, row{id: fmt.Sprint(r.ID), level: levelOf(r.Production)})
			}
			return rows
		},
	},
	{
		name: "git_account",
		arguments: func(_ *sandbox.Sandbox, l level) string {
			return fmt.Sprintf("name = \"Faults\"\n  url = %q\n  username = \"octo\"\n  password = var.git_account\n  active = %t", gitAccountURL, l != changed)
		},
		secret: func(_ *worker, l level) string { return gitAccountPasswords[l] },
		key:    func(level) string { return gitAccountURL },
		rows: func(box *sandbox.Sandbox) (rows []row) {
			for _, r := range box.Devtron.GitAccounts.At(gitAccountURL) {
				rows = append(rows, row{id: fmt.Sprint(r.ID), level: levelOf(!r.Active), secret: r.Password})
			}
			return rows
		},
	},
	{
		name: "chart_repository", posted: true,
		arguments: func(box *sandbox.Sandbox, l level) string {
			url := box.Charts.PrivateURL()
			if l == changed { // another password, which this path accepts
				url = box.Charts.URL() + otherChartsPath
			}
			return fmt.Sprintf("name = \"faults\"\n  url = %q\n  username = %q\n  password = var.chart_repository\n  active = %t", url, sandbox.ChartsUsername, l != changed)
		},
		secret: func(w *worker, l level) string {
			if l == changed {
				return otherChartsPassword
			}
			return w.box.Charts.Password()
		},
		key: func(level) string { return "faults" },
		rows: func(box *sandbox.Sandbox) (rows []row) {
			for _, r := range box.Devtron.ChartRepositories.Named("faults") {
				rows = append(rows, row{id: fmt.Sprint(r.ID), level: levelOf(!r.Active), secret: r.Password})
			}
			return rows
		},
	},
	{
		name: "api_token",
		arguments: func(_ *sandbox.Sandbox, l level) string {
			return fmt.Sprintf("name = \"faults\"\n  description = %q\n  super_admin = %t", fmt.Sprint(l), l == changed)
		},
		key: func(level) string { return "faults" },
		rows: func(box *sandbox.Sandbox) []row {
			r, ok := box.Devtron.APITokens.Named("faults")
			if !ok {
				return nil
			}
			// Two requests write them.
			user, _ := box.Devtron.Users.Get(r.UserID)
			l := levelOf(user.SuperAdmin)
			if r.Description != fmt.Sprint(l) {
				l = absent
			}
			return []row{{id: fmt.Sprint(r.ID), level: l}}
		},
	},
}

// gitAccountURL is that of the git account.
const gitAccountURL = "https://git.example.com"

var gitAccountPasswords = map[level]string{present: "git-account-passw0rd", changed: "other-git-account-passw0rd"}

// A chart repository with another password.
const (
	otherChartsPath     = "/other"
	otherChartsPassword = "other-charts-passw0rd"
)

func hostURL(l level) string {
	return map[level]string{present: "https://devtron.example.com", changed: "https://deploy.example.com"}[l]
}

func projectName(l level) string { return map[level]string{present: "faults", changed: "faults-2"}[l] }

func levelOf(isChanged bool) level {
	if isChanged {
		return changed
	}
	return present
}
