// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestNoOutputContainsSecrets(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	box := sandbox.ForTest(t)
	config := acctest.EphemeralVariable + githubArgs(box).With("token", "", "token_wo", "var.secret", "token_wo_version", "1").At(github)
	w := acctest.NewWorkspace(t, box, acctest.NoRetries+config)
	w.SetVariable("secret", box.GitHub.Token())
	secrets := []string{box.GitHub.Token(), box.Devtron.AdminToken()}

	step := func(name string, output string, want string) {
		t.Helper()
		if found := acctest.Leaks(output, secrets...); len(found) > 0 {
			t.Errorf("%s: the output contains %q", name, found)
		}
		if !strings.Contains(output, want) {
			t.Errorf("%s: the output does not contain %q, so the step did something else:\n%s", name, want, tail(output))
		}
	}
	step("plan", w.Trace("plan", "-out="+acctest.PlanFile), "Devtron API request")
	step("apply", w.Trace("apply", acctest.PlanFile), "Apply complete!")
	w.AssertNoSecrets(secrets...)
	step("unchanged plan", w.Trace("plan"), "No changes.")

	// The server quotes both tokens in its error, in more than one form.
	echo := "bad request with " + box.GitHub.Token() + " and " + box.Devtron.AdminToken() + " as " + url.QueryEscape(box.GitHub.Token())
	w.Write(acctest.NoRetries + strings.Replace(config, "token_wo_version = 1", "token_wo_version = 2", 1))
	for name, fault := range map[string]sandbox.Fault{
		"an error that quotes tokens":  {Status: 400, ContentType: "application/json", Body: `{"code":400,"status":"Bad Request","errors":[{"code":"000","internalMessage":"` + echo + `","userMessage":"` + echo + `"}]}`},
		"a refusal that quotes tokens": {Status: 200, ContentType: "application/json", Body: `{"code":200,"status":"OK","result":{"successfulStages":null,"stageErrorMap":{"Create Repo":"` + echo + `"},"validationSkipped":false}}`},
		"a page that quotes tokens":    {Status: 404, ContentType: "text/html", Body: "<html>" + echo + "</html>"},
		"an echo in a cookie":          {Status: 401, ContentType: "application/json", Header: http.Header{"Set-Cookie": {"argocd.token=" + box.Devtron.AdminToken()}}, Body: `{"code":401,"result":"Unauthorized"}`},
	} {
		fault.Method = "PUT"
		box.Devtron.Inject(fault)
		step(name, w.Trace("apply", "-auto-approve"), "Error: ")
		box.Devtron.ClearFaults()
	}
	box.GitHub.Inject(sandbox.Fault{Status: 500, ContentType: "application/json", Body: `{"message":"` + box.GitHub.Token() + `"}`})
	step("a git host that quotes tokens", w.Trace("plan"), "Warning: ")
	box.GitHub.ClearFaults()
	step("destroy", w.Trace("destroy", "-auto-approve"), "Destroy complete!")

	// The plain token is in the state by design, and in no output.
	w.Write(acctest.NoRetries + "variable \"plain\" {\n  sensitive = true\n}\n" + githubArgs(box).With("token", "var.plain").At(github))
	w.SetVariable("plain", box.GitHub.Token())
	step("apply with the plain token", w.Trace("apply", "-auto-approve"), "Apply complete!")
}

// Devtron may repeat a token that the request does not contain, because it has stored the token.
func TestStoredTokenThatDevtronRepeatsIsMasked(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	config := githubArgs(box).With("token", "var.secret")
	w := acctest.NewWorkspace(t, box, acctest.NoRetries+acctest.SensitiveVariable+config.At(github))
	w.SetVariable("secret", box.GitHub.Token())
	w.Apply().Ok()
	box.Log.Reset()
	const before, after = `{"code":200,"status":"OK","result":{"stageErrorMap":{"Clone":"https://bot:`, `@git.example.com"}}}`
	box.Devtron.Inject(sandbox.Fault{Method: "PUT", Status: 200, ContentType: "application/json", Body: before + box.GitHub.Token() + after})
	w.Write(acctest.NoRetries + acctest.SensitiveVariable + config.With("allow_custom_repository", "true").At(github))
	for _, command := range []string{"apply", "destroy"} {
		output := w.Trace(command, "-auto-approve")
		if !strings.Contains(output, "https://bot:(sensitive)@") {
			t.Errorf("%s: the output does not contain what Devtron said:\n%s", command, tail(output))
		}
		if found := acctest.Leaks(output, box.GitHub.Token()); len(found) > 0 {
			t.Errorf("%s: the output contains %q", command, found)
		}
	}
	for _, token := range sentTokens(t, box) {
		if token != "" {
			t.Errorf("sent %q", token)
		}
	}
}

