// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package azure

import (
	"net/url"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// The host names of Azure DevOps Services. In the older form, the organization is part of the name.
const (
	publicName  = "dev.azure.com"
	olderSuffix = ".visualstudio.com"
)

var publicNames = []string{publicName, olderSuffix}

// Address expects the host to be that of the organization: its API is at HOST/_apis.
func (inspector) Address(u *url.URL) inspect.Address {
	name := strings.ToLower(u.Hostname())
	path, hasAPI := strings.CutSuffix(strings.TrimRight(u.EscapedPath(), "/"), "/_apis")
	path = strings.TrimRight(path, "/")
	public := name == publicName && inspect.HasPublicPort(u)
	older := strings.HasSuffix(name, olderSuffix) && inspect.HasPublicPort(u)
	server := weburl.Origin(u)
	if public || older {
		server = "https://" + name
	}
	if public {
		if a := publicAddress(server, path); a.Problem != nil {
			return a
		}
	}
	web := server + path
	a := inspect.NewAddress(web+"/", web)
	switch {
	case hasAPI:
		a.Problem = inspect.HostError("azure_host", "The Azure DevOps host must not end in /_apis",
			"Devtron adds /_apis to the host.\nSet host = \""+web+"\".")
	case (public || older) && !strings.EqualFold(u.Scheme, "https"):
		a.Problem = inspect.HostWarning("azure_host", "The Azure DevOps host is not https", "Devtron would send the token unencrypted.\nSet host = \""+web+"\".")
	case path == "" && !older:
		a.Problem = inspect.HostWarning("azure_host", "The Azure DevOps host contains no organization",
			"Azure DevOps Server keeps projects in a collection, which is part of the address.\nSet host = \""+web+"/COLLECTION\".")
	}
	return a
}

// publicAddress is about the path on dev.azure.com, which is the organization and nothing else.
func publicAddress(server, path string) inspect.Address {
	organization, deeper, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	switch {
	case organization == "":
		return inspect.Address{Web: server, Problem: inspect.HostError("azure_host", "The Azure DevOps host must contain the organization",
			"Devtron expects the API at HOST/_apis, and dev.azure.com has one API for each organization.\nSet host = \"https://dev.azure.com/ORGANIZATION\".")}
	case deeper != "":
		web := server + "/" + organization
		return inspect.Address{Web: web, Problem: inspect.HostError("azure_host", "The Azure DevOps host must end with the organization",
			"Devtron would expect the API at "+server+path+"/_apis. The project belongs in azure_project.\nSet host = \""+web+"\".")}
	}
	return inspect.Address{}
}
