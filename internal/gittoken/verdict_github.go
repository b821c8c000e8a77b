// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"fmt"
	"regexp"
	"strings"
)

func (j *judgment) github() {
	f := j.f
	if suspended := j.githubSuspension(); suspended != "" {
		j.fail(AttributeToken, "github_account_suspended", "The GitHub account of the token is suspended",
			"GitHub refuses all requests of this account, those of Devtron included.", "GitHub says: "+suspended,
			"Ask GitHub Support, or the site administrator of a GitHub Enterprise Server, to reinstate the account, or use a token of another account.")
		return
	}
	if f.Token.Failed() {
		j.unreachable(f.Token.Failure, "the token")
	}
	j.owner()
	j.expiry()
	switch {
	case f.Token.ScopesKnown:
		j.githubKind()
		j.scopes(false)
	case f.Token.OK() && (j.a.Kind == KindClassic || j.a.Kind == KindOAuth):
		j.doubt(AttributeToken, "github_scopes_unknown", "The scopes of the GitHub token cannot be read",
			"The answer has no X-OAuth-Scopes header. GitHub sends it for such a token; something between this machine and GitHub may remove it.",
			"The token needs the scopes repo, admin:org and delete_repo.", j.whenSaved())
	case f.Token.OK():
		j.githubPermissions()
	}
	j.githubOrganization()
}

// githubSuspended is how GitHub says that it has suspended an account. It has no code for it.
var githubSuspended = regexp.MustCompile(`(?i)\baccount (was|is|has been) suspended\b`)

// githubSuspension is what GitHub says of an account that it has suspended; "" = nothing.
func (j *judgment) githubSuspension() string {
	reply := j.f.Token.Reply
	if !reply.Failed(FailForbidden) {
		reply = j.f.Target.Reply
	}
	if j.f.Token.OK() || !reply.Failed(FailForbidden) || !githubSuspended.MatchString(reply.Failure.Message) {
		return ""
	}
	return reply.Failure.Message
}

// githubKind finds the kind of a token that shows none and has scopes: those from before 2021 all look alike.
func (j *judgment) githubKind() {
	switch {
	case j.a.Kind != "":
	case j.f.Token.OAuthApp:
		j.a.Kind = KindOAuth
	default:
		j.a.Kind = KindClassic
	}
}

// githubPermissions is about tokens that have permissions instead of scopes. GitHub does not expose them.
func (j *judgment) githubPermissions() {
	what := "The permissions of this GitHub token cannot be read"
	if j.a.Kind == KindFineGrained {
		what = "The permissions of a fine-grained GitHub token cannot be read"
	}
	of := "the organization"
	if j.q.Organization != "" && validOrganization(j.q.Organization) {
		of = j.q.Organization
	}
	lines := []string{
		"GitHub does not expose the permissions of a token.",
		"It needs: resource owner " + of + ", access to all repositories, and the repository permissions Administration (read and write) and Contents (read and write).",
	}
	if j.a.Kind == KindAppUser {
		lines = append(lines, "Besides, a GitHub App user token normally expires eight hours after it was generated, and Devtron stores it permanently.")
	}
	lines = append(lines, j.whenSaved())
	j.doubt(AttributeToken, "github_fine_grained", what, lines...)
}

func (j *judgment) githubOrganization() {
	target, token := j.f.Target, j.f.Token
	if !target.Asked {
		return
	}
	name := fmt.Sprintf("%q", j.q.Organization)
	switch {
	case target.OK():
		j.githubRenamed()
		j.githubMembership()
	case target.SSO:
		lines := []string{"The organization " + name + " requires single sign-on, and the token is not authorized for it."}
		if target.SSOURL != "" {
			lines = append(lines, "Authorize it within the hour at "+target.SSOURL)
		} else {
			lines = append(lines, "Authorize it with \"Configure SSO\" at "+j.tokenPage())
		}
		j.fail(AttributeToken, "github_sso", "The GitHub token is not authorized for single sign-on", lines...)
	case target.Failed(FailNotFound):
		j.githubNoOrganization(name)
	case target.Failed(FailForbidden) && token.OK() && strings.Contains(target.Failure.Message, "IP allow list"):
		// GitHub has no code for it. Devtron has another address than the machine that runs Terraform.
		j.doubt(AttributeOrganization, "github_ip_allow_list", "The organization lets in only some IP addresses",
			"GitHub says: "+target.Failure.Message, "Devtron may be on the list where this machine is not.")
	case target.Failed(FailForbidden) && token.OK():
		j.fail(AttributeOrganization, "github_org_forbids", "The organization "+name+" does not let the token in", "GitHub says: "+target.Failure.Message)
	case target.Failure.Class != token.Failure.Class:
		j.unreachable(target.Failure, "the organization")
	}
}

