// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"strings"
	"testing"
)

func TestSameHost(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"https://github.com", "https://github.com/", true},
		{"https://GitHub.COM/", "https://github.com", true},
		{"HTTPS://github.com", "https://github.com", true},
		{"https://github.com:443/", "https://github.com", true},
		{"http://git.corp:80", "http://git.corp/", true},
		{"https://corp/gitlab", "https://corp/gitlab//", true},
		{"https://[::1]:443/", "https://[::1]", true},
		{"", "", true},
		{"not a url", "not a url", true},
		{"https://corp/gitlab", "https://corp/GitLab", false},
		{"https://corp/a%2Fb", "https://corp/a/b", false},
		{"http://git.corp:443", "https://git.corp", false},
		{"http://github.com", "https://github.com", false},
		{"https://github.com:8443", "https://github.com", false},
		{"https://github.com", "https://gitlab.com", false},
		{"https://github.com", "", false},
		{"https://github.com?x", "https://github.com", false},
		{"https://github.com ", "https://github.com", false},
		{"https://user@github.com", "https://github.com", false},
	} {
		if SameHost(c.a, c.b) != c.same || SameHost(c.b, c.a) != c.same {
			t.Errorf("SameHost(%q, %q) is not %v both ways", c.a, c.b, c.same)
		}
	}
}

func FuzzSameHost(f *testing.F) {
	f.Add("https://GitHub.com:443/", "https://github.com")
	f.Add("http://[::1%25eth0]:80/a//", "//x")
	f.Add("https://corp/a%2Fb", "https://corp/a/b")
	f.Fuzz(func(t *testing.T, a, b string) {
		if !SameHost(a, a) {
			t.Errorf("%q is not the same as itself", a)
		}
		if SameHost(a, b) != SameHost(b, a) {
			t.Errorf("%q and %q are the same one way only", a, b)
		}
		if ValidHost(a) == nil && !SameHost(a, a+"/") {
			t.Errorf("%q differs from itself with a slash", a)
		}
		// One spelling stands for all that are the same, so that equality is transitive.
		if SameHost(a, b) != (normalHost(a) == normalHost(b)) || !SameHost(a, normalHost(a)) {
			t.Errorf("%q and %q: normally %q and %q", a, b, normalHost(a), normalHost(b))
		}
		if SameHost(a, b) && (ValidHost(a) == nil) != (ValidHost(b) == nil) {
			t.Errorf("%q and %q are the same, and one of them is not valid", a, b)
		}
	})
}

func TestValidHost(t *testing.T) {
	for _, host := range []string{
		"https://github.com", "https://github.com/", "http://localhost:8080", "https://corp/gitlab/", "HTTPS://Git.Corp", "https://[::1]:8443", "https://octo.ghe.com",
	} {
		if err := ValidHost(host); err != nil {
			t.Errorf("ValidHost(%q): %v", host, err)
		}
	}
	for host, words := range map[string]string{
		"":                                 "empty",
		"github.com":                       "write https://github.com",
		"github.com:443":                   "write https://github.com:443",
		"//github.com":                     "write https://github.com",
		"ssh://git@github.com":             "user info",
		"ftp://github.com/x":               "write https://github.com/x",
		"https://":                         "names no server",
		"https://:443":                     "names no server",
		"https:///acme":                    "names no server",
		"https:github.com":                 "no scheme",
		"https://github.com?tab=x":         "query",
		"https://github.com/?":             "query",
		"https://github.com#top":           "fragment",
		"https://github.com/#":             "fragment",
		"https://user:s3cret@github.com":   "user info",
		" https://github.com":              "blanks",
		"https://github.com\n":             "line breaks",
		"https://git hub.com":              "blanks",
		"https://git%zz.corp":              "not a URL",
		"https://corp:port":                "not a URL",
		"https://user:s3cret@git%zz.corp/": "user info",
	} {
		err := ValidHost(host)
		if err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("ValidHost(%q): %v, want words %q", host, err, words)
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("ValidHost(%q) repeats the password: %v", host, err)
		}
	}
}

