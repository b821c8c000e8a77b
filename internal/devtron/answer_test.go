// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// The three forms of an error, as recorded from a real Devtron.
const (
	byHandler    = `{"code":%d,"status":"x","errors":[{"code":"11006","internalMessage":"internal words","userMessage":"user words"}]}`
	byMiddleware = `{"code":401,"result":"UN-AUTHENTICATED"}`
	byPanic      = `{"error":"internal server error"}`
)

func handlerError(status string) string { return strings.Replace(byHandler, "%d", status, 1) }

// TestKindOfEveryReply sends reads and writes without retries, so that each reply is classified
// alone.
func TestKindOfEveryReply(t *testing.T) {
	const html = "<html><body>Sign in</body></html>"
	for _, c := range []struct {
		name, contentType, body string
		status                  int
		header                  []string
		kind                    Kind
		envelope, maybeHandled  bool
		code, message           string
	}{
		{name: "400 of a handler", status: 400, body: handlerError("400"), kind: Rejected, envelope: true, code: "11006", message: "user words"},
		{name: "401 of the middleware", status: 401, body: byMiddleware, kind: Unauthorized, envelope: true, message: "UN-AUTHENTICATED"},
		{name: "401 of a handler", status: 401, body: handlerError("401"), kind: Unauthorized, envelope: true, code: "11006", message: "user words"},
		{name: "401 of a proxy", status: 401, contentType: "text/html", body: html, kind: Intercepted, message: "text/html: " + html},
		{name: "403", status: 403, body: handlerError("403"), kind: Forbidden, envelope: true, code: "11006", message: "user words"},
		{name: "403 of a proxy", status: 403, contentType: "text/html", body: html, kind: Intercepted, message: "text/html: " + html},
		{name: "403 of the middleware", status: 403, body: `{"code":403,"status":"Forbidden","result":"Unauthorized User"}`, kind: Forbidden, envelope: true, message: "Unauthorized User"},
		{name: "400 of a proxy", status: 400, contentType: "text/html", body: html, kind: Intercepted, message: "text/html: " + html},
		{name: "401 of a gateway that speaks JSON", status: 401, body: `{"message":"Unauthorized"}`, kind: Intercepted, message: `application/json: {"message":"Unauthorized"}`},
		{name: "401 with the code of the status alone", status: 401, body: `{"code":401,"message":"no"}`, kind: Intercepted, message: `application/json: {"code":401,"message":"no"}`},
		{name: "401 with errors of another form", status: 401, body: `{"code":401,"errors":[{"message":"no"}]}`, kind: Intercepted, message: `application/json: {"code":401,"errors":[{"message":"no"}]}`},
		{name: "401 empty", status: 401, contentType: "-", kind: Intercepted, message: "no content type, empty"},
		{name: "403 of Kubernetes", status: 403, body: `{"kind":"Status","code":403,"reason":"Forbidden"}`, kind: Intercepted, message: `application/json: {"kind":"Status","code":403,"reason":"Forbidden"}`},
		{name: "407", status: 407, contentType: "text/plain", body: "no", kind: Intercepted, message: "text/plain: no"},
		{name: "409 of a proxy", status: 409, contentType: "text/plain", body: "no", kind: Intercepted, message: "text/plain: no"},
		{name: "412 with an object", status: 412, body: `{"code":412,"status":"x","result":{"customErrMsg":"Please verify.","actualErrMsg":"401"}}`, kind: Precondition, envelope: true, message: "Please verify.: 401"},
		{name: "413 of a proxy", status: 413, contentType: "text/html", body: html, kind: Intercepted, message: "text/html: " + html},
		{name: "429 of Devtron", status: 429, body: handlerError("429"), kind: ServerError, envelope: true, code: "11006", message: "user words"},
		{name: "500 of the database at a creation", status: 500, body: `{"code":500,"errors":[{"userMessage":"gitops config failed to create in db"}]}`, kind: NotStorable, envelope: true, message: "gitops config failed to create in db"},
		{name: "500 of the database at an update", status: 500, body: `{"code":500,"errors":[{"userMessage":"gitops config failed to update in db"}]}`, kind: NotStorable, envelope: true, message: "gitops config failed to update in db"},
		{name: "500 of the database that a proxy repeats", status: 500, contentType: "text/plain", body: "failed to create in db", kind: Intercepted, maybeHandled: true, message: "text/plain: failed to create in db"},
		{name: "500 of another service that speaks JSON", status: 500, body: `{"error":"boom"}`, kind: Intercepted, maybeHandled: true, message: `application/json: {"error":"boom"}`},
		{name: "404 in JSON", status: 404, body: handlerError("404"), kind: NotFound, envelope: true, code: "11006", message: "user words"},
		{name: "404 in plain text", status: 404, contentType: "text/plain; charset=utf-8", body: "404 page not found\n", kind: NotDevtron, message: "text/plain: 404 page not found"},
		{name: "404 in JSON of something else", status: 404, body: `{"error":"Not Found"}`, kind: NotDevtron, message: `application/json: {"error":"Not Found"}`},
		{name: "404 of a container registry", status: 404, body: `{"errors":[{"code":"NAME_UNKNOWN","message":"no"}]}`, kind: NotDevtron, message: `application/json: {"errors":[{"code":"NAME_UNKNOWN","message":"no"}]}`},
		{name: "404 with the code of another status", status: 404, body: handlerError("500"), kind: NotDevtron, message: "application/json: " + handlerError("500")},
		{name: "405 empty", status: 405, contentType: "text/plain", kind: NotDevtron, message: "text/plain, empty"},
		{name: "409", status: 409, body: handlerError("409"), kind: Conflict, envelope: true, code: "11006", message: "user words"},
		{name: "412", status: 412, body: handlerError("412"), kind: Precondition, envelope: true, code: "11006", message: "user words"},
		{name: "418 in Devtron's form", status: 418, body: handlerError("418"), kind: Rejected, envelope: true, code: "11006", message: "user words"},
		{name: "429", status: 429, contentType: "text/plain", body: "slow down", kind: Intercepted, message: "text/plain: slow down"},
		{name: "500 of a handler", status: 500, body: handlerError("500"), kind: ServerError, envelope: true, maybeHandled: true, code: "11006", message: "user words"},
		{name: "500 of a panic", status: 500, body: byPanic, kind: ServerError, envelope: true, maybeHandled: true, message: "internal server error"},
		{name: "500 without a user message", status: 500, body: `{"code":500,"errors":[{"internalMessage":"internal words"}]}`, kind: ServerError, envelope: true, maybeHandled: true, message: "internal words"},
		{name: "500 with a message that is no string", status: 500, body: `{"code":500,"errors":[{"code":7,"userMessage":{"a":1}}]}`, kind: ServerError, envelope: true, maybeHandled: true, code: "7", message: `{"a":1}`},
		{name: "500 with no errors in the list", status: 500, body: `{"code":500,"errors":[]}`, kind: Intercepted, maybeHandled: true, message: `application/json: {"code":500,"errors":[]}`},
		{name: "500 with errors of a wrong type", status: 500, body: `{"code":500,"errors":"words"}`, kind: Intercepted, maybeHandled: true, message: `application/json: {"code":500,"errors":"words"}`},
		{name: "500 null", status: 500, body: `null`, kind: Intercepted, maybeHandled: true, message: "application/json: null"},
		{name: "502 of a proxy", status: 502, contentType: "text/html", body: html, kind: Intercepted, maybeHandled: true, message: "text/html: " + html},
		{name: "502 of a proxy that speaks JSON", status: 502, body: `{"error":"bad gateway"}`, kind: Intercepted, maybeHandled: true, message: `application/json: {"error":"bad gateway"}`},
		{name: "503", status: 503, contentType: "text/plain", body: "no healthy upstream", kind: Intercepted, maybeHandled: true, message: "text/plain: no healthy upstream"},
		{name: "503 with Retry-After", status: 503, contentType: "text/plain", body: "busy", header: []string{"Retry-After", "0"}, kind: Intercepted, message: "text/plain: busy"},
		{name: "504", status: 504, kind: Intercepted, maybeHandled: true, message: "application/json, empty"},

		{name: "200 HTML", status: 200, contentType: "text/html", body: html, kind: NotDevtron, maybeHandled: true, message: "text/html: " + html},
		{name: "200 empty", status: 200, kind: NotDevtron, maybeHandled: true, message: "application/json, empty"},
		{name: "200 truncated JSON", status: 200, body: `{"code":200,"status":"OK","result":[{"id":1,`, kind: NotDevtron, maybeHandled: true, message: `application/json: {"code":200,"status":"OK","result":[{"id":1,`},
		{name: "200 null", status: 200, body: `null`, kind: NotDevtron, maybeHandled: true, message: "application/json: null"},
		{name: "200 bare list", status: 200, body: `[]`, kind: NotDevtron, maybeHandled: true, message: "application/json: []"},
		{name: "200 list of another envelope", status: 200, body: `{"items":[]}`, kind: NotDevtron, maybeHandled: true, message: `application/json: {"items":[]}`},
		{name: "200 without code", status: 200, body: `{"result":[]}`, kind: NotDevtron, maybeHandled: true, message: `application/json: {"result":[]}`},
		{name: "200 without result", status: 200, body: `{"code":200,"status":"OK"}`, kind: NotDevtron, maybeHandled: true, message: `application/json: {"code":200,"status":"OK"}`},
		{name: "200 with result null", status: 200, body: `{"code":200,"result":null}`, kind: NotDevtron, maybeHandled: true, message: `application/json: {"code":200,"result":null}`},
		{name: "200 with another code", status: 200, body: `{"code":500,"result":[]}`, kind: NotDevtron, maybeHandled: true, message: `application/json: {"code":500,"result":[]}`},
		{name: "200 with a text", status: 200, body: `{"code":200,"result":"OK"}`, kind: NotDevtron, maybeHandled: true, message: `application/json: {"code":200,"result":"OK"}`},
		{name: "200 with a number", status: 200, body: `{"code":200,"result":1}`, kind: NotDevtron, maybeHandled: true, message: `application/json: {"code":200,"result":1}`},
		{name: "200 with text after the JSON", status: 200, body: emptyList + "x", kind: NotDevtron, maybeHandled: true, message: "application/json: " + emptyList + "x"},
		{name: "201", status: 201, body: emptyList, kind: NotDevtron, maybeHandled: true, message: "application/json: " + emptyList},
		{name: "204", status: 204, contentType: "-", kind: NotDevtron, maybeHandled: true, message: "no content type, empty"},
		{name: "304", status: 304, contentType: "-", kind: NotDevtron, message: "no content type, empty"},
	} {
		t.Run(c.name, func(t *testing.T) {
			contentType := c.contentType
			if contentType == "" {
				contentType = jsonType
			}
			answer := fixed(c.status, contentType, c.body, c.header...)
			if c.contentType == "-" {
				answer = func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(c.status) }
			}
			server := serve(t, answer)
			client := newClient(t, server.URL, func(o *Options) { o.MaxRetries = 0 })
			for method, do := range map[string]func(context.Context, *Client) error{"GET": listed, "POST": created, "PUT": updated} {
				e := failure(t, do(t.Context(), client))
				if e.Kind != c.kind || e.Status != c.status || e.Code != c.code || e.Message != c.message || e.Envelope != c.envelope {
					t.Errorf("%s: got kind %d, status %d, code %q, message %q, envelope %v", method, e.Kind, e.Status, e.Code, e.Message, e.Envelope)
				}
				if e.MaybeHandled() != c.maybeHandled {
					t.Errorf("%s: MaybeHandled %v, want %v", method, !c.maybeHandled, c.maybeHandled)
				}
				if !IsKind(e, c.kind) || e.Method != method || e.Attempts != 1 || !strings.HasPrefix(e.URL, server.URL+"/orchestrator/gitops/") {
					t.Errorf("%s: got %+v", method, *e)
				}
			}
		})
	}
}

