// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab

import (
	"net/url"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

const (
	publicName = "gitlab.com"
	publicFix  = `Set host = "https://gitlab.com/".`
	apiPath    = "/api/v4"
)

func (inspector) Address(u *url.URL) inspect.Address {
	path, hasAPI := strings.CutSuffix(strings.TrimRight(u.EscapedPath(), "/"), apiPath)
	path = strings.TrimRight(path, "/")
	web := weburl.Origin(u) + path
	if strings.EqualFold(u.Hostname(), publicName) && inspect.HasPublicPort(u) {
		return publicAddress(u, path, web)
	}
	a := inspect.NewAddress(web+apiPath+"/", web)
	if hasAPI {
		a.Problem = inspect.HostWarning("gitlab_host", "The host should not end in /api/v4",
			"Devtron adds /api/v4 to the host itself. It also uses the host as the address of the repositories, where /api/v4 is wrong.\nSet host = \""+web+"\".")
	}
	return a
}

func publicAddress(u *url.URL, path, web string) inspect.Address {
	a := inspect.NewAddress("https://"+publicName+apiPath+"/", "https://"+publicName)
	switch {
	case path != "":
		a.Problem = inspect.HostError("gitlab_host", "The GitLab host must not contain a group",
			"Devtron would expect GitLab's API at "+web+apiPath+", which does not exist. The group belongs in group_id.\n"+publicFix)
	case !strings.EqualFold(u.Scheme, "https"):
		a.Problem = inspect.HostWarning("gitlab_host", "The GitLab host is not https", "Devtron would send the token unencrypted.\n"+publicFix)
	}
	return a
}
