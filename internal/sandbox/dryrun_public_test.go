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
	readOnly := server.RandomText("", 84)
	s.Azure.AddToken(AzureToken{Token: readOnly, Scopes: []string{"vso.code"}})
	denied := server.RandomText("", 84)
	s.Azure.AddToken(AzureToken{Token: denied, CannotCreate: true})
	for _, c := range []struct{ name, project, token, want string }{
		{"unknown token", AzureProject, "unknown", `"error in connecting with AZURE_DEVOPS":"azure devops client error: Request returned status: 401 Unauthorized"`},
		{"unknown project", "nope", s.Azure.Token(), `"Create Repo":"azure devops client error: TF200016: The following project does not exist: nope.`},
		{"missing scope", AzureProject, readOnly, `"Create Repo":"azure devops client error: Request returned status: 401 Unauthorized"`},
		{"missing permission", AzureProject, denied, `"Create Repo":"azure devops client error: TF401027: You need the Git 'CreateRepository' permission`},
		{"success", AzureProject, s.Azure.Token(), allStages},
	} {
		if status, body := postConfig(t, s.Devtron, s.azureBody(c.project, c.token)); status != http.StatusOK || !strings.Contains(strings.ReplaceAll(body, `\u0026`, "&"), c.want) {
			t.Errorf("%s: got %d %s, want %s", c.name, status, body, c.want)
		}
	}
	if left := s.Azure.Repositories(AzureOrganization, AzureProject); len(left) > 0 {
		t.Errorf("got repositories %v, want none", left)
	}
	if row, ok := s.Devtron.Row("AZURE_DEVOPS"); !ok || row.AzureProjectName != AzureProject {
		t.Errorf("got %+v", row)
	}

	s.Azure.SetSignInPage(true)
	_, body := send(t, s.Devtron, "POST", "/orchestrator/gitops/validate", s.azureBody(AzureProject, "unknown"))
	if !strings.Contains(body, `azure devops client error: invalid character '\u003c' looking for beginning of value`) {
		t.Errorf("sign-in page: got %s", body)
	}
}

func TestDryRunAtBitbucket(t *testing.T) {
	s := ForTest(t, Options{ArgoCD: true})
	readOnly := server.RandomText("AT", 60)
	s.Bitbucket.AddToken(BitbucketToken{Token: readOnly, Scopes: []string{"read:repository:bitbucket"}})
	for _, c := range []struct{ name, username, token, workspace, key, want string }{
		{"username instead of email address", Username, s.Bitbucket.Token(), BitbucketWorkspace, "git", `"error in connecting with BITBUCKET_CLOUD":"bitbucket client error: 401 Unauthorized"`},
		{"missing scope", BitbucketUsername, readOnly, BitbucketWorkspace, "git", `"Create Repo":"bitbucket client error: 403 Forbidden"`},
		{"unknown project", BitbucketUsername, s.Bitbucket.Token(), BitbucketWorkspace, "nope", `"Create Repo":"bitbucket client error: 400 Bad Request"`},
		{"unknown workspace", BitbucketUsername, s.Bitbucket.Token(), "nope", "", `"Create Repo":"bitbucket client error: 404 Not Found"`},
	} {
		if status, body := postConfig(t, s.Devtron, s.bitbucketBody(c.username, c.token, c.workspace, c.key)); status != http.StatusOK || !strings.Contains(body, c.want) {
			t.Errorf("%s: got %d %s, want %s", c.name, status, body, c.want)
		}
	}
	if n := len(s.Devtron.Rows()); n != 0 {
		t.Errorf("got %d configurations after failures, want none", n)
	}

	// POST and PUT store the host and the project key as Devtron changes them.
	if _, body := postConfig(t, s.Devtron, s.bitbucketBody(BitbucketUsername, s.Bitbucket.Token(), BitbucketWorkspace, "git")); !strings.Contains(body, allStages) {
		t.Fatalf("POST: got %s", body)
	}
	row, _ := s.Devtron.Row("BITBUCKET_CLOUD")
	if row.Host != "https://bitbucket.org/" || row.BitBucketProjectKey != "GIT" {
		t.Errorf("got %+v", row)
	}
	put := strings.Replace(s.bitbucketBody(BitbucketUsername, "", BitbucketWorkspace, "gIt"), "{", `{"id":1,"active":true,`, 1)
	if _, body := send(t, s.Devtron, "PUT", gitOpsConfig, put); !strings.Contains(body, allStages) {
		t.Fatalf("PUT: got %s", body)
	}
	if row, _ = s.Devtron.Row("BITBUCKET_CLOUD"); row.Host != "https://bitbucket.org/" || row.BitBucketProjectKey != "GIT" {
		t.Errorf("after PUT: got %+v", row)
	}
	if left := s.Bitbucket.Repositories(BitbucketWorkspace); len(left) > 0 {
		t.Errorf("got repositories %v, want none", left)
	}

	// Without a dry run, Devtron does not change them.
	put = strings.Replace(put, `"active"`, `"allowCustomRepository":true,"active"`, 1)
	_, _ = send(t, s.Devtron, "PUT", gitOpsConfig, put)
	if row, _ = s.Devtron.Row("BITBUCKET_CLOUD"); row.Host != "https://anything.example.com/" || row.BitBucketProjectKey != "gIt" {
		t.Errorf("without a dry run: got %+v", row)
	}
}

// A real API token has 192 characters. Devtron cannot store it, even after a successful dry run.
func TestLongBitbucketTokenIsRejected(t *testing.T) {
	s := ForTest(t, Options{ArgoCD: true})
	if n := len(s.Bitbucket.LongToken()); n != 192 {
		t.Errorf("got %d characters, want 192", n)
	}
	status, body := postConfig(t, s.Devtron, s.bitbucketBody(BitbucketUsername, s.Bitbucket.LongToken(), BitbucketWorkspace, "GIT"))
	if status != http.StatusInternalServerError || !strings.Contains(body, "gitops config failed to create in db") {
		t.Errorf("got %d %s", status, body)
	}
}

// Devtron reaches the git hosts of the sandbox under their public names, unless it is offline.
func TestDryRunAtPublicNames(t *testing.T) {
	s := ForTest(t, Options{ArgoCD: true})
	config := strings.Replace(s.azureBody(AzureProject, s.Azure.Token()), s.Azure.URL(), "https://dev.azure.com", 1)
	s.Devtron.SetDryRun(DryRun{Offline: true})
	if _, body := postConfig(t, s.Devtron, config); !strings.Contains(body, "dial tcp: lookup dev.azure.com on 127.0.0.53:53: no such host") {
		t.Errorf("offline: got %s", body)
	}
	s.Devtron.SetDryRun(DryRun{})
	if _, body := postConfig(t, s.Devtron, config); !strings.Contains(body, allStages) {
		t.Errorf("online: got %s", body)
	}
}
