// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"github.com/xanzy/go-gitlab"
)

// gitlabHost asks a GitLab with one token.
type gitlabHost struct {
	// Two methods of the library's client, and not the client itself, for the reason that githubHost has.
	newRequest func(method, path string, options any, more []gitlab.RequestOptionFunc) (*retryablehttp.Request, error)
	do         func(req *retryablehttp.Request, into any) (*gitlab.Response, error)

	session *session
	masker  masker
	now     func() time.Time
}

func newGitLabHost(s *session) (*gitlabHost, error) {
	// The session adds the token. Retries are off: the library repeats for longer than the whole check may take.
	//nolint:staticcheck // SA1019: the project is pinned to this library, as Devtron itself is
	client, err := gitlab.NewClient("", gitlab.WithBaseURL(s.api.String()), gitlab.WithHTTPClient(s.client),
		gitlab.WithoutRetries(), gitlab.WithCustomLimiter(noLimit{}))
	if err != nil {
		return nil, err
	}
	client.UserAgent = s.userAgent
	return &gitlabHost{newRequest: client.NewRequest, do: client.Do, session: s, masker: s.masker, now: s.now}, nil
}

// noLimit replaces a limiter that would spread the few requests of a question over its time.
type noLimit struct{}

func (noLimit) Wait(context.Context) error { return nil }

// longestList is the most that GitLab lists at once. The exact name may stand anywhere among the names that contain it.
const longestList = 100

func (h *gitlabHost) close() { h.session.close() }

// light asks the token to describe itself, which every scope may, and for the group, at once.
func (h *gitlabHost) light(ctx context.Context, q Question) Facts {
	var facts Facts
	var both sync.WaitGroup
	both.Go(func() { h.self(ctx, &facts.Token, &facts.Owner) })
	if q.GroupID != "" && validGroup(q.GroupID) == "" {
		both.Go(func() { h.group(ctx, q.GroupID, &facts.Target) })
	}
	both.Wait()
	return facts
}

func (h *gitlabHost) self(ctx context.Context, token *TokenFacts, owner *OwnerFacts) {
	var self struct {
		ID        int      `json:"id"`
		UserID    int      `json:"user_id"`
		Scopes    []string `json:"scopes"`
		Active    *bool    `json:"active"`
		Revoked   *bool    `json:"revoked"`
		Granular  bool     `json:"granular"`
		ExpiresAt string   `json:"expires_at"`
	}
	failure := h.get(ctx, "personal_access_tokens/self", nil, &self)
	if failure.Class == "" && self.ID == 0 {
		failure = Failure{Class: FailNotAPI, Message: "the answer describes no token"}
	}
	token.Reply = Reply{Asked: true, Failure: failure}
	if failure.Class != "" {
		return
	}
	owner.ID = self.UserID
	token.Granular = self.Granular || (len(self.Scopes) == 1 && self.Scopes[0] == "granular")
	token.ScopesKnown = !token.Granular && self.Scopes != nil
	token.Scopes = h.masker.cleanAll(self.Scopes)
	token.Inactive = self.Active != nil && !*self.Active
	token.Revoked = self.Revoked != nil && *self.Revoked
	// The token ends at midnight UTC of this day.
	if expires, err := time.Parse(time.DateOnly, self.ExpiresAt); err == nil {
		token.ExpiresAt = expires
	}
}

// gitlabGroup is a group with the fields that the library does not know.
type gitlabGroup struct {
	ID            int    `json:"id"`
	Name          string `json:"name"`
	Path          string `json:"path"`
	FullPath      string `json:"full_path"`
	CreationLevel string `json:"project_creation_level"`
	Archived      bool   `json:"archived"`
	DeletionDate  string `json:"marked_for_deletion_on"`
}

func (h *gitlabHost) group(ctx context.Context, wanted string, target *TargetFacts) {
	var group gitlabGroup
	// The projects of the group are left out: there may be hundreds, and nobody reads them.
	noProjects := &gitlab.GetGroupOptions{WithProjects: gitlab.Ptr(false)}
	failure := h.get(ctx, "groups/"+gitlab.PathEscape(h.groupPath(wanted)), noProjects, &group)
	if failure.Class == "" && group.ID == 0 {
		failure = Failure{Class: FailNotAPI, Message: "the answer describes no group"}
	}
	*target = TargetFacts{
		Reply: Reply{Asked: true, Failure: failure}, ID: group.ID, Name: h.masker.clean(group.FullPath),
		NamedLikePath: group.Name == wanted && group.FullPath == wanted,
		CreationLevel: h.masker.clean(group.CreationLevel), Archived: group.Archived, DeletionDate: h.masker.clean(group.DeletionDate),
	}
}

