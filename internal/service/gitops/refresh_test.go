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

func TestFailedRefreshNeverDropsState(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.NoRetries+githubArgs(box).At(github))
	w.Apply().Ok()
	before := w.State()

	for name, c := range map[string]struct {
		fault sandbox.Fault
		words []string
	}{
		"401 of the middleware": {
			sandbox.Fault{Status: 401, Body: `{"code":401,"result":"Unauthorized"}`, ContentType: "application/json"},
			[]string{"API token was not accepted", "DEVTRON_API_TOKEN", "HTTP 401", "Unauthorized"},
		},
		"403": {
			sandbox.Fault{Status: 403, Body: `{"code":403,"status":"Forbidden","errors":[{"code":"000","userMessage":"unauthorized"}]}`, ContentType: "application/json"},
			[]string{"not super-admin", "Super admin"},
		},
		"500": {sandbox.Fault{Status: 500, Body: `{"error":"internal server error"}`, ContentType: "application/json"}, []string{"Devtron failed", "internal server error"}},
		"503": {sandbox.Fault{Status: 503, Body: "no upstream"}, []string{"HTTP 503", "no upstream"}},
		"404 in plain text": {
			sandbox.Fault{Status: 404, Body: "404 page not found\n", ContentType: "text/plain"},
			[]string{"not Devtron's API", box.Devtron.URL() + "/orchestrator/gitops/config", "DEVTRON_URL"},
		},
		"HTML": {
			sandbox.Fault{Status: 200, Body: "<html><title>Sign in</title></html>", ContentType: "text/html"},
			[]string{"not Devtron's API", "Sign in"},
		},
		"truncated JSON": {sandbox.Fault{Truncate: 30}, []string{"dropped the request"}},
		"cut JSON":       {sandbox.Fault{Status: 200, Body: `{"code":200,"status":"OK","result":[{"id":1,`, ContentType: "application/json"}, []string{"not Devtron's API"}},
		"redirect": {
			sandbox.Fault{Status: 302, Header: http.Header{"Location": {"https://sso.example.com/login?next=secret"}}},
			[]string{"redirects to https://sso.example.com/login", box.Devtron.URL(), "DEVTRON_URL"},
		},
		"empty list with another envelope": {sandbox.Fault{Status: 200, Body: `{"items":[]}`, ContentType: "application/json"}, []string{"not Devtron's API"}},
		"bare empty list":                  {sandbox.Fault{Status: 200, Body: `[]`, ContentType: "application/json"}, []string{"not Devtron's API"}},
		"null list":                        {sandbox.Fault{Status: 200, Body: `{"code":200,"status":"OK","result":null}`, ContentType: "application/json"}, []string{"not Devtron's API"}},
		"connection reset":                 {sandbox.Fault{Reset: true}, []string{"dropped the request", "API token of another system"}},
	} {
		box.Devtron.ClearFaults()
		box.Devtron.Inject(c.fault)
		e := w.Plan().Fails(c.words...)
		if strings.Contains(e.Output, "next=secret") {
			t.Errorf("%s: the message shows the query of a redirect", name)
		}
		w.Apply().Fails()
		if after := w.State(); after != before {
			t.Errorf("%s: the state changed", name)
		}
	}

	box.Devtron.Stop()
	w.Plan().Fails("Devtron cannot be reached", "connection refused", box.Devtron.URL())
	if after := w.State(); after != before {
		t.Error("stopped server: the state changed")
	}
	box.Devtron.Restart()
	box.Devtron.ClearFaults()
	w.Plan().Empty().Quiet()
}

func TestRefreshRetries(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github))
	w.Apply().Ok()
	box.Devtron.Inject(sandbox.Fault{Method: "GET", Times: 1, Status: 503})
	box.Devtron.Inject(sandbox.Fault{Method: "GET", Times: 1, Reset: true})
	w.Plan().Empty().Quiet()
}

func TestRefreshOfAllResourcesSendsOneRequest(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github)+gitlabArgs(box).With("active", "false").At(gitlab)+
		"data \"devtron_gitops_configs\" \"all\" {}\ndata \"devtron_gitops_config\" \"active\" {\n  depends_on = ["+github+"]\n}\n")
	w.Apply().Ok()
	box.Log.Reset()
	w.Plan().Empty().Quiet()
	if n := len(box.Log.To("devtron")); n != 1 {
		t.Errorf("%d requests to Devtron", n)
	}
	if n := len(box.Log.To("github")); n > 2 {
		t.Errorf("%d requests to GitHub", n)
	}
	if n := len(box.Log.To("gitlab")); n > 2 {
		t.Errorf("%d requests to GitLab", n)
	}
}
