// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package inspect

import (
	"slices"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
)

// Facts is what a git host reports about a token. It is plain data without the token: every text
// from the host has been cleaned.
type Facts struct {
	Token      TokenFacts
	Owner      OwnerFacts
	Target     TargetFacts
	Membership MembershipFacts
}

// Reply is how a request ended. The zero value means that it was not sent.
type Reply struct {
	Asked   bool
	Failure gitapi.Failure
}

// NewReply returns the reply to a request that was sent.
func NewReply(failure gitapi.Failure) Reply { return Reply{Asked: true, Failure: failure} }

// OK reports whether the request was sent and succeeded.
func (r Reply) OK() bool { return r.Asked && r.Failure.Class == "" }

// Failed reports whether the request was sent and failed, with one of the classes if any are given.
func (r Reply) Failed(classes ...gitapi.FailureClass) bool {
	if !r.Asked || r.Failure.Class == "" {
		return false
	}
	return len(classes) == 0 || slices.Contains(classes, r.Failure.Class)
}

// TokenFacts is what is known about the token itself.
type TokenFacts struct {
	Reply
	// ScopesKnown tells an empty list of scopes (the token can do nothing) from an unknown one.
	ScopesKnown bool
	Scopes      []string
	// Type is Bitbucket's name for the kind of token. Empty: unknown.
	Type string
	// OAuthApp marks a GitHub token that belongs to an OAuth app.
	OAuthApp bool
	// Granular marks a fine-grained GitLab token, whose permissions cannot be read.
	Granular bool
	// Revoked and Inactive are reported by GitLab. GitHub answers 401 instead.
	Revoked, Inactive bool
	// ExpiresAt is zero for a token that never expires or whose expiration date is unknown.
	ExpiresAt time.Time
}

// OwnerFacts is the account that the token belongs to.
type OwnerFacts struct {
	Reply
	ID    int // GitLab's user id; 0 = unknown
	Login string
	// Bot marks the user that GitLab creates for a group or project access token. nil: unknown.
	Bot *bool
	// Admin marks an administrator of the GitLab instance. nil: unknown.
	Admin *bool
}

// TargetFacts is the place where Devtron creates repositories: the GitHub organization, the GitLab
// group, the Azure DevOps project, or the Bitbucket workspace.
type TargetFacts struct {
	Reply
	ID int // GitLab's group id
	// Name is GitHub's login of the organization, which changes when it is renamed, or GitLab's
	// full path of the group.
	Name string
	// SSO means that GitHub requires the token to be authorized for single sign-on, at SSOURL.
	SSO    bool
	SSOURL string
	// Account is what GitHub reports about the name when the token cannot see an organization, and
	// the Azure DevOps project when it lists no repositories.
	Account AccountFacts
	// Project is the project with the key in a Bitbucket workspace.
	Project Reply
	// MembersCanCreatePrivate is nil where GitHub does not report it to the token's owner.
	MembersCanCreatePrivate *bool
	// NamedLikePath means that the value given for a GitLab group is both its name and its full
	// path.
	NamedLikePath bool
	// CreationLevel is GitLab's project_creation_level. Empty: unknown.
	CreationLevel string
	// Archived and DeletionDate (as GitLab writes it) mean that a GitLab group takes no new
	// projects.
	Archived     bool
	DeletionDate string
	// NumericIDs are the GitLab groups that were found by a name or path.
	NumericIDs []int
}

// AccountFacts is a GitHub account or an Azure DevOps project that was requested by name.
type AccountFacts struct {
	Reply
	Type string // GitHub: "User", "Organization"
}

// MembershipFacts is what the owner of the token may do in the organization or group.
type MembershipFacts struct {
	Reply
	State string // GitHub: active, pending
	Role  string // GitHub: admin, member, billing_manager
	// CanCreateRepository is GitHub's permissions.can_create_repository. nil: not reported.
	CanCreateRepository *bool
	// AccessLevel is GitLab's effective level, 0 to 50.
	AccessLevel int
	// CustomRole names a GitLab custom role, which may allow more than its access level.
	CustomRole string
}

// Unauthorized reports whether the host did not accept the token for any request.
func (f Facts) Unauthorized() bool {
	return f.Token.Failed(gitapi.Unauthorized) || (!f.Token.OK() && f.Target.Failed(gitapi.Unauthorized))
}
