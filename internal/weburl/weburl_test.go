// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package weburl

import (
	"net/url"
	"strings"
	"testing"
)

func TestSpellingsOfOneServerAreTheSame(t *testing.T) {
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
		if Same(c.a, c.b) != c.same || Same(c.b, c.a) != c.same {
			t.Errorf("Same(%q, %q) is not %v both ways", c.a, c.b, c.same)
		}
	}
}

func valid(host string) error {
	_, err := Parse(host)
	return err
}

func FuzzSame(f *testing.F) {
	f.Add("https://GitHub.com:443/", "https://github.com")
	f.Add("http://[::1%25eth0]:80/a//", "//x")
	f.Add("https://corp/a%2Fb", "https://corp/a/b")
	f.Fuzz(func(t *testing.T, a, b string) {
		if !Same(a, a) {
			t.Errorf("%q is not the same as itself", a)
		}
		if Same(a, b) != Same(b, a) {
			t.Errorf("%q and %q are the same one way only", a, b)
		}
		if valid(a) == nil && !Same(a, a+"/") {
			t.Errorf("%q differs from itself with a slash", a)
		}
		// One spelling stands for all that are the same, so that equality is transitive.
		if Same(a, b) != (Normalize(a) == Normalize(b)) || !Same(a, Normalize(a)) {
			t.Errorf("%q and %q: normally %q and %q", a, b, Normalize(a), Normalize(b))
		}
		if Same(a, b) && (valid(a) == nil) != (valid(b) == nil) {
			t.Errorf("%q and %q are the same, and one of them is not valid", a, b)
		}
	})
}

func TestAnInvalidAddressIsAnsweredWithWhatToWrite(t *testing.T) {
	for _, host := range []string{
		"https://github.com", "https://github.com/", "http://localhost:8080", "https://corp/gitlab/", "HTTPS://Git.Corp", "https://[::1]:8443", "https://octo.ghe.com",
	} {
		if err := valid(host); err != nil {
			t.Errorf("Parse(%q): %v", host, err)
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
		" https://github.com":              "spaces",
		"https://github.com\n":             "line breaks",
		"https://git hub.com":              "spaces",
		"https://git%zz.corp":              "not a URL",
		"https://corp:port":                "not a URL",
		"https://user:s3cret@git%zz.corp/": "user info",
	} {
		err := valid(host)
		if err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("Parse(%q): %v, want words %q", host, err, words)
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("Parse(%q) repeats the password: %v", host, err)
		}
	}
}

// TestOriginsTellServersApart covers what decides whether a token may follow a redirect.
func TestOriginsTellServersApart(t *testing.T) {
	for address, want := range map[string]string{
		"HTTPS://Git.Corp:443/a/b?c#d":   "https://git.corp",
		"http://git.corp:80":             "http://git.corp",
		"http://git.corp:443":            "http://git.corp:443",
		"https://[FE80::1%25eth0]:8443/": "https://[fe80::1%25eth0]:8443",
		"https://git.corp:":              "https://git.corp",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := Origin(u); got != want {
			t.Errorf("Origin(%q) = %q, want %q", address, got, want)
		}
		again, err := url.Parse(Origin(u))
		if err != nil || HostPort(again) != HostPort(u) {
			t.Errorf("%q does not keep its host: %v, %v", address, again, err)
		}
	}
}