// groupPath is the id or the full path in what was written for a group, which may be the address of its page.
func (h *gitlabHost) groupPath(wanted string) string {
	return groupPath(wanted, strings.TrimSuffix(h.session.api.String(), "/api/v4/"))
}

// thorough asks for the owner, whether the owner may create projects in the group, and which group is meant by a
// name that is no path.
func (h *gitlabHost) thorough(ctx context.Context, q Question, facts Facts) Facts {
	id := facts.Owner.ID
	var all sync.WaitGroup
	all.Go(func() { h.user(ctx, &facts.Owner) })
	if id == 0 {
		all.Wait() // GitLab before 15.5: only this answer tells the id that the next request needs
		id = facts.Owner.ID
	}
	if facts.Target.OK() && id != 0 {
		all.Go(func() { h.member(ctx, facts.Target.ID, id, &facts.Membership) })
	}
	if facts.Target.Failed(FailNotFound) && numeric(q.GroupID) == 0 {
		all.Go(func() { facts.Target.NumericIDs = h.search(ctx, q.GroupID) })
	}
	all.Wait()
	return facts
}

func (h *gitlabHost) user(ctx context.Context, owner *OwnerFacts) {
	var user struct {
		ID       int    `json:"id"`
		Username string `json:"username"`
		Bot      *bool  `json:"bot"`
		Admin    bool   `json:"is_admin"` // told to administrators only
	}
	failure := h.get(ctx, "user", nil, &user)
	if failure.Class == "" && user.ID == 0 {
		failure = Failure{Class: FailNotAPI, Message: "the answer names no user"}
	}
	*owner = OwnerFacts{Reply: Reply{Asked: true, Failure: failure}, ID: owner.ID}
	if failure.Class != "" {
		return
	}
	owner.ID, owner.Login, owner.Bot, owner.Admin = user.ID, h.masker.clean(user.Username), user.Bot, &user.Admin
}

func (h *gitlabHost) member(ctx context.Context, group, user int, membership *MembershipFacts) {
	var member struct {
		AccessLevel *int `json:"access_level"`
		MemberRole  *struct {
			Name string `json:"name"`
		} `json:"member_role"`
	}
	failure := h.get(ctx, fmt.Sprintf("groups/%d/members/all/%d", group, user), nil, &member)
	if failure.Class == "" && member.AccessLevel == nil {
		failure = Failure{Class: FailNotAPI, Message: "the answer names no access level"}
	}
	*membership = MembershipFacts{Reply: Reply{Asked: true, Failure: failure}}
	if failure.Class != "" {
		return
	}
	membership.AccessLevel = *member.AccessLevel
	if member.MemberRole != nil {
		membership.CustomRole = h.masker.clean(member.MemberRole.Name)
	}
}

// search finds groups by exact name, path or full path. It is a hint only, so that its failures do not count.
func (h *gitlabHost) search(ctx context.Context, wanted string) []int {
	name := h.groupPath(wanted)
	last := name[strings.LastIndex(name, "/")+1:]
	var groups []gitlabGroup
	h.get(ctx, "groups", &gitlab.ListGroupsOptions{Search: &last, ListOptions: gitlab.ListOptions{PerPage: longestList}}, &groups)
	var ids []int
	for _, group := range groups {
		if strings.EqualFold(group.Name, name) || strings.EqualFold(group.Path, name) || strings.EqualFold(group.FullPath, name) {
			ids = append(ids, group.ID)
		}
	}
	return ids
}

// get asks for a path below the API and sorts what goes wrong.
func (h *gitlabHost) get(ctx context.Context, path string, options, into any) Failure {
	ctx, refused := keepRefusal(ctx)
	req, err := h.newRequest(http.MethodGet, path, options, []gitlab.RequestOptionFunc{gitlab.WithContext(ctx)})
	if err != nil {
		return Failure{Class: FailInternal, Message: h.masker.clean(err.Error())}
	}
	resp, err := h.do(req, into)
	switch {
	case err == nil:
		return Failure{}
	case refused.received && resp != nil:
		return h.session.refused(resp.Response, refused.text)
	}
	return networkFailure(err, h.masker)
}
