// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"strings"
	"testing"
)

func TestParseBaseURLAcceptsWhatPeopleCopy(t *testing.T) {
	for raw, want := range map[string]string{
		"https://h":                               "https://h/orchestrator",
		"https://h/":                              "https://h/orchestrator",
		"https://h//":                             "https://h/orchestrator",
		"https://h/orchestrator":                  "https://h/orchestrator",
		"https://h/orchestrator/":                 "https://h/orchestrator",
		"https://h//orchestrator//":               "https://h/orchestrator",
		"https://h/orchestrator/gitops/config":    "https://h/orchestrator",
		"https://h/dashboard":                     "https://h/orchestrator",
		"https://h/dashboard/app/list?x=1#/y":     "https://h/orchestrator",
		"https://h/sub/path":                      "https://h/sub/path/orchestrator",
		"https://h/sub/orchestrator/":             "https://h/sub/orchestrator",
		"https://h/sub//dashboard/global-config/": "https://h/sub/orchestrator",
		"https://h/my-orchestrator":               "https://h/my-orchestrator/orchestrator",
		"https://h/a%2Fb/orchestrator":            "https://h/a%2Fb/orchestrator",
		"https://h/a b":                           "https://h/a%20b/orchestrator",
		"HTTPS://Devtron.Example.COM/Sub":         "https://devtron.example.com/Sub/orchestrator",
		"https://h:443/":                          "https://h/orchestrator",
		"http://h:80":                             "http://h/orchestrator",
		"http://h:443":                            "http://h:443/orchestrator",
		"http://h:":                               "http://h/orchestrator",
		"https://h:8443/orchestrator":             "https://h:8443/orchestrator",
		"http://127.0.0.1:32080":                  "http://127.0.0.1:32080/orchestrator",
		"http://[::1]:8080/":                      "http://[::1]:8080/orchestrator",
		"https://[2001:DB8::443]:443":             "https://[2001:db8::443]/orchestrator",
	} {
		base, err := ParseBaseURL(raw)
		if err != nil {
			t.Errorf("%s: %v", raw, err)
			continue
		}
		if base.String() != want {
			t.Errorf("%s: got %s, want %s", raw, base, want)
		}
		if route := base.Route("gitops/config"); route != want+"/gitops/config" {
			t.Errorf("%s: route %s", raw, route)
		}
		if again, err := ParseBaseURL(base.String()); err != nil || again.String() != want {
			t.Errorf("%s: parsing its own output gives %v, %v", raw, again, err)
		}
	}
}

func TestParseBaseURLSaysWhatIsWrong(t *testing.T) {
	for raw, word := range map[string]string{
		"":                                 "https://",
		"devtron.example.com":              `"devtron.example.com" does not begin with https:// (or http://); write https://devtron.example.com`,
		"devtron.example.com:8080":         "write https://devtron.example.com:8080",
		"devtron.example.com/sub":          "write https://devtron.example.com/sub",
		"10.0.0.1:32080/dashboard":         "write https://10.0.0.1:32080/dashboard",
		"localhost:8080":                   "write https://localhost:8080",
		"[::1]:8080":                       "write https://[::1]:8080",
		"ftp://h":                          `"ftp"`,
		"//h":                              "write https://h",
		"https:h":                          "write https://h",
		"HTTPS:/h":                         "write https://h",
		"admin:s3cr3t@h":                   "write for example https://devtron.example.com",
		"h?token=s3cr3t":                   "write for example https://devtron.example.com",
		"eyJhbGciOiJIUzI1NiJ9.s3cr3t.c2ln": "looks like an API token",
		"https://":                         "no host",
		"https:///orchestrator":            "no host",
		"https://:443":                     "no host",
		" https://h":                       "white space",
		"https://h\n":                      "white space",
		"https://h\x7f":                    "not a URL",
		"https://h/%zz":                    "not a URL",
		"https://h:port":                   "not a URL",
		"https://admin:s3cr3t@h":           "user name or password",
		"https://admin:s3cr3t@h:bad":       "not a URL",
	} {
		base, err := ParseBaseURL(raw)
		if err == nil {
			t.Errorf("%q: accepted as %s", raw, base)
			continue
		}
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q: %q does not say %q", raw, err, word)
		}
		if strings.Contains(err.Error(), "s3cr3t") {
			t.Errorf("%q: the message shows the password: %s", raw, err)
		}
		if _, err := New(Options{URL: raw}); err == nil {
			t.Errorf("%q: New accepts it", raw)
		}
	}
}

func TestCleartext(t *testing.T) {
	for raw, want := range map[string]bool{
		"http://devtron.example.com":    true,
		"http://10.0.0.1":               true,
		"http://[2001:db8::1]":          true,
		"http://localhost.example.com":  true,
		"http://notlocalhost":           true,
		"https://devtron.example.com":   false,
		"http://localhost:32080":        false,
		"http://LOCALHOST":              false,
		"http://devtron.localhost:8080": false,
		"http://127.0.0.1":              false,
		"http://127.1.2.3:80":           false,
		"http://[::1]:8080":             false,
	} {
		base, err := ParseBaseURL(raw)
		if err != nil {
			t.Errorf("%s: %v", raw, err)
			continue
		}
		if base.Cleartext() != want {
			t.Errorf("%s: cleartext %v, want %v", raw, !want, want)
		}
	}
}
