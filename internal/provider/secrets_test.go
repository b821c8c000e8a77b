// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

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
func (w *workspace) traced(args ...string) string {
	w.t.Helper()
	cmd := exec.CommandContext(w.t.Context(), realCLI(w.t).Path, args...)
	cmd.Dir = w.folder.Dir
	cmd.Env = append(w.folder.Env(), "TF_LOG=TRACE")
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
	needs(t, writeOnly)
	box := sandbox.ForTest(t)
	config := ephemeralVariable + githubArgs(box).with("token", "", "token_wo", "var.secret", "token_wo_version", "1").at(github)
	w := newWorkspace(t, box, noRetries+config)
	w.setVariable("secret", box.GitHub.Token())
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
	step("plan", w.traced("plan", "-out="+planFile), "Devtron API request")
	step("apply", w.traced("apply", planFile), "Apply complete!")
	w.assertNowhere(secrets...)
	step("unchanged plan", w.traced("plan"), "No changes.")

	// The server quotes both tokens in its error, in more than one form.
	echo := "bad request with " + box.GitHub.Token() + " and " + box.Devtron.AdminToken() + " as " + url.QueryEscape(box.GitHub.Token())
	w.write(noRetries + strings.Replace(config, "token_wo_version = 1", "token_wo_version = 2", 1))
	for name, fault := range map[string]sandbox.Fault{
		"an error that quotes tokens":  {Status: 400, ContentType: "application/json", Body: `{"code":400,"status":"Bad Request","errors":[{"code":"000","internalMessage":"` + echo + `","userMessage":"` + echo + `"}]}`},
		"a refusal that quotes tokens": {Status: 200, ContentType: "application/json", Body: `{"code":200,"status":"OK","result":{"successfulStages":null,"stageErrorMap":{"Create Repo":"` + echo + `"},"validationSkipped":false}}`},
		"a page that quotes tokens":    {Status: 404, ContentType: "text/html", Body: "<html>" + echo + "</html>"},
		"an echo in a cookie":          {Status: 401, ContentType: "application/json", Header: http.Header{"Set-Cookie": {"argocd.token=" + box.Devtron.AdminToken()}}, Body: `{"code":401,"result":"Unauthorized"}`},
	} {
		fault.Method = "PUT"
		box.Devtron.Inject(fault)
		step(name, w.traced("apply", "-auto-approve"), "Error: ")
		box.Devtron.ClearFaults()
	}
	box.GitHub.Inject(sandbox.Fault{Status: 500, ContentType: "application/json", Body: `{"message":"` + box.GitHub.Token() + `"}`})
	step("a git host that quotes tokens", w.traced("plan"), "Warning: ")
	box.GitHub.ClearFaults()
	step("destroy", w.traced("destroy", "-auto-approve"), "Destroy complete!")

	// The plain token is in the state by design, and nowhere else.
	w.write(noRetries + "variable \"plain\" {\n  sensitive = true\n}\n" + githubArgs(box).with("token", "var.plain").at(github))
	w.setVariable("plain", box.GitHub.Token())
	step("apply with the plain token", w.traced("apply", "-auto-approve"), "Apply complete!")
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
	w := newWorkspace(t, box, noRetries+githubArgs(box).at(github))
	for _, status := range []int{301, 302, 307, 308} {
		redirect := sandbox.Fault{Status: status, Header: http.Header{"Location": {elsewhere.URL + "/"}}}
		box.GitHub.Inject(redirect)
		w.plan()
		box.GitHub.ClearFaults()
		box.Devtron.Inject(redirect)
		w.plan().fails("redirects to " + elsewhere.URL)
		box.Devtron.ClearFaults()
		redirect.Method = "POST"
		box.Devtron.Inject(redirect)
		w.apply().fails("redirects to " + elsewhere.URL)
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
	w := newWorkspace(t, box, githubArgs(box).at(github), "HOME", home, "TMPDIR", home)
	w.apply().ok()
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