// TestResultOfAnotherType: a well-formed envelope around another type is an error, and in
// particular not an empty list.
func TestResultOfAnotherType(t *testing.T) {
	for _, result := range []string{
		`{"items":[]}`, `{}`, `[[]]`, `["a"]`, `[null]`, `[{}]`, `[{"provider":"GITHUB"}]`, `[{"id":1}]`, `[{"id":"1","provider":"GITHUB"}]`,
		`[{"id":1,"provider":"GITHUB"},{"id":0,"provider":"GITLAB"}]`, `[{"id":-1,"provider":"GITHUB"}]`, `[{"id":1,"provider":"GITHUB","active":"yes"}]`,
	} {
		server := serve(t, fixed(200, jsonType, `{"code":200,"status":"OK","result":`+result+`}`))
		rows, err := newClient(t, server.URL).ListGitOpsConfigs(t.Context())
		if e := failure(t, err); e.Kind != NotDevtron || e.Status != 200 || rows != nil {
			t.Errorf("%s: got %v, %+v", result, rows, e)
		}
	}
	for _, result := range []string{`[]`, `{}`, `{"id":0,"provider":"GITHUB"}`, `{"id":3}`} {
		server := serve(t, fixed(200, jsonType, `{"code":200,"status":"OK","result":`+result+`}`))
		client := newClient(t, server.URL)
		if _, err := client.GetGitOpsConfig(t.Context(), 3); !IsKind(err, NotDevtron) {
			t.Errorf("%s by id: got %v", result, err)
		}
		if _, err := client.GetGitOpsConfigByProvider(t.Context(), "GITHUB"); !IsKind(err, NotDevtron) {
			t.Errorf("%s by provider: got %v", result, err)
		}
	}
}

