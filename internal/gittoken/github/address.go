// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"net/url"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

const (
	publicName      = "github.com"
	publicFix       = `Set host = "https://github.com/".`
	residencySuffix = ".ghe.com" // GitHub Enterprise Cloud with data residency
)

// Address does not use the rules of go-github, which assume that a host named api.corp.com needs no
// /api/v3 and which send data-residency hosts to the wrong place.
func (inspector) Address(u *url.URL) inspect.Address {
	name := strings.ToLower(u.Hostname())
	path, hasAPI := strings.CutSuffix(strings.TrimRight(u.EscapedPath(), "/"), "/api/v3")
	path = strings.TrimRight(path, "/")
	switch {
	case inspect.IsPublicName([]string{publicName, "www." + publicName, "api." + publicName}, name) && inspect.HasPublicPort(u):
		return publicAddress(u, path, hasAPI)
	case strings.HasSuffix(name, residencySuffix):
		return residencyAddress(strings.TrimPrefix(strings.TrimSuffix(name, residencySuffix), "api."))
	}
	web := weburl.Origin(u) + path
	a := inspect.NewAddress(web+"/api/v3/", web)
	if hasAPI {
		a.Problem = inspect.HostError("github_host", "The host must not end in /api/v3",
			"Devtron adds /api/v3 to the host, and "+web+"/api/v3/api/v3 does not exist.\nSet host = \""+web+"\".")
	}
	return a
}

func publicAddress(u *url.URL, path string, hasAPI bool) inspect.Address {
	a := inspect.NewAddress("https://api."+publicName+"/", "https://"+publicName)
	switch {
	// Devtron uses api.github.com only for a host that is spelled exactly github.com.
	case u.Host != publicName || hasAPI:
		a.Problem = inspect.HostError("github_host", "Devtron cannot use this GitHub host",
			"For any host but github.com, Devtron expects the API at HOST/api/v3 and gives Argo CD credentials for HOST/ORGANIZATION. Neither exists on this host.\n"+publicFix)
	case path != "" || !strings.EqualFold(u.Scheme, "https"):
		a.Problem = inspect.HostWarning("github_host", "Unusual GitHub host",
			"Devtron gives Argo CD credentials for HOST/ORGANIZATION, and GitHub does not keep repositories there for this host.\n"+publicFix)
	}
	return a
}

func residencyAddress(subdomain string) inspect.Address {
	api := "https://api." + subdomain + residencySuffix + "/"
	a := inspect.NewAddress(api, "https://"+subdomain+residencySuffix)
	a.Problem = inspect.HostWarning("github_data_residency", "Devtron may not work with GitHub data residency",
		"GitHub's API for this host is at "+api+", but Devtron adds /api/v3 to the host. The check uses the right address; Devtron itself may not.\n"+
			"Only Devtron's dry run shows whether it works: it needs Argo CD and allow_custom_repository = false.")
	return a
}
