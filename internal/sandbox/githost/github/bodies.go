// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"encoding/base64"
	"hash/fnv"
	"net/url"
	"strconv"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost"
)

// The bodies of the responses are complete enough to satisfy GitHub's OpenAPI description.

// setLinks sets the attribute NAME_url for each "name:path" of links. Paths can be URI templates.
func setLinks(body map[string]any, base, links string) {
	for _, link := range strings.Fields(links) {
		name, path, _ := strings.Cut(link, ":")
		body[name+"_url"] = base + path
	}
}

// numericID returns the ID of an account or a repository, which is the same in every run.
func numericID(name string) int {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(strings.ToLower(name)))
	return int(sum.Sum32()%90_000_000) + 1_000_000
}

func nodeID(kind string, id int) string {
	return base64.StdEncoding.EncodeToString([]byte(kind + strconv.Itoa(id)))
}

func rootBody(base string) map[string]any {
	body := map[string]any{}
	setLinks(body, base+"/api/v3", `current_user:/user authorizations:/authorizations emails:/user/emails
		emojis:/emojis events:/events feeds:/feeds followers:/user/followers
		following:/user/following{/target} gists:/gists{/gist_id} issues:/issues keys:/user/keys
		notifications:/notifications organization:/orgs/{org} rate_limit:/rate_limit public_gists:/gists/public
		organization_repositories:/orgs/{org}/repos{?type,page,per_page,sort} organization_teams:/orgs/{org}/teams
		repository:/repos/{owner}/{repo} starred:/user/starred{/owner}{/repo} starred_gists:/gists/starred
		current_user_repositories:/user/repos{?type,page,per_page,sort} user:/users/{user}
		user_organizations:/user/orgs user_repositories:/users/{user}/repos{?type,page,per_page,sort}
		code_search:/search/code{?query} commit_search:/search/commits{?q} issue_search:/search/issues{?query}
		label_search:/search/labels{?q,repository_id} repository_search:/search/repositories{?query}
		user_search:/search/users{?query}`)
	body["current_user_authorizations_html_url"] = base + "/settings/connections/applications{/client_id}"
	return body
}

// accountSummary returns an account inside other bodies. kind is "User" or "Organization".
func accountSummary(base, login, kind string) map[string]any {
	id := numericID(login)
	escaped := url.PathEscape(login)
	body := map[string]any{
		"login": login, "id": id, "node_id": nodeID(kind, id), "type": kind, "site_admin": false, "gravatar_id": "",
		"url": base + "/api/v3/users/" + escaped, "html_url": base + "/" + escaped,
		"avatar_url": base + "/avatars/u/" + strconv.Itoa(id) + "?", "user_view_type": "public",
	}
	setLinks(body, base+"/api/v3/users/"+escaped, `followers:/followers following:/following{/other_user}
		gists:/gists{/gist_id} starred:/starred{/owner}{/repo} subscriptions:/subscriptions organizations:/orgs
		repos:/repos events:/events{/privacy} received_events:/received_events`)
	return body
}

// accountBody returns an account. If private is true, it contains the attributes that only the
// owner sees.
func accountBody(base, login, kind string, private bool) map[string]any {
	body := accountSummary(base, login, kind)
	for _, name := range []string{"name", "company", "location", "email", "hireable", "bio", "twitter_username"} {
		body[name] = nil
	}
	body["blog"], body["created_at"], body["updated_at"] = "", githost.CreationTime, githost.CreationTime
	for _, name := range []string{"public_repos", "public_gists", "followers", "following"} {
		body[name] = 0
	}
	if private {
		body["user_view_type"] = "private"
		body["two_factor_authentication"] = true
		for _, name := range []string{"private_gists", "total_private_repos", "owned_private_repos", "disk_usage", "collaborators"} {
			body[name] = 0
		}
	}
	return body
}

