// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// buffer collects the output of a process from two pipes.
type buffer struct {
	mu   sync.Mutex
	data bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.data.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.data.String()
}

// traced runs the CLI with every log that there is and returns every byte.
func traced(w *acctest.Workspace, args ...string) string {
	w.T.Helper()
	cmd := exec.CommandContext(w.T.Context(), acctest.RealCLI(w.T).Path, args...)
	cmd.Dir = w.Folder.Dir
	cmd.Env = append(w.Folder.Env(), "TF_LOG=TRACE")
	var output buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	_ = cmd.Run() // some of them are meant to fail
	return output.String()
}

// leaks are the secrets that a text holds, in any of the forms they may take.
func leaks(text string, secrets ...string) []string {
	var found []string
	for _, secret := range secrets {
		for _, form := range []string{secret, url.QueryEscape(secret), base64.StdEncoding.EncodeToString([]byte(secret))} {
			if strings.Contains(text, form) {
				found = append(found, form)
				break
			}
		}
	}
	return found
}

func TestSecretsAreInNoOutputAtAnyLogLevel(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	box := sandbox.ForTest(t)
	config := acctest.EphemeralVariable + acctest.GitHubArgs(box).With("token", "", "token_wo", "var.secret", "token_wo_version", "1").At(github)
	w := acctest.NewWorkspace(t, box, noRetries+config)
	w.SetVariable("secret", box.GitHub.Token())
	secrets := []string{box.GitHub.Token(), box.Devtron.AdminToken()}

	step := func(name string, output string, want string) {
		t.Helper()
		if found := leaks(output, secrets...); len(found) > 0 {
			t.Errorf("%s shows %q", name, found)
		}
		if !strings.Contains(output, want) {
			t.Errorf("%s: the output has no %q, so the step is not what the test means:\n%s", name, want, tail(output))
		}
	}
	step("plan", traced(w, "plan", "-out="+acctest.PlanFile), "Devtron API request")
	step("apply", traced(w, "apply", acctest.PlanFile), "Apply complete!")
	w.AssertNowhere(secrets...)
	step("unchanged plan", traced(w, "plan"), "No changes.")

	// The server quotes both tokens in its error, in more than one form.
	echo := "bad request with " + box.GitHub.Token() + " and " + box.Devtron.AdminToken() + " as " + url.QueryEscape(box.GitHub.Token())
	w.Write(noRetries + strings.Replace(config, "token_wo_version = 1", "token_wo_version = 2", 1))
	for name, fault := range map[string]sandbox.Fault{
		"an error that quotes tokens":  {Status: 400, ContentType: "application/json", Body: `{"code":400,"status":"Bad Request","errors":[{"code":"000","internalMessage":"` + echo + `","userMessage":"` + echo + `"}]}`},
		"a refusal that quotes tokens": {Status: 200, ContentType: "application/json", Body: `{"code":200,"status":"OK","result":{"successfulStages":null,"stageErrorMap":{"Create Repo":"` + echo + `"},"validationSkipped":false}}`},
		"a page that quotes tokens":    {Status: 404, ContentType: "text/html", Body: "<html>" + echo + "</html>"},
		"an echo in a cookie":          {Status: 401, ContentType: "application/json", Header: http.Header{"Set-Cookie": {"argocd.token=" + box.Devtron.AdminToken()}}, Body: `{"code":401,"result":"Unauthorized"}`},
	} {
		fault.Method = "PUT"
		box.Devtron.Inject(fault)
		step(name, traced(w, "apply", "-auto-approve"), "Error: ")
		box.Devtron.ClearFaults()
	}
	box.GitHub.Inject(sandbox.Fault{Status: 500, ContentType: "application/json", Body: `{"message":"` + box.GitHub.Token() + `"}`})
	step("a git host that quotes tokens", traced(w, "plan"), "Warning: ")
	box.GitHub.ClearFaults()
	step("destroy", traced(w, "destroy", "-auto-approve"), "Destroy complete!")

	// The plain token is in the state by design, and nowhere else.
	w.Write(noRetries + "variable \"plain\" {\n  sensitive = true\n}\n" + acctest.GitHubArgs(box).With("token", "var.plain").At(github))
	w.SetVariable("plain", box.GitHub.Token())
	step("apply with the plain token", traced(w, "apply", "-auto-approve"), "Apply complete!")
}

func tail(text string) string {
	if len(text) > 2000 {
		return text[len(text)-2000:]
	}
	return text
}

func TestRedirectsToAnotherHostCarryNoToken(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var seen []string
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var raw bytes.Buffer
		_ = r.Write(&raw)
		mu.Lock()
		seen = append(seen, raw.String())
		mu.Unlock()
		w.WriteHeader(http.StatusTeapot)
	}))
	t.Cleanup(elsewhere.Close)

	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, noRetries+acctest.GitHubArgs(box).At(github))
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
	for _, request := range seen {
		if found := leaks(request, box.GitHub.Token(), box.Devtron.AdminToken()); len(found) > 0 {
			t.Errorf("another host was sent a token:\n%s", request)
		}
	}
	if rows := box.Devtron.Rows(); len(rows) != 0 {
		t.Errorf("Devtron has %+v", rows)
	}
}

func TestProviderWritesNoFiles(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	home := t.TempDir()
	w := acctest.NewWorkspace(t, box, acctest.GitHubArgs(box).At(github), "HOME", home, "TMPDIR", home)
	w.Apply().Ok()
	err := filepath.WalkDir(home, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if found := leaks(string(data), box.GitHub.Token(), box.Devtron.AdminToken()); len(found) > 0 {
			t.Errorf("%s holds a token", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
