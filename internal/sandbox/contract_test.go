// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// replayable is how many of the recorded exchanges need nothing but Devtron itself.
const replayable = 272

// transcript is one exchange that was recorded from a real Devtron.
type transcript struct {
	Request struct {
		Method, Path string
		Headers      map[string]string
		Body         *string
	}
	Response struct {
		Status  *int // nil: the connection was closed without a reply
		Headers map[string]string
		Body    string
	}
}

// step is how one transcript is replayed.
type step struct {
	Name          string
	Table, Add    []json.RawMessage
	As            *string
	NotReplayable string `json:"not_replayable"`
}

// TestContract replays what a real Devtron answered, in order, and compares it byte for byte.
func TestContract(t *testing.T) {
	folder := transcripts(t)
	var steps []step
	readJSON(t, filepath.Join(folder, "replay.json"), &steps)
	d := ForTest(t).Devtron

	replayed, differ := 0, 0
	leftOut := map[string][]string{}
	for _, s := range steps {
		if s.NotReplayable != "" {
			leftOut[s.NotReplayable] = append(leftOut[s.NotReplayable], s.Name)
			continue
		}
		if s.Table != nil {
			d.Empty()
		}
		for _, row := range append(s.Table, s.Add...) {
			if status, body := post(t, d, string(row)); status != http.StatusOK {
				t.Fatalf("%s: row for the table: %d %s", s.Name, status, body)
			}
		}
		// The only two that were recorded with Argo CD installed.
		d.SetArgoCD(strings.HasPrefix(s.Name, "10-module-argocd-"))

		var recorded transcript
		readJSON(t, filepath.Join(folder, s.Name+".json"), &recorded)
		replayed++
		if differences := replay(t, d, s, recorded); len(differences) > 0 {
			differ++
			t.Errorf("%s:\n%s", s.Name, strings.Join(differences, "\n"))
		}
	}

	total := 0
	for _, names := range leftOut {
		total += len(names)
	}
	t.Logf("replayed %d, differ %d; left out %d:", replayed, differ, total)
	for _, reason := range sortedKeys(leftOut) {
		t.Logf("  %s (%d): %s", reason, len(leftOut[reason]), strings.Join(leftOut[reason], ", "))
	}
	if replayed < replayable {
		t.Errorf("only %d transcripts were replayed, not %d", replayed, replayable)
	}
}

// replay sends the request and says in what the answer differs from the recorded one.
func replay(t *testing.T, d *Devtron, s step, recorded transcript) (differences []string) {
	t.Helper()
	secrets := secretsFor(d, s)
	headers := map[string]string{}
	for k, v := range recorded.Request.Headers {
		headers[k] = secrets.Replace(v)
	}
	status, header, body, err := exchange(d, recorded.Request.Method, recorded.Request.Path, headers, recorded.Request.Body)
	if recorded.Response.Status == nil {
		if !errors.Is(err, io.EOF) {
			return []string{fmt.Sprintf("got %d %v, want a connection that is closed", status, err)}
		}
		return nil
	}
	if err != nil {
		return []string{err.Error()}
	}
	compare := func(what, got, want string) {
		if got != want {
			differences = append(differences, fmt.Sprintf("%s\n got %s\nwant %s", what, got, want))
		}
	}
	compare("status", fmt.Sprint(status), fmt.Sprint(*recorded.Response.Status))
	for _, name := range []string{"Content-Type", "Location", "Set-Cookie", "X-Content-Type-Options"} {
		compare(name, header.Get(name), secrets.Replace(recorded.Response.Headers[name]))
	}
	compare("body", timeless(body), timeless(recorded.Response.Body))
	return differences
}

