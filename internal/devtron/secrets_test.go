// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/redact"
)

// leaks returns the secrets that a text contains, in any of their forms.
func leaks(text string, secrets ...string) []string {
	var found []string
	for _, secret := range secrets {
		quoted, _ := json.Marshal(secret)
		for _, form := range []string{secret, url.QueryEscape(secret), url.PathEscape(secret), string(quoted[1 : len(quoted)-1])} {
			if strings.Contains(text, form) {
				found = append(found, form)
			}
		}
	}
	return found
}

// TestNoErrorContainsASecret of a server that repeats what it was sent, in every place and form of
// a reply, for every call.
func TestNoErrorContainsASecret(t *testing.T) {
	const key = "-----BEGIN PRIVATE KEY-----\nMHcCAQEEIBkg/key+material==\n-----END PRIVATE KEY-----\n"
	quoted := func(s string) string { b, _ := json.Marshal(s); return string(b) }
	echoes := map[string]func(secret string) (status int, contentType, body string){
		"user message": func(s string) (int, string, string) {
			return 400, jsonType, `{"code":400,"errors":[{"code":"000","userMessage":` + quoted("token "+s+" is bad") + `}]}`
		},
		"internal message": func(s string) (int, string, string) {
			return 400, jsonType, `{"code":400,"errors":[{"internalMessage":` + quoted(s) + `}]}`
		},
		"message that is an object": func(s string) (int, string, string) {
			return 400, jsonType, `{"code":400,"errors":[{"userMessage":{"token":` + quoted(s) + `}}]}`
		},
		"code": func(s string) (int, string, string) {
			return 400, jsonType, `{"code":400,"errors":[{"code":` + quoted(s) + `,"userMessage":"x"}]}`
		},
		"middleware":   func(s string) (int, string, string) { return 401, jsonType, `{"code":401,"result":` + quoted(s) + `}` },
		"panic":        func(s string) (int, string, string) { return 500, jsonType, `{"error":` + quoted(s) + `}` },
		"HTML":         func(s string) (int, string, string) { return 403, "text/html", "<pre>" + s + "</pre>" },
		"URL":          func(s string) (int, string, string) { return 200, "text/html", "see /?t=" + url.QueryEscape(s) },
		"JSON":         func(s string) (int, string, string) { return 200, jsonType, `{"you":{"sent":` + quoted(s) + `}}` },
		"across a cut": func(s string) (int, string, string) { return 404, "text/plain", strings.Repeat("x", 190) + s },
		"across another cut": func(s string) (int, string, string) {
			return 500, jsonType, `{"error":` + quoted(strings.Repeat("x", redact.MaxText-7)+s) + `}`
		},
		"content type": func(s string) (int, string, string) {
			return 200, strings.NewReplacer("\n", " ", "\r", " ").Replace(s), "x"
		},
		"stages": func(s string) (int, string, string) {
			return 200, jsonType, `{"code":200,"result":{"stageErrorMap":{` + quoted("stage "+s) + `:` + quoted("failed "+s) + `},"successfulStages":[` + quoted(s) + `]}}`
		},
		"truncated": func(s string) (int, string, string) { return 200, jsonType, `{"code":200,"result":{"x":` + quoted(s) },
	}
	secrets := []string{testAPIToken, testGitToken, strings.TrimSpace(key)}
	for place, echo := range echoes {
		for _, secret := range secrets {
			status, contentType, body := echo(secret)
			server := serve(t, fixed(status, contentType, body, "Set-Cookie", "argocd.token=x"))
			client := newClient(t, server.URL, func(o *Options) { o.MaxRetries = 0 })
			row := testRow()
			row.TLS.TLSKeyData = key
			ctx := t.Context()
			for name, write := range map[string]func() (Validation, error){
				"create":   func() (Validation, error) { return client.CreateGitOpsConfig(ctx, row) },
				"update":   func() (Validation, error) { return client.UpdateGitOpsConfig(ctx, row) },
				"validate": func() (Validation, error) { return client.ValidateGitOpsConfig(ctx, row) },
			} {
				v, err := write()
				text := fmt.Sprintf("%v %+v %+v", err, err, v)
				if err != nil {
					e := failure(t, err)
					text += e.Message + e.Code + e.Location
				}
				if found := leaks(text, append(secrets, "MHcCAQEEIBkg/key+material==")...); len(found) > 0 {
					t.Errorf("%s of %s: %q in %s", place, name, found, text)
				}
				if err == nil && place != "stages" {
					t.Errorf("%s of %s succeeded", place, name)
				}
			}
			account := GitAccount{ID: 1, Name: "n", URL: "u", Credentials: GitCredentials{Password: testGitToken, AccessToken: testGitToken, SSHPrivateKey: key}}
			_, createErr := client.CreateGitAccount(ctx, account)
			for name, err := range map[string]error{"create": createErr, "update": client.UpdateGitAccount(ctx, account)} {
				if text := fmt.Sprintf("%v %+v", err, err); place != "stages" && len(leaks(text, append(secrets, "MHcCAQEEIBkg/key+material==")...)) > 0 {
					t.Errorf("%s of %s of a git account: %s", place, name, text)
				}
			}
			// A read sends no git token, so that it can only mask the API token.
			if _, err := client.ListGitOpsConfigs(ctx); err == nil || len(leaks(fmt.Sprintf("%v %+v", err, err), testAPIToken)) > 0 {
				t.Errorf("%s of list: %v", place, err)
			}
		}
	}
}

// TestReplyThatIsNoHTTP is quoted in Go's error.
func TestReplyThatIsNoHTTP(t *testing.T) {
	for _, secret := range []string{testAPIToken, "ghp_0123456789abcdefghij"} {
		for name, raw := range map[string]string{
			"status line": secret + "\r\n\r\n",
			"status":      "HTTP/1.1 " + secret + " OK\r\n\r\n",
			"version":     "HTTP/" + secret + " 200 OK\r\n\r\n",
			"header":      "HTTP/1.1 200 OK\r\n" + secret + "\r\n\r\n",
			"length":      "HTTP/1.1 200 OK\r\nContent-Length: " + secret + "\r\n\r\n",
			"encoding":    "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + secret + "\r\n\r\n",
			"location":    "HTTP/1.1 302 Found\r\nLocation: http://%zz" + secret + "\r\nContent-Length: 0\r\n\r\n",
		} {
			server := serve(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
				conn, _, err := http.NewResponseController(w).Hijack()
				if err == nil {
					_, _ = io.WriteString(conn, raw)
					_ = conn.Close()
				}
			})
			client := newClient(t, server.URL, func(o *Options) { o.MaxRetries = 1 })
			row := testRow()
			row.Token = "ghp_0123456789abcdefghij"
			_, err := client.CreateGitOpsConfig(t.Context(), row)
			if e := failure(t, err); len(leaks(e.Error()+fmt.Sprintf("%+v", e)+e.Message, testAPIToken, row.Token)) > 0 || e.Attempts != 1 {
				t.Errorf("%s: %v", name, e)
			}
			if err := listed(t.Context(), client); err == nil || len(leaks(err.Error(), testAPIToken)) > 0 {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
