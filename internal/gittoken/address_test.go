// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// FuzzAddress holds that a host is contacted only where it says, or where the public service has
// its API.
func FuzzAddress(f *testing.F) {
	for _, seed := range []string{
		"https://github.com", "https://api.github.com/", "http://www.github.com:80/x", "https://acme.ghe.com", "https://api.acme.ghe.com/api/v3",
		"https://git.corp/api/v3/", "https://gitlab.com/group", "https://corp/gitlab/api/v4", "https://dev.azure.com/acme", "https://acme.visualstudio.com",
		"https://bitbucket.org/", "http://[::1]:8443/a%2Fb", "https://corp/%25", "https://[fe80::1%25eth0]", "HTTPS://Git.Corp:443//", "https://ä.example/ö",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, host string) {
		u, err := weburl.Parse(host)
		if err != nil {
			return
		}
		for provider, definition := range definitions {
			a := addressOf(definition, u)
			if a.API == nil {
				continue
			}
			if !strings.HasSuffix(a.API.Path, "/") || a.API.RawQuery != "" || a.API.Fragment != "" || a.API.User != nil {
				t.Errorf("%s %q: the API is at %s", provider, host, a.API)
			}
			public := publicProvider(u.Hostname()) != ""
			if !public && weburl.Origin(a.API) != weburl.Origin(u) && !strings.HasSuffix(strings.ToLower(u.Hostname()), ".visualstudio.com") && provider != BitbucketCloud {
				t.Errorf("%s %q is asked at %s: the token would be sent elsewhere", provider, host, a.API)
			}
			if weburl.Normalize(weburl.Normalize(host)) != weburl.Normalize(host) {
				t.Errorf("%q becomes %q, and that %q", host, weburl.Normalize(host), weburl.Normalize(weburl.Normalize(host)))
			}
		}
	})
}

func TestAHostOfAnotherProviderIsNamed(t *testing.T) {
	for host, p := range map[string]Provider{
		"https://gitlab.com": GitHub, "https://Bitbucket.org/": GitHub, "https://github.com": GitLab, "https://acme.visualstudio.com": GitLab,
		"https://github.com/acme": AzureDevOps, "https://dev.azure.com/acme": BitbucketCloud, "https://octo.ghe.com": GitLab,
	} {
		u, err := weburl.Parse(host)
		if err != nil {
			t.Fatal(err)
		}
		a := addressOf(definitions[p], u)
		if a.API != nil || a.Problem == nil || a.Problem.Code != "wrong_provider" || a.Problem.Severity != Error || a.Problem.Attribute != inspect.AttributeHost {
			t.Errorf("%s for %s: %+v", host, p, a)
		}
	}
}
