// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// An HTTP status says something about the API token only if the reply has the form of Devtron's
// API.
func TestReplyOfProxyIsNotAttributedToDevtron(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.NoRetries+githubArgs(box).At(github))
	w.Apply().Ok()
	before := w.State()
	route := box.Devtron.URL() + "/orchestrator/gitops/config"
	for name, c := range map[string]struct {
		fault sandbox.Fault
		words []string
	}{
		"401 of oauth2-proxy":        {sandbox.Fault{Status: 401, ContentType: "text/html", Body: "<html><title>Sign In</title></html>"}, []string{"login proxy", "(HTTP 401): text/html: <html><title>Sign In", route}},
		"401 of an ingress":          {sandbox.Fault{Status: 401, ContentType: "text/html", Body: "<center><h1>401 Authorization Required</h1></center><hr><center>nginx</center>", Header: http.Header{"WWW-Authenticate": {"Basic"}}}, []string{"ingress", "nginx", "HTTP 401"}},
		"401 of an API gateway":      {sandbox.Fault{Status: 401, ContentType: "application/json", Body: `{"message":"Unauthorized"}`}, []string{`application/json: {"message":"Unauthorized"}`}},
		"401 that imitates the code": {sandbox.Fault{Status: 401, ContentType: "application/json", Body: `{"code":401,"message":"jwt expired"}`}, []string{`{"code":401,"message":"jwt expired"}`}},
		"401 without a body":         {sandbox.Fault{Status: 401}, []string{"HTTP 401"}},
		"403 of a firewall":          {sandbox.Fault{Status: 403, ContentType: "text/html", Body: "<html>Request blocked. Reference #18</html>"}, []string{"firewall", "Request blocked. Reference #18"}},
		"403 of Kubernetes":          {sandbox.Fault{Status: 403, ContentType: "application/json", Body: `{"kind":"Status","code":403,"reason":"Forbidden"}`}, []string{`"kind":"Status"`}},
		"407":                        {sandbox.Fault{Status: 407, ContentType: "text/plain", Body: "proxy authentication required"}, []string{"HTTPS_PROXY", "proxy authentication required"}},
		"400 of a TLS port":          {sandbox.Fault{Status: 400, ContentType: "text/html", Body: "<html>The plain HTTP request was sent to HTTPS port</html>"}, []string{"scheme", "client certificate", "plain HTTP request"}},
		"429":                        {sandbox.Fault{Status: 429, ContentType: "text/plain", Body: "slow down"}, []string{"limits the number of requests", "slow down"}},
		"502":                        {sandbox.Fault{Status: 502, ContentType: "text/html", Body: "<html>502 Bad Gateway</html>"}, []string{"got no answer from Devtron", "502 Bad Gateway"}},
		"500 of something else":      {sandbox.Fault{Status: 500, ContentType: "application/json", Body: `{"error":"boom"}`}, []string{"log of the ingress", `{"error":"boom"}`}},
		"503":                        {sandbox.Fault{Status: 503, ContentType: "text/plain", Body: "no healthy upstream"}, []string{"orchestrator is running", "no healthy upstream"}},
	} {
		box.Devtron.ClearFaults()
		box.Devtron.Inject(c.fault)
		e := w.Plan().Fails(append(c.words, "something in front of Devtron answered", "environment variable DEVTRON_URL ("+box.Devtron.URL()+")", "The server said")...)
		for _, word := range []string{"was not accepted", "not super-admin", "Devtron failed", "Devtron said"} {
			if strings.Contains(e.Output, word) {
				t.Errorf("%s: the message concludes %q:\n%s", name, word, e.Listing())
			}
		}
		if w.State() != before {
			t.Errorf("%s: the state changed", name)
		}
	}
}

