// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// both is a configuration of GitHub in use and GitLab as a stand-by.
func both(box *sandbox.Sandbox) string {
	return githubArgs(box).at(github) + gitlabArgs(box).with("active", "false").at(gitlab)
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

func TestAnUnchangedPlanWaitsForOneRoundTrip(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, both(box))
	w.apply().ok()
	box.Log.Reset()
	w.plan().empty().quiet()
	for server, most := range map[string]int{"devtron": 1, "github": 2, "gitlab": 2} {
		if n := box.Log.Count(server, "", ""); n == 0 || n > most {
			t.Errorf("%d requests to %s, want %d", n, server, most)
		}
	}
	asked(t, box)

	// With hosts that take their time, each request leaves before any other is answered.
	const slow = time.Second
	for _, server := range []*sandbox.Server{box.Devtron.Server, box.GitHub.Server, box.GitLab.Server} {
		server.Inject(sandbox.Fault{Delay: slow})
	}
	box.Log.Reset()
	w.plan().empty().quiet()
	requests := box.Log.All()
	if len(requests) != 5 {
		t.Fatalf("%d requests, want 5", len(requests))
	}
	for _, r := range requests {
		if after := r.Time.Sub(requests[0].Time); after >= slow {
			t.Errorf("%s %s came %s after the first request, which was answered by then", r.Server, r.Path, after)
		}
	}
}

func TestOneQuestionIsAskedOnceInAPlan(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := gitlabArgs(box).at(gitlab)
	for i := range 5 {
		data := gitlabArgs(box).with("username", "").at(tokenData + ".d" + fmt.Sprint(i))
		config += strings.Replace(data, "resource", "data", 1)
	}
	// Another opinion of what is needed, or another spelling of the host, is no other question.
	config += strings.Replace(gitlabArgs(box).with("username", "", "required_scopes", `["read_user"]`, "host", quote(box.GitLab.URL()+"/")).at(tokenData+".other"), "resource", "data", 1)
	w := newWorkspace(t, box, config)
	w.plan().ok().quiet()
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
	bad := githubArgs(box).with("token", quote(classicToken))
	data := strings.Replace(bad.with("username", "").at(tokenData+".d"), "resource", "data", 1)
	w := newWorkspace(t, box, bad.at(github)+data)
	w.plan().fails("GitHub does not accept the token", "wrong, expired or revoked")
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

func TestApplyOfAnUpdateAsksNoGitHost(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	second := newGitHubToken(box, classicToken)
	w := newWorkspace(t, box, githubArgs(box).at(github))
	w.apply().ok()
	w.write(githubArgs(box).with("token", quote(second), "allow_custom_repository", "true").at(github))
	box.Log.Reset()
	w.savePlan().quiet()
	if n := asked(t, box); n != 4 {
		t.Errorf("%d requests, want 2 for each of the old and the new token", n)
	}
	box.Log.Reset()
	w.applySaved().ok()
	expectSentTo(t, box, second)
	if n := asked(t, box); n != 0 {
		t.Errorf("%d requests to GitHub in an apply", n)
	}
}

// Terraform plans once more inside an apply. For what exists that can be told, as no refresh came before; for a
// creation the protocol does not tell it, so that the few requests are sent again.
func TestApplyOfACreationAsksOnceMore(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, both(box))
	w.savePlan().quiet()
	inPlan := asked(t, box)
	box.Log.Reset()
	w.applySaved().ok()
	if n := asked(t, box); n != 6 || inPlan != 6 {
		t.Errorf("%d requests to the git hosts in the plan and %d in the apply, want 2 to GitHub and 4 to GitLab in each", inPlan, n)
	}
}

// Without a refresh a plan looks to the provider as the one inside an apply does.
func TestAPlanWithoutRefreshAsksAboutCreationsOnly(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := githubValues(box)
	s := created(t, box, config)
	weaken(box, classicToken)
	changed := config.with(values{"token": classicToken})
	_, found := begin(t, box, nil).plan(s, changed)
	found.are(t)
	if n := asked(t, box); n != 0 {
		t.Errorf("%d requests about an update", n)
	}
	_, found = begin(t, box, nil).plan(nil, changed.with(values{"adopt_existing": true}))
	if !found.has(severityError) || asked(t, box) == 0 {
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
	for i, config := range []values{githubValues(box), gitlabValues(box).with(values{"active": false})} {
		go func() {
			defer func() { done <- struct{}{} }() // also where it fails early
			_, hanging[i] = w.plan(nil, config)
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
		hanging[i].are(t, warns("host", "could not be checked", "no answer within 10 seconds", `git_token_check = "off"`))
		hanging[2+i].are(t)
	}
	if took < 9*time.Second || took > 15*time.Second {
		t.Errorf("two resources and two data sources took %s, want the 10 seconds once", took)
	}
}
