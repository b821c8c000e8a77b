// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"testing"
)

// start runs the command until the test ends and returns its output.
func start(t *testing.T, args ...string) *bufio.Reader {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r, w := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := run(ctx, args, w, io.Discard)
		_ = w.CloseWithError(err)
		done <- err
	}()
	t.Cleanup(func() {
		cancel()
		_ = r.Close()
		if err := <-done; err != nil {
			t.Errorf("got error %v", err)
		}
	})
	return bufio.NewReader(r)
}

func TestJSON(t *testing.T) {
	var v map[string]string
	if err := json.NewDecoder(start(t, "-json", "-tls", "-client-auth", "-argocd")).Decode(&v); err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(v["DEVTRON_CA_CERTIFICATE"]))
	pair, err := tls.X509KeyPair([]byte(v["DEVTRON_CLIENT_CERTIFICATE"]), []byte(v["DEVTRON_CLIENT_KEY"]))
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		TLSClientConfig:   &tls.Config{RootCAs: roots, Certificates: []tls.Certificate{pair}},
	}}
	for path, want := range map[string]string{
		"/orchestrator/module?name=argo-cd": `"installed"`, "/orchestrator/devtron/auth/verify/v2": `"isSuperAdmin":true`,
	} {
		request, _ := http.NewRequestWithContext(t.Context(), "GET", v["DEVTRON_URL"]+path, nil)
		request.Header.Set("token", v["DEVTRON_API_TOKEN"])
		response, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if !strings.Contains(string(body), want) {
			t.Errorf("%s: got %s", path, body)
		}
	}
}

func TestTokensWithoutScopes(t *testing.T) {
	var v map[string]string
	if err := json.NewDecoder(start(t, "-json")).Decode(&v); err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	get := func(address, header, token string) (scopes string, body string) {
		t.Helper()
		request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		request.Header.Set(header, token)
		response, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if response.StatusCode != http.StatusOK {
			t.Fatalf("%s: got %s", address, response.Status)
		}
		return response.Header.Get("X-Oauth-Scopes"), string(text)
	}
	if scopes, _ := get(v["SANDBOX_GITHUB_URL"]+"/api/v3/user", "Authorization", "Bearer "+v["SANDBOX_GITHUB_TOKEN_WITHOUT_SCOPES"]); scopes != "" {
		t.Errorf("got the scopes %q for the GitHub token", scopes)
	}
	if _, self := get(v["SANDBOX_GITLAB_URL"]+"/api/v4/personal_access_tokens/self", "PRIVATE-TOKEN", v["SANDBOX_GITLAB_TOKEN_WITHOUT_SCOPES"]); !strings.Contains(self, `"scopes":["read_user"]`) {
		t.Errorf("got the GitLab token %s", self)
	}
}

// The variables for the proxy give access to the git hosts under their public names.
func TestPublicHostsThroughTheProxy(t *testing.T) {
	var v map[string]string
	if err := json.NewDecoder(start(t, "-json")).Decode(&v); err != nil {
		t.Fatal(err)
	}
	proxy, err := url.Parse(v["SANDBOX_PROXY_URL"])
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(v["SANDBOX_PROXY_CA_CERTIFICATE"]))
	client := &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true, Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{RootCAs: roots},
	}}
	for _, c := range []struct{ address, username, token string }{
		{"https://api.bitbucket.org/2.0/repositories/" + v["SANDBOX_BITBUCKET_WORKSPACE_ID"], v["SANDBOX_BITBUCKET_USERNAME"], v["SANDBOX_BITBUCKET_TOKEN"]},
		{"https://dev.azure.com/acme/" + v["SANDBOX_AZURE_PROJECT"] + "/_apis/git/repositories", "", v["SANDBOX_AZURE_TOKEN"]},
	} {
		request, _ := http.NewRequestWithContext(t.Context(), "GET", c.address, nil)
		request.SetBasicAuth(c.username, c.token)
		response, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s: got %s", c.address, response.Status)
		}
	}
}

// The cluster can be added to Devtron with the printed variables. Only one of its tokens can list
// namespaces.
func TestClusterCanBeAdded(t *testing.T) {
	var v map[string]string
	if err := json.NewDecoder(start(t, "-json")).Decode(&v); err != nil {
		t.Fatal(err)
	}
	send := func(method, path string, body any) string {
		text, _ := json.Marshal(body)
		request, _ := http.NewRequestWithContext(t.Context(), method, v["DEVTRON_URL"]+"/orchestrator/cluster"+path, bytes.NewReader(text))
		request.Header.Set("token", v["DEVTRON_API_TOKEN"])
		response, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		reply, _ := io.ReadAll(response.Body)
		return string(reply)
	}
	for _, token := range []string{"SANDBOX_CLUSTER_TOKEN", "SANDBOX_CLUSTER_TOKEN_WITHOUT_RIGHTS"} {
		reply := send(http.MethodPost, "", map[string]any{
			"cluster_name": token, "server_url": v["SANDBOX_CLUSTER_URL"], "active": true,
			"config": map[string]string{"bearer_token": v[token], "cert_auth_data": v["SANDBOX_CLUSTER_CA"]},
		})
		if !strings.Contains(reply, `"code":200`) {
			t.Errorf("%s: got %s", token, reply)
		}
	}
	var namespaces struct{ Result map[string][]string }
	if err := json.Unmarshal([]byte(send(http.MethodGet, "/namespaces", nil)), &namespaces); err != nil {
		t.Fatal(err)
	}
	if got := namespaces.Result; len(got["SANDBOX_CLUSTER_TOKEN"]) != 4 || len(got["SANDBOX_CLUSTER_TOKEN_WITHOUT_RIGHTS"]) != 0 {
		t.Errorf("got namespaces %v", got)
	}
}

// A shell can run the output, including values with several lines.
func TestShellCommands(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell: ", err)
	}
	reader := start(t, "-tls")
	var script bytes.Buffer
	for last := false; !last; {
		line, err := reader.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		script.WriteString(line)
		last = strings.HasPrefix(line, "-----END PRIVATE KEY")
		if last {
			script.WriteString(readLine(t, reader))
		}
	}
	script.WriteString(`printf '%s|%s|%s' "$DEVTRON_URL" "$SANDBOX_GITLAB_GROUP_ID" "$DEVTRON_CLIENT_KEY"`)
	output, err := exec.CommandContext(t.Context(), shell, "-euc", script.String()).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	parts := strings.SplitN(string(output), "|", 3)
	if len(parts) != 3 || !strings.HasPrefix(parts[0], "https://127.0.0.1:") || parts[1] != "61512475" ||
		!strings.HasSuffix(parts[2], "-----END PRIVATE KEY-----\n") {
		t.Errorf("got %q", parts)
	}
}

// readLine reads the line with the closing quote of the last value.
func readLine(t *testing.T, r *bufio.Reader) string {
	t.Helper()
	line, err := r.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func TestQuoted(t *testing.T) {
	if got, want := quoted("it's"), `'it'\''s'`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestInvalidFlags(t *testing.T) {
	for _, args := range [][]string{{"-client-auth"}, {"extra"}, {"-no-such-flag"}, {"-addr", "192.0.2.1"}} {
		if err := run(t.Context(), args, io.Discard, io.Discard); err == nil {
			t.Errorf("%v: got no error", args)
		}
	}
}
