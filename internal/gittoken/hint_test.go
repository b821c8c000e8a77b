// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestAdviceOnTheCheckFitsItsLevel(t *testing.T) {
	for _, x := range decisionTable() {
		for hint, name := range map[Hint]string{HintWarnOrOff: "error", HintOff: "warn", HintNone: "no level"} {
			t.Run(x.name+"/"+name, func(t *testing.T) {
				if x.q.Provider == AzureDevOps && x.q.Host == "" {
					x.q.Host = "https://dev.azure.com/acme"
				}
				x.r.Hint = hint
				for _, p := range Judge(x.q, x.facts, x.r, time.Now()).Problems {
					advised := strings.Contains(p.Detail, "git_token_check")
					switch {
					case hint == HintNone && advised, hint == HintOff && strings.Contains(p.Detail, `"warn"`):
						t.Errorf("%s does not fit: %s", p.Code, p.Detail)
					case hint == HintOff && p.Severity == Error && !advised && !slices.Contains(formCodes, p.Code):
						t.Errorf("%s does not say how to plan without the check: %s", p.Code, p.Detail)
					}
				}
			})
		}
	}
}

func TestAdviceOnTLSFitsWhatIsGiven(t *testing.T) {
	s, other := sandbox.ForTest(t, sandbox.Options{TLS: true, ClientAuth: true}), sandbox.ForTest(t, sandbox.Options{TLS: true})
	for name, x := range map[string]struct {
		tls         TLS
		code        string
		want, never string
	}{
		"no CA":         {TLS{}, "unknown_ca", "Set tls.ca_certificate", "not signed by"},
		"another CA":    {TLS{CACertificate: other.CACertificate}, "unknown_ca", "not signed by the CA in tls.ca_certificate", "Set tls.ca_certificate"},
		"no pair":       {TLS{CACertificate: s.CACertificate}, "client_certificate", "Set tls.client_certificate and tls.client_key", "does not accept"},
		"unknown pair":  {TLS{CACertificate: s.CACertificate, ClientCertificate: other.ClientCertificate, ClientKey: other.ClientKey}, "client_certificate", "does not accept the certificate in tls.client_certificate", "Set tls."},
		"CA of the web": {TLS{ClientCertificate: s.ClientCertificate, ClientKey: s.ClientKey}, "unknown_ca", "Set tls.ca_certificate", "not signed by"},
	} {
		t.Run(name, func(t *testing.T) {
			q := goodGitLab(s)
			q.TLS = x.tls
			p := wantCode(t, checkOnce(q), x.code)
			if p.Severity != Warning || !strings.Contains(p.Detail, x.want) || strings.Contains(p.Detail, x.never) {
				t.Errorf("%+v", p)
			}
		})
	}
}

func TestTheDocumentedScopesAreTheDefaultWhateverTheOrder(t *testing.T) {
	older := func(p Provider) []string {
		var names []string
		for _, s := range DocumentedScopes(p) {
			name := s.Older
			if name == "" {
				name = s.Name
			}
			names = append(names, name)
		}
		return names
	}
	names := func(p Provider) []string {
		var names []string
		for _, s := range DocumentedScopes(p) {
			names = append(names, s.Name)
		}
		return names
	}
	for _, x := range decisionTable() {
		if x.r.Scopes != nil || gitProviders[x.q.Provider].scopes == nil {
			continue
		}
		if x.q.Provider == AzureDevOps && x.q.Host == "" {
			x.q.Host = "https://dev.azure.com/acme"
		}
		now := time.Now()
		want := Judge(x.q, x.facts, x.r, now)
		backwards := names(x.q.Provider)
		slices.Reverse(backwards)
		for name, list := range map[string][]string{
			"documented": names(x.q.Provider), "backwards": backwards, "twice": append(names(x.q.Provider), backwards...), "older": older(x.q.Provider),
		} {
			for _, custom := range []bool{true, false} {
				r := x.r
				r.AllowCustomRepository = custom
				want = Judge(x.q, x.facts, r, now)
				r.Scopes = list
				if got := Judge(x.q, x.facts, r, now); got.Verdict != want.Verdict || !slices.Equal(got.Problems, want.Problems) || !slices.Equal(got.MissingScopes, want.MissingScopes) {
					t.Errorf("%s, %s: %+v, want %+v", x.name, name, got, want)
				}
			}
		}
	}
	// A part of the list, or more than it, replaces it.
	for _, list := range [][]string{{"repo", "admin:org"}, {"repo", "admin:org", "delete_repo", "gist"}, {}, {"repo", "repo", "repo"}} {
		if isDocumented(GitHub, list) {
			t.Errorf("%q is not the documented list", list)
		}
	}
}
