// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"

	gogithub "github.com/google/go-github/v57/github"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

// client asks a GitHub about one token. It holds the methods of go-github that it needs. If it held
// a *gogithub.Client, which reflection could reach, the linker would keep the methods for all of
// GitHub's API.
type client struct {
	getUser         func(ctx context.Context, login string) (*gogithub.User, *gogithub.Response, error)
	getOrganization func(ctx context.Context, name string) (*gogithub.Organization, *gogithub.Response, error)
	getMembership   func(ctx context.Context, login, organization string) (*gogithub.Membership, *gogithub.Response, error)
	session         *gitapi.Session
}

// NewClient leaves the token to the session: WithAuthToken would send it on every redirect. The
// address comes from Address, not from WithEnterpriseURLs.
func (inspector) NewClient(s *gitapi.Session) (inspect.Client, error) {
	c := gogithub.NewClient(s.HTTP)
	c.BaseURL, c.UserAgent = s.API, s.UserAgent
	return &client{
		getUser: c.Users.Get, getOrganization: c.Organizations.Get, getMembership: c.Organizations.GetOrgMembership, session: s,
	}, nil
}

// ReadBasics requests the owner of the token and the organization. Every response has the scopes
// and the expiration date in its headers.
func (c *client) ReadBasics(ctx context.Context, q inspect.Question) inspect.Facts {
	var facts inspect.Facts
	var userResponse, orgResponse *gogithub.Response
	var both sync.WaitGroup
	both.Go(func() { userResponse = c.readUser(ctx, &facts) })
	if q.Organization != "" && validOrganization(q.Organization) {
		both.Go(func() { orgResponse = c.readOrganization(ctx, q.Organization, &facts.Target) })
	}
	both.Wait()
	// The headers count unless something in front of GitHub may have sent them.
	if !facts.Target.Failed() || facts.Target.Failed(gitapi.Forbidden, gitapi.NotFound) {
		c.readHeaders(orgResponse, &facts.Token)
	}
	if !facts.Token.Failed() || facts.Token.Failed(gitapi.Forbidden) {
		c.readHeaders(userResponse, &facts.Token)
	}
	return facts
}

func (c *client) readUser(ctx context.Context, facts *inspect.Facts) *gogithub.Response {
	ctx, exchange := gitapi.Record(ctx)
	user, resp, err := c.getUser(ctx, "")
	failure := c.failure(err, exchange)
	if failure.Class == "" && user.GetLogin() == "" {
		failure = gitapi.Failure{Class: gitapi.NotTheAPI, Message: "the response names no user"}
	}
	facts.Token.Reply = inspect.NewReply(failure)
	facts.Owner = inspect.OwnerFacts{Reply: facts.Token.Reply, Login: c.session.Clean(user.GetLogin())}
	return resp
}

func (c *client) readOrganization(ctx context.Context, name string, target *inspect.TargetFacts) *gogithub.Response {
	ctx, exchange := gitapi.Record(ctx)
	org, resp, err := c.getOrganization(ctx, name)
	failure := c.failure(err, exchange)
	if failure.Class == "" && org.GetLogin() == "" {
		failure = gitapi.Failure{Class: gitapi.NotTheAPI, Message: "the response names no organization"}
	}
	*target = inspect.TargetFacts{Reply: inspect.NewReply(failure), Name: c.session.Clean(org.GetLogin())}
	if org != nil {
		target.MembersCanCreatePrivate = org.MembersCanCreatePrivateRepos
	}
	if failure.Class != "" {
		target.SSO, target.SSOURL = c.singleSignOn(exchange.Header.Get("X-Github-Sso"))
	}
	return resp
}

// singleSignOn reads "required; url=https://...".
func (c *client) singleSignOn(header string) (required bool, link string) {
	mode, rest, _ := strings.Cut(header, ";")
	if strings.TrimSpace(mode) != "required" {
		return false, ""
	}
	link, _ = strings.CutPrefix(strings.TrimSpace(rest), "url=")
	return true, c.session.Clean(link)
}

// readHeaders reads the scopes and the expiration date. GitHub sends them even when it refuses the
// request.
func (c *client) readHeaders(resp *gogithub.Response, token *inspect.TokenFacts) {
	if resp == nil || resp.Response == nil {
		return
	}
	if scopes, known := inspect.ScopesHeader(resp.Header, c.session.Clean); known {
		token.ScopesKnown, token.Scopes = true, scopes
	}
	if resp.Header.Get("X-Oauth-Client-Id") != "" {
		token.OAuthApp = true
	}
	if !resp.TokenExpiration.IsZero() {
		token.ExpiresAt = resp.TokenExpiration.UTC()
	}
}

// ReadDetails finds out what an unknown organization is instead, or whether the owner may create
// repositories where not every member may, or where GitHub does not report whether members may.
func (c *client) ReadDetails(ctx context.Context, q inspect.Question, facts inspect.Facts) inspect.Facts {
	target := facts.Target
	switch {
	case target.Failed(gitapi.NotFound):
		facts.Target.Account = c.readAccount(ctx, q.Organization)
	case target.OK() && (target.MembersCanCreatePrivate == nil || !*target.MembersCanCreatePrivate):
		facts.Membership = c.readMembership(ctx, target.Name) // a renamed organization has another name here
	}
	return facts
}

func (c *client) readAccount(ctx context.Context, name string) inspect.AccountFacts {
	ctx, exchange := gitapi.Record(ctx)
	account, _, err := c.getUser(ctx, name)
	return inspect.AccountFacts{Reply: inspect.NewReply(c.failure(err, exchange)), Type: c.session.Clean(account.GetType())}
}

func (c *client) readMembership(ctx context.Context, organization string) inspect.MembershipFacts {
	ctx, exchange := gitapi.Record(ctx)
	membership, _, err := c.getMembership(ctx, "", url.PathEscape(organization))
	facts := inspect.MembershipFacts{
		Reply: inspect.NewReply(c.failure(err, exchange)),
		State: c.session.Clean(membership.GetState()), Role: c.session.Clean(membership.GetRole()),
	}
	if facts.OK() {
		var permissions struct {
			Permissions struct {
				CanCreateRepository *bool `json:"can_create_repository"`
			} `json:"permissions"`
		}
		exchange.Decode(&permissions)
		facts.CanCreateRepository = permissions.Permissions.CanCreateRepository
	}
	return facts
}

// failure sorts what happened to a request. After a response that reported a rate limit, the
// library sends nothing more.
func (c *client) failure(err error, exchange *gitapi.Exchange) gitapi.Failure {
	var primary *gogithub.RateLimitError
	var secondary *gogithub.AbuseRateLimitError
	limited := gitapi.Failure{Class: gitapi.RateLimited, Status: http.StatusForbidden}
	switch {
	case exchange.Status != 0:
	case errors.As(err, &primary):
		limited.Message, limited.Until = c.session.Clean(primary.Message), primary.Rate.Reset.UTC()
		return limited
	case errors.As(err, &secondary):
		limited.Message = c.session.Clean(secondary.Message)
		if secondary.RetryAfter != nil {
			limited.Until = c.session.Now().Add(*secondary.RetryAfter)
		}
		return limited
	}
	return c.session.Failure(err, exchange)
}

// validOrganization reports whether a name can be put into a URL, where go-github does not escape
// it.
func validOrganization(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
}
