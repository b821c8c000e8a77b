// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package bitbucket

import (
	"fmt"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

// lengthNote goes with every advice to generate another token: nobody should generate a token that
// Devtron cannot store.
var lengthNote = fmt.Sprintf("Devtron up to v2.2.0 stores at most %d bytes, and API tokens have 192 characters. A workspace access token may fit.", inspect.MaxTokenBytesV220)

func (inspector) JudgeQuestion(r *inspect.Report) {
	q := r.Question
	if fault := inspect.SegmentFault(q.Workspace); fault != "" {
		r.AddError(inspect.AttributeWorkspace, "bitbucket_workspace_invalid", "This cannot be a Bitbucket workspace",
			inspect.Sentence(fault), "Enter the workspace ID as it appears in the URL of the workspace's page.")
	}
	if fault := inspect.SegmentFault(q.ProjectKey); fault != "" {
		r.AddError(inspect.AttributeProjectKey, "bitbucket_project_invalid", "This cannot be the key of a Bitbucket project", inspect.Sentence(fault))
	}
	switch {
	case q.Username == "":
		r.AddUnverified(inspect.AttributeUsername, "bitbucket_username_missing", "The Bitbucket token could not be checked without a user name",
			"The check sends username and token together, as Devtron does.")
	case strings.Contains(q.Username, ":"):
		r.AddError(inspect.AttributeUsername, "bitbucket_username_invalid", "This cannot be a Bitbucket user name",
			"It contains a colon, which separates the user name from the token in a request.")
	}
}

// JudgeRejection says why Bitbucket may not accept a token that is right: each kind needs its own
// user name.
func (inspector) JudgeRejection(r *inspect.Report, failure gitapi.Failure) {
	token, user := r.Question.Token, r.Question.Username
	if appPasswordForm.MatchString(token) {
		r.AddRejection(failure, "It has the form of an app password. "+noAppPasswords+". If it is one, use an API token or a workspace access token with the repository scopes read, write, admin, and delete.", lengthNote)
		return
	}
	switch {
	case r.Answer.Kind == inspect.KindAPI && !strings.Contains(user, "@") && user != apiTokenUser:
		r.AddWarning(inspect.AttributeUsername, "bitbucket_username", "username is not the e-mail address that goes with a Bitbucket API token",
			fmt.Sprintf("Bitbucket's API accepts an API token only with the e-mail address of the Atlassian account. Devtron sends username, which is %q.", user),
			"If the token itself is right, set username to the e-mail address.")
	case strings.HasPrefix(token, accessTokenPrefix) && user != accessTokenUser:
		r.AddWarning(inspect.AttributeUsername, "bitbucket_username", "username is not the one that goes with a Bitbucket access token",
			fmt.Sprintf("Access tokens of a workspace, project, or repository belong to no user. They need the user name %s, but username is %q.", accessTokenUser, user),
			fmt.Sprintf("If the token itself is right, set username = %q.", accessTokenUser))
	}
	r.AddRejection(failure)
}

func (inspector) JudgeFacts(r *inspect.Report) {
	token, target := r.Facts.Token, r.Facts.Target
	r.Answer.Owner = r.Facts.Owner.Login // not compared with username, which is no login here
	if kind := kindsByType[token.Type]; kind != "" {
		r.Answer.Kind = kind
	}
	r.LegacyScopes = r.Answer.Kind != inspect.KindAPI && !strings.Contains(strings.Join(token.Scopes, " "), ":bitbucket")
	switch {
	case !token.OK():
		r.AddUnreachable(token.Failure, "token")
	case token.ScopesKnown:
		r.CheckScopes()
	default:
		r.AddUnverified(inspect.AttributeToken, "bitbucket_scopes_unknown", "The scopes of the Bitbucket token cannot be read",
			"Bitbucket's response has no header that lists them.",
			"The token needs read, write, admin, and delete for repositories.", r.DryRunNote())
	}
	judgeKind(r)
	if target.Asked {
		judgeWorkspace(r)
	}
	if target.OK() && target.Project.Asked {
		judgeProject(r)
	}
	if token.OK() {
		judgeUsername(r)
	}
}

func judgeKind(r *inspect.Report) {
	switch r.Answer.Kind {
	case inspect.KindRepository:
		r.AddError(inspect.AttributeToken, "bitbucket_repository_token", "A Bitbucket repository access token cannot create repositories",
			"The token can access only one repository, but Devtron creates a repository for each application.",
			"Use an API token, or an access token of the workspace: "+r.TokenPage()+".", lengthNote)
	case inspect.KindOAuth:
		r.AddUnverified(inspect.AttributeToken, "bitbucket_oauth", "A Bitbucket OAuth access token expires within hours",
			"Devtron stores the token permanently and does not renew it.", "Use an API token: "+r.TokenPage()+".", lengthNote)
	case inspect.KindAppPassword:
		r.AddWarning(inspect.AttributeToken, "bitbucket_app_password", "The token is a Bitbucket app password",
			"Atlassian has announced that Bitbucket does not accept app passwords after July 2026.", "Use an API token: "+r.TokenPage()+".", lengthNote)
	}
}

func judgeWorkspace(r *inspect.Report) {
	target := r.Facts.Target
	name := fmt.Sprintf("%q", r.Question.Workspace)
	said := "Bitbucket says: " + target.Failure.String() + "."
	switch {
	case target.OK():
	case target.Failed(gitapi.NotFound):
		r.AddError(inspect.AttributeWorkspace, "bitbucket_workspace_not_found", "The Bitbucket workspace "+name+" was not found",
			fmt.Sprintf("%s has no such workspace, or does not show it to this token.", r.WebURL), said,
			"Check the ID, which appears in the URL of the workspace's page after "+webURL+"/, and check that the owner of the token is a member.")
	case target.Failed(gitapi.InsufficientScope) && len(r.Answer.MissingScopes) > 0:
		// With the missing scopes, which have been reported, the workspace can be read.
	case target.Failed(gitapi.InsufficientScope):
		// required_scopes may not contain the scope, or the header may be missing. The refusal
		// proves that the scope is missing.
		read := r.Spelling(readScope)
		r.Answer.MissingScopes = append(r.Answer.MissingScopes, read)
		r.AddError(inspect.AttributeToken, "bitbucket_missing_scopes", "Bitbucket token lacks scopes that Devtron needs", "Missing: "+read,
			"Bitbucket does not let the token read the repositories of the workspace: "+target.Failure.String()+".", r.HowToAdd(1)+".")
	case target.Failed(gitapi.Forbidden):
		r.AddError(inspect.AttributeWorkspace, "bitbucket_workspace_forbidden", "The Bitbucket workspace "+name+" denies access to the token", said)
	case target.Failure.Class != r.Facts.Token.Failure.Class:
		r.AddUnreachable(target.Failure, "workspace")
	}
}

func judgeProject(r *inspect.Report) {
	project := r.Facts.Target.Project
	key, workspace := strings.ToUpper(r.Question.ProjectKey), r.Question.Workspace
	switch {
	case project.OK():
	case project.Failed(gitapi.NotFound):
		r.AddError(inspect.AttributeProjectKey, "bitbucket_project_not_found", fmt.Sprintf("The Bitbucket workspace has no project %q", key),
			fmt.Sprintf("%q has no project with this key, or does not show it to this token.", workspace),
			fmt.Sprintf("The keys are listed at %s/%s/workspace/projects/. Without bitbucket_project_key, Bitbucket takes the oldest project.", webURL, workspace))
	case project.Failed(gitapi.InsufficientScope, gitapi.Forbidden):
		scope := "read:project:bitbucket"
		if r.LegacyScopes {
			scope = "project"
		}
		r.AddUnverifiedOnWrite(inspect.AttributeProjectKey, "bitbucket_project_unknown", fmt.Sprintf("Cannot verify that the Bitbucket project %q exists", key),
			"The token may not read projects, which Devtron does not need, and no repository of this project was found.",
			"Make sure that the project exists, or give the token the scope "+scope+".")
	default:
		r.AddUnreachable(project.Failure, "project")
	}
}

// judgeUsername is about Devtron's one user name. Devtron sends it to the API and to git, which
// need different ones with an API token (Atlassian, "Using API tokens").
func judgeUsername(r *inspect.Report) {
	if r.Answer.Kind != inspect.KindAPI || !strings.Contains(r.Question.Username, "@") || !r.Question.Thorough {
		return
	}
	r.AddWarning(inspect.AttributeUsername, "bitbucket_username_git", "git may not accept the e-mail address as user name",
		"With an API token, Bitbucket's API needs the e-mail address, while git over HTTPS needs the Bitbucket user name or "+apiTokenUser+". Devtron sends username to both.",
		"Devtron's dry run uses only the API, so check the first deployment. An access token of the workspace with username = \""+accessTokenUser+"\" is meant for both.")
}
