// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestDryRunLeavesNothingBehind(t *testing.T) {
	s := ForTest(t, Options{ArgoCD: true})
	for _, row := range s.goodRows() {
		if status, body := post(t, s.Devtron, row); status != http.StatusOK || !strings.Contains(body, `"Delete Repo"]`) {
			t.Errorf("%d %s", status, body)
		}
	}
	if left := append(s.GitHub.Repositories(Organization), s.GitLab.Projects(GroupID)...); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if n := s.Log.Count("github", "POST", "/api/v3/orgs/"+Organization+"/repos"); n != 1 {
		t.Errorf("created %d repositories at GitHub, want 1", n)
	}
}

// A token that may not delete is no error: the row is stored and the repository stays.
func TestDryRunThatCannotDelete(t *testing.T) {
	s := ForTest(t, Options{ArgoCD: true})
	s.GitHub.Inject(Fault{Method: "DELETE", Status: 403, Body: message("Must have admin rights to Repository.")})
	status, body := post(t, s.Devtron, s.goodRows()[0])
	if status != http.StatusOK || !strings.Contains(body, `"stageErrorMap":{}`) || !strings.Contains(body, `"deleteRepoFailed":true`) {
		t.Errorf("%d %s", status, body)
	}
	if strings.Contains(body, "Delete Repo") {
		t.Errorf("says that the repository was deleted: %s", body)
	}
	if n := len(s.GitHub.Repositories(Organization)); n != 1 {
		t.Errorf("%d repositories, want the one that stayed", n)
	}
	if n := len(s.Devtron.Rows()); n != 1 {
		t.Errorf("%d rows, want 1", n)
	}
}

// The dry run trusts the CA of the row and nothing else, and shows its certificate.
func TestDryRunUsesTLSOfTheRow(t *testing.T) {
	s := ForTest(t, Options{TLS: true, ClientAuth: true})
	d := ForTest(t, Options{ArgoCD: true}).Devtron // with plain HTTP, as only the git host is of interest
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

func TestDryRunRefusesOtherAddresses(t *testing.T) {
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

// validate makes a dry run of a row and returns the errors by stage.
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
	status, answer := ask(t, d, http.MethodPost, "/orchestrator/gitops/validate", string(body))
	var reply struct {
		Result struct{ StageErrorMap map[string]string }
	}
	if err := json.Unmarshal([]byte(answer), &reply); err != nil || status != http.StatusOK || reply.Result.StageErrorMap == nil {
		t.Fatalf("%d %s", status, answer)
	}
	return reply.Result.StageErrorMap
}

// goodRows are bodies of POST for the ready-made tokens, GitHub first.
func (s *Sandbox) goodRows() []string {
	return []string{
		fmt.Sprintf(`{"provider":"GITHUB","username":%q,"token":%q,"gitHubOrgId":%q,"host":%q}`,
			Username, s.GitHub.Token(), Organization, s.GitHub.URL()),
		fmt.Sprintf(`{"provider":"GITLAB","username":%q,"token":%q,"gitLabGroupId":"%d","host":%q}`,
			Username, s.GitLab.Token(), GroupID, s.GitLab.URL()),
	}
}
