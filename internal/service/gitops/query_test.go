// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestQuery(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ListResources)
	box := sandbox.ForTest(t)
	box.Devtron.Put(githubRow(box))
	standby := gitlabRow(box)
	standby.Active = false
	box.Devtron.Put(standby)
	w := acctest.NewWorkspace(t, box, "")
	output, err := w.Query("devtron_gitops_config", "include_resource = true")
	if err != nil || !acctest.HasAll(output, []string{"git_provider=GITHUB", "git_provider=GITLAB", "organization acme-gitops", "group_id 61512475"}) {
		t.Errorf("%v\n%s", err, output)
	}
	if found := acctest.Leaks(output, box.GitHub.Token(), box.GitLab.Token()); len(found) > 0 {
		t.Errorf("the output contains %q", found)
	}
	if n := len(box.Log.To("devtron")); n != 1 {
		t.Errorf("sent %d requests to Devtron", n)
	}

	// The plan of the generated configuration is empty.
	if output, err = w.Query("devtron_gitops_config", "include_resource = true", acctest.GenerateQueryConfig); err != nil {
		t.Fatal(output)
	}
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
	if acctest.Writes(box) != 0 {
		t.Error("the query or the import wrote to Devtron")
	}

	output, err = w.Query("devtron_gitops_config", "config {\n    active = false\n  }")
	if err != nil || strings.Contains(output, "git_provider=GITHUB") || !strings.Contains(output, "git_provider=GITLAB") {
		t.Errorf("%v\n%s", err, output)
	}

	box.Devtron.Inject(sandbox.Fault{Status: 401, Body: `{"code":401,"result":"Unauthorized"}`, ContentType: "application/json"})
	if output, err = w.Query("devtron_gitops_config", ""); err == nil || !strings.Contains(output, "API token was not accepted") {
		t.Errorf("%v\n%s", err, output)
	}
}

func TestUnconfiguredProviderInQuery(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ListResources)
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, "resource \"terraform_data\" \"url\" {\n  input = "+acctest.Quote(box.Devtron.URL())+"\n}\nprovider \"devtron\" {\n  url = terraform_data.url.output\n}\n")
	output, err := w.Query("devtron_gitops_config", "")
	if output = acctest.Unwrap(output); err == nil || !acctest.HasAll(output, []string{"The provider is not configured yet", "A query cannot wait for an apply"}) || strings.Contains(output, "data source") {
		t.Errorf("%v\n%s", err, output)
	}
}
