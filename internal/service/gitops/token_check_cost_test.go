// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// countChecks counts the requests of the provider to the git hosts, and fails the test for any that
// was sent twice. Devtron itself requests the group from GitLab, too, when it stores a
// configuration.
func countChecks(t *testing.T, box *sandbox.Sandbox) int {
	t.Helper()
	times := map[string]int{}
	for _, r := range box.Log.All() {
		if r.Server != "devtron" && strings.HasPrefix(r.Header.Get("User-Agent"), "terraform-provider-devtron/") {
			times[r.Server+" "+r.Method+" "+r.Path+" "+r.Header.Get("Authorization")+r.Header.Get("Private-Token")]++
		}
	}
	for request, n := range times {
		if n > 1 {
			t.Errorf("sent %d times: %s", n, request[:strings.LastIndex(request, " ")])
		}
	}
	return len(times)
}

// The check starts after the refresh, because only then the provider knows that the configuration
// does not disable it.
func TestUnchangedPlanTakesTwoRoundTrips(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubWithStandby(box))
	w.Apply().Ok()
	box.Log.Reset()
	w.Plan().Empty().Quiet()
	for server, most := range map[string]int{"devtron": 1, "github": 2, "gitlab": 2} {
		if n := box.Log.Count(server, "", ""); n == 0 || n > most {
			t.Errorf("%d requests to %s, want %d", n, server, most)
		}
	}
	countChecks(t, box)

	// With slow servers, the requests to all git hosts start as soon as Devtron has replied.
	const slow = time.Second
	for _, server := range []*sandbox.Server{box.Devtron.Server, box.GitHub.Server, box.GitLab.Server} {
		server.Inject(sandbox.Fault{Delay: slow})
	}
	box.Log.Reset()
	w.Plan().Empty().Quiet()
	requests := box.Log.All()
	if len(requests) != 5 {
		t.Fatalf("%d requests, want 5", len(requests))
	}
	for _, r := range requests {
		if after := r.Time.Sub(requests[0].Time); after >= 2*slow {
			t.Errorf("%s %s came %s after the first request", r.Server, r.Path, after)
		}
	}
}

func TestEqualChecksAreSentOnce(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := gitlabArgs(box).At(gitlab)
	for i := range 5 {
		config += gitlabArgs(box).With("username", "").Data(fmt.Sprint(tokenData, ".d", i))
	}
	// Other required scopes and another spelling of the host need no further requests.
	config += gitlabArgs(box).With("username", "", "required_scopes", `["read_user"]`, "host", acctest.Quote(box.GitLab.URL()+"/")).Data(tokenData + ".other")
	w := acctest.NewWorkspace(t, box, config)
	w.Plan().Ok().Quiet()
	if n := countChecks(t, box); n != 4 {
		t.Errorf("%d requests to GitLab, want 4: token, group, owner and membership", n)
	}
	if n := box.Log.Count("devtron", "", ""); n != 1 {
		t.Errorf("%d requests to Devtron, want 1", n)
	}
}

func TestRejectedTokenIsSentOnce(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.GitHub.SetLockout(3)
	bad := githubArgs(box).With("token", acctest.Quote(classicToken))
	data := bad.With("username", "").Data(tokenData + ".d")
	w := acctest.NewWorkspace(t, box, bad.At(github)+data)
	w.Plan().Fails("GitHub does not accept the token", "wrong, expired or revoked")
	// The requests for the owner and for the organization start at the same time.
	if n := countChecks(t, box); n > 2 {
		t.Errorf("%d requests with a token that GitHub rejects", n)
	}
	for _, r := range box.Log.To("github") {
		if r.Status != 401 {
			t.Errorf("%s returned %d", r.Path, r.Status)
		}
	}
}

// The apply checks a token right before it sends it, because the plan may not have known it. An
// apply that sends no token checks nothing.
func TestApplyChecksTokenBeforeSending(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	second := addGitHubToken(box, classicToken)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
	w.Apply().Ok()
	w.Write(githubArgs(box).With("token", acctest.Quote(second)).At(github))
	box.Log.Reset()
	w.SavePlan().Quiet()
	if n := countChecks(t, box); n != 2 {
		t.Errorf("%d requests in the plan, want 2 about the new token", n)
	}
	box.Log.Reset()
	w.ApplySaved().Ok()
	expectSentToken(t, box, second)
	if n := countChecks(t, box); n != 2 {
		t.Errorf("%d requests in the apply, want 2", n)
	}

	w.Write(githubArgs(box).With("token", acctest.Quote(second), "allow_custom_repository", "true").At(github))
	w.SavePlan().Quiet()
	box.Log.Reset()
	w.ApplySaved().Ok()
	if n := countChecks(t, box); n != 0 {
		t.Errorf("%d requests in an apply that sends no token", n)
	}
}

// Terraform plans again within an apply, and the protocol does not distinguish the two plans.
func TestApplyOfCreateChecksAgain(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubWithStandby(box))
	w.SavePlan().Quiet()
	inPlan := countChecks(t, box)
	box.Log.Reset()
	w.ApplySaved().Ok()
	if n := countChecks(t, box); n != 6 || inPlan != 6 {
		t.Errorf("%d requests to the git hosts in the plan and %d in the apply, want 2 to GitHub and 4 to GitLab in each", inPlan, n)
	}
}

// Without a refresh, the plan checks only tokens that are about to be written.
func TestPlanWithoutRefreshChecksWrittenTokens(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := githubValues(box)
	s := created(t, box, config)
	weaken(box, classicToken)
	_, found := begin(t, box, nil).Plan(s, config.With(values{"allow_custom_repository": true}))
	found.expect(t)
	if n := countChecks(t, box); n != 0 {
		t.Errorf("%d requests about an update that writes no token", n)
	}
	changed := config.With(values{"token": classicToken})
	_, found = begin(t, box, nil).Plan(s, changed)
	found.expect(t, stops("token", "Missing: admin:org"))
	_, found = begin(t, box, nil).Plan(nil, changed.With(values{"adopt_existing": true}))
	if !found.Has(severityError) {
		t.Errorf("the token of a creation was not checked:%s", found)
	}
}

// expectSentToken is expectSent for one token, and keeps the log.
func expectSentToken(t *testing.T, box *sandbox.Sandbox, want string) {
	t.Helper()
	if got := sentTokens(t, box); len(got) != 1 || got[0] != want {
		t.Errorf("sent the tokens %q to Devtron", got)
	}
}

func TestUnresponsiveHostTakesTenSeconds(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.GitHub.Inject(sandbox.Fault{Delay: time.Hour})
	box.GitLab.Inject(sandbox.Fault{Delay: time.Hour})
	w := begin(t, box, nil)
	began := time.Now()
	var results [4]findings
	done := make(chan struct{})
	for i, config := range []values{githubValues(box), gitlabValues(box).With(values{"active": false})} {
		go func() {
			defer func() { done <- struct{}{} }() // It also runs if the goroutine fails early.
			_, results[i] = w.Plan(nil, config)
			attributes, found := w.read(dataArgs(checkCase{set: config}, box))
			if w.text(attributes["verdict"]) != "unverifiable" {
				t.Errorf("the data source says %s", attributes["verdict"])
			}
			results[2+i] = found
		}()
	}
	<-done
	<-done
	took := time.Since(began)
	for i := range 2 {
		results[i].expect(t, warns("host", "could not be checked", "timed out after 10 seconds", `git_token_check = "off"`))
		results[2+i].expect(t)
	}
	if took < 9*time.Second || took > 15*time.Second {
		t.Errorf("two resources and two data sources took %s, want 10 seconds in total", took)
	}
}
