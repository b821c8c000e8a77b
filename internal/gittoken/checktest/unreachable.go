// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package checktest

import (
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// UnreachableRows are the rows that all providers share: responses that say nothing about the
// token.
func UnreachableRows(definition inspect.Definition, q inspect.Question, api string, server func(*sandbox.Sandbox) *sandbox.Server) []Row {
	both := func(class gitapi.FailureClass, status int, message string, until time.Time) inspect.Facts {
		r := Failed(class, status, message)
		r.Failure.Until = until
		return inspect.Facts{Token: inspect.TokenFacts{Reply: r}, Target: inspect.TargetFacts{Reply: r}}
	}
	fault := func(f sandbox.Fault) func(*sandbox.Sandbox, inspect.Question) {
		return func(s *sandbox.Sandbox, _ inspect.Question) {
			f.Path = api
			server(s).Inject(f)
		}
	}
	name := definition.Name
	// The middle of a minute: a limit in whole seconds from now must not end in another minute.
	resets := time.Now().Add(20 * time.Minute).Truncate(time.Minute).Add(30 * time.Second)
	note, until := "The limit resets at "+resets.UTC().Format("2006-01-02 15:04:"), resets
	if q.Provider == inspect.BitbucketCloud {
		note, until = "The host does not report when the limit resets", time.Time{}
	}
	limited := func(s *sandbox.Sandbox, q inspect.Question) {
		switch q.Provider {
		case inspect.GitHub:
			s.GitHub.AddToken(sandbox.GitHubToken{Token: q.Token, RateLimited: "429", RateLimitReset: resets})
		case inspect.GitLab:
			s.GitLab.AddToken(sandbox.GitLabToken{Token: q.Token, RateLimited: true, RateLimitReset: resets})
		case inspect.AzureDevOps:
			s.Azure.AddToken(sandbox.AzureToken{Token: q.Token, RateLimited: true, RateLimitReset: resets})
		case inspect.BitbucketCloud:
			s.Bitbucket.AddToken(sandbox.BitbucketToken{Token: q.Token, RateLimited: true})
		}
	}
	rows := []Row{
		{
			Name: name + " 429", Question: q, Facts: both(gitapi.RateLimited, 429, "Retry later", until), Serve: limited, Verdict: inspect.Unverifiable,
			Want: []Want{Warning(inspect.AttributeToken, "rate_limited", note)},
		},
		{
			Name: name + " 5xx", Question: q, Facts: both(gitapi.ServerError, 502, "", time.Time{}), Serve: fault(sandbox.Fault{Status: 502, Body: "<html>bad gateway</html>", ContentType: "text/html"}),
			Want: []Want{Warning(inspect.AttributeHost, "server_error", "502")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: name + " network", Question: q, Facts: both(gitapi.Unreachable, 0, "dial tcp: connect: connection refused", time.Time{}), // refused, or reset where the listener had it already
			Serve: func(s *sandbox.Sandbox, _ inspect.Question) { server(s).Stop() },
			Want:  []Want{Warning(inspect.AttributeHost, "unreachable", "connection re", "Devtron itself may be able to reach the host")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: name + " connection reset", Question: q, Facts: both(gitapi.Unreachable, 0, "EOF", time.Time{}), Serve: fault(sandbox.Fault{Reset: true}),
			Want: []Want{Warning(inspect.AttributeHost, "unreachable")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: name + " HTML with 200", Question: q, Facts: both(gitapi.NotTheAPI, 0, "invalid character '<' looking for beginning of value", time.Time{}),
			Serve: fault(sandbox.Fault{Status: 200, Body: "<html>Sign in</html>", ContentType: "text/html"}),
			Want:  []Want{Warning(inspect.AttributeHost, "not_the_api", "no "+name+" API at the host")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: name + " HTML with 403", Question: q, Facts: both(gitapi.NotTheAPI, 403, "", time.Time{}),
			Serve: fault(sandbox.Fault{Status: 403, Body: "<html>Blocked</html>", ContentType: "text/html; charset=utf-8"}),
			Want:  []Want{Warning(inspect.AttributeHost, "not_the_api")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: name + " another server's 404", Question: q, Facts: both(gitapi.NotTheAPI, 404, "404 page not found", time.Time{}),
			Serve: fault(sandbox.Fault{Status: 404, Body: "404 page not found\n", ContentType: "text/plain"}),
			Want:  []Want{Warning(inspect.AttributeHost, "not_the_api")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: name + " truncated", Question: q, Facts: both(gitapi.Unreachable, 0, "unexpected EOF", time.Time{}),
			Serve: fault(sandbox.Fault{Status: 200, Body: `{"login":"acme-bot","id":1,"scopes":["api"]}`, ContentType: "application/json", Truncate: 12}),
			Want:  []Want{Warning(inspect.AttributeHost, "unreachable")}, Verdict: inspect.Unverifiable,
		},
		{
			Name: name + " JSON of something else", Question: q, Facts: both(gitapi.NotTheAPI, 0, "the response names no user", time.Time{}),
			Serve: fault(sandbox.Fault{Status: 200, Body: `{"hello":"world"}`, ContentType: "application/json"}),
			Want:  []Want{Warning(inspect.AttributeHost, "not_the_api")}, Verdict: inspect.Unverifiable,
		},
	}
	if q.Provider == inspect.GitHub {
		for _, mode := range []string{"primary", "secondary"} {
			rows = append(rows, Row{
				Name: "GitHub rate 403, " + mode, Question: q, Facts: both(gitapi.RateLimited, 403, "API rate limit exceeded", resets), Verdict: inspect.Unverifiable,
				Serve: func(s *sandbox.Sandbox, q inspect.Question) {
					s.GitHub.AddToken(sandbox.GitHubToken{Token: q.Token, RateLimited: mode, RateLimitReset: resets})
				},
				Want: []Want{Warning(inspect.AttributeToken, "rate_limited", "The limit resets at "+resets.UTC().Format("2006-01-02 15:"))},
			})
		}
	}
	return rows
}
