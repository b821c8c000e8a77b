// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package bitbucket

import (
	"net/url"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

const (
	webURL  = "https://bitbucket.org"
	apiURL  = "https://api.bitbucket.org/2.0/"
	hostFix = "Omit host, or set host = \"" + webURL + "/\"."
)

var publicNames = []string{"bitbucket.org", "www.bitbucket.org", "api.bitbucket.org"}

// Address is the same for every host, because Devtron always uses api.bitbucket.org. No other host
// is asked: the token may be for that host alone.
func (inspector) Address(u *url.URL) inspect.Address {
	if !inspect.IsPublicName(publicNames, u.Hostname()) {
		return inspect.Address{Web: webURL, Problem: inspect.HostError("bitbucket_host", "Bitbucket Cloud has one host",
			"Devtron always uses https://api.bitbucket.org and does not support a self-managed Bitbucket.\n"+hostFix)}
	}
	a := inspect.NewAddress(apiURL, webURL)
	if !weburl.Same(u.String(), webURL) {
		a.Problem = inspect.HostWarning("bitbucket_host", "Unusual Bitbucket host",
			"Devtron always uses https://api.bitbucket.org, and its dry run replaces the host with "+webURL+"/.\n"+hostFix)
	}
	return a
}
