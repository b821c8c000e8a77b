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

// both is a configuration of GitHub in use and GitLab as a stand-by.
func both(box *sandbox.Sandbox) string {
	return acctest.GitHubArgs(box).At(github) + acctest.GitLabArgs(box).With("active", "false").At(gitlab)
}

// asked counts the provider's requests to the git hosts, and fails the test for any that was sent twice. Devtron, too,
// asks GitLab for the group while it saves.
func asked(t *testing.T, box *sandbox.Sandbox) int {
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

// The configuration, which may switch the check off, is known after the refresh only.
func TestAnUnchangedPlanWaitsForTwoRoundTrips(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, both(box))
	w.Apply().Ok()
	box.Log.Reset()
	w.Plan().Empty().Quiet()
	for server, most := range map[string]int{"devtron": 1, "github": 2, "gitlab": 2} {
		if n := box.Log.Count(server, "", ""); n == 0 || n > most {
			t.Errorf("%d requests to %s, want %d", n, server, most)
		}
	}
	asked(t, box)

	// With hosts that take their time, all git hosts are asked at the same moment, as soon as Devtron has answered.
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

func TestOneQuestionIsAskedOnceInAPlan(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := acctest.GitLabArgs(box).At(gitlab)
	for i := range 5 {
		data := acctest.GitLabArgs(box).With("username", "").At(tokenData + ".d" + fmt.Sprint(i))
		config += strings.Replace(data, "resource", "data", 1)
	}
	// Another opinion of what is needed, or another spelling of the host, is no other question.
	config += strings.Replace(acctest.GitLabArgs(box).With("username", "", "required_scopes", `["read_user"]`, "host", acctest.Quote(box.GitLab.URL()+"/")).At(tokenData+".other"), "resource", "data", 1)
	w := acctest.NewWorkspace(t, box, config)
	w.Plan().Ok().Quiet()
	if n := asked(t, box); n != 4 {
		t.Errorf("%d requests to GitLab, want 4: token, group, owner and membership", n)
	}
	if n := box.Log.Count("devtron", "", ""); n != 1 {
		t.Errorf("%d requests to Devtron, want 1", n)
	}
}

func TestARejectedTokenIsSentOnce(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.GitHub.SetLockout(3)
	bad := acctest.GitHubArgs(box).With("token", acctest.Quote(classicToken))
	data := strings.Replace(bad.With("username", "").At(tokenData+".d"), "resource", "data", 1)
	w := acctest.NewWorkspace(t, box, bad.At(github)+data)
	w.Plan().Fails("GitHub does not accept the token", "wrong, expired or revoked")
	// Two that leave at the same moment: who the owner is, and the organization.
	if n := asked(t, box); n > 2 {
		t.Errorf("%d requests with a token that GitHub rejects", n)
	}
	for _, r := range box.Log.To("github") {
		if r.Status != 401 {
			t.Errorf("%s was answered %d", r.Path, r.Status)
		}
	}
}

// A token is asked about right before it is sent: the plan may have been made without knowing it. What sends no token asks
// nothing.
func TestAnApplyAsksAboutTheTokenThatItSends(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	second := newGitHubToken(box, classicToken)
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github))
	w.Apply().Ok()
	w.Write(acctest.GitHubArgs(box).With("token", acctest.Quote(second)).At(github))
	box.Log.Reset()
	w.SavePlan().Quiet()
	if n := asked(t, box); n != 2 {
		t.Errorf("%d requests in the plan, want 2 about the new token", n)
	}
	box.Log.Reset()
	w.ApplySaved().Ok()
	expectSentTo(t, box, second)
	if n := asked(t, box); n != 2 {
		t.Errorf("%d requests in the apply, want 2", n)
	}

	w.Write(acctest.GitHubArgs(box).With("token", acctest.Quote(second), "allow_custom_repository", "true").At(github))
	w.SavePlan().Quiet()
	box.Log.Reset()
	w.ApplySaved().Ok()
	if n := asked(t, box); n != 0 {
		t.Errorf("%d requests in an apply that sends no token", n)
	}
}

// Terraform plans once more inside an apply, which the protocol does not tell a provider.
func TestApplyOfACreationAsksOnceMore(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, both(box))
	w.SavePlan().Quiet()
	inPlan := asked(t, box)
	box.Log.Reset()
	w.ApplySaved().Ok()
	if n := asked(t, box); n != 6 || inPlan != 6 {
		t.Errorf("%d requests to the git hosts in the plan and %d in the apply, want 2 to GitHub and 4 to GitLab in each", inPlan, n)
	}
}

// Without a refresh only what is about to be written is asked about.
func TestAPlanWithoutRefreshAsksAboutWhatIsWritten(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := githubValues(box)
	s := created(t, box, config)
	weaken(box, classicToken)
	_, found := begin(t, box, nil).Plan(s, config.With(values{"allow_custom_repository": true}))
	found.are(t)
	if n := asked(t, box); n != 0 {
		t.Errorf("%d requests about an update that writes no token", n)
	}
	changed := config.With(values{"token": classicToken})
	_, found = begin(t, box, nil).Plan(s, changed)
	found.are(t, stops("token", "Missing: admin:org"))
	_, found = begin(t, box, nil).Plan(nil, changed.With(values{"adopt_existing": true}))
	if !found.Has(severityError) {
		t.Errorf("a creation was not asked about:%s", found)
	}
}

// expectSentTo is expectSent without emptying the log.
func expectSentTo(t *testing.T, box *sandbox.Sandbox, want string) {
	t.Helper()
	if got := sentTokens(t, box); len(got) != 1 || got[0] != want {
		t.Errorf("tokens sent to Devtron: %q", got)
	}
}

func TestAHangingHostCostsTenSeconds(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.GitHub.Inject(sandbox.Fault{Delay: time.Hour})
	box.GitLab.Inject(sandbox.Fault{Delay: time.Hour})
	w := begin(t, box, nil)
	began := time.Now()
	var hanging [4]findings
	done := make(chan struct{})
	for i, config := range []values{githubValues(box), gitlabValues(box).With(values{"active": false})} {
		go func() {
			defer func() { done <- struct{}{} }() // also where it fails early
			_, hanging[i] = w.Plan(nil, config)
			attributes, found := w.read(dataArgs(checkRow{set: config}, box))
			if w.text(attributes["verdict"]) != "unverifiable" {
				t.Errorf("the data source says %s", attributes["verdict"])
			}
			hanging[2+i] = found
		}()
	}
	<-done
	<-done
	took := time.Since(began)
	for i := range 2 {
		hanging[i].are(t, warns("host", "could not be checked", "timed out after 10 seconds", `git_token_check = "off"`))
		hanging[2+i].are(t)
	}
	if took < 9*time.Second || took > 15*time.Second {
		t.Errorf("two resources and two data sources took %s, want the 10 seconds once", took)
	}
}
