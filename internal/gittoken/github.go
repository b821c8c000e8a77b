// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/google/go-github/v57/github"
)

// githubHost asks a GitHub with one token.
type githubHost struct {
	// Two methods of the library's client, and not the client itself: a value that becomes an interface, as githubHost does,
	// keeps the types of its fields with all their methods in the binary, which for the client is the whole library.
	newRequest func(method, path string, body any, options ...github.RequestOption) (*http.Request, error)
	do         func(ctx context.Context, req *http.Request, into any) (*github.Response, error)

	session *session
	masker  masker
	now     func() time.Time
}

func newGitHubHost(s *session) *githubHost {
	// No WithAuthToken: it changes the transport of the client that it is given, and sends the token on every
	// redirect. No WithEnterpriseURLs: see newAddress.
	client := github.NewClient(s.client)
	client.BaseURL = s.api
	client.UserAgent = s.userAgent
	return &githubHost{newRequest: client.NewRequest, do: client.Do, session: s, masker: s.masker, now: s.now}
}

func (h *githubHost) close() { h.session.close() }

// light asks who the token belongs to (scopes and expiry come with every answer) and for the organization, at once.
func (h *githubHost) light(ctx context.Context, q Question) Facts {
	var facts Facts
	var tokenHeaders, targetHeaders *github.Response
	var both sync.WaitGroup
	both.Go(func() { tokenHeaders = h.token(ctx, &facts.Token.Reply, &facts.Owner) })
	if q.Organization != "" && validOrganization(q.Organization) {
		both.Go(func() { targetHeaders = h.organization(ctx, q.Organization, &facts.Target) })
	}
	both.Wait()
	if !facts.Target.Failed() || facts.Target.Failed(FailForbidden, FailNotFound) {
		h.readHeaders(targetHeaders, &facts.Token)
	}
	if !facts.Token.Failed() || facts.Token.Failed(FailForbidden) {
		h.readHeaders(tokenHeaders, &facts.Token)
	}
	return facts
}

// token asks for the token's owner.
func (h *githubHost) token(ctx context.Context, reply *Reply, owner *OwnerFacts) *github.Response {
	var user struct {
		Login string `json:"login"`
	}
	resp, failure := h.get(ctx, "user", &user)
	if failure.Class == "" && user.Login == "" {
		failure = Failure{Class: FailNotAPI, Message: "the answer names no user"}
	}
	*reply = Reply{Asked: true, Failure: failure}
	*owner = OwnerFacts{Reply: *reply, Login: h.masker.clean(user.Login)}
	return resp
}

func (h *githubHost) organization(ctx context.Context, name string, target *TargetFacts) *github.Response {
	var org struct {
		Login                   string `json:"login"`
		MembersCanCreatePrivate *bool  `json:"members_can_create_private_repositories"`
	}
	resp, failure := h.get(ctx, "orgs/"+name, &org)
	if failure.Class == "" && org.Login == "" {
		failure = Failure{Class: FailNotAPI, Message: "the answer names no organization"}
	}
	*target = TargetFacts{
		Reply: Reply{Asked: true, Failure: failure}, Name: h.masker.clean(org.Login),
		MembersCanCreatePrivate: org.MembersCanCreatePrivate,
	}
	if failure.Class != "" && resp != nil && resp.Response != nil {
		target.SSO, target.SSOURL = h.singleSignOn(resp.Header.Get("X-Github-Sso"))
	}
	return resp
}

// singleSignOn reads "required; url=https://...".
func (h *githubHost) singleSignOn(header string) (required bool, link string) {
	mode, rest, _ := strings.Cut(header, ";")
	if strings.TrimSpace(mode) != "required" {
		return false, ""
	}
	link, _ = strings.CutPrefix(strings.TrimSpace(rest), "url=")
	return true, h.masker.clean(link)
}

// readHeaders takes scopes and expiry from an answer. GitHub tells them also when it refuses the request itself.
func (h *githubHost) readHeaders(resp *github.Response, token *TokenFacts) {
	if resp == nil || resp.Response == nil {
		return
	}
	if scopes, known := scopesHeader(resp.Header, h.masker); known {
		token.ScopesKnown, token.Scopes = true, scopes
	}
	if resp.Header.Get("X-Oauth-Client-Id") != "" {
		token.OAuthApp = true
	}
	if !resp.TokenExpiration.IsZero() {
		token.ExpiresAt = resp.TokenExpiration.UTC()
	}
}

// thorough asks what follows from the first answers: what an unknown organization is instead, or whether the owner
// may create repositories where not every member may, or where that is not told.
func (h *githubHost) thorough(ctx context.Context, q Question, facts Facts) Facts {
	if !facts.Target.Asked {
		return facts
	}
	if facts.Target.Failed(FailNotFound) {
		var account struct {
			Type string `json:"type"`
		}
		_, failure := h.get(ctx, "users/"+q.Organization, &account)
		facts.Target.Account = AccountFacts{Reply: Reply{Asked: true, Failure: failure}, Type: h.masker.clean(account.Type)}
		return facts
	}
	membersMay := facts.Target.MembersCanCreatePrivate
	if !facts.Target.OK() || (membersMay != nil && *membersMay) {
		return facts
	}
	var membership struct {
		State       string `json:"state"`
		Role        string `json:"role"`
		Permissions *struct {
			CanCreateRepository *bool `json:"can_create_repository"`
		} `json:"permissions"`
	}
	// A renamed organization is found by its new name.
	_, failure := h.get(ctx, "user/memberships/orgs/"+url.PathEscape(facts.Target.Name), &membership)
	facts.Membership = MembershipFacts{
		Reply: Reply{Asked: true, Failure: failure}, State: h.masker.clean(membership.State), Role: h.masker.clean(membership.Role),
	}
	if membership.Permissions != nil {
		facts.Membership.CanCreateRepository = membership.Permissions.CanCreateRepository
	}
	return facts
}

// get asks for a path below the API and sorts what goes wrong. The path has been checked: go-github escapes nothing.
func (h *githubHost) get(ctx context.Context, path string, into any) (*github.Response, Failure) {
	ctx, refused := keepRefusal(ctx)
	req, err := h.newRequest(http.MethodGet, path, nil)
	if err != nil {
		return nil, Failure{Class: FailInternal, Message: h.masker.clean(err.Error())}
	}
	resp, err := h.do(ctx, req, into)
	switch {
	case err == nil:
		return resp, Failure{}
	case refused.received && resp != nil:
		return resp, h.session.refused(resp.Response, refused.text)
	}
	return resp, h.unsent(err)
}

// unsent sorts errors without an answer. After an answer that told of a rate limit, the library sends nothing more.
func (h *githubHost) unsent(err error) Failure {
	var (
		primary   *github.RateLimitError
		secondary *github.AbuseRateLimitError
	)
	limited := Failure{Class: FailRateLimited, Status: http.StatusForbidden}
	switch {
	case errors.As(err, &primary):
		limited.Message, limited.Until = h.masker.clean(primary.Message), primary.Rate.Reset.UTC()
	case errors.As(err, &secondary):
		limited.Message = h.masker.clean(secondary.Message)
		if secondary.RetryAfter != nil {
			limited.Until = h.now().Add(*secondary.RetryAfter)
		}
	default:
		return networkFailure(err, h.masker)
	}
	return limited
}

// validOrganization tells whether a name may stand in a URL: go-github puts it there as it is.
func validOrganization(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return !(r == '-' || r == '_' || (r >= '0' && r <= '9') || (r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z'))
	})
}
