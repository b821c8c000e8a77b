// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// unreachableRows are the rows that all providers share: everything but an answer about the token.
func unreachableRows(q Question, api string, server func(*sandbox.Sandbox) *sandbox.Server) []row {
	both := func(class FailureClass, status int, message string, until time.Time) Facts {
		r := failed(class, status, message)
		r.Failure.Until = until
		return Facts{Token: TokenFacts{Reply: r}, Target: TargetFacts{Reply: r}}
	}
	fault := func(f sandbox.Fault) func(*sandbox.Sandbox, Question) {
		return func(s *sandbox.Sandbox, _ Question) {
			f.Path = api
			server(s).Inject(f)
		}
	}
	name := gitProviders[q.Provider].name
	// In the middle of a minute: a limit told in whole seconds from now must not end up in another.
	lifts := time.Now().Add(20 * time.Minute).Truncate(time.Minute).Add(30 * time.Second)
	told, until := "The limit lifts at "+lifts.UTC().Format("2006-01-02 15:04:"), lifts
	if q.Provider == BitbucketCloud {
		told, until = "The host did not say when the limit lifts", time.Time{}
	}
	limited := func(s *sandbox.Sandbox, q Question) {
		switch q.Provider {
		case GitHub:
			s.GitHub.AddToken(sandbox.GitHubToken{Token: q.Token, RateLimited: "429", RateLimitReset: lifts})
		case GitLab:
			s.GitLab.AddToken(sandbox.GitLabToken{Token: q.Token, RateLimited: true, RateLimitReset: lifts})
		case AzureDevOps:
			s.Azure.AddToken(sandbox.AzureToken{Token: q.Token, RateLimited: true, RateLimitReset: lifts})
		case BitbucketCloud:
			s.Bitbucket.AddToken(sandbox.BitbucketToken{Token: q.Token, RateLimited: true})
		}
	}
	rows := []row{
		{
			name: name + " 429", q: q, facts: both(FailRateLimited, 429, "Retry later", until), serve: limited, verdict: Unverifiable,
			want: []want{problem(Warning, AttributeToken, "rate_limited", told)},
		},
		{
			name: name + " 5xx", q: q, facts: both(FailServer, 502, "", time.Time{}), serve: fault(sandbox.Fault{Status: 502, Body: "<html>bad gateway</html>", ContentType: "text/html"}),
			want: []want{problem(Warning, AttributeHost, "server_error", "502")}, verdict: Unverifiable,
		},
		{
			name: name + " network", q: q, facts: both(FailUnreachable, 0, "dial tcp: connect: connection refused", time.Time{}), // refused, or reset where the listener had it already
			serve: func(s *sandbox.Sandbox, _ Question) { server(s).Stop() },
			want:  []want{problem(Warning, AttributeHost, "unreachable", "connection re", "Devtron itself may well reach the host")}, verdict: Unverifiable,
		},
		{
			name: name + " connection reset", q: q, facts: both(FailUnreachable, 0, "EOF", time.Time{}), serve: fault(sandbox.Fault{Reset: true}),
			want: []want{problem(Warning, AttributeHost, "unreachable")}, verdict: Unverifiable,
		},
		{
			name: name + " HTML with 200", q: q, facts: both(FailNotAPI, 0, "invalid character '<' looking for beginning of value", time.Time{}),
			serve: fault(sandbox.Fault{Status: 200, Body: "<html>Sign in</html>", ContentType: "text/html"}),
			want:  []want{problem(Warning, AttributeHost, "not_the_api", "no "+name+" API there")}, verdict: Unverifiable,
		},
		{
			name: name + " HTML with 403", q: q, facts: both(FailNotAPI, 403, "", time.Time{}),
			serve: fault(sandbox.Fault{Status: 403, Body: "<html>Blocked</html>", ContentType: "text/html; charset=utf-8"}),
			want:  []want{problem(Warning, AttributeHost, "not_the_api")}, verdict: Unverifiable,
		},
		{
			name: name + " another server's 404", q: q, facts: both(FailNotAPI, 404, "404 page not found", time.Time{}),
			serve: fault(sandbox.Fault{Status: 404, Body: "404 page not found\n", ContentType: "text/plain"}),
			want:  []want{problem(Warning, AttributeHost, "not_the_api")}, verdict: Unverifiable,
		},
		{
			name: name + " truncated", q: q, facts: both(FailUnreachable, 0, "unexpected EOF", time.Time{}),
			serve: fault(sandbox.Fault{Status: 200, Body: `{"login":"acme-bot","id":1,"scopes":["api"]}`, ContentType: "application/json", Truncate: 12}),
			want:  []want{problem(Warning, AttributeHost, "unreachable")}, verdict: Unverifiable,
		},
		{
			name: name + " JSON of something else", q: q, facts: both(FailNotAPI, 0, "the answer names no user", time.Time{}),
			serve: fault(sandbox.Fault{Status: 200, Body: `{"hello":"world"}`, ContentType: "application/json"}),
			want:  []want{problem(Warning, AttributeHost, "not_the_api")}, verdict: Unverifiable,
		},
	}
	if q.Provider == GitHub {
		for _, mode := range []string{"primary", "secondary"} {
			rows = append(rows, row{
				name: "GitHub rate 403, " + mode, q: q, facts: both(FailRateLimited, 403, "API rate limit exceeded", lifts), verdict: Unverifiable,
				serve: func(s *sandbox.Sandbox, q Question) {
					s.GitHub.AddToken(sandbox.GitHubToken{Token: q.Token, RateLimited: mode, RateLimitReset: lifts})
				},
				want: []want{problem(Warning, AttributeToken, "rate_limited", "The limit lifts at "+lifts.UTC().Format("2006-01-02 15:"))},
			})
		}
	}
	return rows
}