func TestReads(t *testing.T) {
	box := sandbox.ForTest(t)
	github := box.Devtron.Put(sandbox.Row{
		Provider: "GITHUB", Username: "acme-bot", Token: box.GitHub.Token(), GitHubOrgID: "acme-gitops", Host: "https://github.com/", Active: true,
		EnableTLSVerification: true, CAData: "ca", TLSCertData: "certificate", TLSKeyData: "key",
	})
	box.Devtron.Put(sandbox.Row{Provider: "GITLAB", Username: "acme-bot", Token: box.GitLab.Token(), GitLabGroupID: "1", Host: "https://gitlab.com/", AllowCustomRepository: true})
	client := sandboxClient(t, box)

	rows, err := client.ListGitOpsConfigs(t.Context())
	if err != nil || len(rows) != 2 {
		t.Fatalf("got %v, %v", rows, err)
	}
	want := Config{
		ID: github.ID, Provider: "GITHUB", Username: "acme-bot", GitHubOrgID: "acme-gitops", Host: "https://github.com/", Active: true,
		TLSSettings: TLSSettings{EnableTLSVerification: true, IsCADataPresent: true, IsTLSCertDataPresent: true, IsTLSKeyDataPresent: true},
	}
	if rows[0].Provider != "GITLAB" || !rows[0].AllowCustomRepository || !reflect.DeepEqual(rows[1], want) {
		t.Errorf("got %+v", rows)
	}
	want.Token = box.GitHub.Token()
	for name, read := range map[string]func() (Config, error){
		"by id":       func() (Config, error) { return client.GetGitOpsConfig(t.Context(), github.ID) },
		"by provider": func() (Config, error) { return client.GetGitOpsConfigByProvider(t.Context(), "GITHUB") },
	} {
		if row, err := read(); err != nil || !reflect.DeepEqual(row, want) {
			t.Errorf("%s: got %+v, %v", name, row, err)
		}
	}
	if _, err := client.GetGitOpsConfig(t.Context(), 99); !IsKind(err, NotFound) {
		t.Errorf("got %v", err)
	}
	if _, err := client.GetGitOpsConfigByProvider(t.Context(), "AZURE_DEVOPS"); !IsKind(err, NotFound) {
		t.Errorf("got %v", err)
	}
	if got, err := client.GitOpsConfigured(t.Context()); err != nil || !got.Exists || got.AllowCustomRepository {
		t.Errorf("configured: got %+v, %v", got, err)
	}
	if got, err := client.Verify(t.Context()); err != nil || !got.IsSuperAdmin || !strings.HasPrefix(got.EmailID, "API-TOKEN:") {
		t.Errorf("verify: got %+v, %v", got, err)
	}
}

