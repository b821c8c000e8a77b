// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// GitLab's access levels.
const (
	levelDeveloper  = 30
	levelMaintainer = 40
	levelOwner      = 50
)

// levelName is how GitLab's pages call an access level.
func levelName(level int) string {
	names := map[int]string{0: "No access", 5: "Minimal Access", 10: "Guest", 15: "Planner", 20: "Reporter", 30: "Developer", 40: "Maintainer", 50: "Owner"}
	if name := names[level]; name != "" {
		return fmt.Sprintf("%s (%d)", name, level)
	}
	return fmt.Sprint(level)
}

func (j *judgment) gitlab() {
	token := j.f.Token
	j.gitlabKind()
	j.owner()
	j.expiry()
	switch {
	case token.Failed(FailForbidden) && gitlabDenied.MatchString(token.Failure.Message):
		j.fail(AttributeToken, "gitlab_account_denied", "GitLab denies access to the account of the token",
			"GitLab refuses all requests of this account, those of Devtron included.", "GitLab says: "+token.Failure.said()+".",
			"Have an administrator of GitLab unblock the account, or use a token of another account.")
		return
	case token.Granular || token.Failed(FailGranular) || j.f.Target.Failed(FailGranular):
		j.gitlabGranular()
	case token.OK() && token.ScopesKnown:
		j.scopes(j.a.Kind == KindGroup || j.a.Kind == KindProject)
	case token.OK() || token.Failed(FailNotFound, FailStatus, FailUnauthorized):
		j.gitlabNoSelf()
	default:
		j.unreachable(token.Failure, "the token")
	}
	if (token.Revoked || token.Inactive) && !(!token.ExpiresAt.IsZero() && !token.ExpiresAt.After(j.now)) {
		state := "inactive"
		if token.Revoked {
			state = "revoked"
		}
		j.fail(AttributeToken, "token_inactive", "The GitLab token is "+state, "Devtron cannot use it.", "Generate a new token at "+j.tokenPage()+".")
	}
	if j.a.Kind == KindProject {
		j.fail(AttributeToken, "gitlab_project_token", "A GitLab project access token cannot create projects",
			fmt.Sprintf("It belongs to %q and reaches only one project, but Devtron creates a project for each application.", j.a.Owner),
			"Use a group access token of the group or a personal access token: "+j.tokenPage()+".")
	}
	j.gitlabGroup()
}

// gitlabDenied is how GitLab says that it lets an account use nothing. It has no code for it.
var gitlabDenied = regexp.MustCompile(`(?i)account (has been|is) (blocked|deactivated|pending|banned)|must accept the Terms of Service|password (has )?expired|not confirmed|internal users`)

// gitlabKind finds the kind of token from its owner. The flag "bot" is set for service accounts as well, and anybody may have a
// name like that of a group's or project's bot user; but only the bot user of a project has both and can be no member of a group.
func (j *judgment) gitlabKind() {
	owner := j.f.Owner
	form := gitLabBot.FindStringSubmatch(owner.Login)
	bot := owner.Bot != nil && *owner.Bot
	switch {
	case j.f.Token.Granular:
		j.a.Kind = KindGranular
	case !owner.OK():
	case !bot && (owner.Bot != nil || form == nil):
		j.a.Kind = KindPersonal
	case bot && strings.HasPrefix(owner.Login, "service_account_"):
		j.a.Kind = KindServiceAccount
	case bot && form != nil && form[1] == "group":
		j.a.Kind = KindGroup
	case bot && form != nil && !j.f.Membership.OK():
		j.a.Kind = KindProject
	}
}

func (j *judgment) gitlabGranular() {
	lines := []string{
		"GitLab does not expose the permissions of a fine-grained token.",
		"It needs to read groups, and to create, read, push to and delete projects of the group.",
	}
	if failure := j.f.Target.Failure; failure.Class == FailGranular && !j.f.Token.Granular {
		lines = []string{
			"GitLab says: " + failure.Message,
			"The group may demand fine-grained tokens, whose permissions GitLab does not expose.",
		}
	}
	j.doubt(AttributeToken, "gitlab_granular", "The permissions of a fine-grained GitLab token cannot be read", lines...)
}

