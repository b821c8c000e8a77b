// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package chartrepository

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

func TestURLs(t *testing.T) {
	for value, want := range map[string]string{
		"https://charts.example.com":              "",
		"https://charts.example.com/stable/":      "",
		"http://charts.example.com:8080/a?b=c":    "",
		"https://[::1]/charts":                    "",
		"":                                        "url is empty",
		" https://charts.example.com":             "begins with a space",
		"charts.example.com/stable":               `for example "https://charts.example.com/stable".`,
		"ftp://charts.example.com":                "with http or https",
		"https://":                                "not an address with a host",
		"https://charts example.com":              "not an address with a host",
		"https://reader:secret@charts.example":    "contains a user name",
		"reader:secret@charts.example":            "not an address with a host",
		"https://charts.example.com/a/index.yaml": "ends with /index.yaml",
		"OCI://ghcr.io/acme":                      "devtron_container_registry",
		"https://" + strings.Repeat("a", 250):     "at most 250",
	} {
		p := urlRules.Validate(rule.Argument{Name: "url"}, value)
		switch {
		case p == nil && want != "":
			t.Errorf("%q is accepted", value)
		case p != nil && (want == "" || !strings.Contains(p.Summary+" "+p.Detail, want)):
			t.Errorf("%q: %+v, want %q", value, *p, want)
		case p != nil && strings.Contains(p.Detail, "secret"):
			t.Errorf("%q is quoted", value)
		}
	}
}

func TestNames(t *testing.T) {
	for name, valid := range map[string]bool{
		"abc": true, "acme-charts": true, "a-1": true, "123": true, strings.Repeat("a", 63): true,
		"": false, "ab": false, "-ab": false, "ab-": false, "Acme": false, "a.b": false, "a_b": false, "a b": false, strings.Repeat("a", 64): false,
	} {
		if got := nameProblem(name) == nil; got != valid {
			t.Errorf("%q: got %t", name, got)
		}
	}
}

func TestAccounts(t *testing.T) {
	for value, want := range map[string]string{
		"reader": "", " pass word ": "", "": "is empty", "p\n": "ends with a line break", "p\nq": "in the middle", strings.Repeat("p", 251): "at most 250",
	} {
		p := accountRules.Validate(rule.Argument{Name: "password"}, value)
		if (p == nil) != (want == "") || p != nil && !strings.Contains(p.Summary+" "+p.Detail, want) {
			t.Errorf("%q: %+v, want %q", value, p, want)
		}
	}
}

// TestChartRepositoriesShareTheLockOfTheChartSynchronization with registries: Devtron has one job
// for both.
func TestChartRepositoriesShareTheLockOfTheChartSynchronization(t *testing.T) {
	if got := chartRepositories(&devtron.Client{}).Lock; got != reconcile.ChartSync {
		t.Errorf("got %q", got)
	}
}