// The reply of a proxy to a write does not tell whether Devtron stored anything.
func TestProxyReplyToWrite(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault sandbox.Fault
		words []string
	}{
		"refused":              {sandbox.Fault{Status: 403, Body: "<html>Blocked</html>"}, []string{"Blocked", "Plan again"}},
		"answer held back":     {sandbox.Fault{Handle: true, Status: 403, Body: "<html>Blocked</html>"}, []string{"Blocked", "Plan again"}},
		"too large":            {sandbox.Fault{Status: 413, Body: "<html>413</html>"}, []string{"size", "Plan again"}},
		"gateway, not handled": {sandbox.Fault{Status: 502, Body: "<html>502</html>"}, []string{"got no answer from Devtron", "showed that nothing was stored"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			c.fault.Method, c.fault.Path, c.fault.Times, c.fault.ContentType = "POST", configRoute, 1, "text/html"
			box.Devtron.Inject(c.fault)
			w := acctest.NewWorkspace(t, box, acctest.NoRetries+githubArgs(box).At(github))
			w.Apply().Fails(append(c.words, "something in front of Devtron answered")...)
			w.Apply().Ok()
			w.Plan().Empty().Quiet()
			if rows := box.Devtron.Rows(); len(rows) != 1 {
				t.Errorf("Devtron has %+v", rows)
			}
		})
	}
}

// Devtron does not say which value its database refused.
func TestRefusedValueIsNamed(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("t", 384)
	for name, c := range map[string]struct {
		token, argument string
		need            *acctest.Feature
	}{
		"token":    {"token", "token = ", nil},
		"token_wo": {"token_wo", "token_wo = ", &acctest.WriteOnly},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c.need != nil {
				acctest.Needs(t, *c.need)
			}
			box := sandbox.ForTest(t)
			config := githubArgs(box).With("token", "", "git_token_check", `"off"`, c.token, acctest.Quote(box.GitHub.Token()))
			longer := config.With(c.token, acctest.Quote(long))
			if c.token == "token_wo" {
				longer = longer.With("token_wo_version", "2")
			}
			w := acctest.NewWorkspace(t, box, longer.At(github))
			e := w.Apply().Fails("could not be written", "Devtron's database refused a value", "token has 384 bytes; Devtron up to v2.2.0 stores at most 158", "Nothing was stored", "upgrade Devtron",
				"gitops config failed to create in db", c.argument)
			if strings.Contains(e.Listing(), long) {
				// Terraform itself shows the line of the configuration.
				for _, d := range e.Diagnostics {
					if strings.Contains(d.Detail+d.Summary, long) {
						t.Error("the message shows the token")
					}
				}
			}
			if rows := box.Devtron.Rows(); len(rows) != 0 {
				t.Errorf("Devtron has %+v", rows)
			}
			w.Write(config.At(github))
			w.Apply().Ok()
			w.Write(longer.At(github))
			w.Apply().Fails("Devtron's database refused a value", "token has 384 bytes", "gitops config failed to update in db", c.argument)

			box.Devtron.SetTokenColumn(2000)
			w.Apply().Ok()
			if row, _ := box.Devtron.Row("GITHUB"); row.Token != long {
				t.Error("a newer Devtron did not store the token")
			}
			w.Plan().Empty()
		})
	}
}

// Each failed stage of the dry run is reported at the argument that caused it, with the next step.
func TestFailedDryRunAdvice(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		argument, value string
		words           []string
	}{
		"revoked token":        {"token", `"ghp_unknown123456789012345678901234567"`, []string{"error in connecting with GITHUB", "401 Bad credentials", "rejects the token", "Generate a new one", "token = "}},
		"another organization": {"organization", `"nobody"`, []string{"Create Repo", "Correct organization", "organization = "}},
		"closed port":          {"host", `"http://127.0.0.1:1"`, []string{"connection refused", "has no connection to the git host", "host = "}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
			w := acctest.NewWorkspace(t, box, githubArgs(box).With("git_token_check", `"off"`, c.argument, c.value).At(github))
			w.Apply().Fails(append(c.words, "Devtron's dry run failed", "Nothing was stored", "Devtron said")...)
		})
	}
}

// Under Argo CD, Devtron asks GitLab for the group on every write, also without a dry run.
func TestGroupThatDevtronDoesNotFindIsNamed(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	config := gitlabArgs(box).With("group_id", `"4711"`, "git_token_check", `"off"`)
	w := acctest.NewWorkspace(t, box, "")
	for _, custom := range []string{"true", "false"} {
		w.Write(acctest.NoRetries + config.With("allow_custom_repository", custom).At(gitlab))
		run := w.Apply().Fails("404 Not Found", "Set group_id to the numeric id", "othing was stored")
		if !strings.Contains(run.Listing(), `group_id = "4711"`) {
			t.Errorf("the error is not at group_id:\n%s", run.Listing())
		}
	}
}
