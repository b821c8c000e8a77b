// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"fmt"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
)

func (inspector) JudgeQuestion(r *inspect.Report) {
	if r.Question.Organization != "" && !validOrganization(r.Question.Organization) {
		r.AddError(inspect.AttributeOrganization, "organization_invalid", "This cannot be the name of a GitHub organization",
			"A name consists of letters, digits, hyphens, and underscores. Enter only the name, without a URL or slash.")
	}
}

func (inspector) JudgeRejection(r *inspect.Report, failure gitapi.Failure) { r.AddRejection(failure) }

func (inspector) JudgeFacts(r *inspect.Report) {
	token := r.Facts.Token
	if message := suspension(r.Facts); message != "" {
		r.AddError(inspect.AttributeToken, "github_account_suspended", "The GitHub account of the token is suspended",
			"GitHub refuses every request of this account, including Devtron's.", "GitHub says: "+message,
			"Ask GitHub Support, or the site administrator of a GitHub Enterprise Server, to reinstate the account, or use a token of another account.")
		return
	}
	if token.Failed() {
		r.AddUnreachable(token.Failure, "token")
	}
	r.CheckOwner()
	r.CheckExpiry()
	switch {
	case token.ScopesKnown:
		setKind(r)
		r.CheckScopes()
	case token.OK() && (r.Answer.Kind == inspect.KindClassic || r.Answer.Kind == inspect.KindOAuth):
		r.AddUnverified(inspect.AttributeToken, "github_scopes_unknown", "The scopes of the GitHub token cannot be read",
			"The response has no X-OAuth-Scopes header. GitHub sends it for this kind of token; a proxy between this machine and GitHub may remove it.",
			"The token needs the scopes repo, admin:org, and delete_repo.", r.DryRunNote())
	case token.OK():
		judgePermissions(r)
	}
	judgeOrganization(r)
}

// suspended is GitHub's message about a suspended account. GitHub has no code for it.
var suspended = pattern.New(`(?i)\baccount (was|is|has been) suspended\b`)

// suspension is what GitHub says about an account that it has suspended. Empty: it has not.
func suspension(f inspect.Facts) string {
	reply := f.Token.Reply
	if !reply.Failed(gitapi.Forbidden) {
		reply = f.Target.Reply
	}
	if f.Token.OK() || !reply.Failed(gitapi.Forbidden) || !suspended.MatchString(reply.Failure.Message) {
		return ""
	}
	return reply.Failure.Message
}

// setKind tells the kinds of tokens without a prefix apart.
func setKind(r *inspect.Report) {
	switch {
	case r.Answer.Kind != "":
	case r.Facts.Token.OAuthApp:
		r.Answer.Kind = inspect.KindOAuth
	default:
		r.Answer.Kind = inspect.KindClassic
	}
}

// judgePermissions is about tokens that have permissions instead of scopes.
func judgePermissions(r *inspect.Report) {
	summary := "The permissions of this GitHub token cannot be read"
	if r.Answer.Kind == inspect.KindFineGrained {
		summary = "The permissions of a fine-grained GitHub token cannot be read"
	}
	owner := "the organization"
	if validOrganization(r.Question.Organization) {
		owner = r.Question.Organization
	}
	detail := []string{
		"GitHub does not expose the permissions of a token.",
		"The token needs resource owner " + owner + ", access to all repositories, and the repository permissions Administration (read and write) and Contents (read and write).",
	}
	if r.Answer.Kind == inspect.KindAppUser {
		detail = append(detail, "In addition, a GitHub App user token normally expires eight hours after it is generated, and Devtron stores it permanently.")
	}
	r.AddUnverified(inspect.AttributeToken, "github_fine_grained", summary, append(detail, r.DryRunNote())...)
}

func judgeOrganization(r *inspect.Report) {
	target, token := r.Facts.Target, r.Facts.Token
	name := fmt.Sprintf("%q", r.Question.Organization)
	switch {
	case !target.Asked:
	case target.OK():
		judgeName(r)
		judgeMembership(r)
	case target.SSO:
		judgeSingleSignOn(r, name)
	case target.Failed(gitapi.NotFound):
		judgeMissingOrganization(r, name)
	case target.Failed(gitapi.Forbidden) && token.OK() && strings.Contains(target.Failure.Message, "IP allow list"):
		// GitHub has no code for it. Devtron has another address than the machine that runs
		// Terraform.
		r.AddUnverified(inspect.AttributeOrganization, "github_ip_allow_list", "The organization allows access from certain IP addresses only",
			"GitHub says: "+target.Failure.Message, "Devtron's address may be allowed even though this machine's is not.")
	case target.Failed(gitapi.Forbidden) && token.OK():
		r.AddError(inspect.AttributeOrganization, "github_org_forbids", "The organization "+name+" denies access to the token", "GitHub says: "+target.Failure.Message)
	case target.Failure.Class != token.Failure.Class:
		r.AddUnreachable(target.Failure, "organization")
	}
}

