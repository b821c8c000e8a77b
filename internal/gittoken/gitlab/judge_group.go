// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

func judgeGroup(r *inspect.Report) {
	target := r.Facts.Target
	switch {
	case !target.Asked:
	case target.OK():
		judgeFoundGroup(r)
	case target.Failed(gitapi.NotFound):
		judgeMissingGroup(r)
	case target.Failed(gitapi.InsufficientGranularScope):
		// judgeGranular has reported it.
	case target.Failed(gitapi.InsufficientScope):
		if !slices.Contains(r.Answer.MissingScopes, "api") {
			// required_scopes may not contain api, or the token may not describe itself. The
			// refusal proves that the scope is missing.
			r.AddError(inspect.AttributeToken, "gitlab_missing_scopes", "GitLab token lacks scopes that Devtron needs",
				"Missing: api (implies "+strings.Join(implied["api"], ", ")+")",
				"GitLab does not let the token read the group: "+target.Failure.String()+".", r.HowToAdd(1)+".")
		}
	case target.Failed(gitapi.Forbidden) && r.Facts.Token.OK():
		r.AddUnverified(inspect.AttributeGroupID, "gitlab_group_forbidden", "The GitLab group could not be read", "GitLab says: "+target.Failure.String()+".")
	case target.Failure.Class != r.Facts.Token.Failure.Class:
		r.AddUnreachable(target.Failure, "group")
	}
}

func judgeMissingGroup(r *inspect.Report) {
	if ids := r.Facts.Target.NumericIDs; len(ids) > 0 {
		addNotNumeric(r, ids)
		return
	}
	reason := r.WebURL + " has no such group, or does not show it to the owner of the token."
	fix := "Check the group id on the group's page, and check that the owner of the token is a member of the group."
	if numericID(r.Question.GroupID) == 0 {
		reason = r.WebURL + " has no group with this path or name, or does not show it to the owner of the token."
		fix = "Enter the group id, which is the number that the group's page shows, and check that the owner of the token is a member of the group."
	}
	r.AddError(inspect.AttributeGroupID, "gitlab_group_not_found", fmt.Sprintf("The GitLab group %q was not found", r.Question.GroupID), reason, fix)
}

// addNotNumeric names the id of a group that was given by its path or name. Devtron looks a group
// up by its name in one place and by its path in another, so a value that is both works.
func addNotNumeric(r *inspect.Report, ids []int) {
	const why = "Devtron uses a value that is not a number as the group's name in one place and as its path in another"
	fix := fmt.Sprintf("Set group_id = \"%d\".", ids[0])
	if len(ids) > 1 {
		var list []string
		for _, id := range ids {
			list = append(list, strconv.Itoa(id))
		}
		fix = "Several groups have this name or path. Set group_id to the id of the right one: " + strings.Join(list, ", ") + "."
	}
	if r.Facts.Target.NamedLikePath {
		r.AddWarning(inspect.AttributeGroupID, "gitlab_group_named", "group_id should be numeric",
			why+". This group has the same name and path, so both work until somebody renames it.", fix)
		return
	}
	r.AddError(inspect.AttributeGroupID, "gitlab_group_not_numeric", "group_id is not numeric", why+", so saving or deploying fails.", fix)
}

func judgeFoundGroup(r *inspect.Report) {
	target := r.Facts.Target
	if numericID(r.Question.GroupID) == 0 {
		addNotNumeric(r, []int{target.ID})
	}
	switch {
	case target.Archived:
		r.AddError(inspect.AttributeGroupID, "gitlab_group_archived", "The GitLab group is archived", fmt.Sprintf("%q takes no new projects.", target.Name),
			"Unarchive the group in its settings, or set group_id to another group.")
	case target.DeletionDate != "":
		r.AddError(inspect.AttributeGroupID, "gitlab_group_deleted", "The GitLab group is marked for deletion",
			fmt.Sprintf("GitLab will delete %q with all its projects. The group was marked on %s.", target.Name, target.DeletionDate),
			"Restore the group in its settings, or set group_id to another group.")
	}
	if target.CreationLevel == "noone" {
		r.AddError(inspect.AttributeGroupID, "gitlab_creation_forbidden", "Nobody may create projects in the GitLab group",
			fmt.Sprintf("The settings of %q do not allow it (project_creation_level = noone).", target.Name),
			fmt.Sprintf("Change \"Roles allowed to create projects\" at %s/groups/%s/-/edit", r.WebURL, target.Name))
		return
	}
	judgeMembership(r)
}

