// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/redact"
)

// FuzzParseBaseURL: an accepted URL has one spelling, and parsing that spelling again changes
// nothing. Requests can be built from it.
func FuzzParseBaseURL(f *testing.F) {
	for _, seed := range []string{
		"https://h", "https://h/", "https://h/orchestrator/", "https://h/dashboard/app?x#y", "HTTP://H:80//a//b/", "http://[::1]:80", "https://h:443",
		"http://[fe80::1%25eth0]/", "https://h/a%2Fb", "https://h/a%20b;c", "https://h/%6frchestrator", "https://u:p@h", "https://ä.example/ö", "http://h:", "//h",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		base, err := ParseBaseURL(raw)
		if err != nil {
			return
		}
		first := base.String()
		again, err := ParseBaseURL(first)
		if err != nil || again.String() != first {
			t.Fatalf("%q gives %q, and parsing that fails or gives another: %v", raw, first, err)
		}
		if !strings.HasSuffix(first, "/orchestrator") || strings.Contains(strings.TrimPrefix(first, "http"), "//orchestrator") {
			t.Errorf("%q gives %q", raw, first)
		}
		if again.Cleartext() != base.Cleartext() {
			t.Errorf("%q: cleartext %v, and then %v", raw, base.Cleartext(), again.Cleartext())
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base.Route("gitops/config"), nil)
		if err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
		if request.URL.Path == "" || request.URL.RawQuery != "" || request.URL.User != nil {
			t.Errorf("%q is requested as %s", raw, request.URL)
		}
	})
}

// FuzzConclude: every reply becomes a result, or an *Error without secrets.
func FuzzConclude(f *testing.F) {
	const secret, place = "glpat-A_secret-0123456789", "SECRET"
	for _, body := range []string{
		emptyList, written, byMiddleware, byPanic, `{"code":200,"result":[{"id":1,"provider":"GITHUB"}]}`, `{"code":200,"result":null}`,
		`{"code":400,"errors":[{"code":"SECRET","userMessage":"SECRET","internalMessage":"SECRET"}]}`, `{"code":400,"errors":[null]}`,
		`{"code":500,"errors":[{"userMessage":{"a":"SECRET"}}]}`, `{"code":401,"result":"SECRET"}`, `{"error":"SECRET"}`, `{"code":null}`, `[]`, `null`, ``, "<p>SECRET",
		`{"code":200,"result":{"stageErrorMap":{"SECRET":"SECRET"},"successfulStages":["SECRET"]}}`, "\xff\xfe", `"SECRET"`, `{"code":"200","errors":{}}`,
	} {
		for _, status := range []int{200, 302, 400, 401, 404, 500} {
			f.Add(status, "application/json; SECRET", "/SECRET?SECRET", []byte(body), status%2 == 0)
		}
	}
	client, err := New(Options{URL: "https://h", APIToken: secret})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, status int, contentType, location string, body []byte, write bool) {
		fill := func(s string) string { return strings.ReplaceAll(s, place, secret) }
		k := &call{operation: "do", method: http.MethodGet, route: routeGitOpsConfig, attempts: 1, payload: []byte(fill(string(body)))}
		k.resp = &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {fill(contentType)}, "Location": {fill(location)}}}
		var rows []Config
		var v Validation
		var err error
		if write {
			k.body = Config{Token: secret}
			err = client.conclude(t.Context(), k, nil, &v)
		} else {
			err = client.conclude(t.Context(), k, nil, &rows)
		}
		if err == nil {
			if status != http.StatusOK {
				t.Errorf("HTTP %d is a success", status)
			}
			return
		}
		var e *Error
		if !errors.As(err, &e) || e.Kind == 0 {
			t.Fatalf("got %v", err)
		}
		if text := e.Error() + "\n" + e.Message + "\n" + e.Code + "\n" + e.Location; strings.Contains(text, secret) {
			t.Errorf("the token is in %s", text)
		}
		if len(e.Message) > 4*redact.MaxText || len(e.Code) > 2*redact.MaxText {
			t.Errorf("%d and %d bytes of the server's text", len(e.Message), len(e.Code))
		}
		if e.Kind == NotFound && !e.Envelope {
			t.Error("a 404 that is not Devtron's says that an object does not exist")
		}
		_ = e.MaybeHandled()
	})
}
