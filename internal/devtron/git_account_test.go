// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"slices"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestGitAccountLifeCycle(t *testing.T) {
	box := sandbox.ForTest(t)
	client, ctx := sandboxClient(t, box), t.Context()
	account := GitAccount{
		ID: 777, Name: "n", URL: "git.example.com", AuthMode: AuthPassword, Username: "u", Active: true, GitHostID: 1,
		Credentials: GitCredentials{Password: "p"},
	}
	created, err := client.CreateGitAccount(ctx, account)
	account.ID, account.Credentials = 2, GitCredentials{}
	if err != nil || created != account {
		t.Fatalf("got %+v, %v", created, err)
	}
	if accounts, err := client.ListGitAccounts(ctx); err != nil || len(accounts) != 2 || !slices.Contains(accounts, account) {
		t.Errorf("got %+v, %v", accounts, err)
	}
	account.Active = false
	if err := client.UpdateGitAccount(ctx, account); err != nil {
		t.Error(err)
	}
	if row := box.Devtron.GitAccounts.At(account.URL)[0]; row.Password != "p" || row.Active {
		t.Errorf("an update without a password stores %+v", row)
	}
	if err := client.DeleteGitAccount(ctx, account); err != nil {
		t.Error(err)
	}
	if err := client.DeleteGitAccount(ctx, account); !IsKind(err, NotFound) {
		t.Errorf("again: got %v", err)
	}
	const rest = `"enableTLSVerification":false,"tlsConfig":{"caData":"","tlsCertData":"","tlsKeyData":""},"isCADataPresent":false,"isTLSCertDataPresent":false,"isTLSKeyDataPresent":false`
	wantBodies(t, box, "POST", "git/provider", `{"id":0,"name":"n","url":"git.example.com","authMode":"USERNAME_PASSWORD","userName":"u","active":true,"gitHostId":1,`+rest+`,"password":"p","accessToken":"","sshPrivateKey":""}`)
	wantBodies(t, box, "PUT", "git/provider", `{"id":2,"name":"n","url":"git.example.com","authMode":"USERNAME_PASSWORD","userName":"u","active":false,"gitHostId":1,`+rest+`,"password":"","accessToken":"","sshPrivateKey":""}`)
}

func TestFailuresOfGitAccounts(t *testing.T) {
	box := sandbox.ForTest(t)
	client, ctx := sandboxClient(t, box), t.Context()
	valid := GitAccount{ID: 1, Name: "Github Public", URL: "github.com", AuthMode: AuthAnonymous, Active: true}
	create := func(change func(*GitAccount)) error {
		account := valid
		account.URL = "new.example.com"
		change(&account)
		_, err := client.CreateGitAccount(ctx, account)
		return err
	}
	update := func(change func(*GitAccount)) error {
		account := valid
		change(&account)
		return client.UpdateGitAccount(ctx, account)
	}
	noHost := func(a *GitAccount) { a.GitHostID = 99 }
	for name, c := range map[string]struct {
		err  error
		kind Kind
	}{
		"URL that exists":             {create(func(a *GitAccount) { a.URL = "github.com" }), Conflict},
		"no such git host":            {create(noHost), Dropped},
		"long user name":              {create(func(a *GitAccount) { a.Username = strings.Repeat("u", 26) }), Dropped},
		"TLS without material":        {create(func(a *GitAccount) { a.EnableTLSVerification = true }), Precondition},
		"update, no such git host":    {update(noHost), NotStorable},
		"update, no such git account": {update(func(a *GitAccount) { a.ID = 99 }), NotFound},
	} {
		if !IsKind(c.err, c.kind) {
			t.Errorf("%s: got %v", name, c.err)
		}
	}
	err := update(func(a *GitAccount) {
		a.Username, a.Credentials.Password, a.Credentials.AccessToken = strings.Repeat("ü", 26), strings.Repeat("p", 159), strings.Repeat("t", 158)
	})
	want := []Suspect{{"userName", "has 26 characters; Devtron stores at most 25"}, {"password", "has 159 bytes; Devtron since v2.0.0 stores at most 158"}}
	if e := failure(t, err); !slices.Equal(e.Suspects, want) {
		t.Errorf("suspects %v", e.Suspects)
	}
	box.Devtron.GitAccounts.SetGitSensor(false)
	if err := update(func(a *GitAccount) { a.Name = "changed" }); !IsKind(err, Unsynced) || box.Devtron.GitAccounts.Rows()[0].Name != "changed" {
		t.Errorf("git-sensor is down: got %v", err)
	}
	valid.Name = "changed"
	if err := client.DeleteGitAccount(ctx, valid); !IsKind(err, Unsynced) || len(box.Devtron.GitAccounts.Rows()) != 0 {
		t.Errorf("git-sensor is down: got %v", err)
	}
}

func TestGitHostsAreListed(t *testing.T) {
	box := sandbox.ForTest(t)
	hosts, err := sandboxClient(t, box).ListGitHosts(t.Context())
	if want := []GitHost{{1, "Github"}, {2, "Bitbucket Cloud"}, {3, "Gitlab"}}; err != nil || !slices.Equal(hosts, want) {
		t.Errorf("got %v, %v", hosts, err)
	}
}