func TestEmptyListIsNoError(t *testing.T) {
	rows, err := sandboxClient(t, sandbox.ForTest(t)).ListGitOpsConfigs(t.Context())
	if err != nil || rows == nil || len(rows) != 0 {
		t.Errorf("got %#v, %v", rows, err)
	}
}

func TestTokensThatDevtronRejects(t *testing.T) {
	box := sandbox.ForTest(t)
	for name, c := range map[string]struct {
		token string
		kind  Kind
	}{
		"none":        {"", Unauthorized},
		"garbage":     {"not-a-token", Unauthorized},
		"deleted":     {box.Devtron.DeletedToken(), Unauthorized},
		"regenerated": {box.Devtron.RegeneratedToken(), Unauthorized},
		"foreign":     {box.Devtron.ForeignToken(), Dropped},
		"powerless":   {box.Devtron.PowerlessToken(), Forbidden},
	} {
		client := sandboxClient(t, box, func(o *Options) { o.APIToken = c.token })
		for method, do := range map[string]func(context.Context, *Client) error{"GET": listed, "POST": created} {
			err := do(t.Context(), client)
			if e := failure(t, err); e.Kind != c.kind {
				t.Errorf("%s, %s: got kind %d: %v", name, method, e.Kind, e)
			}
		}
	}
	if n := box.Log.Count("devtron", "POST", ""); n != 6 {
		t.Errorf("%d POSTs, want one for each token", n)
	}
}

func TestTokenThatNoHeaderCanCarryIsNotSent(t *testing.T) {
	server := serve(t, fixed(200, jsonType, emptyList))
	for _, token := range []string{testAPIToken + "\n", "a\r\nX-Evil: 1", "a\x00b", "a\x7f"} {
		client := newClient(t, server.URL, func(o *Options) { o.APIToken = token })
		e := failure(t, listed(t.Context(), client))
		if e.Kind != Unsendable || e.MaybeHandled() || !strings.Contains(e.Message, "line break") || e.Attempts != 0 || strings.Contains(e.Error(), strings.TrimSpace(token)) {
			t.Errorf("%q: got %v", token, e)
		}
	}
	if n := len(server.all()); n != 0 {
		t.Errorf("%d requests", n)
	}
}