// secretsFor puts the sandbox's tokens in the place of the recorded ones. Of the JWTs that were made by hand only the name
// of the transcript tells what was wrong with them.
func secretsFor(d *Devtron, s step) *strings.Replacer {
	forged := claims{Email: adminUser, Version: "1", Issuer: apiTokenIssuer}
	jwt := d.AdminToken()
	switch s.Name {
	case "07-jwt-algnone":
		_, rest, _ := strings.Cut(jwt, ".")
		payload, _, _ := strings.Cut(rest, ".")
		jwt = segment([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + payload + "."
	case "07-jwt-badsig":
		jwt = newAccounts().sign(forged)
	case "07-jwt-expired":
		forged.Expires = time.Now().Add(-time.Hour).Unix()
		jwt = d.accounts.sign(forged)
	case "07-jwt-noaud":
		jwt = d.ForeignToken()
	case "07-jwt-otherissuer":
		forged.Issuer, forged.Audience = "https://idp.example.com", "somebody-else"
		jwt = d.accounts.sign(forged)
	case "07-jwt-nouser":
		forged.Email = "API-TOKEN:nobody"
		jwt = d.accounts.sign(forged)
	case "07-jwt-noversion":
		forged.Version = ""
		jwt = d.accounts.sign(forged)
	case "07-jwt-oldversion":
		jwt = d.RegeneratedToken()
	}
	return strings.NewReplacer(
		"<DEVTRON_ADMIN_TOKEN>", d.AdminToken(), "<DEVTRON_POWERLESS_TOKEN>", d.PowerlessToken(),
		"<DEVTRON_MANAGER_TOKEN>", d.PowerlessToken(), "<DEVTRON_DELETED_TOKEN>", d.DeletedToken(),
		"<DEVTRON_OLD_TOKEN>", d.RegeneratedToken(), "<DEVTRON_ADMIN_SESSION>", d.AdminSession(), "<JWT>", jwt,
	)
}

// exchange writes the request to a bare connection, as an HTTP client would trim headers and clean paths.
func exchange(d *Devtron, method, path string, headers map[string]string, body *string) (int, http.Header, string, error) {
	conn, err := net.Dial("tcp", strings.TrimPrefix(d.URL(), "http://"))
	if err != nil {
		return 0, nil, "", err
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	text := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: %s\r\n", method, path, conn.RemoteAddr())
	for k, v := range headers {
		text += k + ": " + v + "\r\n"
	}
	if body != nil {
		text += fmt.Sprintf("Content-Length: %d\r\n", len(*body))
	}
	text += "\r\n"
	if body != nil {
		text += *body
	}
	if _, err := io.WriteString(conn, text); err != nil {
		return 0, nil, "", err
	}
	reader := bufio.NewReader(conn)
	if _, err := reader.Peek(1); err != nil {
		return 0, nil, "", err
	}
	response, err := http.ReadResponse(reader, &http.Request{Method: method})
	if err != nil {
		return 0, nil, "", err
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	return response.StatusCode, response.Header, string(answer), err
}

// post creates a row as the administrator.
func post(t *testing.T, d *Devtron, body string) (int, string) {
	t.Helper()
	return ask(t, d, http.MethodPost, "/orchestrator/gitops/config", body)
}

// ask sends a request as the administrator.
func ask(t *testing.T, d *Devtron, method, path, body string) (int, string) {
	t.Helper()
	status, _, answer, err := exchange(d, method, path, map[string]string{"token": d.AdminToken()}, &body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return status, answer
}

var changing = []struct {
	pattern *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`"validatedOn":"2[^"]*"`), `"validatedOn":"<now>"`},
	{regexp.MustCompile(`devtron-sample-repo-dryrun-[a-z0-9]{6}`), `devtron-sample-repo-dryrun-XXXXXX`},
}

// timeless takes out what is different in every reply.
func timeless(body string) string {
	for _, c := range changing {
		body = c.pattern.ReplaceAllString(body, c.instead)
	}
	return body
}

func transcripts(t *testing.T) string {
	t.Helper()
	folder := "../../../shared/devtron-transcripts"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the recorded exchanges are not here: ", err)
	}
	return folder
}

func readJSON(t *testing.T, path string, v any) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, v)
	}
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
