// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	gogitlab "github.com/xanzy/go-gitlab"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

// client asks a GitLab about one token. It holds the methods of go-gitlab that it needs. If it held
// a *gogitlab.Client, which reflection could reach, the linker would keep the methods for all of
// GitLab's API.
type client struct {
	getToken   func(...gogitlab.RequestOptionFunc) (*gogitlab.PersonalAccessToken, *gogitlab.Response, error)
	getUser    func(...gogitlab.RequestOptionFunc) (*gogitlab.User, *gogitlab.Response, error)
	getGroup   func(group any, _ *gogitlab.GetGroupOptions, _ ...gogitlab.RequestOptionFunc) (*gogitlab.Group, *gogitlab.Response, error)
	listGroups func(*gogitlab.ListGroupsOptions, ...gogitlab.RequestOptionFunc) ([]*gogitlab.Group, *gogitlab.Response, error)
	getMember  func(group any, user int, _ ...gogitlab.RequestOptionFunc) (*gogitlab.GroupMember, *gogitlab.Response, error)
	session    *gitapi.Session
}

// NewClient leaves the token to the session. It switches off the retries of the library, which
// would take longer than the whole check may take.
func (inspector) NewClient(s *gitapi.Session) (inspect.Client, error) {
	//nolint:staticcheck // SA1019: the project is pinned to this library, as Devtron itself is
	c, err := gogitlab.NewClient("", gogitlab.WithBaseURL(s.API.String()), gogitlab.WithHTTPClient(s.HTTP),
		gogitlab.WithoutRetries(), gogitlab.WithCustomLimiter(noLimit{}))
	if err != nil {
		return nil, err
	}
	c.UserAgent = s.UserAgent
	return &client{
		getToken: c.PersonalAccessTokens.GetSinglePersonalAccessToken, getUser: c.Users.CurrentUser,
		getGroup: c.Groups.GetGroup, listGroups: c.Groups.ListGroups, getMember: c.GroupMembers.GetInheritedGroupMember, session: s,
	}, nil
}

// noLimit replaces a limiter that would delay the few requests of a check.
type noLimit struct{}

func (noLimit) Wait(context.Context) error { return nil }

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
	ctx, exchange := gitapi.Record(ctx)
	self, _, err := c.getToken(gogitlab.WithContext(ctx))
	if errors.As(err, new(*time.ParseError)) {
		self, err = tokenWithoutDates(exchange), nil
	}
	failure := c.session.Failure(err, exchange)
	if failure.Class == "" && self.ID == 0 {
		failure = gitapi.Failure{Class: gitapi.NotTheAPI, Message: "the response describes no token"}
	}
	token.Reply = inspect.NewReply(failure)
	if failure.Class != "" {
		return
	}
	var more struct {
		Granular bool  `json:"granular"`
		Active   *bool `json:"active"` // absent is not false
	}
	exchange.Decode(&more)
	owner.ID = self.UserID
	token.Granular = more.Granular || slices.Equal(self.Scopes, []string{"granular"})
	token.ScopesKnown = !token.Granular && self.Scopes != nil
	token.Scopes = c.session.CleanAll(self.Scopes)
	token.Inactive = more.Active != nil && !*more.Active
	token.Revoked = self.Revoked
	if self.ExpiresAt != nil { // midnight UTC of this day
		token.ExpiresAt = time.Time(*self.ExpiresAt)
	}
}

// tokenWithoutDates reads a response with a date in a form that the library does not know. The date
// counts as unknown, and the rest of the response counts.
func tokenWithoutDates(exchange *gitapi.Exchange) *gogitlab.PersonalAccessToken {
	var token struct {
		gogitlab.PersonalAccessToken
		CreatedAt  any `json:"created_at"`
		LastUsedAt any `json:"last_used_at"`
		ExpiresAt  any `json:"expires_at"`
	}
	exchange.Decode(&token)
	return &token.PersonalAccessToken
}

func (c *client) readGroup(ctx context.Context, wanted string) inspect.TargetFacts {
	ctx, exchange := gitapi.Record(ctx)
	// Without its projects: there may be hundreds.
	group, _, err := c.getGroup(c.groupPath(wanted), &gogitlab.GetGroupOptions{WithProjects: gogitlab.Ptr(false)}, gogitlab.WithContext(ctx))
	failure := c.session.Failure(err, exchange)
	if failure.Class == "" && group.ID == 0 {
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
	exchange.Decode(&more)
	target.ID, target.Name = group.ID, c.session.Clean(group.FullPath)
	target.NamedLikePath = group.Name == wanted && group.FullPath == wanted
	target.CreationLevel = c.session.Clean(string(group.ProjectCreationLevel))
	target.Archived, target.DeletionDate = more.Archived, c.session.Clean(more.DeletionDate)
	return target
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
	ctx, exchange := gitapi.Record(ctx)
	user, _, err := c.getUser(gogitlab.WithContext(ctx))
	failure := c.session.Failure(err, exchange)
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
	exchange.Decode(&more)
	owner.ID, owner.Login, owner.Bot, owner.Admin = user.ID, c.session.Clean(user.Username), more.Bot, &user.IsAdmin
	return owner
}

func (c *client) readMember(ctx context.Context, group, user int) inspect.MembershipFacts {
	ctx, exchange := gitapi.Record(ctx)
	member, _, err := c.getMember(group, user, gogitlab.WithContext(ctx))
	failure := c.session.Failure(err, exchange)
	var more struct {
		AccessLevel *int `json:"access_level"` // absent is not "no access"
	}
	exchange.Decode(&more)
	if failure.Class == "" && more.AccessLevel == nil {
		failure = gitapi.Failure{Class: gitapi.NotTheAPI, Message: "the response names no access level"}
	}
	membership := inspect.MembershipFacts{Reply: inspect.NewReply(failure)}
	if failure.Class != "" {
		return membership
	}
	membership.AccessLevel = int(member.AccessLevel)
	if member.MemberRole != nil {
		membership.CustomRole = c.session.Clean(member.MemberRole.Name)
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
	groups, _, _ := c.listGroups(&gogitlab.ListGroupsOptions{
		Search: &last, ListOptions: gogitlab.ListOptions{PerPage: maxGroups},
	}, gogitlab.WithContext(ctx))
	var ids []int
	for _, group := range groups {
		if strings.EqualFold(group.Name, name) || strings.EqualFold(group.Path, name) || strings.EqualFold(group.FullPath, name) {
			ids = append(ids, group.ID)
		}
	}
	return ids
}

func (c *client) groupPath(wanted string) string {
	return groupPath(wanted, strings.TrimSuffix(c.session.API.String(), apiPath+"/"))
}
