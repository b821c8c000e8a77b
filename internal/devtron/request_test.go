// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// allKeys are the keys of Devtron's own data type. In a PUT, an absent key means empty or false,
// and POST crashes without tlsConfig.
var allKeys = []string{
	"active", "allowCustomRepository", "azureProjectName", "bitBucketProjectKey", "bitBucketWorkspaceId", "enableTLSVerification",
	"gitHubOrgId", "gitLabGroupId", "host", "id", "isCADataPresent", "isTLSCertDataPresent", "isTLSKeyDataPresent", "provider",
	"tlsConfig", "token", "username",
}

func TestBodyAlwaysHasEveryKey(t *testing.T) {
	server := serve(t, fixed(200, jsonType, written))
	client := newClient(t, server.URL)
	full := Config{
		ID: 7, Provider: "BITBUCKET_CLOUD", Username: "u", Token: "t0ken", GitLabGroupID: "g", GitHubOrgID: "o", Host: "https://h", Active: true,
		AzureProjectName: "a", BitBucketWorkspaceID: "w", BitBucketProjectKey: "k", AllowCustomRepository: true, TLSSettings: TLSSettings{
			EnableTLSVerification: true, TLS: TLSConfig{CAData: "ca", TLSCertData: "cert", TLSKeyData: "key0"},
			IsCADataPresent: true, IsTLSCertDataPresent: true, IsTLSKeyDataPresent: true,
		},
	}
	ctx := t.Context()
	for _, row := range []Config{{}, full, full.Kept()} {
		for _, write := range []func() (Validation, error){
			func() (Validation, error) { return client.CreateGitOpsConfig(ctx, row) },
			func() (Validation, error) { return client.UpdateGitOpsConfig(ctx, row) },
			func() (Validation, error) { return client.ValidateGitOpsConfig(ctx, row) },
		} {
			if _, err := write(); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, request := range server.all() {
		var body map[string]json.RawMessage
		if err := json.Unmarshal([]byte(request.Body), &body); err != nil {
			t.Fatal(err)
		}
		var keys []string
		for key := range body {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		if !slices.Equal(keys, allKeys) {
			t.Errorf("%s %s: keys %v", request.Method, request.Path, keys)
		}
		var tlsConfig map[string]string
		if json.Unmarshal(body["tlsConfig"], &tlsConfig) != nil || len(tlsConfig) != 3 {
			t.Errorf("%s %s: tlsConfig %s", request.Method, request.Path, body["tlsConfig"])
		}
	}
	// Every value is sent under its own key.
	const want = `{"id":7,"provider":"BITBUCKET_CLOUD","username":"u","token":"t0ken","gitLabGroupId":"g","gitHubOrgId":"o","host":"https://h","active":true,` +
		`"azureProjectName":"a","bitBucketWorkspaceId":"w","bitBucketProjectKey":"k","allowCustomRepository":true,"enableTLSVerification":true,` +
		`"tlsConfig":{"caData":"ca","tlsCertData":"cert","tlsKeyData":"key0"},"isCADataPresent":true,"isTLSCertDataPresent":true,"isTLSKeyDataPresent":true}`
	if got := server.all()[3].Body; got != want {
		t.Errorf("got %s", got)
	}
}

func TestKeptSendsNoSecretAndKeepsTheFlags(t *testing.T) {
	row := Config{
		ID: 7, Provider: "GITHUB", Token: "secret", Active: true, TLSSettings: TLSSettings{
			EnableTLSVerification: true, TLS: TLSConfig{TLSKeyData: "key"}, IsCADataPresent: true, IsTLSCertDataPresent: true, IsTLSKeyDataPresent: true,
		},
	}
	want := row
	want.Token, want.TLS = "", TLSConfig{}
	if got := row.Kept(); got != want || row.Token != "secret" {
		t.Errorf("got %+v, and the row itself is %+v", got, row)
	}
}

func TestEachOperationHasItsMethodRouteAndHeaders(t *testing.T) {
	server := serve(t, fixed(200, jsonType, emptyList))
	client := newClient(t, server.URL+"/sub")
	ctx := t.Context()
	_, _ = client.ListGitOpsConfigs(ctx)
	_, _ = client.GetGitOpsConfig(ctx, 7)
	_, _ = client.GetGitOpsConfigByProvider(ctx, "GIT&HUB")
	_, _ = client.CreateGitOpsConfig(ctx, testRow())
	_, _ = client.UpdateGitOpsConfig(ctx, testRow())
	_, _ = client.ValidateGitOpsConfig(ctx, testRow())
	_, _ = client.GitOpsConfigured(ctx)
	_, _ = client.Verify(ctx)
	var got []string
	for _, request := range server.all() {
		got = append(got, request.Method+" "+request.Path)
		for header, want := range map[string]string{"Token": testAPIToken, "User-Agent": "terraform-provider-devtron/test", "Accept": jsonType} {
			if values := request.Header.Values(header); len(values) != 1 || values[0] != want {
				t.Errorf("%s %s: %s is %q", request.Method, request.Path, header, values)
			}
		}
		if body := request.Header.Get("Content-Type") != ""; body != (request.Method != http.MethodGet) {
			t.Errorf("%s %s: Content-Type %q", request.Method, request.Path, request.Header.Get("Content-Type"))
		}
		if request.Header.Get("Authorization") != "" || request.Header.Get("Cookie") != "" {
			t.Errorf("%s %s: headers %v", request.Method, request.Path, request.Header)
		}
	}
	want := []string{
		"GET /sub/orchestrator/gitops/config", "GET /sub/orchestrator/gitops/config/7", "GET /sub/orchestrator/gitops/config-by-provider?provider=GIT%26HUB",
		"POST /sub/orchestrator/gitops/config", "PUT /sub/orchestrator/gitops/config", "POST /sub/orchestrator/gitops/validate",
		"GET /sub/orchestrator/gitops/configured", "GET /sub/orchestrator/devtron/auth/verify/v2",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// TestNoCookieIsEverSent: Devtron sends an unknown token back as a cookie, and a cookie takes
// precedence over the header.
func TestNoCookieIsEverSent(t *testing.T) {
	box := sandbox.ForTest(t)
	client := sandboxClient(t, box, func(o *Options) { o.APIToken = "some-unknown-token" })
	for range 3 {
		_ = listed(t.Context(), client)
		_ = created(t.Context(), client)
	}
	server := serve(t, fixed(200, jsonType, emptyList, "Set-Cookie", "argocd.token="+testAPIToken+"; Path=/"))
	other := newClient(t, server.URL)
	for range 3 {
		_ = listed(t.Context(), other)
	}
	for _, request := range box.Log.All() {
		if len(request.Header["Cookie"]) > 0 {
			t.Errorf("%s %s sent %q", request.Method, request.Path, request.Header["Cookie"])
		}
	}
	for _, request := range server.all() {
		if len(request.Header["Cookie"]) > 0 {
			t.Errorf("%s %s sent %q", request.Method, request.Path, request.Header["Cookie"])
		}
	}
}

// TestObserveGetsNoSecret: an Exchange printed in full has neither header nor body, even where its
// error quotes the reply.
func TestObserveGetsNoSecret(t *testing.T) {
	server := serve(t, func(n int, w http.ResponseWriter, r *http.Request) {
		switch n {
		case 0:
			fixed(429, "text/plain", testAPIToken+testGitToken, "X-Echo", testAPIToken)(n, w, r)
		case 1: // an answer that is no HTTP: Go quotes it in its error
			conn, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_, _ = io.WriteString(conn, "HTTP/1.1 "+strings.ReplaceAll(testGitToken, `"`, "")+" OK\r\n\r\n")
				_ = conn.Close()
			}
		}
	})
	var seen []Exchange
	client := newClient(t, server.URL, func(o *Options) {
		o.Observe = func(_ context.Context, x Exchange) { seen = append(seen, x) }
	})
	row := testRow()
	row.Token = strings.ReplaceAll(row.Token, `"`, "")
	_, err := client.CreateGitOpsConfig(t.Context(), row)
	if e := failure(t, err); e.Kind != Dropped || strings.Contains(e.Error(), row.Token) || strings.Contains(e.Error(), testAPIToken) {
		t.Errorf("got %v", err)
	}
	if len(seen) != 2 || seen[0].Status != 429 || seen[0].Attempt != 1 || seen[1].Attempt != 2 || seen[1].Err == nil ||
		seen[0].Method != http.MethodPost || seen[0].URL != server.URL+"/orchestrator/gitops/config" {
		t.Errorf("observed %+v", seen)
	}
	for _, x := range seen {
		for _, text := range []string{fmt.Sprintf("%+v", x), fmt.Sprint(x.Err)} {
			if strings.Contains(text, testAPIToken) || strings.Contains(text, row.Token) {
				t.Errorf("a secret in %s", text)
			}
		}
	}
}

// TestObserveGetsEachAttempt, and a second time an attempt whose reply was cut off.
func TestObserveGetsEachAttempt(t *testing.T) {
	box := sandbox.ForTest(t)
	box.Devtron.Inject(sandbox.Fault{Status: 502, Times: 1})
	box.Devtron.Inject(sandbox.Fault{Truncate: 10, Times: 1})
	var seen []string
	client := sandboxClient(t, box, func(o *Options) {
		o.Observe = func(_ context.Context, x Exchange) {
			seen = append(seen, fmt.Sprint(x.Attempt, " ", x.Status, " ", x.Err != nil))
		}
	})
	if err := listed(t.Context(), client); err != nil {
		t.Fatal(err)
	}
	if want := []string{"1 502 false", "2 200 false", "2 200 true", "3 200 false"}; !slices.Equal(seen, want) {
		t.Errorf("observed %q, want %q", seen, want)
	}
}
