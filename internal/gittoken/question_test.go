// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken_test

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/azure"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/bitbucket"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/github"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitlab"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestCredentialsAreSentAsDevtronSendsThem(t *testing.T) {
	s := sandbox.ForTest(t)
	for server, q := range map[string]inspect.Question{"azure": checktest.GoodAzure(s), "bitbucket": checktest.GoodBitbucket(s)} {
		q.Thorough = true
		want := base64.StdEncoding.EncodeToString([]byte(q.Username + ":" + q.Token)) // Azure without a user
		a := checktest.Checker(s, q).Check(t.Context(), q, inspect.Requirements{})
		requests := s.Log.To(server)
		if len(requests) < 2 {
			t.Errorf("%s: %d requests", server, len(requests))
		}
		for _, r := range requests {
			if r.Header.Get("Authorization") != "Basic "+want || !strings.HasPrefix(r.Header.Get("User-Agent"), "terraform-provider-devtron") {
				t.Errorf("%s: headers %v", r.Path, r.Header)
			}
		}
		for _, p := range a.Problems {
			if strings.Contains(p.Detail, want) {
				t.Errorf("the credential is shown: %s", p.Detail)
			}
		}
	}
}

func key(q inspect.Question) [sha256.Size]byte {
	return q.Key(map[inspect.Provider]inspect.Definition{
		inspect.GitHub: github.Definition, inspect.GitLab: gitlab.Definition, inspect.AzureDevOps: azure.Definition, inspect.BitbucketCloud: bitbucket.Definition,
	}[q.Provider])
}

func TestTheUserNameCountsWhereItIsPartOfTheCredential(t *testing.T) {
	s := sandbox.ForTest(t)
	q := checktest.GoodBitbucket(s)
	other := q
	other.Username = "somebody@example.com"
	if key(q) == key(other) {
		t.Error("a Bitbucket token is another credential with another user name")
	}
	for _, q := range []inspect.Question{checktest.GoodAzure(s), checktest.GoodGitHub(s), checktest.GoodGitLab(s)} {
		other := q
		other.Username = "somebody"
		if key(q) != key(other) {
			t.Errorf("%s: the same question is asked again for another user name", q.Provider)
		}
	}
	for name, change := range map[string]func(*inspect.Question){
		"project": func(q *inspect.Question) { q.Project = "other" }, "workspace": func(q *inspect.Question) { q.Workspace = "other" },
		"project key": func(q *inspect.Question) { q.ProjectKey = "OTHER" }, "token": func(q *inspect.Question) { q.Token += "x" },
	} {
		other := q
		change(&other)
		if key(q) == key(other) {
			t.Errorf("another %s is the same question", name)
		}
	}
	other = q
	other.ProjectKey = strings.ToLower(q.ProjectKey)
	if key(q) != key(other) {
		t.Error("the case of a project key makes another question")
	}
}
