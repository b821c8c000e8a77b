// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

func TestDryRunDeletesItsRepository(t *testing.T) {
	s := ForTest(t, Options{ArgoCD: true})
	for _, row := range s.configBodies() {
		if status, body := postConfig(t, s.Devtron, row); status != http.StatusOK || !strings.Contains(body, `"Delete Repo"]`) {
			t.Errorf("got %d %s", status, body)
		}
	}
	if left := append(s.GitHub.Repositories(Organization), s.GitLab.Projects(GroupID)...); len(left) > 0 {
		t.Errorf("got repositories %v, want none", left)
	}
	if n := s.Log.Count("github", "POST", "/api/v3/orgs/"+Organization+"/repos"); n != 1 {
		t.Errorf("got %d requests to create a repository, want 1", n)
	}
}

// If the token cannot delete the repository, Devtron reports it and stores the configuration.
func TestDryRunCannotDelete(t *testing.T) {
	s := ForTest(t, Options{ArgoCD: true})
	s.GitHub.Inject(Fault{Method: "DELETE", Status: 403, Body: message("Must have admin rights to Repository.")})
	status, body := postConfig(t, s.Devtron, s.configBodies()[0])
	if status != http.StatusOK || !strings.Contains(body, `"stageErrorMap":{}`) || !strings.Contains(body, `"deleteRepoFailed":true`) {
		t.Errorf("got %d %s", status, body)
	}
	if strings.Contains(body, "Delete Repo") {
		t.Errorf("got %s, want no stage \"Delete Repo\"", body)
	}
	if n := len(s.GitHub.Repositories(Organization)); n != 1 {
		t.Errorf("got %d repositories, want 1", n)
	}
	if n := len(s.Devtron.Rows()); n != 1 {
		t.Errorf("got %d configurations, want 1", n)
	}
}

// The dry run uses the CA and the client certificate of the configuration.
func TestDryRunUsesTLSMaterial(t *testing.T) {
	s := ForTest(t, Options{TLS: true, ClientAuth: true})
	d := ForTest(t, Options{ArgoCD: true}).Devtron // plain HTTP, because this test only concerns the git host
	complete := Row{
		Provider: "GITHUB", Host: s.GitHub.URL(), GitHubOrgID: Organization, Token: s.GitHub.Token(), EnableTLSVerification: true,
		CAData: s.CACertificate, TLSCertData: s.ClientCertificate, TLSKeyData: s.ClientKey,
	}
	for name, c := range map[string]struct {
		change func(*Row)
		want   string
	}{
		"complete":       {func(*Row) {}, ""},
		"no certificate": {func(r *Row) { r.TLSCertData, r.TLSKeyData = "", "" }, "certificate required"},
		"no TLS fields":  {func(r *Row) { r.EnableTLSVerification = false }, "certificate signed by unknown authority"},
	} {
		row := complete
		c.change(&row)
		got := validate(t, d, row)["error in connecting with GITHUB"]
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestDryRunStaysInTheSandbox(t *testing.T) {
	d := ForTest(t, Options{ArgoCD: true}).Devtron
	for host, want := range map[string]string{
		"http://192.0.2.1/":          "dial tcp 192.0.2.1:80: connect: network is unreachable",
		"https://github.example.com": "no such host",
	} {
		got := validate(t, d, Row{Provider: "GITHUB", Host: host, GitHubOrgID: "x", Token: "x"})
		if text := got["error in connecting with GITHUB"]; !strings.Contains(text, want) {
			t.Errorf("%s: got %v, want %q", host, got, want)
		}
	}
}

// validate performs a dry run and returns the errors by stage.
func validate(t *testing.T, d *Devtron, r Row) map[string]string {
	t.Helper()
	body, err := json.Marshal(map[string]any{
		"provider": r.Provider, "host": r.Host, "gitHubOrgId": r.GitHubOrgID, "token": r.Token,
		"enableTLSVerification": r.EnableTLSVerification,
		"tlsConfig":             map[string]any{"caData": r.CAData, "tlsCertData": r.TLSCertData, "tlsKeyData": r.TLSKeyData},
	})
	if err != nil {
		t.Fatal(err)
	}
	status, text := send(t, d, http.MethodPost, "/orchestrator/gitops/validate", string(body))
	var reply struct {
		Result struct{ StageErrorMap map[string]string }
	}
	if err := json.Unmarshal([]byte(text), &reply); err != nil || status != http.StatusOK || reply.Result.StageErrorMap == nil {
		t.Fatalf("got %d %s", status, text)
	}
	return reply.Result.StageErrorMap
}
