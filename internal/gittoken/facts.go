// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import "time"

// Facts is what the git host told about a token: plain data, free of the token itself. Every text that comes from a
// server has been masked and shortened.
type Facts struct {
	Token      TokenFacts
	Owner      OwnerFacts
	Target     TargetFacts
	Membership MembershipFacts
}

// Reply says how a request ended. The zero value: it was not sent.
type Reply struct {
	Asked   bool
	Failure Failure
}

// OK tells that the request was sent and answered as hoped.
func (r Reply) OK() bool { return r.Asked && r.Failure.Class == "" }

// Failed tells that the request was sent and failed with one of the classes (with any, if none is given).
func (r Reply) Failed(classes ...FailureClass) bool {
	if !r.Asked || r.Failure.Class == "" {
		return false
	}
	if len(classes) == 0 {
		return true
	}
	for _, class := range classes {
		if r.Failure.Class == class {
			return true
		}
	}
	return false
}

// TokenFacts is what is known about the token itself.
type TokenFacts struct {
	Reply
	// ScopesKnown tells an empty list of scopes (the token can do nothing) from an unreadable one.
	ScopesKnown bool
	Scopes      []string
	// Type is how Bitbucket calls the kind of token; "" = unknown.
	Type string
	// OAuthApp marks a GitHub token that belongs to an OAuth app.
	OAuthApp bool
	// Granular marks a GitLab fine-grained token, whose permissions cannot be read.
	Granular bool
	// Revoked and Inactive are GitLab's words; GitHub answers 401 instead.
	Revoked, Inactive bool
	// ExpiresAt is zero for a token that never expires or whose expiry is unknown.
	ExpiresAt time.Time
}

// OwnerFacts is the account that the token belongs to.
type OwnerFacts struct {
	Reply
	ID    int // GitLab's user id; 0 = unknown
	Login string
	// Bot marks the user that GitLab makes for a group or project access token. nil: unknown.
	Bot *bool
	// Admin marks an administrator of the GitLab instance. nil: unknown.
	Admin *bool
}

// TargetFacts is the GitHub organization, the GitLab group, the Azure DevOps project with its repositories, or the Bitbucket
// workspace.
type TargetFacts struct {
	Reply
	ID   int    // GitLab's group id
	Name string // GitHub: login, which is another one than was asked for after a renaming; GitLab: full path
	// SSOURL is where the token is to be authorized for single sign-on; SSO says that it has to be.
	SSO    bool
	SSOURL string
	// Account is what GitHub knows under the name when it is not an organization that the token can see, and the project
	// that Azure DevOps knows by the name when it does not list its repositories.
	Account AccountFacts
	// Project is the project with the key in a Bitbucket workspace.
	Project Reply
	// MembersCanCreatePrivate is nil where GitHub does not show it to the token's owner.
	MembersCanCreatePrivate *bool
	// NamedLikePath says that a GitLab group was asked for with what is its name and its full path alike.
	NamedLikePath bool
	// CreationLevel is GitLab's project_creation_level; "" = unknown.
	CreationLevel string
	// Archived and DeletionDate (as GitLab writes it) say that a GitLab group takes no new projects.
	Archived     bool
	DeletionDate string
	// NumericIDs are the GitLab groups found by the name or path given, where it is not an id.
	NumericIDs []int
}

// AccountFacts is a GitHub account, or an Azure DevOps project, asked for by name.
type AccountFacts struct {
	Reply
	Type string // GitHub: "User", "Organization"
}

// MembershipFacts is what the owner of the token may do in the organization or group.
type MembershipFacts struct {
	Reply
	State string // GitHub: active, pending
	Role  string // GitHub: admin, member, billing_manager
	// CanCreateRepository is GitHub's permissions.can_create_repository. nil: not told.
	CanCreateRepository *bool
	// AccessLevel is GitLab's effective level, 0 to 50.
	AccessLevel int
	// CustomRole names a GitLab custom role, which may allow more than its access level.
	CustomRole string
}

// FailureClass sorts failures by what an operator has to do about them.
type FailureClass string

// The classes of failure. "" is none.
const (
	// The first ones are about answers in the git host's own form.
	FailUnauthorized  FailureClass = "unauthorized"       // 401
	FailForbidden     FailureClass = "forbidden"          // 403 that is none of the others
	FailScope         FailureClass = "insufficient_scope" // GitLab's 403 of this name, and Bitbucket's that names scopes
	FailGranular      FailureClass = "insufficient_granular_scope"
	FailNotFound      FailureClass = "not_found"     // 404 of the API itself
	FailRateLimited   FailureClass = "rate_limited"  // 429, or GitHub's 403 that means it
	FailServer        FailureClass = "server_error"  // 5xx
	FailStatus        FailureClass = "status"        // any other status
	FailNotAPI        FailureClass = "not_the_api"   // an answer that the API never gives: HTML, another web server
	FailTooLong       FailureClass = "too_long"      // an answer that is longer than what is read
	FailRedirect      FailureClass = "redirect"      // a redirect to another scheme, host or port, which is refused
	FailUnreachable   FailureClass = "unreachable"   // no connection, DNS, proxy
	FailTimeout       FailureClass = "timeout"       // the time for the check ran out
	FailCancelled     FailureClass = "cancelled"     // the caller did not wait
	FailUnknownCA     FailureClass = "unknown_ca"    // the certificate's issuer is not trusted
	FailTLS           FailureClass = "tls"           // any other fault of the certificate or the handshake
	FailClientCert    FailureClass = "client_cert"   // the host wants a client certificate
	FailCAInvalid     FailureClass = "invalid_ca"    // tls.ca_certificate holds no certificate
	FailClientInvalid FailureClass = "invalid_cert"  // tls.client_certificate and client_key are not a pair
	FailInternal      FailureClass = "request_error" // the request could not be made
)

// Failure is one request that did not succeed.
type Failure struct {
	Class  FailureClass
	Status int // HTTP status; 0 where there was none
	// Foreign says that the answer was not in the git host's own form, so that something in front of it may have sent it.
	Foreign bool
	// Message is what the host or the network said, masked and shortened.
	Message string
	// Until is when a rate limit lifts; zero = not told.
	Until time.Time
}
