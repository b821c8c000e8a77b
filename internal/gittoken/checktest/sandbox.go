// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package checktest

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// Host is the host to configure for a sandbox. It is empty for Bitbucket Cloud, which has one host:
// see Checker.
func Host(s *sandbox.Sandbox, p inspect.Provider) string {
	return map[inspect.Provider]string{
		inspect.GitHub: s.GitHub.URL(), inspect.GitLab: s.GitLab.URL(), inspect.AzureDevOps: s.Azure.URL() + "/" + sandbox.AzureOrganization,
	}[p]
}

// Checker returns a checker that sends to the sandbox what is for api.bitbucket.org.
func Checker(s *sandbox.Sandbox, q inspect.Question) *gittoken.Checker {
	if q.Provider != inspect.BitbucketCloud {
		return gittoken.NewChecker(gittoken.CheckerOptions{})
	}
	return gittoken.NewChecker(gittoken.CheckerOptions{Transport: ToBitbucket(s, http.DefaultTransport)}) //nolint:forbidigo // a test
}

// Check answers a question about a host other than Bitbucket Cloud.
func Check(q inspect.Question) inspect.Answer {
	return gittoken.NewChecker(gittoken.CheckerOptions{}).Check(context.Background(), q, inspect.Requirements{})
}

// ToBitbucket returns a transport that sends to the sandbox what is for api.bitbucket.org, and
// nothing else.
func ToBitbucket(s *sandbox.Sandbox, next http.RoundTripper) http.RoundTripper {
	return redirector{from: "https://api.bitbucket.org", to: s.Bitbucket.URL(), next: next}
}

type redirector struct {
	from, to string
	next     http.RoundTripper
}

func (d redirector) RoundTrip(req *http.Request) (*http.Response, error) {
	if weburl.Origin(req.URL) != d.from {
		return nil, errors.New("a request to " + req.URL.String())
	}
	to, err := url.Parse(d.to)
	if err != nil {
		return nil, err
	}
	req = req.Clone(req.Context())
	req.URL.Scheme, req.URL.Host = to.Scheme, to.Host
	return d.next.RoundTrip(req)
}
