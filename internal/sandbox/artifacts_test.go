// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// A client signs in to the registry with the two requests of the token handshake.
func TestRegistrySignIn(t *testing.T) {
	s := ForTest(t)
	get := func(address, username, password, bearer string) (*http.Response, map[string]any) {
		request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if username != "" {
			request.SetBasicAuth(username, password)
		}
		if bearer != "" {
			request.Header.Set("Authorization", "Bearer "+bearer)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		var body map[string]any
		_ = json.NewDecoder(response.Body).Decode(&body)
		return response, body
	}
	root := s.Registry.URL() + "/v2/"
	response, _ := get(root, "", "", "")
	challenge := response.Header.Get("WWW-Authenticate")
	want := fmt.Sprintf(`Bearer realm="%s/token",service="registry.sandbox"`, s.Registry.URL())
	if response.StatusCode != http.StatusUnauthorized || challenge != want {
		t.Fatalf("%d %s, want %s", response.StatusCode, challenge, want)
	}
	for what, c := range map[string]struct {
		username, password string
		issued, opened     int
	}{
		"right password": {RegistryUsername, s.Registry.Password(), 200, 200},
		"wrong password": {RegistryUsername, "wrong", 401, 401},
		"unknown user":   {"nobody", "", 401, 401},
		"anonymous":      {"", "", 200, 401},
	} {
		response, body := get(s.Registry.URL()+"/token?service=registry.sandbox", c.username, c.password, "")
		token, _ := body["token"].(string)
		opened, _ := get(root, "", "", token)
		if response.StatusCode != c.issued || opened.StatusCode != c.opened {
			t.Errorf("%s: %d and %d, want %d and %d", what, response.StatusCode, opened.StatusCode, c.issued, c.opened)
		}
	}
	s.Registry.SetBasic(true)
	for password, want := range map[string]int{s.Registry.Password(): 200, "wrong": 401} {
		if response, _ := get(root, RegistryUsername, password, ""); response.StatusCode != want {
			t.Errorf("basic: %d, want %d", response.StatusCode, want)
		}
	}
}

func registryBody(name, kind, url, username, password string, charts bool) string {
	body := map[string]any{
		"id": name, "pluginId": "cd.go.artifact.docker.registry", "registryUrl": url, "registryType": kind, "username": username,
		"password": password, "connection": "secure", "cert": "", "active": true, "isOCICompliantRegistry": charts,
		"ipsConfig": map[string]any{"credentialType": "SAME_AS_REGISTRY", "ignoredClusterIdsCsv": "-1"},
	}
	if charts {
		body["ociRegistryConfig"] = map[string]string{"CONTAINER": "PULL/PUSH", "CHART": "PULL"}
		body["repositoryList"] = []string{"charts/demo"}
	}
	text, _ := json.Marshal(body)
	return string(text)
}

// Devtron checks the credentials of registries with charts only.
func TestDevtronChecksCredentialsOfChartRegistries(t *testing.T) {
	s := ForTest(t)
	const path = "/orchestrator/docker/registry"
	for i, c := range []struct {
		kind, password string
		charts         bool
		status         int
	}{
		{"quay", s.Registry.Password(), true, 200},
		{"quay", "wrong", true, 500},
		{"other", "wrong", true, 200},
		{"quay", "wrong", false, 200},
	} {
		body := registryBody(fmt.Sprint("registry-", i), c.kind, s.Registry.URL(), RegistryUsername, c.password, c.charts)
		if status, answer := ask(t, s.Devtron, "POST", path, body); status != c.status || status == 500 && !strings.Contains(answer, `"userMessage":"error in validating oci registry"`) {
			t.Errorf("%+v: %d %s", c, status, answer)
		}
	}
	s.Registry.Stop()
	body := registryBody("down", "quay", s.Registry.URL(), RegistryUsername, s.Registry.Password(), true)
	if status, answer := ask(t, s.Devtron, "POST", path, body); status != 500 || !strings.Contains(answer, "connection refused") {
		t.Errorf("down: %d %s", status, answer)
	}
}

// Every write that synchronizes charts waits for the job. If the job fails, the write is stored.
func TestChartSyncJob(t *testing.T) {
	s := ForTest(t)
	d := s.Devtron
	const wait = 50 * time.Millisecond
	d.ChartSync.SetWait(wait)
	repository := fmt.Sprintf(`{"name":"acme-charts","url":%q,"authMode":"ANONYMOUS","active":true}`, s.Charts.PublicURL())
	start := time.Now()
	mustAsk(t, d, "POST", "/orchestrator/chart-repo/create", repository)
	mustAsk(t, d, "POST", "/orchestrator/docker/registry", registryBody("charts", "other", "oci.example.com", "a", "b", true))
	if took := time.Since(start); took < 2*wait {
		t.Errorf("two writes took %v", took)
	}
	start = time.Now()
	mustAsk(t, d, "POST", "/orchestrator/docker/registry", registryBody("images", "other", "oci.example.com", "a", "b", false))
	if took := time.Since(start); took >= wait {
		t.Errorf("a registry without charts took %v", took)
	}

	d.ChartSync.SetLingers(true)
	for path, body := range map[string]string{
		"/orchestrator/chart-repo/create": strings.Replace(repository, "acme-charts", "late-charts", 1),
		"/orchestrator/docker/registry":   registryBody("late", "other", "oci.example.com", "a", "b", true),
	} {
		if status, answer := ask(t, d, "POST", path, body); status != 500 || !strings.Contains(answer, "job deletion takes more time than expected") {
			t.Errorf("%s: %d %s", path, status, answer)
		}
	}
	if len(d.ChartRepositories.Named("late-charts")) != 1 || len(d.Registries.Rows()) != 3 {
		t.Errorf("stored %v and %v", d.ChartRepositories.Named("late-charts"), d.Registries.Rows())
	}
}

func TestDevtronFetchesTheIndexOfChartRepositories(t *testing.T) {
	s := ForTest(t)
	s.Charts.AddRepository("/gone", "", "")
	s.Charts.RemoveRepository("/gone")
	for what, c := range map[string]struct{ url, username, password, want string }{
		"public":          {s.Charts.PublicURL(), "", "", `"Name":"charts-public"`},
		"a slash":         {s.Charts.PublicURL() + "/", "", "", `"Name":"charts-a-slash"`},
		"private":         {s.Charts.PrivateURL(), ChartsUsername, s.Charts.Password(), `"Name":"charts-private"`},
		"wrong password":  {s.Charts.PrivateURL(), ChartsUsername, "wrong", "Invalid authentication credentials"},
		"no password":     {s.Charts.PrivateURL(), "", "", "Invalid authentication credentials"},
		"gone":            {s.Charts.URL() + "/gone", "", "", "Could not find an index.yaml"},
		"a web page":      {s.GitHub.URL(), "", "", "Could not"},
		"another address": {"https://charts.example.com", "", "", "no such host"},
		"oci":             {"oci://ghcr.io/acme", "", "", `Protocol \"oci\" is not supported`},
	} {
		body := fmt.Sprintf(`{"name":%q,"url":%q,"authMode":"USERNAME_PASSWORD","userName":%q,"password":%q,"active":true}`,
			"charts-"+strings.ReplaceAll(what, " ", "-"), c.url, c.username, c.password)
		if answer := mustAsk(t, s.Devtron, "POST", "/orchestrator/chart-repo/create", body); !strings.Contains(answer, c.want) {
			t.Errorf("%s: %s, want %s", what, answer, c.want)
		}
	}
	if n := len(s.Devtron.ChartRepositories.Rows()); n != 15+3 {
		t.Errorf("%d repositories", n)
	}
}

func TestGitAccountFailuresCloseTheConnection(t *testing.T) {
	d := ForTest(t).Devtron
	create := func(url, username string) error {
		body := fmt.Sprintf(`{"name":"acme","url":%q,"authMode":"USERNAME_PASSWORD","userName":%q,"password":"p","active":true,"gitHostId":1}`, url, username)
		_, _, _, err := exchange(d, "POST", "/orchestrator/git/provider", map[string]string{"token": d.AdminToken()}, &body)
		return err
	}
	if err := create("one.example", strings.Repeat("u", 26)); err == nil || len(d.GitAccounts.At("one.example")) != 0 {
		t.Errorf("a long user name: %v, stored %v", err, d.GitAccounts.At("one.example"))
	}
	d.GitAccounts.SetGitSensor(false)
	if err := create("two.example", "u"); err == nil || len(d.GitAccounts.At("two.example")) != 1 {
		t.Errorf("git-sensor down: %v, stored %v", err, d.GitAccounts.At("two.example"))
	}
	d.GitAccounts.SetGitSensor(true)
	if err := create("three.example", "u"); err != nil {
		t.Error(err)
	}
}
