// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

// client asks a GitHub about one token. It sends what go-github would send, without the library, which
// is a tenth of the provider's executable: a CLI hashes the executable in every command, and every
// process maps it.
type client struct{ rest gitapi.REST }

// mediaTypes are those that go-github asks for. The second one makes older GitHub Enterprise Servers
// report what members may create.
const mediaTypes = "application/vnd.github.v3+json, application/vnd.github.surtur-preview+json"

func (inspector) NewClient(s *gitapi.Session) (inspect.Client, error) {
	return &client{gitapi.REST{Session: s, Header: http.Header{
		"Accept": {mediaTypes}, "X-Github-Api-Version": {"2022-11-28"},
	}}}, nil
}

// account is a user or an organization.
type account struct {
	Login string `json:"login"`
	Type  string `json:"type"`
}

// ReadBasics requests the owner of the token and the organization. Every response has the scopes
// and the expiration date in its headers.
func (c *client) ReadBasics(ctx context.Context, q inspect.Question) inspect.Facts {
	var facts inspect.Facts
	var userResponse, orgResponse gitapi.Response
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

func (c *client) readUser(ctx context.Context, facts *inspect.Facts) gitapi.Response {
	var user account
	response, failure := c.rest.Get(ctx, "user", &user)
	if failure.Class == "" && user.Login == "" {
		failure = gitapi.Failure{Class: gitapi.NotTheAPI, Message: "the response names no user"}
	}
	facts.Token.Reply = inspect.NewReply(failure)
	facts.Owner = inspect.OwnerFacts{Reply: facts.Token.Reply, Login: c.rest.Clean(user.Login)}
	return response
}

func (c *client) readOrganization(ctx context.Context, name string, target *inspect.TargetFacts) gitapi.Response {
	var organization struct {
		account
		MembersCanCreatePrivate *bool `json:"members_can_create_private_repositories"`
	}
	response, failure := c.rest.Get(ctx, "orgs/"+name, &organization)
	if failure.Class == "" && organization.Login == "" {
		failure = gitapi.Failure{Class: gitapi.NotTheAPI, Message: "the response names no organization"}
	}
	*target = inspect.TargetFacts{
		Reply: inspect.NewReply(failure), Name: c.rest.Clean(organization.Login), MembersCanCreatePrivate: organization.MembersCanCreatePrivate,
	}
	if failure.Class != "" {
		target.SSO, target.SSOURL = c.singleSignOn(response.Header.Get("X-Github-Sso"))
	}
	return response
}

// singleSignOn reads "required; url=https://...".
func (c *client) singleSignOn(header string) (required bool, link string) {
	mode, rest, _ := strings.Cut(header, ";")
	if strings.TrimSpace(mode) != "required" {
		return false, ""
	}
	link, _ = strings.CutPrefix(strings.TrimSpace(rest), "url=")
	return true, c.rest.Clean(link)
}

// readHeaders reads the scopes and the expiration date. GitHub sends them even when it refuses the
// request.
func (c *client) readHeaders(response gitapi.Response, token *inspect.TokenFacts) {
	if response.Exchange == nil {
		return // not requested
	}
	if scopes, known := inspect.ScopesHeader(response.Header, c.rest.Clean); known {
		token.ScopesKnown, token.Scopes = true, scopes
	}
	if response.Header.Get("X-Oauth-Client-Id") != "" {
		token.OAuthApp = true
	}
	// GitHub writes the zone in one of two forms.
	for _, form := range []string{"2006-01-02 15:04:05 MST", "2006-01-02 15:04:05 -0700"} {
		if expires, err := time.Parse(form, response.Header.Get("Github-Authentication-Token-Expiration")); err == nil {
			token.ExpiresAt = expires.UTC()
			return
		}
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
	var found account
	_, failure := c.rest.Get(ctx, "users/"+name, &found)
	return inspect.AccountFacts{Reply: inspect.NewReply(failure), Type: c.rest.Clean(found.Type)}
}

func (c *client) readMembership(ctx context.Context, organization string) inspect.MembershipFacts {
	var membership struct {
		State string `json:"state"`
		Role  string `json:"role"`
	}
	response, failure := c.rest.Get(ctx, "user/memberships/orgs/"+url.PathEscape(organization), &membership)
	facts := inspect.MembershipFacts{
		Reply: inspect.NewReply(failure), State: c.rest.Clean(membership.State), Role: c.rest.Clean(membership.Role),
	}
	if facts.OK() {
		var permissions struct {
			Permissions struct {
				CanCreateRepository *bool `json:"can_create_repository"`
			} `json:"permissions"`
		}
		response.Decode(&permissions)
		facts.CanCreateRepository = permissions.Permissions.CanCreateRepository
	}
	return facts
}

// validOrganization reports whether a name can be one of GitHub's, and be put into a URL as it is.
func validOrganization(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
}
