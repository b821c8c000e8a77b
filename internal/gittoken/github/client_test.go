// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package github_test

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestTheMembershipIsReadOnlyWhereItMatters(t *testing.T) {
	s := sandbox.ForTest(t)
	q := checktest.GoodGitHub(s)
	q.Thorough = true
	checktest.Check(q) // GitHub reports to an owner that members may create repositories
	if n := s.Log.Count("github", "", ""); n != 2 {
		t.Errorf("%d requests, want 2", n)
	}
	s.Log.Reset()
	s.GitHub.AddOrg(sandbox.GitHubOrg{Login: checktest.Organization, MembersCanCreatePrivate: new(false)})
	checktest.Check(q)
	if n := s.Log.Count("github", "", "/api/v3/user/memberships/orgs/"+checktest.Organization); n != 1 {
		t.Errorf("the membership was asked for %d times, want 1", n)
	}
}

func TestARenamedOrganizationIsNamed(t *testing.T) {
	for name, role := range map[string]string{"owner": "admin", "member": "member"} {
		t.Run(name, func(t *testing.T) {
			s := sandbox.ForTest(t)
			s.GitHub.AddOrg(sandbox.GitHubOrg{Login: "acme-new", FormerLogin: "acme-old"})
			q := checktest.With(checktest.GoodGitHub(s), func(q *inspect.Question) { q.Organization, q.Thorough = "Acme-Old", true })
			s.GitHub.AddToken(sandbox.GitHubToken{Token: q.Token, Scopes: checktest.GitHubScopes(), Roles: map[string]string{"acme-new": role}})
			a := checktest.Check(q)
			p := checktest.Find(t, a, "github_org_renamed")
			checktest.Warning(inspect.AttributeOrganization, "github_org_renamed", "renamed to acme-new", `Set organization = "acme-new"`).Check(t, p)
			if a.Verdict == inspect.Insufficient || (a.Verdict == inspect.Sufficient) != (role == "admin") {
				t.Errorf("%+v", a)
			}
			if n := s.Log.Count("github", "", "/api/v3/user/memberships/orgs/acme-new"); (n == 1) != (role == "member") {
				t.Errorf("the membership was asked for %d times", n)
			}
		})
	}
	s := sandbox.ForTest(t)
	if a := checktest.Check(checktest.With(checktest.GoodGitHub(s), func(q *inspect.Question) { q.Organization = strings.ToUpper(checktest.Organization) })); len(a.Problems) != 0 {
		t.Errorf("the name in another case: %+v", a)
	}
}

func TestAProxyCannotReportASuspendedAccount(t *testing.T) {
	s := sandbox.ForTest(t)
	s.GitHub.Inject(sandbox.Fault{Status: 403, ContentType: "application/json", Body: `{"message":"Your account was suspended. Contact the network team."}`})
	if a := checktest.Check(checktest.GoodGitHub(s)); a.Verdict != inspect.Unverifiable || len(a.Problems) != 1 {
		t.Errorf("%+v", a)
	}
}

func TestASuspendedAccountIsNamed(t *testing.T) {
	for _, thorough := range []bool{true, false} {
		s := sandbox.ForTest(t)
		q := checktest.GitHubQuestion(checktest.Classic)
		q.Host, q.Thorough = s.GitHub.URL(), thorough
		checktest.ServeGitHub(sandbox.GitHubToken{Scopes: checktest.GitHubScopes(), Suspended: true})(s, q)
		a := checktest.Check(q)
		if len(a.Problems) != 1 || a.Verdict != inspect.Insufficient {
			t.Fatalf("%+v", a)
		}
		checktest.Error(inspect.AttributeToken, "github_account_suspended", "Sorry. Your account was suspended.").Check(t, a.Problems[0])
	}
}
