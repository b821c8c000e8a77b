// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"fmt"
	"strings"
)

// bitbucketLength goes with every advice to generate another token: nobody should generate one that Devtron cannot store.
var bitbucketLength = fmt.Sprintf("Devtron up to v2.2.0 stores at most %d bytes, and API tokens have 192 characters: a workspace access token may fit.", MaxTokenBytesV220)

func (bitbucketInspector) tokenPage(j *judgment, web string) string {
	ofWorkspace := j.a.Kind == KindWorkspace || strings.HasPrefix(j.q.Token, bitbucketAccessPrefix)
	if ofWorkspace && j.q.Workspace != "" && validSegment(j.q.Workspace) == "" {
		return web + "/" + j.q.Workspace + "/workspace/settings/access-tokens"
	}
	return "https://id.atlassian.com/manage-profile/security/api-tokens"
}

func (bitbucketInspector) question(j *judgment) {
	if wrong := validSegment(j.q.Workspace); wrong != "" {
		j.fail(AttributeWorkspace, "bitbucket_workspace_invalid", "This cannot be a Bitbucket workspace",
			upperFirst(wrong)+". Write the workspace's id as it stands in the address of its page.")
	}
	if wrong := validSegment(j.q.ProjectKey); wrong != "" {
		j.fail(AttributeProjectKey, "bitbucket_project_invalid", "This cannot be the key of a Bitbucket project", upperFirst(wrong)+".")
	}
	switch {
	case j.q.Username == "":
		j.doubt(AttributeUsername, "bitbucket_username_missing", "The Bitbucket token could not be checked without a user name",
			"Bitbucket is asked with username and token together, as Devtron does it.")
	case strings.Contains(j.q.Username, ":"):
		j.fail(AttributeUsername, "bitbucket_username_invalid", "This cannot be a Bitbucket user name",
			"It contains a colon, which separates the user name from the token where they are sent.")
	}
}

// rejected tells why Bitbucket may not accept a token that is right: each kind goes with a user name of its own.
func (bitbucketInspector) rejected(j *judgment, failure Failure) {
	user := j.q.Username
	switch {
	case bitbucketAppPassword.MatchString(j.q.Token):
		j.rejected(failure, "It has the form of an app password. If it is one: "+noAppPasswords+". Use an API token or a workspace access token with the repository scopes read, write, admin and delete.", bitbucketLength)
		return
	case j.a.Kind == KindAPI && !strings.Contains(user, "@") && user != bitbucketAnyAPIToken:
		j.warn(AttributeUsername, "bitbucket_username", "username is not the e-mail address that goes with a Bitbucket API token",
			fmt.Sprintf("Bitbucket's API accepts an API token only together with the e-mail address of the Atlassian account, and Devtron sends username, which is %q.", user),
			"If the token itself is right, set username to the e-mail address.")
	case strings.HasPrefix(j.q.Token, bitbucketAccessPrefix) && user != bitbucketAnyAccessToken:
		j.warn(AttributeUsername, "bitbucket_username", "username is not the one that goes with a Bitbucket access token",
			fmt.Sprintf("Access tokens of a workspace, project or repository belong to no user: they go with the name %s, and username is %q.", bitbucketAnyAccessToken, user),
			fmt.Sprintf("If the token itself is right, set username = %q.", bitbucketAnyAccessToken))
	}
	j.rejected(failure)
}

func (bitbucketInspector) judge(j *judgment) {
	token, target := j.f.Token, j.f.Target
	j.a.Owner = j.f.Owner.Login // username is no login here, so that they are not compared
	if kind := bitbucketTypes[token.Type]; kind != "" {
		j.a.Kind = kind
	}
	j.older = j.a.Kind != KindAPI && !strings.Contains(strings.Join(token.Scopes, " "), ":bitbucket")
	switch {
	case !token.OK():
		j.unreachable(token.Failure, "the token")
	case token.ScopesKnown:
		j.scopes(false)
	default:
		j.doubt(AttributeToken, "bitbucket_scopes_unknown", "The scopes of the Bitbucket token cannot be read",
			"Bitbucket's answer has no header that lists them.",
			"It needs read, write, admin and delete for repositories.", j.whenSaved())
	}
	j.bitbucketKind()
	if target.Asked {
		j.bitbucketWorkspace()
	}
	if target.OK() && target.Project.Asked {
		j.bitbucketProject()
	}
	if token.OK() {
		j.bitbucketUsername()
	}
}