func organizationSummary(base, login string) map[string]any {
	id := numericID(login)
	body := map[string]any{
		"login": login, "id": id, "node_id": nodeID("Organization", id), "description": nil,
		"url": base + "/api/v3/orgs/" + login, "avatar_url": base + "/avatars/u/" + strconv.Itoa(id) + "?",
	}
	setLinks(body, base+"/api/v3/orgs/"+login, `repos:/repos events:/events hooks:/hooks issues:/issues
		members:/members{/member} public_members:/public_members{/member}`)
	return body
}

func organizationBody(base, login string) map[string]any {
	body := organizationSummary(base, login)
	body["html_url"] = base + "/" + login
	body["type"], body["created_at"], body["updated_at"], body["archived_at"] = "Organization", githost.CreationTime, githost.CreationTime, nil
	body["has_organization_projects"], body["has_repository_projects"], body["is_verified"] = true, true, false
	for _, name := range []string{"public_repos", "public_gists", "followers", "following"} {
		body[name] = 0
	}
	return body
}

func membershipBody(base, org, login, state, role string) map[string]any {
	return map[string]any{
		"url":   base + "/api/v3/orgs/" + org + "/memberships/" + login,
		"state": state, "role": role, "direct_membership": true,
		"organization_url": base + "/api/v3/orgs/" + org,
		"organization":     organizationSummary(base, org),
		"user":             accountSummary(base, login, "User"),
	}
}

func repositoryBody(base string, r *repository) map[string]any {
	full := r.org + "/" + r.name
	api := base + "/api/v3/repos/" + full
	id := numericID(full)
	_, hostAndPath, _ := strings.Cut(base, "://")
	body := map[string]any{
		"id": id, "node_id": nodeID("Repository", id), "name": r.name, "full_name": full,
		"owner": accountSummary(base, r.org, "Organization"), "private": r.private, "visibility": "private",
		"html_url": base + "/" + full, "url": api, "clone_url": base + "/" + full + ".git", "svn_url": base + "/" + full,
		"git_url": "git://" + hostAndPath + "/" + full + ".git", "ssh_url": "git@" + hostAndPath + ":" + full + ".git",
		"default_branch": "main", "created_at": githost.CreationTime, "updated_at": githost.CreationTime, "pushed_at": githost.CreationTime,
		"permissions": map[string]any{"admin": true, "maintain": true, "push": true, "triage": true, "pull": true},
	}
	if !r.private {
		body["visibility"] = "public"
	}
	for _, name := range []string{"description", "homepage", "language", "mirror_url", "license"} {
		body[name] = nil
	}
	if r.description != "" {
		body["description"] = r.description
	}
	for _, name := range []string{"fork", "archived", "disabled", "has_pages", "has_discussions"} {
		body[name] = false
	}
	for _, name := range []string{"has_issues", "has_projects", "has_wiki"} {
		body[name] = true
	}
	for _, name := range []string{
		"forks", "forks_count", "open_issues", "open_issues_count", "size", "stargazers_count", "watchers",
		"watchers_count", "network_count", "subscribers_count",
	} {
		body[name] = 0
	}
	setLinks(body, api, `archive:/{archive_format}{/ref} assignees:/assignees{/user} blobs:/git/blobs{/sha}
		branches:/branches{/branch} collaborators:/collaborators{/collaborator} comments:/comments{/number}
		commits:/commits{/sha} compare:/compare/{base}...{head} contents:/contents/{+path} contributors:/contributors
		deployments:/deployments downloads:/downloads events:/events forks:/forks git_commits:/git/commits{/sha}
		git_refs:/git/refs{/sha} git_tags:/git/tags{/sha} hooks:/hooks issue_comment:/issues/comments{/number}
		issue_events:/issues/events{/number} issues:/issues{/number} keys:/keys{/key_id} labels:/labels{/name}
		languages:/languages merges:/merges milestones:/milestones{/number}
		notifications:/notifications{?since,all,participating} pulls:/pulls{/number} releases:/releases{/id}
		stargazers:/stargazers statuses:/statuses/{sha} subscribers:/subscribers subscription:/subscription tags:/tags
		teams:/teams trees:/git/trees{/sha}`)
	return body
}
