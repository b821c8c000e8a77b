// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/account"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/user"
)

// recordings contains exchanges with a real Devtron (devtron-labs/devtron c6520431f4, after
// v2.2.0). Each file contains a group of recordings in their order. All data is invented.
const recordings = "testdata/recordings"

// recording is one exchange, and how to replay it.
type recording struct {
	Name string
	// Needs names something that TestContract does not have. If it is set, TestContract skips the
	// recording.
	Needs string
	// Table replaces all GitOps configurations with these before the request, unless it is nil. Add
	// adds configurations.
	Table, Add []json.RawMessage
	// Without is the part of Devtron that did not work: "git-sensor" or "chart-sync job".
	Without string
	// Unordered is true if the order of the lists in the reply is random.
	Unordered bool

	Method, Path string
	Headers      map[string]string
	Body         *string

	Closed       bool // the connection was closed without a reply
	Status       int
	ReplyHeaders map[string]string `json:"reply_headers"` // without Content-Type: application/json
	Reply        string
}

// TestContract replays the recordings in their order and compares the replies byte for byte.
func TestContract(t *testing.T) {
	for _, file := range recordingFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".jsonl"), func(t *testing.T) {
			s := ForTest(t, Options{AllowViolations: true})
			s.Home.AddToken(recordedClusterToken, true)
			switch filepath.Base(file) {
			case "28-users.jsonl":
				s.Devtron.Users.Put(recordedUser)
			case "40-token-width.jsonl":
				s.Devtron.SetTokenColumn(2000) // as in versions after v2.2.0
			}
			s.Charts.AddRepository("/charts2", "", "")
			s.Charts.AddRepository("/private", "user", "pass")
			replayed, skipped := 0, map[string][]string{}
			for _, r := range readRecordings(t, file) {
				if r.Needs != "" {
					skipped[r.Needs] = append(skipped[r.Needs], r.Name)
					continue
				}
				r.replay(t, s)
				replayed++
			}
			t.Logf("replayed %d", replayed)
			for reason, names := range skipped {
				t.Logf("skipped %d, which need %s: %s", len(names), reason, strings.Join(names, ", "))
			}
		})
	}
}

// replay restores the state of the recording, sends the request, and compares the reply.
func (r recording) replay(t *testing.T, s *Sandbox) {
	t.Helper()
	d := s.Devtron
	if r.Table != nil {
		d.Empty()
	}
	for _, row := range append(r.Table, r.Add...) {
		if status, body := postConfig(t, d, string(row)); status != http.StatusOK {
			t.Fatalf("%s: create the initial configuration: got %d %s", r.Name, status, body)
		}
	}
	// Only these two recordings outside of the dry run used Argo CD.
	d.SetArgoCD(strings.HasPrefix(r.Name, "10-module-argocd-"))

	d.GitAccounts.SetGitSensor(r.Without != "git-sensor")
	d.ChartSync.SetLingers(r.Without == "chart-sync job")
	d.Registries.RefusePassword("bad-pw")

	secrets, servers := r.secrets(d), replacements(s)
	headers := map[string]string{}
	for k, v := range r.Headers {
		headers[k] = secrets.Replace(v)
	}
	status, header, body, err := exchange(d, r.Method, r.Path, headers, replaceIn(servers, r.Body))
	switch {
	case r.Closed && !errors.Is(err, io.EOF):
		t.Errorf("%s: got %d %v, want a closed connection", r.Name, status, err)
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
	want := secrets.Replace(servers.Replace(r.Reply))
	if r.Unordered {
		body, want = sortLists(t, body), sortLists(t, want)
	}
	compare("body", normalize(body), normalize(want))
	contentType, ok := r.ReplyHeaders["Content-Type"]
	if !ok {
		contentType = "application/json"
	}
	compare("Content-Type", header.Get("Content-Type"), contentType)
	for _, name := range []string{"Location", "Set-Cookie", "X-Content-Type-Options"} {
		compare(name, header.Get(name), secrets.Replace(r.ReplyHeaders[name]))
	}
}

// secrets replaces the placeholders in a recording with the tokens of the sandbox. The name of the
// recording determines the content of a forged JWT.
func (r recording) secrets(d *Devtron) *strings.Replacer {
	forged := account.Claims{Email: "API-TOKEN:tf-admin", Version: "1", Issuer: "apiTokenIssuer"}
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

// recordedUser exists in the recordings of users. The sandbox has no route to create users.
var recordedUser = user.Row{ID: 19, Email: "alice@example.com", Active: true, Filters: []user.RoleFilter{{
	Entity: "apps", Team: "devtron-demo", Action: "view", AccessType: "devtron-app",
}}}

// recordedClusterToken is the token of the Kubernetes cluster in the recordings.
const recordedClusterToken = "devtron-sa-token-realdevtron"

// replacements replaces the recorded servers with those of the sandbox.
func replacements(s *Sandbox) *strings.Replacer {
	ca, _ := json.Marshal(s.Home.CACertificate)
	return strings.NewReplacer(
		"https://127.0.0.1:16443", s.Home.URL(), "<KUBERNETES_CA>", strings.Trim(string(ca), `"`),
		"<KUBE_TOKEN_WITHOUT_RIGHTS>", s.Home.TokenWithoutRights(), "http://127.0.0.1:18007", s.Charts.URL(),
	)
}

// replaceIn returns a body with replacements, or nil.
func replaceIn(r *strings.Replacer, body *string) *string {
	if body == nil {
		return nil
	}
	text := r.Replace(*body)
	return &text
}

// sortLists sorts all lists in a reply.
func sortLists(t *testing.T, body string) string {
	t.Helper()
	var reply any
	if err := json.Unmarshal([]byte(body), &reply); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	var sort func(v any)
	sort = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, inner := range v {
				sort(inner)
			}
		case []any:
			slices.SortFunc(v, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		}
	}
	sort(reply)
	text, _ := json.Marshal(reply)
	return string(text)
}

// volatile matches the parts of a reply that differ in every run.
var volatile = []struct {
	pattern     *regexp.Regexp
	replacement string
}{
	{regexp.MustCompile(`"validatedOn":"2[^"]*"`), `"validatedOn":"<now>"`},
	{regexp.MustCompile(`"(updatedAt|lastUsedAt|lastUsedByIp)":"[^"]*"`), `"$1":"<now>"`},
	{regexp.MustCompile(`(eyJ[\w-]+\.eyJ[\w-]+)\.[\w-]+`), `$1.SIGNATURE`},
	{regexp.MustCompile(`"(clusterCreatedOn|updatedOn|CreatedOn|UpdatedOn)":"2[^"]*"`), `"$1":"<now>"`},
	{regexp.MustCompile(`devtron-sample-repo-dryrun-[a-z0-9]{6}`), `devtron-sample-repo-dryrun-XXXXXX`},
}

// normalize replaces the volatile parts of a reply.
func normalize(body string) string {
	for _, c := range volatile {
		body = c.pattern.ReplaceAllString(body, c.replacement)
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
