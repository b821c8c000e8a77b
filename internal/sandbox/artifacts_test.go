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

// A client logs in to the registry with the two requests of token authentication.
func TestRegistryLogin(t *testing.T) {
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
		t.Fatalf("got %d %s, want %s", response.StatusCode, challenge, want)
	}
	for name, c := range map[string]struct {
		username, password        string
		tokenStatus, accessStatus int
	}{
		"right password": {RegistryUsername, s.Registry.Password(), 200, 200},
		"wrong password": {RegistryUsername, "wrong", 401, 401},
		"unknown user":   {"nobody", "", 401, 401},
		"anonymous":      {"", "", 200, 401},
	} {
		response, body := get(s.Registry.URL()+"/token?service=registry.sandbox", c.username, c.password, "")
		token, _ := body["token"].(string)
		access, _ := get(root, "", "", token)
		if response.StatusCode != c.tokenStatus || access.StatusCode != c.accessStatus {
			t.Errorf("%s: got %d and %d, want %d and %d", name, response.StatusCode, access.StatusCode, c.tokenStatus, c.accessStatus)
		}
	}
	s.Registry.SetBasic(true)
	for password, want := range map[string]int{s.Registry.Password(): 200, "wrong": 401} {
		if response, _ := get(root, RegistryUsername, password, ""); response.StatusCode != want {
			t.Errorf("basic authentication: got %d, want %d", response.StatusCode, want)
		}
	}
}

// registryBody returns the POST body for a container registry.
func registryBody(name, registryType, url, username, password string, charts bool) string {
	body := map[string]any{
		"id": name, "pluginId": "cd.go.artifact.docker.registry", "registryUrl": url, "registryType": registryType, "username": username,
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
		registryType, password string
		charts                 bool
		status                 int
	}{
		{"quay", s.Registry.Password(), true, 200},
		{"quay", "wrong", true, 500},
		{"other", "wrong", true, 200},
		{"quay", "wrong", false, 200},
	} {
		body := registryBody(fmt.Sprint("registry-", i), c.registryType, s.Registry.URL(), RegistryUsername, c.password, c.charts)
		if status, reply := send(t, s.Devtron, "POST", path, body); status != c.status || status == 500 && !strings.Contains(reply, `"userMessage":"error in validating oci registry"`) {
			t.Errorf("%+v: got %d %s", c, status, reply)
		}
	}
	s.Registry.Stop()
	body := registryBody("stopped", "quay", s.Registry.URL(), RegistryUsername, s.Registry.Password(), true)
	if status, reply := send(t, s.Devtron, "POST", path, body); status != 500 || !strings.Contains(reply, "connection refused") {
		t.Errorf("stopped registry: got %d %s", status, reply)
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
	mustSend(t, d, "POST", "/orchestrator/chart-repo/create", repository)
	mustSend(t, d, "POST", "/orchestrator/docker/registry", registryBody("charts", "other", "oci.example.com", "a", "b", true))
	if took := time.Since(start); took < 2*wait {
		t.Errorf("two writes took %v", took)
	}
	start = time.Now()
	mustSend(t, d, "POST", "/orchestrator/docker/registry", registryBody("images", "other", "oci.example.com", "a", "b", false))
	if took := time.Since(start); took >= wait {
		t.Errorf("a registry without charts took %v", took)
	}

	d.ChartSync.SetLingers(true)
	for path, body := range map[string]string{
		"/orchestrator/chart-repo/create": strings.Replace(repository, "acme-charts", "late-charts", 1),
		"/orchestrator/docker/registry":   registryBody("late", "other", "oci.example.com", "a", "b", true),
	} {
		if status, reply := send(t, d, "POST", path, body); status != 500 || !strings.Contains(reply, "job deletion takes more time than expected") {
			t.Errorf("%s: got %d %s", path, status, reply)
		}
	}
	if len(d.ChartRepositories.Named("late-charts")) != 1 || len(d.Registries.Rows()) != 3 {
		t.Errorf("got chart repositories %v and registries %v", d.ChartRepositories.Named("late-charts"), d.Registries.Rows())
	}
}

func TestDevtronFetchesTheIndexOfChartRepositories(t *testing.T) {
	s := ForTest(t)
	s.Charts.AddRepository("/removed", "", "")
	s.Charts.RemoveRepository("/removed")
	for name, c := range map[string]struct{ url, username, password, want string }{
		"public":         {s.Charts.PublicURL(), "", "", `"Name":"charts-public"`},
		"trailing slash": {s.Charts.PublicURL() + "/", "", "", `"Name":"charts-trailing-slash"`},
		"private":        {s.Charts.PrivateURL(), ChartsUsername, s.Charts.Password(), `"Name":"charts-private"`},
		"wrong password": {s.Charts.PrivateURL(), ChartsUsername, "wrong", "Invalid authentication credentials"},
		"no password":    {s.Charts.PrivateURL(), "", "", "Invalid authentication credentials"},
		"removed":        {s.Charts.URL() + "/removed", "", "", "Could not find an index.yaml"},
		"web page":       {s.GitHub.URL(), "", "", "Could not"},
		"unknown host":   {"https://charts.example.com", "", "", "no such host"},
		"OCI":            {"oci://ghcr.io/acme", "", "", `Protocol \"oci\" is not supported`},
	} {
		body := fmt.Sprintf(`{"name":%q,"url":%q,"authMode":"USERNAME_PASSWORD","userName":%q,"password":%q,"active":true}`,
			"charts-"+strings.ReplaceAll(name, " ", "-"), c.url, c.username, c.password)
		if reply := mustSend(t, s.Devtron, "POST", "/orchestrator/chart-repo/create", body); !strings.Contains(reply, c.want) {
			t.Errorf("%s: got %s, want %s", name, reply, c.want)
		}
	}
	if n := len(s.Devtron.ChartRepositories.Rows()); n != 15+3 {
		t.Errorf("got %d chart repositories, want 18", n)
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
		t.Errorf("long username: got %v, stored %v", err, d.GitAccounts.At("one.example"))
	}
	d.GitAccounts.SetGitSensor(false)
	if err := create("two.example", "u"); err == nil || len(d.GitAccounts.At("two.example")) != 1 {
		t.Errorf("git-sensor stopped: got %v, stored %v", err, d.GitAccounts.At("two.example"))
	}
	d.GitAccounts.SetGitSensor(true)
	if err := create("three.example", "u"); err != nil {
		t.Error(err)
	}
}