// githubRenamed is about an organization that has another name by now. Devtron's requests are redirected as well.
func (j *judgment) githubRenamed() {
	name := j.f.Target.Name
	if name == "" || strings.EqualFold(name, j.q.Organization) {
		return
	}
	j.warn(AttributeOrganization, "github_org_renamed", "The GitHub organization was renamed to "+name,
		fmt.Sprintf("GitHub redirects requests for %q to %q until somebody else registers the old name. Argo CD gets its credentials for the old name, and the repositories have the new one.",
			j.q.Organization, name),
		fmt.Sprintf("Write organization = %q.", name))
}

func (j *judgment) githubNoOrganization(name string) {
	switch account := j.f.Target.Account; {
	case account.OK() && account.Type == "User":
		j.fail(AttributeOrganization, "github_org_is_user", name+" is a user account, not an organization",
			"Devtron creates repositories in organizations only.", "Write the name of an organization; making one is free: "+j.web+"/account/organizations/new")
	case account.OK():
		fix := "Make the owner of the token a member of the organization."
		if j.a.Kind == KindFineGrained {
			fix = "Generate a token whose resource owner is the organization, and have the organization approve it if it requires that."
		}
		j.fail(AttributeOrganization, "github_org_not_visible", "The organization "+name+" is not visible to the token",
			"It exists, but GitHub does not show it for this token.", fix)
	default:
		j.fail(AttributeOrganization, "github_org_not_found", "The organization "+name+" was not found",
			fmt.Sprintf("%s has no organization of this name, or does not show it for this token.", j.web),
			"Check the name (it is the last part of the address of its page), and that the owner of the token is a member of it.")
	}
}

// githubMembership judges whether the owner of the token may create private repositories.
func (j *judgment) githubMembership() {
	m, members := j.f.Membership, j.f.Target.MembersCanCreatePrivate
	if !m.Asked {
		return
	}
	who := "The owner of the token"
	if j.a.Owner != "" {
		who = fmt.Sprintf("%q", j.a.Owner)
	}
	org := fmt.Sprintf("%q", j.q.Organization)
	forbidden := members != nil && !*members
	may := m.CanCreateRepository
	fix := "Allow it at " + j.web + "/organizations/" + j.f.Target.Name + "/settings/member_privileges, or use a token of an owner of the organization."
	cannot := func(reason string) {
		j.fail(AttributeOrganization, "github_cannot_create", "The token cannot create repositories in "+org, reason, fix)
	}
	unsure := func(reason string) {
		j.doubt(AttributeOrganization, "github_membership_unknown", "It is not known whether the token can create repositories in "+org, reason,
			"Make sure that its owner is a member who may create private repositories there.")
	}
	switch {
	case m.OK() && may != nil && !*may:
		cannot(who + " may not create repositories there (can_create_repository is false).")
	case m.OK() && m.State == "pending":
		unsure(who + " was invited to the organization and has not accepted yet: " + j.web + "/orgs/" + j.f.Target.Name + "/invitation")
	case m.OK() && (m.Role == "admin" || may != nil):
	case m.OK() && forbidden:
		cannot(who + " is a " + m.Role + " there, and the organization does not let members create private repositories.")
	case m.OK():
		unsure(who + " is a " + m.Role + " there, and GitHub does not show whether members may create private repositories.")
	case !j.f.Token.ScopesKnown && m.Failed(FailNotFound, FailForbidden):
		// That permissions cannot be read has been said already.
	case m.Failed(FailNotFound) && forbidden:
		cannot(who + " is not a member of the organization, which does not let even members create private repositories.")
	case m.Failed(FailNotFound):
		unsure(who + " is not a member of the organization, or the token does not show it.")
	case m.Failed(FailForbidden) && len(j.a.MissingScopes) > 0:
		// The missing scopes have been named; with them the membership can be read.
	case m.Failed(FailForbidden):
		unsure("The membership cannot be read: " + m.Failure.said() + ".")
	default:
		j.unreachable(m.Failure, "the membership in the organization")
	}
}
