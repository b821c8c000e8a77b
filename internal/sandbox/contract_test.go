// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron"
)

// recordings are exchanges that were recorded from a real Devtron (devtron-labs/devtron c6520431f4, after v2.2.0). One file
// holds one group, in its order. Everything in them is invented.
const recordings = "testdata/recordings"

// recording is one exchange, and how to replay it.
type recording struct {
	Name string
	// Needs names what the replay needs beside Devtron. Where it is set, TestContract leaves the recording out.
	Needs string
	// Table, where it is not nil, empties the table first and then creates these rows. Add creates rows without emptying it.
	Table, Add []json.RawMessage

	Method, Path string
	Headers      map[string]string
	Body         *string

	Closed       bool // the connection was closed without a reply
	Status       int
	ReplyHeaders map[string]string `json:"reply_headers"` // Content-Type is left out where it is application/json
	Reply        string
}

// TestContract replays the recordings in their order and compares the replies byte for byte.
func TestContract(t *testing.T) {
	for _, file := range recordingFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".jsonl"), func(t *testing.T) {
			d := ForTest(t).Devtron
			replayed, leftOut := 0, 0
			for _, r := range readRecordings(t, file) {
				if r.Needs != "" {
					leftOut++
					continue
				}
				r.replay(t, d)
				replayed++
			}
			if replayed+leftOut == 0 {
				t.Error("the file has no recordings")
			}
			t.Logf("replayed %d, left out %d", replayed, leftOut)
		})
	}
}

// replay brings the table into the state of the recording, sends the request and compares the reply.
func (r recording) replay(t *testing.T, d *Devtron) {
	t.Helper()
	if r.Table != nil {
		d.Empty()
	}
	for _, row := range append(r.Table, r.Add...) {
		if status, body := post(t, d, string(row)); status != http.StatusOK {
			t.Fatalf("%s: row for the table: %d %s", r.Name, status, body)
		}
	}
	// The only two that were recorded with Argo CD installed.
	d.SetArgoCD(strings.HasPrefix(r.Name, "10-module-argocd-"))

	secrets := r.secrets(d)
	headers := map[string]string{}
	for k, v := range r.Headers {
		headers[k] = secrets.Replace(v)
	}
	status, header, body, err := exchange(d, r.Method, r.Path, headers, r.Body)
	switch {
	case r.Closed && !errors.Is(err, io.EOF):
		t.Errorf("%s: got %d %v, want a connection that is closed", r.Name, status, err)
		return
	case r.Closed:
		return
	case err != nil:
		t.Errorf("%s: %v", r.Name, err)
		return
	}
	compare := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %s\n got %s\nwant %s", r.Name, what, got, want)
		}
	}
	compare("status", fmt.Sprint(status), fmt.Sprint(r.Status))
	compare("body", timeless(body), timeless(r.Reply))
	contentType, ok := r.ReplyHeaders["Content-Type"]
	if !ok {
		contentType = "application/json"
	}
	compare("Content-Type", header.Get("Content-Type"), contentType)
	for _, name := range []string{"Location", "Set-Cookie", "X-Content-Type-Options"} {
		compare(name, header.Get(name), secrets.Replace(r.ReplyHeaders[name]))
	}
}

// secrets replaces the placeholders in a recording with the tokens of the sandbox. What is wrong with a forged JWT is known
// from the name of the recording only.
func (r recording) secrets(d *Devtron) *strings.Replacer {
	forged := devtron.Claims{Email: "API-TOKEN:tf-admin", Version: "1", Issuer: "apiTokenIssuer"}
	jwt := d.AdminToken()
	switch r.Name {
	case "07-jwt-algnone":
		_, rest, _ := strings.Cut(jwt, ".")
		payload, _, _ := strings.Cut(rest, ".")
		jwt = base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + payload + "."
	case "07-jwt-badsig":
		jwt = jwt[:strings.LastIndex(jwt, ".")+1] + base64.RawURLEncoding.EncodeToString(make([]byte, 32))
	case "07-jwt-expired":
		forged.Expires = time.Now().Add(-time.Hour).Unix()
		jwt = d.Sign(forged)
	case "07-jwt-noaud":
		jwt = d.ForeignToken()
	case "07-jwt-otherissuer":
		forged.Issuer, forged.Audience = "https://idp.example.com", "somebody-else"
		jwt = d.Sign(forged)
	case "07-jwt-nouser":
		forged.Email = "API-TOKEN:nobody"
		jwt = d.Sign(forged)
	case "07-jwt-noversion":
		forged.Version = ""
		jwt = d.Sign(forged)
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

func recordingFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(recordings + "/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no recordings in %s: %v", recordings, err)
	}
	return files
}

func readRecordings(t *testing.T, file string) (found []recording) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for decoder := json.NewDecoder(bytes.NewReader(text)); decoder.More(); {
		var r recording
		if err := decoder.Decode(&r); err != nil {
			t.Fatalf("%s: after %d recordings: %v", file, len(found), err)
		}
		found = append(found, r)
	}
	return found
}

// recorded returns the recordings of a group by name.
func recorded(t *testing.T, group string) map[string]recording {
	t.Helper()
	byName := map[string]recording{}
	for _, r := range readRecordings(t, filepath.Join(recordings, group+".jsonl")) {
		byName[r.Name] = r
	}
	return byName
}
