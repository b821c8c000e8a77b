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

// The bodies of GitHub's answers, complete enough to be valid against its OpenAPI description.

const githubTime = githost.CreationTime

// links makes attributes NAME_url out of "name:path" words; paths may hold URI templates.
func links(body map[string]any, base, words string) {
	for _, word := range strings.Fields(words) {
		name, path, _ := strings.Cut(word, ":")
		body[name+"_url"] = base + path
	}
}

// githubID gives every login a number of its own that is the same in every run.
func githubID(login string) int {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(strings.ToLower(login)))
	return int(sum.Sum32()%90_000_000) + 1_000_000
}

func githubNode(kind string, id int) string {
	return base64.StdEncoding.EncodeToString([]byte(kind + strconv.Itoa(id)))
}

func githubRoot(base string) map[string]any {
	body := map[string]any{}
	links(body, base+"/api/v3", `current_user:/user authorizations:/authorizations emails:/user/emails
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

// githubSimpleUser is an account as it appears inside other bodies. kind is User or Organization.
func githubSimpleUser(base, login, kind string) map[string]any {
	id := githubID(login)
	escaped := url.PathEscape(login)
	body := map[string]any{
		"login": login, "id": id, "node_id": githubNode(kind, id), "type": kind, "site_admin": false, "gravatar_id": "",
		"url": base + "/api/v3/users/" + escaped, "html_url": base + "/" + escaped,
		"avatar_url": base + "/avatars/u/" + strconv.Itoa(id) + "?", "user_view_type": "public",
	}
	links(body, base+"/api/v3/users/"+escaped, `followers:/followers following:/following{/other_user}
		gists:/gists{/gist_id} starred:/starred{/owner}{/repo} subscriptions:/subscriptions organizations:/orgs
		repos:/repos events:/events{/privacy} received_events:/received_events`)
	return body
}

// githubUser is an account asked for by itself, with the details that only its owner sees.
func githubUser(base, login, kind string, private bool) map[string]any {
	body := githubSimpleUser(base, login, kind)
	for _, name := range []string{"name", "company", "location", "email", "hireable", "bio", "twitter_username"} {
		body[name] = nil
	}
	body["blog"], body["created_at"], body["updated_at"] = "", githubTime, githubTime
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

func githubSimpleOrganization(base, login string) map[string]any {
	id := githubID(login)
	body := map[string]any{
		"login": login, "id": id, "node_id": githubNode("Organization", id), "description": nil,
		"url": base + "/api/v3/orgs/" + login, "avatar_url": base + "/avatars/u/" + strconv.Itoa(id) + "?",
	}
	links(body, base+"/api/v3/orgs/"+login, `repos:/repos events:/events hooks:/hooks issues:/issues
		members:/members{/member} public_members:/public_members{/member}`)
	return body
}

func githubOrganization(base, login string) map[string]any {
	body := githubSimpleOrganization(base, login)
	body["html_url"] = base + "/" + login
	body["type"], body["created_at"], body["updated_at"], body["archived_at"] = "Organization", githubTime, githubTime, nil
	body["has_organization_projects"], body["has_repository_projects"], body["is_verified"] = true, true, false
	for _, name := range []string{"public_repos", "public_gists", "followers", "following"} {
		body[name] = 0
	}
	return body
}

func githubMembership(base, org, login, state, role string) map[string]any {
	return map[string]any{
		"url":   base + "/api/v3/orgs/" + org + "/memberships/" + login,
		"state": state, "role": role, "direct_membership": true,
		"organization_url": base + "/api/v3/orgs/" + org,
		"organization":     githubSimpleOrganization(base, org),
		"user":             githubSimpleUser(base, login, "User"),
	}
}

func githubRepository(base string, repo *githubRepo) map[string]any {
	full := repo.org + "/" + repo.name
	api := base + "/api/v3/repos/" + full
	id := githubID(full)
	_, hostAndPath, _ := strings.Cut(base, "://")
	body := map[string]any{
		"id": id, "node_id": githubNode("Repository", id), "name": repo.name, "full_name": full,
		"owner": githubSimpleUser(base, repo.org, "Organization"), "private": repo.private, "visibility": "private",
		"html_url": base + "/" + full, "url": api, "clone_url": base + "/" + full + ".git", "svn_url": base + "/" + full,
		"git_url": "git://" + hostAndPath + "/" + full + ".git", "ssh_url": "git@" + hostAndPath + ":" + full + ".git",
		"default_branch": "main", "created_at": githubTime, "updated_at": githubTime, "pushed_at": githubTime,
		"permissions": map[string]any{"admin": true, "maintain": true, "push": true, "triage": true, "pull": true},
	}
	if !repo.private {
		body["visibility"] = "public"
	}
	for _, name := range []string{"description", "homepage", "language", "mirror_url", "license"} {
		body[name] = nil
	}
	if repo.description != "" {
		body["description"] = repo.description
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
	links(body, api, `archive:/{archive_format}{/ref} assignees:/assignees{/user} blobs:/git/blobs{/sha}
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
