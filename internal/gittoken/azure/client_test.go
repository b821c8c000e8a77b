// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package azure_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// A project for GitOps has one repository for each application.
func TestALongListOfRepositoriesIsNotReadToTheEnd(t *testing.T) {
	s := sandbox.ForTest(t)
	q := checktest.GoodAzure(s)
	s.Azure.Inject(sandbox.Fault{
		Path: "/acme/gitops/_apis/git/repositories", Status: 200, ContentType: "application/json",
		Body: `{"value":[` + strings.Repeat(`{"name":"`+strings.Repeat("x", 1000)+`"},`, 2*gitapi.MaxBody/1000) + `{}],"count":2098}`,
	})
	if a := checktest.Check(q); a.Verdict != inspect.Unverifiable || len(a.Problems) != 0 {
		t.Errorf("%+v", a)
	}
}

func TestTheOwnerIsNamedByAccount(t *testing.T) {
	if a := checktest.Check(checktest.GoodAzure(sandbox.ForTest(t))); a.Owner != sandbox.Username+"@example.com" {
		t.Errorf("%q", a.Owner)
	}
}

func TestASignInPageOfAProxyIsNotARejection(t *testing.T) {
	for name, fault := range map[string]sandbox.Fault{
		"redirect": {Status: 302, Header: http.Header{"Location": {"https://sso.example.com/_signin?realm=x"}}},
		"203":      {Status: 203, ContentType: "text/html", Body: "<html>Corporate sign-in</html>"},
	} {
		s := sandbox.ForTest(t)
		s.Azure.Inject(fault)
		if a := checktest.Check(checktest.GoodAzure(s)); a.Verdict != inspect.Unverifiable || len(a.Problems) != 1 || a.Problems[0].Severity != inspect.Warning {
			t.Errorf("%s: %+v", name, a)
		}
	}
}
