// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package inspect

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/redact"
)

// expiresSoon is how long before its expiration date a token is warned about.
const expiresSoon = 7 * 24 * time.Hour

// Report is an answer while it is put together.
type Report struct {
	Definition   Definition
	Question     Question
	Facts        Facts
	Requirements Requirements
	Now          time.Time
	// WebURL is the address of the host's web pages, without a trailing slash.
	WebURL string
	// Recognized is the kind that the token shows by itself, of whatever provider.
	Recognized RecognizedKind
	// LegacyScopes means that the token has its scopes in the older of two vocabularies.
	LegacyScopes bool

	Answer Answer
	// unverified means that something essential could not be read.
	unverified bool
}

// Add adds a problem.
func (r *Report) Add(p Problem) { r.Answer.Problems = append(r.Answer.Problems, p) }

func (r *Report) add(severity Severity, attribute Attribute, code, summary string, paragraphs []string) {
	r.Add(Problem{Severity: severity, Attribute: attribute, Code: code, Summary: summary, Detail: strings.Join(paragraphs, "\n")})
}

// AddError adds an error, with the advice on how to continue despite the check.
func (r *Report) AddError(attribute Attribute, code, summary string, detail ...string) {
	r.add(Error, attribute, code, summary, withAdvice(detail, r.Requirements.Hint.forError()))
}

// AddWarning adds a warning.
func (r *Report) AddWarning(attribute Attribute, code, summary string, detail ...string) {
	r.add(Warning, attribute, code, summary, detail)
}

// AddUnverified adds a warning about something essential that could not be read.
func (r *Report) AddUnverified(attribute Attribute, code, summary string, detail ...string) {
	r.unverified = true
	r.add(Warning, attribute, code, summary, withAdvice(detail, r.Requirements.Hint.forUnverified()))
}

// AddUnverifiedOnWrite adds a warning about something that the git host does not expose. It appears
// only where something is about to be written: otherwise it would appear in every plan.
func (r *Report) AddUnverifiedOnWrite(attribute Attribute, code, summary string, detail ...string) {
	r.unverified = true
	if r.Question.Thorough {
		r.AddUnverified(attribute, code, summary, detail...)
	}
}

func withAdvice(detail []string, advice string) []string {
	if advice == "" {
		return detail
	}
	return append(detail, advice)
}

// Unverified reports whether something essential could not be read so far.
func (r *Report) Unverified() bool { return r.unverified }

// MarkUnverified makes the verdict unverifiable, unless there is an error.
func (r *Report) MarkUnverified() { r.unverified = true }

// Name is the git provider's name for people.
func (r *Report) Name() string { return r.Definition.Name }

// Code is the code of a problem that several providers have.
func (r *Report) Code(name string) string { return r.Definition.CodePrefix + "_" + name }

// TokenPage is where people generate tokens on this host.
func (r *Report) TokenPage() string { return r.Definition.TokenPage(r, r.WebURL) }

// OwnerName names the owner of the token at the beginning of a sentence.
func (r *Report) OwnerName() string {
	if r.Answer.Owner != "" {
		return fmt.Sprintf("%q", r.Answer.Owner)
	}
	return "The owner of the token"
}

// AddRejection reports a token that the host does not accept. reasons say what may be wrong with
// it.
func (r *Report) AddRejection(failure gitapi.Failure, reasons ...string) {
	detail := append([]string{"The token is wrong, expired or revoked.", fmt.Sprintf("%s answered: %s.", r.WebURL, failure)}, reasons...)
	r.AddError(AttributeToken, "token_rejected", r.Name()+" does not accept the token", append(detail,
		"The provider does not send the token again in this run, because repeated attempts lock accounts.",
		"Generate a new token at "+r.TokenPage()+".")...)
}

// DryRunNote says whether Devtron itself finds out what the check cannot verify.
func (r *Report) DryRunNote() string {
	if r.Requirements.AllowCustomRepository {
		return "Devtron does not check it when the configuration is saved, because allow_custom_repository = true skips its dry run."
	}
	return "Devtron checks it when the configuration is saved, if Argo CD is installed."
}

// CheckExpiry judges the token's expiration date.
func (r *Report) CheckExpiry() {
	at := r.Facts.Token.ExpiresAt
	if at.IsZero() {
		return
	}
	r.Answer.ExpiresAt = at
	day := at.UTC().Format(time.DateOnly)
	switch left := at.Sub(r.Now); {
	case left <= 0:
		r.AddError(AttributeToken, "token_expired", fmt.Sprintf("The %s token expired on %s", r.Name(), day),
			"Devtron can no longer use it.", "Generate a new token at "+r.TokenPage()+".")
	case left < expiresSoon:
		when := fmt.Sprintf("in %d days", int(left.Hours()/24))
		if left < 24*time.Hour {
			when = "in less than a day"
		} else if left < 48*time.Hour {
			when = "in one day"
		}
		r.AddWarning(AttributeToken, "token_expires_soon", fmt.Sprintf("The %s token expires on %s, %s", r.Name(), day, when),
			"After that, Devtron cannot write to its GitOps repositories, and deployments stop.",
			"Generate a new token at "+r.TokenPage()+" and apply it before that date.")
	}
}

// CheckOwner reports the owner of the token and compares it with the user name of the
// configuration.
func (r *Report) CheckOwner() {
	owner, username := r.Facts.Owner.Login, r.Requirements.Username
	r.Answer.Owner = owner
	if username == "" || owner == "" || strings.EqualFold(username, owner) {
		return
	}
	r.AddWarning(AttributeUsername, "username_mismatch", "username is not the owner of the token",
		fmt.Sprintf("The token belongs to %q, but username is %q. Devtron commits and logs in to git with this user name.", owner, username),
		fmt.Sprintf("Set username = %q, or use a token of %q.", owner, username))
}

// Finish returns the answer with its verdict. It makes sure that no text contains the token,
// wherever the user may have put it.
func (r *Report) Finish(token string) Answer {
	redactor := redact.New(token)
	answer := r.Answer
	answer.Verdict = Sufficient
	if r.unverified {
		answer.Verdict = Unverifiable
	}
	for i, p := range answer.Problems {
		answer.Problems[i].Summary, answer.Problems[i].Detail = redactor.Mask(p.Summary), redactor.Mask(p.Detail)
		if p.Severity == Error {
			answer.Verdict = Insufficient
		}
	}
	// Errors come first. Within a severity, problems keep the order in which they were found.
	slices.SortStableFunc(answer.Problems, func(a, b Problem) int { return int(b.Severity) - int(a.Severity) })
	return answer
}

// List joins names for a sentence.
func List(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

// Sentence makes a sentence of a text that begins in lower case.
func Sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:] + "."
}