func TestAddress(t *testing.T) {
	const no = "" // no problem
	for _, c := range []struct {
		provider       Provider
		host, api, web string
		code           string
		severity       Severity
	}{
		{GitHub, "https://github.com/", "https://api.github.com/", "https://github.com", no, 0},
		{GitHub, "https://github.com", "https://api.github.com/", "https://github.com", no, 0},
		{GitHub, "https://GitHub.com", "https://api.github.com/", "https://github.com", "github_host", Error},
		{GitHub, "https://github.com:443/", "https://api.github.com/", "https://github.com", "github_host", Error},
		{GitHub, "https://www.github.com/", "https://api.github.com/", "https://github.com", "github_host", Error},
		{GitHub, "https://api.github.com", "https://api.github.com/", "https://github.com", "github_host", Error},
		{GitHub, "https://github.com/api/v3", "https://api.github.com/", "https://github.com", "github_host", Error},
		{GitHub, "https://github.com/acme", "https://api.github.com/", "https://github.com", "github_host", Warning},
		{GitHub, "http://github.com", "https://api.github.com/", "https://github.com", "github_host", Warning},
		{GitHub, "https://octo.ghe.com/", "https://api.octo.ghe.com/", "https://octo.ghe.com", "github_data_residency", Warning},
		{GitHub, "https://api.octo.ghe.com", "https://api.octo.ghe.com/", "https://octo.ghe.com", "github_data_residency", Warning},
		{GitHub, "https://ghe.corp", "https://ghe.corp/api/v3/", "https://ghe.corp", no, 0},
		{GitHub, "https://api.corp.com", "https://api.corp.com/api/v3/", "https://api.corp.com", no, 0},
		{GitHub, "https://git.api.corp:8443/sub/", "https://git.api.corp:8443/sub/api/v3/", "https://git.api.corp:8443/sub", no, 0},
		{GitHub, "https://ghe.corp/api/v3/", "https://ghe.corp/api/v3/", "https://ghe.corp", "github_host", Error},
		{GitHub, "https://gitlab.com", "", "", "wrong_provider", Error},
		{GitLab, "https://gitlab.com/", "https://gitlab.com/api/v4/", "https://gitlab.com", no, 0},
		{GitLab, "http://gitlab.com/", "https://gitlab.com/api/v4/", "https://gitlab.com", "gitlab_host", Warning},
		{GitLab, "https://gitlab.com/my-group", "https://gitlab.com/api/v4/", "https://gitlab.com", "gitlab_host", Error},
		{GitLab, "https://corp/gitlab", "https://corp/gitlab/api/v4/", "https://corp/gitlab", no, 0},
		{GitLab, "https://corp/gitlab/api/v4/", "https://corp/gitlab/api/v4/", "https://corp/gitlab", "gitlab_host", Warning},
		{GitLab, "http://localhost:8080", "http://localhost:8080/api/v4/", "http://localhost:8080", no, 0},
		{GitLab, "https://github.com", "", "", "wrong_provider", Error},
		{GitLab, "https://acme.visualstudio.com", "", "", "wrong_provider", Error},
		{GitHub, "https://Bitbucket.org/", "", "", "wrong_provider", Error},
		{AzureDevOps, "https://dev.azure.com/acme", "https://dev.azure.com/acme/", "https://dev.azure.com/acme", no, 0},
		{AzureDevOps, "https://Dev.Azure.com:443/acme/", "https://dev.azure.com/acme/", "https://dev.azure.com/acme", no, 0},
		{AzureDevOps, "http://dev.azure.com/acme", "https://dev.azure.com/acme/", "https://dev.azure.com/acme", "azure_host", Warning},
		{AzureDevOps, "https://dev.azure.com/", "", "", "azure_host", Error},
		{AzureDevOps, "https://dev.azure.com/acme/gitops", "", "", "azure_host", Error},
		{AzureDevOps, "https://dev.azure.com/acme/_apis", "https://dev.azure.com/acme/", "https://dev.azure.com/acme", "azure_host", Error},
		{AzureDevOps, "https://acme.visualstudio.com/", "https://acme.visualstudio.com/", "https://acme.visualstudio.com", no, 0},
		{AzureDevOps, "https://acme.visualstudio.com/DefaultCollection", "https://acme.visualstudio.com/DefaultCollection/", "https://acme.visualstudio.com/DefaultCollection", no, 0},
		{AzureDevOps, "https://tfs.corp:8443/tfs/a%20b/", "https://tfs.corp:8443/tfs/a%20b/", "https://tfs.corp:8443/tfs/a%20b", no, 0},
		{AzureDevOps, "https://tfs.corp/", "https://tfs.corp/", "https://tfs.corp", "azure_host", Warning},
		{AzureDevOps, "https://github.com/acme", "", "", "wrong_provider", Error},
		{BitbucketCloud, "https://bitbucket.org/", "https://api.bitbucket.org/2.0/", "https://bitbucket.org", no, 0},
		{BitbucketCloud, "https://BitBucket.org", "https://api.bitbucket.org/2.0/", "https://bitbucket.org", no, 0},
		{BitbucketCloud, "https://api.bitbucket.org/2.0", "https://api.bitbucket.org/2.0/", "https://bitbucket.org", "bitbucket_host", Warning},
		{BitbucketCloud, "http://bitbucket.org", "https://api.bitbucket.org/2.0/", "https://bitbucket.org", "bitbucket_host", Warning},
		{BitbucketCloud, "https://bitbucket.corp/", "", "", "bitbucket_host", Error},
		{BitbucketCloud, "https://dev.azure.com/acme", "", "", "wrong_provider", Error},
	} {
		u, err := parseHost(c.host)
		if err != nil {
			t.Fatal(err)
		}
		a := newAddress(c.provider, u)
		api := ""
		if a.api != nil {
			api = a.api.String()
			if a.web != c.web {
				t.Errorf("%s %s: web pages at %s, want %s", c.provider, c.host, a.web, c.web)
			}
		}
		if api != c.api {
			t.Errorf("%s %s: API at %q, want %q", c.provider, c.host, api, c.api)
		}
		switch {
		case c.code == no && a.problem != nil:
			t.Errorf("%s %s: %+v, want no problem", c.provider, c.host, a.problem)
		case c.code != no && (a.problem == nil || a.problem.Code != c.code || a.problem.Severity != c.severity || a.problem.Attribute != AttributeHost):
			t.Errorf("%s %s: problem %+v, want %s %s", c.provider, c.host, a.problem, c.severity, c.code)
		}
	}
}
