// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package hosturl

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

func TestHostURLs(t *testing.T) {
	const wanted = "https://devtron.acme.example"
	for value, valid := range map[string]bool{
		wanted: true, wanted + "/": true, "HTTPS://Devtron.acme.example": true, "http://devtron.internal:8080": true, "https://[::1]:8443/devtron/": true,
		"devtron.acme.example": false, "devtron.acme.example:443": false, "ftp://devtron.acme.example": false, "https://": false, "https://:443": false,
		"https:///path": false, "https:devtron": false, wanted + "?a=b": false, wanted + "?": false, wanted + "#top": false, wanted + "#": false,
		"https://me:hunter2@devtron.acme.example": false, "https://me:hunter2@devtron.acme.example:x": false, "https://dev tron": false, wanted + ":x": false, wanted + ":99999": false,
	} {
		problem := validURL(rule.Argument{Name: "url"}, value)
		if (problem == nil) != valid {
			t.Errorf("%s: %+v", value, problem)
		}
		if problem != nil && strings.Contains(problem.Detail, "hunter2") {
			t.Errorf("the message has the password: %s", problem.Detail)
		}
	}
}

func TestTrailingSlashesMakeNoDifference(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"https://a", "https://a/", true},
		{"https://a//", "https://a", true},
		{"https://a/b", "https://a/b/", true},
		{"https://a", "https://b", false},
		{"https://a/b", "https://a", false},
		{"https://a", "http://a", false},
	} {
		if same(c.a, c.b) != c.same {
			t.Errorf("%s and %s", c.a, c.b)
		}
	}
}
