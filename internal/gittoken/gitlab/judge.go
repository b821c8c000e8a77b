// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab

import (
	"fmt"
	"slices"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
)

func (inspector) JudgeQuestion(r *inspect.Report) {
	if fault := groupFault(r.Question.GroupID); fault != "" {
		r.AddError(inspect.AttributeGroupID, "group_invalid", "This cannot be a GitLab group id", inspect.Sentence(fault), "Enter the group id, which the group's page shows.")
	}
}

// JudgeRejection names what the form of the token suggests. Other tokens may have the same form.
func (inspector) JudgeRejection(r *inspect.Report, failure gitapi.Failure) {
	other := r.Recognized
	switch {
	case oauthForm.MatchString(r.Question.Token):
		r.AddRejection(failure, "It has the form of an OAuth access token. Devtron sends tokens in the header PRIVATE-TOKEN, where GitLab does not accept OAuth access tokens, and these expire after two hours.",
			"If it is one, use a personal or group access token with the scope api.")
	case other.Provider != "" && other.Provider != inspect.GitLab:
		r.AddRejection(failure, fmt.Sprintf("It looks like %s token. If it is one, set git_provider = %q, or use a GitLab token.", inspect.Article(other.ProviderName), other.Provider))
	default:
		r.AddRejection(failure)
	}
}

func (inspector) JudgeFacts(r *inspect.Report) {
	token := r.Facts.Token
	if kind := kindOfOwner(r.Facts); kind != "" {
		r.Answer.Kind = kind
	}
	r.CheckOwner()
	r.CheckExpiry()
	switch {
	case token.Failed(gitapi.Forbidden) && accountDenied.MatchString(token.Failure.Message):
		r.AddError(inspect.AttributeToken, "gitlab_account_denied", "GitLab denies access to the account of the token",
			"GitLab refuses every request of this account, including Devtron's.", "GitLab says: "+token.Failure.String()+".",
			"Have an administrator of GitLab unblock the account, or use a token of another account.")
		return
	case token.Granular || token.Failed(gitapi.InsufficientGranularScope) || r.Facts.Target.Failed(gitapi.InsufficientGranularScope):
		judgeGranular(r)
	case token.OK() && token.ScopesKnown:
		r.CheckScopes()
		judgeBotScopes(r)
	case token.OK() || token.Failed(gitapi.NotFound, gitapi.UnexpectedStatus, gitapi.Unauthorized):
		judgeUnknownScopes(r)
	default:
		r.AddUnreachable(token.Failure, "token")
	}
	judgeState(r)
	if r.Answer.Kind == inspect.KindProject {
		r.AddError(inspect.AttributeToken, "gitlab_project_token", "A GitLab project access token cannot create projects",
			fmt.Sprintf("The token belongs to %q and can access only one project, but Devtron creates a project for each application.", r.Answer.Owner),
			"Use a group access token of the group or a personal access token: "+r.TokenPage()+".")
	}
	judgeGroup(r)
}

// accountDenied is GitLab's message about an account that may not do anything. GitLab has no code
// for it.
var accountDenied = pattern.New(`(?i)account (has been|is) (blocked|deactivated|pending|banned)|must accept the Terms of Service|password (has )?expired|not confirmed|internal users`)

// judgeState is about a token that GitLab reports as inactive, unless it has expired: CheckExpiry
// reports that.
func judgeState(r *inspect.Report) {
	token := r.Facts.Token
	expired := !token.ExpiresAt.IsZero() && !token.ExpiresAt.After(r.Now)
	if expired || (!token.Revoked && !token.Inactive) {
		return
	}
	state := "inactive"
	if token.Revoked {
		state = "revoked"
	}
	r.AddError(inspect.AttributeToken, "token_inactive", "The GitLab token is "+state, "Devtron cannot use it.", "Generate a new token at "+r.TokenPage()+".")
}

func judgeGranular(r *inspect.Report) {
	detail := []string{
		"GitLab does not expose the permissions of a fine-grained token.",
		"The token needs permission to read groups, and to create, read, push to, and delete projects of the group.",
	}
	if failure := r.Facts.Target.Failure; failure.Class == gitapi.InsufficientGranularScope && !r.Facts.Token.Granular {
		detail = []string{
			"GitLab says: " + failure.Message,
			"The group may require fine-grained tokens, whose permissions GitLab does not expose.",
		}
	}
	r.AddUnverified(inspect.AttributeToken, "gitlab_granular", "The permissions of a fine-grained GitLab token cannot be read", detail...)
}

// judgeBotScopes is about group and project access tokens. GitLab's documentation says that api
// does not let them push, its source code that it does.
func judgeBotScopes(r *inspect.Report) {
	const push = "write_repository"
	required := r.Requirements.Scopes
	bot := r.Answer.Kind == inspect.KindGroup || r.Answer.Kind == inspect.KindProject
	if !bot || slices.Contains(r.Answer.Scopes, push) || !slices.Contains(r.Answer.Scopes, "api") || (required != nil && !slices.Contains(required, push)) {
		return
	}
	r.Answer.MissingScopes = append(r.Answer.MissingScopes, push)
	r.AddWarning(inspect.AttributeToken, "gitlab_bot_write_repository", "GitLab "+inspect.KindName(r.Answer.Kind)+" lacks write_repository",
		"Missing: "+push, "Granted: "+inspect.List(r.Answer.Scopes),
		"According to GitLab's documentation, api alone does not let a group or project access token push with git, and Devtron pushes.",
		r.HowToAdd(1)+".")
}

// judgeUnknownScopes is about a GitLab that does not let a token describe itself.
func judgeUnknownScopes(r *inspect.Report) {
	detail := "GitLab exposes the scopes of a token since version 15.5."
	if r.Facts.Token.Failed() {
		detail += " " + r.WebURL + " answered: " + r.Facts.Token.Failure.String() + "."
	}
	fix := "Make sure that the token has the scope api."
	if r.Facts.Target.OK() {
		fix = "The token can read the group, so it has api or read_api. Devtron needs api."
	}
	r.AddUnverified(inspect.AttributeToken, "gitlab_scopes_unknown", "The scopes of the GitLab token cannot be read", detail, fix)
}