// GitLab's access levels. Administrators are above all roles.
const (
	levelDeveloper  = 30
	levelMaintainer = 40
	levelOwner      = 50
	levelAdmin      = 100
)

// creationLevels are the access levels that a group's project_creation_level requires.
var creationLevels = map[string]int{
	"": levelDeveloper, "developer": levelDeveloper, "maintainer": levelMaintainer, "owner": levelOwner, "administrator": levelAdmin,
}

// judgeMembership is about the effective access level of the token's owner.
func judgeMembership(r *inspect.Report) {
	m, target, owner := r.Facts.Membership, r.Facts.Target, r.Facts.Owner
	if !m.Asked || (owner.Admin != nil && *owner.Admin) || r.Answer.Kind == inspect.KindProject {
		return
	}
	who := r.OwnerName()
	page := fmt.Sprintf("%s/groups/%s/-/group_members", r.WebURL, target.Name)
	needed, known := creationLevels[target.CreationLevel]
	switch {
	case m.Failed(gitapi.NotFound) && (owner.Admin == nil || owner.Bot == nil || *owner.Bot):
		addMembershipUnknown(r, who+" is not listed among the members of the group.", "The members are at "+page)
	case m.Failed(gitapi.NotFound):
		r.AddError(inspect.AttributeGroupID, "gitlab_not_member", "The owner of the token is not a member of the GitLab group",
			fmt.Sprintf("%s is not a member of %q, neither directly nor by inheritance.", who, target.Name), "Add the account as Maintainer or Owner at "+page)
	case m.Failed(gitapi.Forbidden, gitapi.InsufficientScope, gitapi.InsufficientGranularScope):
		if !slices.Contains(r.Answer.MissingScopes, "api") && !r.Unverified() {
			addMembershipUnknown(r, "GitLab says: "+m.Failure.String()+".")
		}
	case m.Failed():
		r.AddUnreachable(m.Failure, "membership in the group")
	case !known:
		r.AddUnverified(inspect.AttributeGroupID, "gitlab_creation_level_unknown", "Cannot verify who may create projects in the GitLab group",
			fmt.Sprintf("The group's project_creation_level is %q, and %s is %s there.", target.CreationLevel, who, levelName(m.AccessLevel)))
	case m.AccessLevel < needed && m.CustomRole != "":
		r.AddUnverified(inspect.AttributeGroupID, "gitlab_custom_role", "Cannot verify that the token can create projects in the GitLab group",
			fmt.Sprintf("%s has the custom role %q, based on %s, and GitLab does not show what the role adds.", who, m.CustomRole, levelName(m.AccessLevel)))
	case m.AccessLevel < needed:
		r.AddError(inspect.AttributeGroupID, "gitlab_level_too_low", "The token cannot create projects in the GitLab group",
			fmt.Sprintf("%s is %s in %q, but creating projects requires %s.", who, levelName(m.AccessLevel), target.Name, levelName(needed)), "Change the role at "+page)
	case m.AccessLevel < levelOwner:
		r.AddWarning(inspect.AttributeGroupID, "gitlab_not_owner", "The token cannot delete projects in the GitLab group",
			fmt.Sprintf("%s is %s in %q. Only an Owner can delete the project that Devtron's dry run creates; otherwise it is left behind after every save.", who, levelName(m.AccessLevel), target.Name),
			"Nothing else fails. To avoid it, change the role to Owner at "+page)
	}
}

func addMembershipUnknown(r *inspect.Report, detail ...string) {
	r.AddUnverified(inspect.AttributeGroupID, "gitlab_membership_unknown", "Cannot verify what the token may do in the GitLab group", detail...)
}

var levelNames = map[int]string{
	0: "No access", 5: "Minimal Access", 10: "Guest", 15: "Planner", 20: "Reporter", 30: "Developer", 40: "Maintainer", 50: "Owner",
}

// levelName is an access level as GitLab's pages call it.
func levelName(level int) string {
	if level == levelAdmin {
		return "an administrator of GitLab"
	}
	if name := levelNames[level]; name != "" {
		return fmt.Sprintf("%s (%d)", name, level)
	}
	return strconv.Itoa(level)
}
