// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package azure

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

// client asks Azure DevOps about one token.
type client struct{ rest gitapi.REST }

// ReadBasics requests the organization, which every valid token may read, and the project's
// repositories.
func (c *client) ReadBasics(ctx context.Context, q inspect.Question) inspect.Facts {
	var facts inspect.Facts
	var both sync.WaitGroup
	both.Go(func() { c.readOrganization(ctx, &facts.Token, &facts.Owner) })
	if q.Project != "" && inspect.SegmentFault(q.Project) == "" {
		both.Go(func() {
			failure := c.get(ctx, url.PathEscape(q.Project)+"/_apis/git/repositories", gitapi.FirstMember{"value", "count"})
			facts.Target.Reply = inspect.NewReply(failure)
		})
	}
	both.Wait()
	return facts
}

// anonymous is the id of the user of requests without a credential.
const anonymous = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa"

func (c *client) readOrganization(ctx context.Context, token *inspect.TokenFacts, owner *inspect.OwnerFacts) {
	var data struct {
		InstanceID string `json:"instanceId"`
		User       struct {
			ID         string `json:"id"`
			Name       string `json:"providerDisplayName"`
			Properties struct {
				Account struct {
					Value string `json:"$value"`
				} `json:"Account"`
			} `json:"properties"`
		} `json:"authenticatedUser"`
	}
	failure := c.get(ctx, "_apis/connectionData", &data)
	switch {
	case failure.Class != "":
	case data.User.ID == anonymous:
		failure = gitapi.Failure{Class: gitapi.Unauthorized, Message: "the host accepted the request without a valid token"}
	case data.InstanceID == "":
		failure = gitapi.Failure{Class: gitapi.NotTheAPI, Message: "the response describes no organization"}
	}
	token.Reply = inspect.NewReply(failure)
	owner.Reply = token.Reply
	if failure.Class != "" {
		return
	}
	owner.Login = c.rest.Clean(data.User.Properties.Account.Value)
	if owner.Login == "" {
		owner.Login = c.rest.Clean(data.User.Name)
	}
}

// ReadDetails finds out whether a project exists that shows no repositories.
func (c *client) ReadDetails(ctx context.Context, q inspect.Question, facts inspect.Facts) inspect.Facts {
	if facts.Target.Failed(gitapi.NotFound) {
		failure := c.get(ctx, "_apis/projects/"+url.PathEscape(q.Project), &struct{}{})
		facts.Target.Account = inspect.AccountFacts{Reply: inspect.NewReply(failure)}
	}
	return facts
}

// get recognizes the sign-in pages that Azure DevOps sends instead of 401.
func (c *client) get(ctx context.Context, path string, into any) gitapi.Failure {
	response, failure := c.rest.Get(ctx, path, into)
	switch {
	case failure.Class == gitapi.Redirected && isSignIn(response.RedirectPath) && isMicrosoft(response.RedirectOrigin):
		return gitapi.Failure{Class: gitapi.Unauthorized, Message: "a redirect to the sign-in page of " + failure.Message}
	case failure.Class == gitapi.NotTheAPI && (isSignIn(response.Path) || response.Status == http.StatusNonAuthoritativeInfo) && isPage(response.Header, response.Body()):
		return gitapi.Failure{Class: gitapi.Unauthorized, Status: response.Status, Message: "a sign-in page"}
	}
	return failure
}

func isSignIn(path string) bool { return strings.Contains(path, "/_signin") }

// isMicrosoft recognizes the origins of Azure DevOps Services and of its sign-in.
func isMicrosoft(origin string) bool {
	u, err := url.Parse(origin)
	return err == nil && (inspect.IsPublicName(publicNames, u.Hostname()) || u.Hostname() == "login.microsoftonline.com")
}
