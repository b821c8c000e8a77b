// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

// client asks a GitLab about one token. It sends what go-gitlab would send, without the library, for
// the reason that the client of GitHub has.
type client struct{ rest gitapi.REST }

func (inspector) NewClient(s *gitapi.Session) (inspect.Client, error) {
	return &client{gitapi.REST{Session: s}}, nil
}

// ReadBasics requests the description of the token, which any scope allows, and the group.
func (c *client) ReadBasics(ctx context.Context, q inspect.Question) inspect.Facts {
	var facts inspect.Facts
	var both sync.WaitGroup
	both.Go(func() { c.readToken(ctx, &facts.Token, &facts.Owner) })
	if q.GroupID != "" && groupFault(q.GroupID) == "" {
		both.Go(func() { facts.Target = c.readGroup(ctx, q.GroupID) })
	}
	both.Wait()
	return facts
}

func (c *client) readToken(ctx context.Context, token *inspect.TokenFacts, owner *inspect.OwnerFacts) {
	var self struct {
		ID      int      `json:"id"`
		UserID  int      `json:"user_id"`
		Scopes  []string `json:"scopes"`
		Revoked bool     `json:"revoked"`
	}
	response, failure := c.rest.Get(ctx, "personal_access_tokens/self", &self)
	if failure.Class == "" && self.ID == 0 {
		failure = gitapi.Failure{Class: gitapi.NotTheAPI, Message: "the response describes no token"}
	}
	token.Reply = inspect.NewReply(failure)
	if failure.Class != "" {
		return
	}
	var more struct {
		Granular  bool   `json:"granular"`
		Active    *bool  `json:"active"` // absent is not false
		ExpiresAt string `json:"expires_at"`
	}
	response.Decode(&more)
	owner.ID = self.UserID
	token.Granular = more.Granular || slices.Equal(self.Scopes, []string{"granular"})
	token.ScopesKnown = !token.Granular && self.Scopes != nil
	token.Scopes = c.rest.CleanAll(self.Scopes)
	token.Inactive = more.Active != nil && !*more.Active
	token.Revoked = self.Revoked
	// Midnight UTC of this day. A date in another form counts as unknown.
	token.ExpiresAt, _ = time.Parse(time.DateOnly, more.ExpiresAt)
}

// group is a group in a response of its own, and in a list.
type group struct {
	ID            int    `json:"id"`
	Name          string `json:"name"`
	Path          string `json:"path"`
	FullPath      string `json:"full_path"`
	CreationLevel string `json:"project_creation_level"`
}

func (c *client) readGroup(ctx context.Context, wanted string) inspect.TargetFacts {
	var found group
	// Without its projects: there may be hundreds.
	response, failure := c.rest.Get(ctx, "groups/"+escape(c.groupPath(wanted))+"?with_projects=false", &found)
	if failure.Class == "" && found.ID == 0 {
		failure = gitapi.Failure{Class: gitapi.NotTheAPI, Message: "the response describes no group"}
	}
	target := inspect.TargetFacts{Reply: inspect.NewReply(failure)}
	if failure.Class != "" {
		return target
	}
	var more struct {
		Archived     bool   `json:"archived"`
		DeletionDate string `json:"marked_for_deletion_on"` // as GitLab writes it
	}
	response.Decode(&more)
	target.ID, target.Name = found.ID, c.rest.Clean(found.FullPath)
	target.NamedLikePath = found.Name == wanted && found.FullPath == wanted
	target.CreationLevel = c.rest.Clean(found.CreationLevel)
	target.Archived, target.DeletionDate = more.Archived, c.rest.Clean(more.DeletionDate)
	return target
}

// escape escapes a path for a place where GitLab expects an id. A dot would look like the start of a
// file extension.
func escape(path string) string {
	return strings.ReplaceAll(url.PathEscape(path), ".", "%2E")
}

// ReadDetails requests the owner, whether the owner may create projects in the group, and which
// group is meant by a name that is not a path.
func (c *client) ReadDetails(ctx context.Context, q inspect.Question, facts inspect.Facts) inspect.Facts {
	id := facts.Owner.ID
	var all sync.WaitGroup
	all.Go(func() { facts.Owner = c.readUser(ctx, id) })
	if id == 0 {
		all.Wait() // GitLab before 15.5: only this response has the id for the next request
		id = facts.Owner.ID
	}
	if facts.Target.OK() && id != 0 {
		all.Go(func() { facts.Membership = c.readMember(ctx, facts.Target.ID, id) })
	}
	if facts.Target.Failed(gitapi.NotFound) && numericID(q.GroupID) == 0 {
		all.Go(func() { facts.Target.NumericIDs = c.findGroups(ctx, q.GroupID) })
	}
	all.Wait()
	return facts
}

func (c *client) readUser(ctx context.Context, knownID int) inspect.OwnerFacts {
	var user struct {
		ID       int    `json:"id"`
		Username string `json:"username"`
		IsAdmin  bool   `json:"is_admin"`
	}
	response, failure := c.rest.Get(ctx, "user", &user)
	if failure.Class == "" && user.ID == 0 {
		failure = gitapi.Failure{Class: gitapi.NotTheAPI, Message: "the response names no user"}
	}
	owner := inspect.OwnerFacts{Reply: inspect.NewReply(failure), ID: knownID}
	if failure.Class != "" {
		return owner
	}
	var more struct {
		Bot *bool `json:"bot"` // older versions do not report it
	}
	response.Decode(&more)
	owner.ID, owner.Login, owner.Bot, owner.Admin = user.ID, c.rest.Clean(user.Username), more.Bot, &user.IsAdmin
	return owner
}

func (c *client) readMember(ctx context.Context, group, user int) inspect.MembershipFacts {
	var member struct {
		AccessLevel *int `json:"access_level"` // absent is not "no access"
		MemberRole  struct {
			Name string `json:"name"`
		} `json:"member_role"`
	}
	_, failure := c.rest.Get(ctx, fmt.Sprintf("groups/%d/members/all/%d", group, user), &member)
	if failure.Class == "" && member.AccessLevel == nil {
		failure = gitapi.Failure{Class: gitapi.NotTheAPI, Message: "the response names no access level"}
	}
	membership := inspect.MembershipFacts{Reply: inspect.NewReply(failure)}
	if failure.Class == "" {
		membership.AccessLevel, membership.CustomRole = *member.AccessLevel, c.rest.Clean(member.MemberRole.Name)
	}
	return membership
}

// maxGroups is the most that GitLab lists in one response. The group with exactly the name may be
// anywhere among the groups whose name contains it.
const maxGroups = 100

// findGroups finds groups by exact name, path, or full path. The result is only a hint, so its
// failures do not count.
func (c *client) findGroups(ctx context.Context, wanted string) []int {
	name := c.groupPath(wanted)
	last := name[strings.LastIndex(name, "/")+1:]
	query := url.Values{"search": {last}, "per_page": {fmt.Sprint(maxGroups)}}
	var groups []group
	_, _ = c.rest.Get(ctx, "groups?"+query.Encode(), &groups)
	var ids []int
	for _, g := range groups {
		if strings.EqualFold(g.Name, name) || strings.EqualFold(g.Path, name) || strings.EqualFold(g.FullPath, name) {
			ids = append(ids, g.ID)
		}
	}
	return ids
}

func (c *client) groupPath(wanted string) string {
	return groupPath(wanted, strings.TrimSuffix(c.rest.API.String(), apiPath+"/"))
}
