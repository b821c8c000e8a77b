// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

const allStages = `"successfulStages":["Create Repo","Clone Http","Create Readme","Clone Ssh","Clone","Commit On Rest","Push","Delete Repo"],"stageErrorMap":{}`

func TestDryRunAtAzure(t *testing.T) {
	s := ForTest(t, Options{ArgoCD: true})
	noWrite := server.RandomText("", 84)
	s.Azure.AddToken(AzureToken{Token: noWrite, Scopes: []string{"vso.code"}})
	denied := server.RandomText("", 84)
	s.Azure.AddToken(AzureToken{Token: denied, CannotCreate: true})
	for _, c := range []struct{ what, project, token, want string }{
		{"unknown token", AzureProject, "unknown", `"error in connecting with AZURE_DEVOPS":"azure devops client error: Request returned status: 401 Unauthorized"`},
		{"no such project", "nope", s.Azure.Token(), `"Create Repo":"azure devops client error: TF200016: The following project does not exist: nope.`},
		{"scopes", AzureProject, noWrite, `"Create Repo":"azure devops client error: Request returned status: 401 Unauthorized"`},
		{"permission", AzureProject, denied, `"Create Repo":"azure devops client error: TF401027: You need the Git 'CreateRepository' permission`},
		{"all well", AzureProject, s.Azure.Token(), allStages},
	} {
		if status, body := post(t, s.Devtron, s.azureRow(c.project, c.token)); status != http.StatusOK || !strings.Contains(strings.ReplaceAll(body, `\u0026`, "&"), c.want) {
			t.Errorf("%s: %d %s, want %s", c.what, status, body, c.want)
		}
	}
	if left := s.Azure.Repositories(AzureOrganization, AzureProject); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if row, ok := s.Devtron.Row("AZURE_DEVOPS"); !ok || row.AzureProjectName != AzureProject {
		t.Errorf("stored %+v", row)
	}

	s.Azure.SetSignInPage(true)
	_, body := ask(t, s.Devtron, "POST", "/orchestrator/gitops/validate", s.azureRow(AzureProject, "unknown"))
	if !strings.Contains(body, `azure devops client error: invalid character '\u003c' looking for beginning of value`) {
		t.Errorf("with a sign-in page: %s", body)
	}
}

func TestDryRunAtBitbucket(t *testing.T) {
	s := ForTest(t, Options{ArgoCD: true})
	noAdmin := server.RandomText("AT", 60)
	s.Bitbucket.AddToken(BitbucketToken{Token: noAdmin, Scopes: []string{"read:repository:bitbucket"}})
	for _, c := range []struct{ what, username, token, workspace, key, want string }{
		{"user name", Username, s.Bitbucket.Token(), BitbucketWorkspace, "git", `"error in connecting with BITBUCKET_CLOUD":"bitbucket client error: 401 Unauthorized"`},
		{"scopes", BitbucketUsername, noAdmin, BitbucketWorkspace, "git", `"Create Repo":"bitbucket client error: 403 Forbidden"`},
		{"no such project", BitbucketUsername, s.Bitbucket.Token(), BitbucketWorkspace, "nope", `"Create Repo":"bitbucket client error: 400 Bad Request"`},
		{"no such workspace", BitbucketUsername, s.Bitbucket.Token(), "nope", "", `"Create Repo":"bitbucket client error: 404 Not Found"`},
	} {
		if status, body := post(t, s.Devtron, s.bitbucketRow(c.username, c.token, c.workspace, c.key)); status != http.StatusOK || !strings.Contains(body, c.want) {
			t.Errorf("%s: %d %s, want %s", c.what, status, body, c.want)
		}
	}
	if n := len(s.Devtron.Rows()); n != 0 {
		t.Errorf("%d rows after failures", n)
	}

	// Host and key are stored as Devtron rewrites them, on POST and on PUT.
	if _, body := post(t, s.Devtron, s.bitbucketRow(BitbucketUsername, s.Bitbucket.Token(), BitbucketWorkspace, "git")); !strings.Contains(body, allStages) {
		t.Fatalf("a good row: %s", body)
	}
	row, _ := s.Devtron.Row("BITBUCKET_CLOUD")
	if row.Host != "https://bitbucket.org/" || row.BitBucketProjectKey != "GIT" {
		t.Errorf("stored %+v", row)
	}
	put := strings.Replace(s.bitbucketRow(BitbucketUsername, "", BitbucketWorkspace, "gIt"), "{", `{"id":1,"active":true,`, 1)
	if _, body := ask(t, s.Devtron, "PUT", "/orchestrator/gitops/config", put); !strings.Contains(body, allStages) {
		t.Fatalf("PUT: %s", body)
	}
	if row, _ = s.Devtron.Row("BITBUCKET_CLOUD"); row.Host != "https://bitbucket.org/" || row.BitBucketProjectKey != "GIT" {
		t.Errorf("stored by PUT %+v", row)
	}
	if left := s.Bitbucket.Repositories(BitbucketWorkspace); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}

	// Without a dry run nothing is rewritten.
	put = strings.Replace(put, `"active"`, `"allowCustomRepository":true,"active"`, 1)
	_, _ = ask(t, s.Devtron, "PUT", "/orchestrator/gitops/config", put)
	if row, _ = s.Devtron.Row("BITBUCKET_CLOUD"); row.Host != "https://anything.example.com/" || row.BitBucketProjectKey != "gIt" {
		t.Errorf("stored without a dry run %+v", row)
	}
}

// A real API token has 192 characters: Devtron's column has no room for it, whether or not the dry run passed.
func TestLongBitbucketTokenDoesNotFit(t *testing.T) {
	s := ForTest(t, Options{ArgoCD: true})
	if n := len(s.Bitbucket.LongToken()); n != 192 {
		t.Errorf("%d characters, want 192", n)
	}
	status, body := post(t, s.Devtron, s.bitbucketRow(BitbucketUsername, s.Bitbucket.LongToken(), BitbucketWorkspace, "GIT"))
	if status != http.StatusInternalServerError || !strings.Contains(body, "gitops config failed to create in db") {
		t.Errorf("%d %s", status, body)
	}
}

// The public names are the sandbox's own hosts for Devtron too, unless it is offline.
func TestDryRunAtPublicNames(t *testing.T) {
	s := ForTest(t, Options{ArgoCD: true})
	row := strings.Replace(s.azureRow(AzureProject, s.Azure.Token()), s.Azure.URL(), "https://dev.azure.com", 1)
	s.Devtron.SetDryRun(DryRun{Offline: true})
	if _, body := post(t, s.Devtron, row); !strings.Contains(body, "dial tcp: lookup dev.azure.com on 127.0.0.53:53: no such host") {
		t.Errorf("offline: %s", body)
	}
	s.Devtron.SetDryRun(DryRun{})
	if _, body := post(t, s.Devtron, row); !strings.Contains(body, allStages) {
		t.Errorf("online: %s", body)
	}
}