// gitlabNoSelf is about a GitLab that does not let a token describe itself.
func (j *judgment) gitlabNoSelf() {
	proof := "Make sure that it has the scope api."
	if j.f.Target.OK() {
		proof = "The group could be read, so the token has api or read_api. Devtron needs api."
	}
	said := ""
	if j.f.Token.Failed() {
		said = " " + j.web + " answered: " + j.f.Token.Failure.said() + "."
	}
	j.doubt(AttributeToken, "gitlab_scopes_unknown", "The scopes of the GitLab token cannot be read",
		"GitLab exposes the scopes of a token since version 15.5."+said, proof)
}

func (j *judgment) gitlabGroup() {
	target := j.f.Target
	if !target.Asked {
		return
	}
	switch {
	case target.OK():
		j.gitlabGroupFound()
	case target.Failed(FailNotFound):
		j.gitlabNoGroup()
	case target.Failed(FailGranular):
		// Said with the token.
	case target.Failed(FailScope):
		if !slices.Contains(j.a.MissingScopes, "api") {
			// required_scopes may leave api out, or the token may not describe itself: the refusal proves the lack.
			j.fail(AttributeToken, "gitlab_missing_scopes", "GitLab token lacks scopes that Devtron needs",
				"Missing: api (implies "+strings.Join(gitlabImplied["api"], ", ")+")",
				"GitLab does not let the token read the group: "+target.Failure.said()+".", j.howToAdd(1)+".")
		}
	case target.Failed(FailForbidden) && j.f.Token.OK():
		j.doubt(AttributeGroupID, "gitlab_group_forbidden", "The GitLab group could not be read", "GitLab says: "+target.Failure.said()+".")
	case target.Failure.Class != j.f.Token.Failure.Class:
		j.unreachable(target.Failure, "the group")
	}
}

func (j *judgment) gitlabNoGroup() {
	switch ids := j.f.Target.NumericIDs; {
	case len(ids) > 0:
		j.gitlabNotNumeric(ids)
	case numeric(j.q.GroupID) == 0:
		j.fail(AttributeGroupID, "gitlab_group_not_found", fmt.Sprintf("The GitLab group %q was not found", j.q.GroupID),
			fmt.Sprintf("%s has no group with this path or name, or does not show it to the owner of the token.", j.web),
			"Write the group id, which is the number that the group's page shows, and check that the owner of the token is a member of the group.")
	default:
		j.fail(AttributeGroupID, "gitlab_group_not_found", fmt.Sprintf("The GitLab group %q was not found", j.q.GroupID),
			fmt.Sprintf("%s has no such group, or does not show it to the owner of the token.", j.web),
			"Check the number on the group's page, and that the owner of the token is a member of the group.")
	}
}

// gitlabNotNumeric answers a path or name with the id to write. Devtron looks a group up by its name in one place and by its
// path in another; a value that is both works for it.
func (j *judgment) gitlabNotNumeric(ids []int) {
	const why = "Devtron takes any value but a number for the group's name in one place and for its path in another"
	fix := fmt.Sprintf("Write group_id = \"%d\".", ids[0])
	if len(ids) > 1 {
		fix = "Several groups have this name or path. Write the id of the one that is meant: " + strings.Trim(strings.Join(strings.Fields(fmt.Sprint(ids)), ", "), "[]") + "."
	}
	if j.f.Target.NamedLikePath {
		j.warn(AttributeGroupID, "gitlab_group_named", "group_id should be numeric", why+". This group has the same name and path, so that both work until somebody renames it.", fix)
		return
	}
	j.fail(AttributeGroupID, "gitlab_group_not_numeric", "group_id is not numeric", why+", so that saving or deploying fails.", fix)
}

