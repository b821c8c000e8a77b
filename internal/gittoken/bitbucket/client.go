// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package bitbucket

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

// client asks Bitbucket Cloud about one token.
type client struct{ rest gitapi.REST }

// ReadBasics requests the workspace's repositories, whose response lists all scopes of the token
// and needs only a required one, and the project.
func (c *client) ReadBasics(ctx context.Context, q inspect.Question) inspect.Facts {
	var facts inspect.Facts
	named := q.Workspace != "" && inspect.SegmentFault(q.Workspace) == ""
	var both sync.WaitGroup
	both.Go(func() { c.readRepositories(ctx, q.Workspace, named, &facts) })
	if named && q.ProjectKey != "" && inspect.SegmentFault(q.ProjectKey) == "" {
		both.Go(func() { facts.Target.Project = c.readProject(ctx, q.Workspace, strings.ToUpper(q.ProjectKey)) })
	}
	both.Wait()
	return facts
}

func (c *client) readRepositories(ctx context.Context, workspace string, named bool, facts *inspect.Facts) {
	path := "repositories"
	if named {
		path += "/" + url.PathEscape(workspace)
	}
	var page struct {
		Length int `json:"pagelen"`
	}
	response, failure := c.rest.Get(ctx, path+"?pagelen=1&fields=pagelen", &page)
	if failure.Class == "" && page.Length == 0 {
		failure = gitapi.Failure{Class: gitapi.NotTheAPI, Message: "the response is not a list of repositories"}
	}
	reply := inspect.NewReply(failure)
	if named {
		facts.Target.Reply, facts.Target.Name = reply, workspace
	}
	if reply.Failed(gitapi.Forbidden, gitapi.InsufficientScope, gitapi.NotFound) {
		reply = inspect.NewReply(gitapi.Failure{}) // Bitbucket accepted the token itself
	}
	facts.Token.Reply = reply
	if reply.OK() {
		facts.Token.Scopes, facts.Token.ScopesKnown = inspect.ScopesHeader(response.Header, c.rest.Clean)
		facts.Token.Type = c.rest.Clean(response.Header.Get("X-Credential-Type"))
	}
}

func (c *client) readProject(ctx context.Context, workspace, key string) inspect.Reply {
	var project struct {
		Key string `json:"key"`
	}
	path := "workspaces/" + url.PathEscape(workspace) + "/projects/" + url.PathEscape(key)
	_, failure := c.rest.Get(ctx, path+"?fields=key", &project)
	if failure.Class == "" && project.Key == "" {
		failure = gitapi.Failure{Class: gitapi.NotTheAPI, Message: "the response describes no project"}
	}
	return inspect.NewReply(failure)
}

// ReadDetails requests the owner, where the scopes allow it, and looks for the project among the
// repositories, where the scopes do not allow to read it.
func (c *client) ReadDetails(ctx context.Context, q inspect.Question, facts inspect.Facts) inspect.Facts {
	var both sync.WaitGroup
	if slices.ContainsFunc(facts.Token.Scopes, readsAccount) {
		both.Go(func() { facts.Owner = c.readUser(ctx) })
	}
	if facts.Target.OK() && facts.Target.Project.Failed(gitapi.InsufficientScope, gitapi.Forbidden) {
		both.Go(func() {
			if c.isProjectInUse(ctx, q.Workspace, strings.ToUpper(q.ProjectKey)) {
				facts.Target.Project.Failure = gitapi.Failure{}
			}
		})
	}
	both.Wait()
	return facts
}

func readsAccount(scope string) bool {
	return scope == "account" || scope == "account:write" || scope == "read:user:bitbucket"
}

func (c *client) readUser(ctx context.Context) inspect.OwnerFacts {
	var user struct {
		Nickname string `json:"nickname"`
	}
	_, failure := c.rest.Get(ctx, "user?fields=nickname", &user)
	return inspect.OwnerFacts{Reply: inspect.NewReply(failure), Login: c.rest.Clean(user.Nickname)}
}

// isProjectInUse reports whether a repository of the project is visible. If none is, the project
// may still exist.
func (c *client) isProjectInUse(ctx context.Context, workspace, key string) bool {
	var page struct {
		Values []struct {
			Project struct {
				Key string `json:"key"`
			} `json:"project"`
		} `json:"values"`
	}
	query := url.Values{"q": {`project.key="` + strings.ReplaceAll(key, `"`, "") + `"`}, "pagelen": {"1"}, "fields": {"values.project.key"}}
	_, failure := c.rest.Get(ctx, "repositories/"+url.PathEscape(workspace)+"?"+query.Encode(), &page)
	if failure.Class != "" {
		return false
	}
	for _, repository := range page.Values {
		if repository.Project.Key == key {
			return true
		}
	}
	return false
}