func (j *judgment) bitbucketKind() {
	switch j.a.Kind {
	case KindRepository:
		j.fail(AttributeToken, "bitbucket_repository_token", "A Bitbucket repository access token cannot create repositories",
			"It reaches only one repository, but Devtron creates a repository for each application.",
			"Use an API token, or an access token of the workspace: "+j.tokenPage()+".", bitbucketLength)
	case KindOAuth:
		j.doubt(AttributeToken, "bitbucket_oauth", "An OAuth access token of Bitbucket is unfit for Devtron",
			"It expires within hours, and Devtron stores the token permanently.", "Use an API token: "+j.tokenPage()+".", bitbucketLength)
	case KindAppPassword:
		j.warn(AttributeToken, "bitbucket_app_password", "The token is a Bitbucket app password",
			"Atlassian has announced that Bitbucket accepts none after July 2026.", "Use an API token: "+j.tokenPage()+".", bitbucketLength)
	}
}

func (j *judgment) bitbucketWorkspace() {
	target := j.f.Target
	name := fmt.Sprintf("%q", j.q.Workspace)
	switch {
	case target.OK():
	case target.Failed(FailNotFound):
		j.fail(AttributeWorkspace, "bitbucket_workspace_not_found", "The Bitbucket workspace "+name+" was not found",
			fmt.Sprintf("%s has no such workspace, or does not show it for this token.", j.web), "Bitbucket says: "+target.Failure.said()+".",
			"Check the id (it stands in the address of the workspace's page, after "+bitbucketWeb+"/), and that the owner of the token is a member.")
	case target.Failed(FailScope) && len(j.a.MissingScopes) > 0:
		// The missing scopes have been named; with them the workspace can be read.
	case target.Failed(FailScope):
		// required_scopes may leave it out, or the header may be missing: the refusal proves the lack.
		read := j.spelled(bitbucketScopes[0])
		j.a.MissingScopes = append(j.a.MissingScopes, read)
		j.fail(AttributeToken, "bitbucket_missing_scopes", "Bitbucket token lacks scopes that Devtron needs", "Missing: "+read,
			"Bitbucket does not let the token read the repositories of the workspace: "+target.Failure.said()+".", j.howToAdd(1)+".")
	case target.Failed(FailForbidden):
		j.fail(AttributeWorkspace, "bitbucket_workspace_forbidden", "The Bitbucket workspace "+name+" does not let the token in",
			"Bitbucket says: "+target.Failure.said()+".")
	case target.Failure.Class != j.f.Token.Failure.Class:
		j.unreachable(target.Failure, "the workspace")
	}
}

func (j *judgment) bitbucketProject() {
	project := j.f.Target.Project
	key := strings.ToUpper(j.q.ProjectKey)
	switch {
	case project.OK():
	case project.Failed(FailNotFound):
		j.fail(AttributeProjectKey, "bitbucket_project_not_found", fmt.Sprintf("The Bitbucket workspace has no project %q", key),
			fmt.Sprintf("%q has no project with this key, or does not show it for this token.", j.q.Workspace),
			fmt.Sprintf("The keys are at %s/%s/workspace/projects/. Without bitbucket_project_key Bitbucket takes the oldest project.", bitbucketWeb, j.q.Workspace))
	case project.Failed(FailScope, FailForbidden):
		scope := "read:project:bitbucket"
		if j.older {
			scope = "project"
		}
		j.doubtOnWrite(AttributeProjectKey, "bitbucket_project_unknown", fmt.Sprintf("It is not known whether there is a Bitbucket project %q", key),
			"The token may not look projects up, which Devtron does not need, and no repository of this project was found.",
			"Make sure that the project is there, or give the token the scope "+scope+".")
	default:
		j.unreachable(project.Failure, "the project")
	}
}

// bitbucketUsername is about Devtron's one user name: it sends it to the API and to git, which want different ones with an
// API token (Atlassian, "Using API tokens").
func (j *judgment) bitbucketUsername() {
	if j.a.Kind != KindAPI || !strings.Contains(j.q.Username, "@") || !j.q.Thorough {
		return
	}
	j.warn(AttributeUsername, "bitbucket_username_git", "git may not accept the e-mail address as user name",
		"Bitbucket's API takes an API token together with the e-mail address, as it did now, and git over HTTPS together with the Bitbucket user name or "+
			bitbucketAnyAPIToken+". Devtron sends username to both.",
		"Its dry run talks to the API alone: watch the first deployment. An access token of the workspace, with username = \""+bitbucketAnyAccessToken+"\", is meant for both.")
}