// judgeName is about an organization that has been renamed. GitHub redirects Devtron's requests
// too.
func judgeName(r *inspect.Report) {
	name := r.Facts.Target.Name
	if name == "" || strings.EqualFold(name, r.Question.Organization) {
		return
	}
	r.AddWarning(inspect.AttributeOrganization, "github_org_renamed", "The GitHub organization was renamed to "+name,
		fmt.Sprintf("GitHub redirects requests for %q to %q until another account takes the old name. Devtron gives Argo CD credentials for the old name, but the repositories are under the new one.",
			r.Question.Organization, name),
		fmt.Sprintf("Set organization = %q.", name))
}

func judgeSingleSignOn(r *inspect.Report, name string) {
	fix := `Authorize it with "Configure SSO" at ` + r.TokenPage()
	if link := r.Facts.Target.SSOURL; link != "" {
		fix = "Authorize it within one hour at " + link
	}
	r.AddError(inspect.AttributeToken, "github_sso", "The GitHub token is not authorized for single sign-on",
		"The organization "+name+" requires single sign-on, and the token is not authorized for it.", fix)
}

func judgeMissingOrganization(r *inspect.Report, name string) {
	switch account := r.Facts.Target.Account; {
	case account.OK() && account.Type == "User":
		r.AddError(inspect.AttributeOrganization, "github_org_is_user", name+" is a user account, not an organization",
			"Devtron creates repositories in organizations only.", "Enter the name of an organization, or create a free one at "+r.WebURL+"/account/organizations/new")
	case account.OK():
		fix := "Add the owner of the token to the organization."
		if r.Answer.Kind == inspect.KindFineGrained {
			fix = "Generate a token whose resource owner is the organization. If the organization requires approval, have it approve the token."
		}
		r.AddError(inspect.AttributeOrganization, "github_org_not_visible", "The organization "+name+" is not visible to the token",
			"The organization exists, but GitHub does not show it to this token.", fix)
	default:
		r.AddError(inspect.AttributeOrganization, "github_org_not_found", "The organization "+name+" was not found",
			fmt.Sprintf("%s has no organization of this name, or does not show it to this token.", r.WebURL),
			"Check the name, which is the last part of the URL of the organization's page, and check that the owner of the token is a member of it.")
	}
}

// judgeMembership is about whether the owner of the token may create private repositories.
func judgeMembership(r *inspect.Report) {
	m, membersMay := r.Facts.Membership, r.Facts.Target.MembersCanCreatePrivate
	if !m.Asked {
		return
	}
	who, membersMayNot := r.OwnerName(), membersMay != nil && !*membersMay
	switch {
	case m.OK() && m.CanCreateRepository != nil && !*m.CanCreateRepository:
		addCannotCreate(r, who+" may not create repositories there (can_create_repository is false).")
	case m.OK() && m.State == "pending":
		addMembershipUnknown(r, who+" was invited to the organization but has not accepted yet: "+r.WebURL+"/orgs/"+r.Facts.Target.Name+"/invitation")
	case m.OK() && (m.Role == "admin" || m.CanCreateRepository != nil):
	case m.OK() && membersMayNot:
		addCannotCreate(r, who+" is a "+m.Role+" there, and the organization does not let members create private repositories.")
	case m.OK():
		addMembershipUnknown(r, who+" is a "+m.Role+" there, and GitHub does not show whether members may create private repositories.")
	case !r.Facts.Token.ScopesKnown && m.Failed(gitapi.NotFound, gitapi.Forbidden):
		// judgePermissions has reported that permissions cannot be read.
	case m.Failed(gitapi.NotFound) && membersMayNot:
		addCannotCreate(r, who+" is not a member of the organization, and even members may not create private repositories there.")
	case m.Failed(gitapi.NotFound):
		addMembershipUnknown(r, who+" is not a member of the organization, or the token does not show it.")
	case m.Failed(gitapi.Forbidden) && len(r.Answer.MissingScopes) > 0:
		// With the missing scopes, which have been reported, the membership can be read.
	case m.Failed(gitapi.Forbidden):
		addMembershipUnknown(r, "The membership cannot be read: "+m.Failure.String()+".")
	default:
		r.AddUnreachable(m.Failure, "membership in the organization")
	}
}

func addCannotCreate(r *inspect.Report, reason string) {
	r.AddError(inspect.AttributeOrganization, "github_cannot_create", fmt.Sprintf("The token cannot create repositories in %q", r.Question.Organization), reason,
		"Allow it at "+r.WebURL+"/organizations/"+r.Facts.Target.Name+"/settings/member_privileges, or use a token of an owner of the organization.")
}

func addMembershipUnknown(r *inspect.Report, reason string) {
	r.AddUnverified(inspect.AttributeOrganization, "github_membership_unknown",
		fmt.Sprintf("Cannot verify that the token can create repositories in %q", r.Question.Organization), reason,
		"Make sure that its owner is a member who may create private repositories there.")
}
