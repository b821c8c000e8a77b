// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// Judge turns facts into an answer. It is pure: the same arguments give the same answer. Of a token
// for a provider that is not checked, only the form is judged.
func Judge(q Question, f Facts, requirements Requirements, now time.Time) Answer {
	q = withDefaultHost(q)
	definition, _, sent := destination(q)
	core := tokenCore(q.Token)
	r := &inspect.Report{
		Definition: definition, Question: q, Facts: f, Requirements: requirements, Now: now,
		WebURL: webURL(definition, q.Host), Recognized: recognize(q.Provider, core),
	}
	judgeForm(r)
	if definition.Provider == "" {
		r.MarkUnverified()
		return r.Finish(core)
	}
	if definition.IsDocumented(requirements.Scopes) {
		r.Requirements.Scopes = nil
	}
	judgeHost(r)
	definition.JudgeQuestion(r)
	switch {
	case !sent || !f.Token.Asked:
		r.MarkUnverified()
	case !definition.Accepted(f):
		definition.JudgeRejection(r, rejection(f))
	default:
		definition.JudgeFacts(r)
	}
	return r.Finish(core)
}

// judgeForm judges what the token looks like. A token that is stored already has a length that
// Devtron can store.
func judgeForm(r *inspect.Report) {
	q := r.Question
	for _, problem := range TokenProblems(q.Provider, q.Host, q.Token) {
		if problem.Severity == Error || q.Thorough {
			r.Add(problem)
		}
	}
	if r.Recognized.Provider == q.Provider || isForeign(r.Recognized, q.Provider, q.Host) {
		r.Answer.Kind = r.Recognized.Kind
	}
}

func judgeHost(r *inspect.Report) {
	u, err := weburl.Parse(r.Question.Host)
	if err != nil {
		r.AddError(inspect.AttributeHost, "host_invalid", "The host of the git provider is not valid", inspect.Sentence(err.Error()))
		return
	}
	switch problem := addressOf(r.Definition, u).Problem; {
	case problem == nil:
	case problem.Severity == Error:
		r.AddError(problem.Attribute, problem.Code, problem.Summary, problem.Detail)
	default:
		r.Add(*problem)
	}
}

// rejection is the response that rejects the token.
func rejection(f Facts) gitapi.Failure {
	if f.Token.Failure.Class == gitapi.Unauthorized {
		return f.Token.Failure
	}
	return f.Target.Failure
}

// webURL is the address of the host's web pages, or else of the provider's public service.
func webURL(definition inspect.Definition, host string) string {
	if u, err := weburl.Parse(host); err == nil && definition.Provider != "" {
		if web := addressOf(definition, u).Web; web != "" {
			return web
		}
	}
	return strings.TrimSuffix(definition.DefaultHost, "/")
}
