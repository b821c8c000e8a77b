// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// soonExpiring is how long before its end a token is warned about.
const soonExpiring = 7 * 24 * time.Hour

// Judge turns facts into an answer. It is pure: the same arguments give the same answer. A provider that is not in the table is
// not checked, apart from what the token looks like.
func Judge(q Question, f Facts, r Requirements, now time.Time) Answer {
	q = q.withDefaults()
	row, checked := gitProviders[q.Provider]
	j := &judgment{q: q, f: f, r: r, now: now, provider: row}
	j.form()
	if !checked {
		j.unknown = true
		return j.finish()
	}
	if isDocumented(q.Provider, r.Scopes) {
		j.r.Scopes = nil
	}
	j.question()
	where, asked := askable(q)
	j.web = where.web
	switch {
	case !asked || !f.Token.Asked:
		j.unknown = true
	case !row.accepted(f):
		failure := f.Token.Failure
		if failure.Class != FailUnauthorized {
			failure = f.Target.Failure
		}
		row.rejected(j, failure)
	default:
		row.judge(j)
	}
	return j.finish()
}

// judgment is an answer in the making.
type judgment struct {
	q   Question
	f   Facts
	r   Requirements
	now time.Time
	web string // address of the host's web pages, without a slash at its end

	provider gitProvider // the row of the table

	a       Answer
	unknown bool // something essential could not be read
	older   bool // the token has its scopes in the older of two vocabularies
}

func (j *judgment) name() string { return j.provider.name }

func (j *judgment) add(severity Severity, attribute Attribute, code, summary string, lines ...string) {
	j.a.Problems = append(j.a.Problems, Problem{
		Severity: severity, Attribute: attribute, Code: code, Summary: summary, Detail: strings.Join(lines, "\n"),
	})
}

func (j *judgment) fail(attribute Attribute, code, summary string, lines ...string) {
	j.add(Error, attribute, code, summary, withHint(lines, j.r.Hint.forError())...)
}

func (j *judgment) warn(attribute Attribute, code, summary string, lines ...string) {
	j.add(Warning, attribute, code, summary, lines...)
}

// doubt is a warning about something essential that is not known.
func (j *judgment) doubt(attribute Attribute, code, summary string, lines ...string) {
	j.unknown = true
	j.add(Warning, attribute, code, summary, withHint(lines, j.r.Hint.forDoubt())...)
}

// doubtOnWrite is a doubt that no answer of the host can settle. It is reported only where something is about to be written:
// otherwise every plan would report it.
func (j *judgment) doubtOnWrite(attribute Attribute, code, summary string, lines ...string) {
	j.unknown = true
	if j.q.Thorough {
		j.doubt(attribute, code, summary, lines...)
	}
}

// form judges what the token looks like. What is stored already has a length that Devtron can store.
func (j *judgment) form() {
	for _, problem := range formProblems(j.q.Provider, j.q.Host, j.q.Token) {
		if problem.Severity == Error || j.q.Thorough {
			j.a.Problems = append(j.a.Problems, problem)
		}
	}
	core := tokenCore(j.q.Token)
	if known := kindOf(j.q.Provider, core); known.provider == j.q.Provider || known.foreign(j.q.Provider, j.q.Host, core) {
		j.a.Kind = known.kind
	}
}

// question judges what can be seen without asking anybody.
func (j *judgment) question() {
	if u, err := parseHost(j.q.Host); err != nil {
		j.fail(AttributeHost, "host_invalid", "The host of the git provider is not valid", upperFirst(err.Error())+".")
	} else if problem := newAddress(j.q.Provider, u).problem; problem != nil {
		if problem.Severity == Error {
			j.fail(problem.Attribute, problem.Code, problem.Summary, problem.Detail)
		} else {
			j.warn(problem.Attribute, problem.Code, problem.Summary, problem.Detail)
		}
	}
	j.provider.question(j)
}

// tokenPage is where people make tokens on this host.
func (j *judgment) tokenPage() string {
	web := j.web
	if web == "" {
		web = strings.TrimSuffix(j.provider.host, "/")
		if u, err := parseHost(j.q.Host); err == nil {
			if where := newAddress(j.q.Provider, u); where.web != "" {
				web = where.web
			}
		}
	}
	return j.provider.tokenPage(j, web)
}

// rejected is about a token that the host does not accept. hints say what may be the reason.
func (j *judgment) rejected(failure Failure, hints ...string) {
	lines := append([]string{"The token is wrong, expired or revoked.", fmt.Sprintf("%s answered: %s.", j.web, failure.said())}, hints...)
	j.fail(AttributeToken, "token_rejected", j.name()+" does not accept the token", append(lines,
		"The host is asked once in a run and not again, because repeated attempts lock accounts.",
		"Generate a new token at "+j.tokenPage()+".")...)
}

// whenSaved tells whether Devtron finds out what cannot be known here.
func (j *judgment) whenSaved() string {
	if j.r.AllowCustomRepository {
		return "Devtron does not check it when the configuration is saved, because allow_custom_repository = true skips its dry run."
	}
	return "Devtron checks it when the configuration is saved, if Argo CD is installed there."
}

// expiry judges when the token expires.
func (j *judgment) expiry() {
	at := j.f.Token.ExpiresAt
	if at.IsZero() {
		return
	}
	j.a.ExpiresAt = at
	day := at.UTC().Format(time.DateOnly)
	left := at.Sub(j.now)
	switch {
	case left <= 0:
		j.fail(AttributeToken, "token_expired", fmt.Sprintf("The %s token expired on %s", j.name(), day),
			"Devtron can no longer use it.", "Generate a new token at "+j.tokenPage()+".")
	case left < soonExpiring:
		when := fmt.Sprintf("in %d days", int(left.Hours()/24))
		if left < 24*time.Hour {
			when = "in less than a day"
		} else if left < 48*time.Hour {
			when = "in a day"
		}
		j.warn(AttributeToken, "token_expires_soon", fmt.Sprintf("The %s token expires on %s, %s", j.name(), day, when),
			"From then on Devtron cannot write to its GitOps repositories, and deployments stop.",
			"Generate a new token at "+j.tokenPage()+" and apply it before.")
	}
}

// owner reports whose token it is, and compares the owner with the user name of the configuration.
func (j *judgment) owner() {
	j.a.Owner = j.f.Owner.Login
	if j.r.Username == "" || j.a.Owner == "" || strings.EqualFold(j.r.Username, j.a.Owner) {
		return
	}
	j.warn(AttributeUsername, "username_mismatch", "username is not the owner of the token",
		fmt.Sprintf("The token belongs to %q, and username is %q. Devtron writes commits and logs in to git with this name.", j.a.Owner, j.r.Username),
		fmt.Sprintf("Write username = %q, or use a token of %q.", j.a.Owner, j.r.Username))
}

// finish gives the verdict and makes sure, whatever was put where, that no text holds the token.
func (j *judgment) finish() Answer {
	m := newMasker(tokenCore(j.q.Token)) // it may stand elsewhere without what is around it
	j.a.Verdict = Sufficient
	if j.unknown {
		j.a.Verdict = Unverifiable
	}
	for i, p := range j.a.Problems {
		j.a.Problems[i].Summary, j.a.Problems[i].Detail = m.mask(p.Summary), m.mask(p.Detail)
		if p.Severity == Error {
			j.a.Verdict = Insufficient
		}
	}
	// Errors first; within one severity in the order of the attributes' weight, as they were found.
	slices.SortStableFunc(j.a.Problems, func(a, b Problem) int { return int(b.Severity) - int(a.Severity) })
	return j.a
}

func upperFirst(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