func (j *judgment) gitlabGroupFound() {
	target := j.f.Target
	if numeric(j.q.GroupID) == 0 {
		j.gitlabNotNumeric([]int{target.ID})
	}
	switch {
	case target.Archived:
		j.fail(AttributeGroupID, "gitlab_group_archived", "The GitLab group is archived", fmt.Sprintf("%q takes no new projects.", target.Name),
			"Unarchive it in its settings, or write the id of another group.")
	case target.DeletionDate != "":
		j.fail(AttributeGroupID, "gitlab_group_deleted", "The GitLab group is marked for deletion",
			fmt.Sprintf("GitLab deletes %q with all its projects; the deletion was requested for %s.", target.Name, target.DeletionDate),
			"Restore it in its settings, or write the id of another group.")
	}
	if target.CreationLevel == "noone" {
		j.fail(AttributeGroupID, "gitlab_creation_forbidden", "Nobody may create projects in the GitLab group",
			fmt.Sprintf("%q says so in its settings (project_creation_level = noone).", target.Name),
			fmt.Sprintf("Change \"Roles allowed to create projects\" at %s/groups/%s/-/edit", j.web, target.Name))
		return
	}
	j.gitlabMembership()
}

// gitlabMembership judges the effective access level of the token's owner.
func (j *judgment) gitlabMembership() {
	m, target := j.f.Membership, j.f.Target
	admin := j.f.Owner.Admin
	if !m.Asked || (admin != nil && *admin) || j.a.Kind == KindProject {
		return
	}
	who := "The owner of the token"
	if j.a.Owner != "" {
		who = fmt.Sprintf("%q", j.a.Owner)
	}
	page := fmt.Sprintf("%s/groups/%s/-/group_members", j.web, target.Name)
	needed, known := map[string]int{"": levelDeveloper, "developer": levelDeveloper, "maintainer": levelMaintainer, "owner": levelOwner, "administrator": 100}[target.CreationLevel]
	switch {
	case m.Failed(FailNotFound) && (admin == nil || j.f.Owner.Bot == nil || *j.f.Owner.Bot):
		j.doubt(AttributeGroupID, "gitlab_membership_unknown", "It is not known what the token may do in the GitLab group",
			who+" is not listed among the members of the group.", "The members are at "+page)
	case m.Failed(FailNotFound):
		j.fail(AttributeGroupID, "gitlab_not_member", "The owner of the token is not a member of the GitLab group",
			fmt.Sprintf("%s is not a member of %q, neither directly nor by inheritance.", who, target.Name), "Add it as Maintainer or Owner at "+page)
	case m.Failed(FailForbidden, FailScope, FailGranular):
		if !slices.Contains(j.a.MissingScopes, "api") && !j.unknown {
			j.doubt(AttributeGroupID, "gitlab_membership_unknown", "It is not known what the token may do in the GitLab group", "GitLab says: "+m.Failure.said()+".")
		}
	case m.Failed():
		j.unreachable(m.Failure, "the membership in the group")
	case !known:
		j.doubt(AttributeGroupID, "gitlab_creation_level_unknown", "It is not known who may create projects in the GitLab group",
			fmt.Sprintf("Its project_creation_level is %q; %s is %s there.", target.CreationLevel, who, levelName(m.AccessLevel)))
	case m.AccessLevel < needed && m.CustomRole != "":
		j.doubt(AttributeGroupID, "gitlab_custom_role", "It is not known whether the token can create projects in the GitLab group",
			fmt.Sprintf("%s has the custom role %q, on top of %s, and GitLab does not show what it adds.", who, m.CustomRole, levelName(m.AccessLevel)))
	case m.AccessLevel < needed:
		enough := levelName(needed)
		if needed > levelOwner {
			enough = "an administrator of GitLab"
		}
		j.fail(AttributeGroupID, "gitlab_level_too_low", "The token cannot create projects in the GitLab group",
			fmt.Sprintf("%s is %s in %q, and creating projects takes %s.", who, levelName(m.AccessLevel), target.Name, enough), "Change the role at "+page)
	case m.AccessLevel < levelOwner:
		j.warn(AttributeGroupID, "gitlab_not_owner", "The token cannot delete projects in the GitLab group",
			fmt.Sprintf("%s is %s in %q. Only an Owner can delete the project that Devtron's dry run creates; otherwise one is left behind by every save.", who, levelName(m.AccessLevel), target.Name),
			"Nothing else fails. Make it Owner at "+page+" to avoid that.")
	}
}
