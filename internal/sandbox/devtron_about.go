// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import "net/http"

// about answers the routes that tell about the server and the user; nil for any other.
func (d *Devtron) about(method, path string) handler {
	if method != http.MethodGet {
		return nil
	}
	switch path {
	case "/orchestrator/version":
		return aboutVersion
	case "/orchestrator/server":
		return known(aboutServer)
	case "/orchestrator/module":
		return known(d.module)
	case "/orchestrator/devtron/auth/verify":
		return known(func(identity, *http.Request) reply { return okReply(true) })
	case "/orchestrator/devtron/auth/verify/v2":
		return known(verifyV2)
	case "/orchestrator/user/check/roles":
		return known(checkRoles)
	}
	return nil
}

// aboutVersion has a commit and no version number, and no status in its envelope.
func aboutVersion(identity, *http.Request) reply {
	return reply{http.StatusOK, plainEnvelope{http.StatusOK, struct {
		GitCommit  string `json:"gitCommit"`
		BuildTime  string `json:"buildTime"`
		ServerMode string `json:"serverMode"`
	}{"c6520431f4", "2026-11-22T08:28:19Z", "FULL"}}}
}

func aboutServer(identity, *http.Request) reply {
	return okReply(struct {
		CurrentVersion   string `json:"currentVersion"`
		Status           string `json:"status"`
		ReleaseName      string `json:"releaseName"`
		InstallationType string `json:"installationType"`
	}{"v2.2.0", "healthy", "devtron", "oss_helm"})
}

// module tells about argo-cd alone. Where it is not installed the real server asks its maker's, which a sandbox never does.
func (d *Devtron) module(_ identity, r *http.Request) reply {
	name := r.URL.Query().Get("name")
	switch {
	case name == "":
		return okReply(nil)
	case name == "argo-cd" && d.argoCD.Load():
		return okReply(struct {
			Name            string `json:"name"`
			Status          string `json:"status"`
			ResourcesStatus any    `json:"moduleResourcesStatus"`
			Enabled         bool   `json:"enabled"`
		}{name, "installed", nil, true})
	default:
		return rawError(http.StatusInternalServerError,
			`Get "https://api.devtron.ai/module?name=`+name+`": dial tcp: `+noSuchHost("api.devtron.ai").Error())
	}
}

func verifyV2(who identity, _ *http.Request) reply {
	return okReply(struct {
		EmailID      string `json:"emailId"`
		IsSuperAdmin bool   `json:"isSuperAdmin"`
		IsVerified   bool   `json:"isVerified"`
	}{who.email, who.superAdmin, true})
}

func checkRoles(who identity, _ *http.Request) reply {
	var roles []string
	if who.superAdmin {
		roles = []string{"role:super-admin___"}
	}
	return okReply(struct {
		Roles      []string `json:"roles"`
		SuperAdmin bool     `json:"superAdmin"`
	}{roles, who.superAdmin})
}
