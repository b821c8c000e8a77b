// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"net/http"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// about returns the routes about the server and the user.
func (d *Devtron) about() api.Routes {
	return api.Routes{
		"GET /orchestrator/version":                aboutVersion,
		"GET /orchestrator/server":                 api.Known(aboutServer),
		"GET /orchestrator/module":                 api.Known(d.module),
		"GET /orchestrator/devtron/auth/verify":    api.Known(func(api.Identity, *http.Request) api.Reply { return api.OK(true) }),
		"GET /orchestrator/devtron/auth/verify/v2": api.Known(verifyV2),
		"GET /orchestrator/user/check/roles":       api.Known(checkRoles),
	}
}

// aboutVersion returns a commit instead of a version number. Its envelope has no status.
func aboutVersion(api.Identity, *http.Request) api.Reply {
	return api.Plain(http.StatusOK, struct {
		GitCommit  string `json:"gitCommit"`
		BuildTime  string `json:"buildTime"`
		ServerMode string `json:"serverMode"`
	}{"c6520431f4", "2026-11-22T08:28:19Z", "FULL"})
}

func aboutServer(api.Identity, *http.Request) api.Reply {
	return api.OK(struct {
		CurrentVersion   string `json:"currentVersion"`
		Status           string `json:"status"`
		ReleaseName      string `json:"releaseName"`
		InstallationType string `json:"installationType"`
	}{"v2.2.0", "healthy", "devtron", "oss_helm"})
}

// module knows only argo-cd. For other modules, a real Devtron sends a request to a server on the
// internet.
func (d *Devtron) module(_ api.Identity, r *http.Request) api.Reply {
	name := r.URL.Query().Get("name")
	switch {
	case name == "":
		return api.OK(nil)
	case name == "argo-cd" && d.ArgoCD():
		return api.OK(struct {
			Name            string `json:"name"`
			Status          string `json:"status"`
			ResourcesStatus any    `json:"moduleResourcesStatus"`
			Enabled         bool   `json:"enabled"`
		}{name, "installed", nil, true})
	default:
		return api.RawError(http.StatusInternalServerError,
			`Get "https://api.devtron.ai/module?name=`+name+`": dial tcp: `+server.NoSuchHost("api.devtron.ai").Error())
	}
}

func verifyV2(who api.Identity, _ *http.Request) api.Reply {
	return api.OK(struct {
		EmailID      string `json:"emailId"`
		IsSuperAdmin bool   `json:"isSuperAdmin"`
		IsVerified   bool   `json:"isVerified"`
	}{who.Email, who.SuperAdmin, true})
}

func checkRoles(who api.Identity, _ *http.Request) api.Reply {
	var roles []string
	if who.SuperAdmin {
		roles = []string{"role:super-admin___"}
	}
	return api.OK(struct {
		Roles      []string `json:"roles"`
		SuperAdmin bool     `json:"superAdmin"`
	}{roles, who.SuperAdmin})
}
