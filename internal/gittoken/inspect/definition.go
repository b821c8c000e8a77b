// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package inspect holds what the git providers share: the question about a token, the facts that a
// git host reports, and the report that judges them.
package inspect

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
)

// Provider is a git provider as Devtron spells it.
type Provider string

// The git providers that Devtron supports.
const (
	GitHub         Provider = "GITHUB"
	GitLab         Provider = "GITLAB"
	AzureDevOps    Provider = "AZURE_DEVOPS"
	BitbucketCloud Provider = "BITBUCKET_CLOUD"
)

// Definition is a git provider: its data, and what only it does.
type Definition struct {
	Provider Provider
	// Name is for people. CodePrefix begins the codes of problems that several providers have.
	Name, CodePrefix string
	// DefaultHost is the web address of the public service, as Devtron's own web page writes it. It
	// is empty for a provider without an address that fits everybody.
	DefaultHost string
	// PublicNames are the host names of the public service. A name that begins with a dot stands
	// for all names that end with it.
	PublicNames []string
	TokenKinds  []TokenKind
	// CustomPrefixes means that the administrator of a self-managed host chooses how its tokens
	// begin, so that they may look like tokens of another provider.
	CustomPrefixes bool
	// Scopes are the documented scopes. ImpliedScopes lists what else a scope grants.
	Scopes        []Scope
	ImpliedScopes map[string][]string
	// FixedScopes means that the scopes of a token cannot be changed after it is generated.
	FixedScopes bool
	// UsableToken names a token that Devtron can use. LongTokenFix says what to do about a long
	// one.
	UsableToken, LongTokenFix string
	Inspector
}

// Inspector is what only one git provider does. Its implementations have no fields.
type Inspector interface {
	// Address finds the API and the web pages of a valid host that is no other provider's.
	Address(u *url.URL) Address
	// Credential is the header that authenticates, as Devtron sends it. The value is empty where
	// the question lacks a part of it.
	Credential(q Question) (header, value string)
	// ReadRefusal reads a response that refuses a request.
	ReadRefusal(status int, header http.Header, body []byte) gitapi.Refusal
	// NewClient returns a client for one token.
	NewClient(s *gitapi.Session) (Client, error)
	// Accepted reports whether, for all that is known, the host accepts the token.
	Accepted(f Facts) bool
	// TokenPage is where people generate tokens, below the address of the host's web pages.
	TokenPage(r *Report, web string) string
	// JudgeQuestion reports what is wrong with the question itself.
	JudgeQuestion(r *Report)
	// JudgeRejection reports on a token that the host does not accept.
	JudgeRejection(r *Report, failure gitapi.Failure)
	// JudgeFacts reports on a token that the host accepts, or that it could not be asked about.
	JudgeFacts(r *Report)
}

// Client asks a git host about one token.
type Client interface {
	// ReadBasics reads what one round trip can tell. It sends at most two requests, at the same
	// time.
	ReadBasics(ctx context.Context, q Question) Facts
	// ReadDetails reads what else matters for a token that is about to be written.
	ReadDetails(ctx context.Context, q Question, basics Facts) Facts
}

// IsPublic reports whether a host name belongs to the provider's public service.
func (d Definition) IsPublic(name string) bool { return IsPublicName(d.PublicNames, name) }

// IsPublicName reports whether a host name is in a list of public names.
func IsPublicName(public []string, name string) bool {
	name = strings.ToLower(name)
	for _, p := range public {
		if name == p || (strings.HasPrefix(p, ".") && strings.HasSuffix(name, p)) {
			return true
		}
	}
	return false
}

// Article puts the indefinite article before a name.
func Article(name string) string {
	if strings.HasPrefix(name, "A") {
		return "an " + name
	}
	return "a " + name
}
