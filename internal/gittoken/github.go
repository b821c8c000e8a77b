// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"context"
	"errors"
	"net/http"
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
	both.Go(func() { tokenHeaders = h.token(ctx, q, &facts.Token.Reply, &facts.Owner) })
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

// token asks for the token's owner. Installations of Apps have none: they ask for the API's root.
func (h *githubHost) token(ctx context.Context, q Question, reply *Reply, owner *OwnerFacts) *github.Response {
	if prefixOf(q.Token).kind == KindAppInstallation {
		resp, failure := h.get(ctx, "", nil)
		*reply = Reply{Asked: true, Failure: failure}
		return resp
	}
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
	if !facts.Target.OK() || (membersMay != nil && *membersMay) || prefixOf(q.Token).kind == KindAppInstallation {
		return facts
	}
	var membership struct {
		State       string `json:"state"`
		Role        string `json:"role"`
		Permissions *struct {
			CanCreateRepository *bool `json:"can_create_repository"`
		} `json:"permissions"`
	}
	_, failure := h.get(ctx, "user/memberships/orgs/"+q.Organization, &membership)
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
	req, err := h.newRequest(http.MethodGet, path, nil)
	if err != nil {
		return nil, Failure{Class: FailInternal, Message: h.masker.clean(err.Error())}
	}
	if into == nil {
		into = &struct{}{} // so that a page in place of the API's answer is noticed
	}
	resp, err := h.do(ctx, req, into)
	if err == nil {
		return resp, Failure{}
	}
	return resp, h.failure(resp, err)
}

func (h *githubHost) failure(resp *github.Response, err error) Failure {
	var (
		refused  *github.ErrorResponse
		primary  *github.RateLimitError
		abuse    *github.AbuseRateLimitError
		twofa    *github.TwoFactorAuthError
		accepted *github.AcceptedError
	)
	switch {
	case errors.As(err, &primary):
		failure := statusFailure(primary.Response, h.masker.clean(primary.Message), h.now())
		failure.Class, failure.Until = FailRateLimited, primary.Rate.Reset.UTC()
		return failure
	case errors.As(err, &abuse):
		failure := statusFailure(abuse.Response, h.masker.clean(abuse.Message), h.now())
		failure.Class, failure.Until = FailRateLimited, liftTime(abuse.Response.Header, h.now())
		return failure
	case errors.As(err, &twofa):
		return statusFailure(twofa.Response, h.masker.clean(twofa.Message), h.now())
	case errors.As(err, &refused):
		failure := statusFailure(refused.Response, h.masker.clean(refused.Message), h.now())
		if failure.Class == FailForbidden && refused.Response.Header.Get("Retry-After") != "" {
			failure.Class, failure.Until = FailRateLimited, liftTime(refused.Response.Header, h.now())
		}
		return failure
	case errors.As(err, &accepted) && resp != nil:
		return Failure{Class: FailStatus, Status: resp.StatusCode, Message: "accepted, but not answered"}
	}
	return networkFailure(err, h.masker)
}

// validOrganization tells whether a name may stand in a URL: go-github puts it there as it is.
func validOrganization(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return !(r == '-' || r == '_' || (r >= '0' && r <= '9') || (r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z'))
	})
}
