// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// unreachableCases are replies that say nothing about the token. A plan has to work offline. Other
// tests cover timeouts and certificates: see TestUnresponsiveHostTakesTenSeconds and
// TestCheckUsesTLSOfResource.
func unreachableCases() []checkCase {
	const row = "429, rate 403, 5xx, network, timeout, TLS, HTML"
	// The middle of a minute: the header may contain a number of seconds, which makes the second
	// uncertain.
	lifts := time.Now().Truncate(time.Minute).Add(20*time.Minute + 30*time.Second)
	liftsAt := "The limit resets at " + lifts.UTC().Format("2006-01-02 15:04:")
	limited := func(how string) func(*sandbox.Sandbox, string) {
		return asOwner(sandbox.GitHubToken{Scopes: allScopes(), RateLimited: how, RateLimitReset: lifts})
	}
	cases := []checkCase{
		{row: row, name: "429", serve: limited("429"), want: []expected{warns("token", "could not be checked: rate limit", liftsAt)}},
		{row: row, name: "rate 403", serve: limited("primary"), want: []expected{warns("token", "could not be checked: rate limit", liftsAt)}},
		{row: row, name: "secondary rate 403", serve: limited("secondary"), want: []expected{warns("token", "could not be checked: rate limit", liftsAt)}},
		{
			row: row, name: "GitLab 429", serve: inGroup(sandbox.GitLabToken{Scopes: []string{"api"}, RateLimited: true, RateLimitReset: lifts}),
			want: []expected{warns("token", "could not be checked: rate limit", liftsAt)},
		},
		{
			row: row, name: "Azure 429", serve: withAzureToken(sandbox.AzureToken{RateLimited: true, RateLimitReset: lifts}),
			want: []expected{warns("token", "could not be checked: rate limit", liftsAt)},
		},
		{
			row: row, name: "Bitbucket 429", serve: withBitbucketToken(sandbox.BitbucketToken{Kind: "workspace", RateLimited: true}),
			want: []expected{warns("token", "could not be checked: rate limit", "does not report when the limit resets")},
		},
	}
	for name, f := range map[string]struct {
		fault sandbox.Fault
		words []string
	}{
		"5xx":       {sandbox.Fault{Status: 502, Body: "<html>bad gateway</html>", ContentType: "text/html"}, []string{"HTTP 502", "proxy or load balancer"}},
		"reset":     {sandbox.Fault{Reset: true}, []string{"host not reachable", "Devtron itself may be able to reach the host"}},
		"truncated": {sandbox.Fault{Status: 200, Body: `{"id":1,"login":"acme-bot"}`, ContentType: "application/json", Truncate: 9}, []string{"host not reachable"}},
		"HTML":      {sandbox.Fault{Status: 200, Body: "<html>Sign in</html>", ContentType: "text/html"}, []string{"API at the host", "login page, proxy, or gateway"}},
		"HTML 403":  {sandbox.Fault{Status: 403, Body: "<html>Blocked</html>", ContentType: "text/html"}, []string{"API at the host"}},
		"JSON 401 of a gateway": {
			sandbox.Fault{Status: 401, Body: `{"error":"forbidden by gateway"}`, ContentType: "application/json"}, []string{"API at the host", "forbidden by gateway", "This says nothing about the token"},
		},
		"too long": {
			sandbox.Fault{Status: 200, Body: `{"id":1,"login":"` + strings.Repeat("x", 2<<20) + `"}`, ContentType: "application/json"}, []string{"response too long", "was not checked"},
		},
		"redirect": {
			sandbox.Fault{Status: 302, Header: http.Header{"Location": {"http://127.0.0.2:9/login"}}},
			[]string{"it redirects to http://127.0.0.2:9, where the token is not sent"},
		},
	} {
		words := append([]string{"could not be checked"}, f.words...)
		cases = append(cases,
			checkCase{row: row, name: name, serve: func(box *sandbox.Sandbox, _ string) { box.GitHub.Inject(f.fault) }, want: []expected{warns("host", words...)}},
			checkCase{row: row, name: "GitLab " + name, serve: func(box *sandbox.Sandbox, _ string) { box.GitLab.Inject(f.fault) }, want: []expected{warns("host", words...)}},
			checkCase{row: row, name: "Azure " + name, serve: func(box *sandbox.Sandbox, _ string) { box.Azure.Inject(f.fault) }, want: []expected{warns("host", words...)}},
			checkCase{row: row, name: "Bitbucket " + name, serve: func(box *sandbox.Sandbox, _ string) { box.Bitbucket.Inject(f.fault) }, want: []expected{warns("host", words...)}})
	}
	cases = append(cases,
		// The connection is refused, or reset if the listener has already accepted it.
		checkCase{row: row, name: "network", serve: func(box *sandbox.Sandbox, _ string) { box.GitHub.Stop() }, want: []expected{warns("host", "host not reachable", "connection re")}},
		checkCase{row: row, name: "GitLab network", serve: func(box *sandbox.Sandbox, _ string) { box.GitLab.Stop() }, want: []expected{warns("host", "host not reachable", "connection re")}},
		checkCase{row: row, name: "Azure network", serve: func(box *sandbox.Sandbox, _ string) { box.Azure.Stop() }, want: []expected{warns("host", "host not reachable", "connection re")}},
		// The proxy reports that it cannot connect.
		checkCase{row: row, name: "Bitbucket network", serve: func(box *sandbox.Sandbox, _ string) { box.Bitbucket.Stop() }, want: []expected{warns("host", "host not reachable", "HTTPS_PROXY")}})
	for i := range cases {
		cases[i].data = answer{verdict: "unverifiable"}
		if strings.HasPrefix(cases[i].name, "Azure ") {
			cases[i].data.kind = "personal"
		}
		if !strings.Contains(cases[i].name, " ") || !slices.Contains([]string{"GitLab", "Azure", "Bitbucket"}, strings.Fields(cases[i].name)[0]) {
			cases[i].data.kind = "classic"
		}
	}
	return cases
}