// Some users write the token into username too, or swap arguments.
func TestTokenInAnotherArgumentIsMasked(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Put(githubRow(box))
	config := githubArgs(box).With("token", "var.secret", "username", "var.secret")
	w := acctest.NewWorkspace(t, box, acctest.SensitiveVariable+config.At(github))
	w.SetVariable("secret", box.GitHub.Token())
	step := func(output string, words string) {
		t.Helper()
		if !acctest.HasAll(output, []string{words}) {
			t.Errorf("the output does not contain %q:\n%s", words, tail(output))
		}
		if found := acctest.Leaks(output, box.GitHub.Token()); len(found) > 0 {
			t.Errorf("the output contains %q", found)
		}
	}
	step(w.Trace("plan"), `this resource says "(sensitive)"`)
	w.Write(acctest.SensitiveVariable + config.With("adopt_existing", "true").At(github))
	step(w.Trace("apply", "-auto-approve"), `username: "acme-bot" -> "(sensitive)"`)

	swapped := githubArgs(box).With("token", `"acme-bot"`, "username", "var.secret", "adopt_existing", "true", "git_token_check", `"off"`)
	w.MustRun("state", "rm", github)
	w.Write(acctest.SensitiveVariable + swapped.With("username", `"acme"`, "organization", "var.secret").At(github))
	step(w.Trace("plan"), `organization: "acme-gitops" -> "(sensitive)"`)
	w.Write(acctest.SensitiveVariable + swapped.With("host", "var.secret").At(github))
	step(w.Trace("plan"), "host looks like a token")
}

// tail returns the end of a long text.
func tail(text string) string {
	if len(text) > 2000 {
		return text[len(text)-2000:]
	}
	return text
}

func TestRedirectsReceiveNoToken(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var received []string
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var raw bytes.Buffer
		_ = r.Write(&raw)
		mu.Lock()
		received = append(received, raw.String())
		mu.Unlock()
		w.WriteHeader(http.StatusTeapot)
	}))
	t.Cleanup(elsewhere.Close)

	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.NoRetries+githubArgs(box).At(github))
	for _, status := range []int{301, 302, 307, 308} {
		redirect := sandbox.Fault{Status: status, Header: http.Header{"Location": {elsewhere.URL + "/"}}}
		box.GitHub.Inject(redirect)
		w.Plan()
		box.GitHub.ClearFaults()
		box.Devtron.Inject(redirect)
		w.Plan().Fails("redirects to " + elsewhere.URL)
		box.Devtron.ClearFaults()
		redirect.Method = "POST"
		box.Devtron.Inject(redirect)
		w.Apply().Fails("redirects to " + elsewhere.URL)
		box.Devtron.ClearFaults()
	}
	mu.Lock()
	defer mu.Unlock()
	for _, request := range received {
		if found := acctest.Leaks(request, box.GitHub.Token(), box.Devtron.AdminToken()); len(found) > 0 {
			t.Errorf("another host received a token:\n%s", request)
		}
	}
	if rows := box.Devtron.Rows(); len(rows) != 0 {
		t.Errorf("Devtron has %+v", rows)
	}
}

func TestProviderWritesNoSecretsToFiles(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	home := t.TempDir()
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github), "HOME", home, "TMPDIR", home)
	w.Apply().Ok()
	err := filepath.WalkDir(home, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if found := acctest.Leaks(string(data), box.GitHub.Token(), box.Devtron.AdminToken()); len(found) > 0 {
			t.Errorf("%s contains a token", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
