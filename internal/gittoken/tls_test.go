// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken_test

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestTheCAOfTheHost(t *testing.T) {
	for _, question := range []func(*sandbox.Sandbox) inspect.Question{checktest.GoodGitHub, checktest.GoodGitLab, checktest.GoodAzure} {
		s := sandbox.ForTest(t, sandbox.Options{TLS: true})
		q := question(s)
		a := checktest.Check(q)
		p := checktest.Find(t, a, "unknown_ca")
		if a.Verdict != inspect.Unverifiable || p.Severity != inspect.Warning || p.Attribute != inspect.AttributeCACertificate || !strings.Contains(p.Detail, "tls.ca_certificate") {
			t.Errorf("unknown CA: %+v", a)
		}
		q.TLS.CACertificate = s.CACertificate
		if a := checktest.Check(q); len(a.Problems) != 0 {
			t.Errorf("given CA: %+v", a)
		}
		q.TLS.CACertificate = "no certificate"
		if p := checktest.Find(t, checktest.Check(q), "ca_invalid"); p.Severity != inspect.Error || p.Attribute != inspect.AttributeCACertificate {
			t.Errorf("%+v", p)
		}
		q.TLS = gittoken.TLS{CACertificate: s.CACertificate, ClientCertificate: s.ClientCertificate, ClientKey: "no key"}
		if p := checktest.Find(t, checktest.Check(q), "client_certificate_invalid"); p.Severity != inspect.Error || p.Attribute != inspect.AttributeClientCertificate {
			t.Errorf("%+v", p)
		}
	}
}

func TestClientCertificate(t *testing.T) {
	s := sandbox.ForTest(t, sandbox.Options{TLS: true, ClientAuth: true})
	q := checktest.GoodGitLab(s)
	q.TLS.CACertificate = s.CACertificate
	p := checktest.Find(t, checktest.Check(q), "client_certificate")
	if p.Severity != inspect.Warning || p.Attribute != inspect.AttributeClientCertificate {
		t.Errorf("%+v", p)
	}
	q.TLS.ClientCertificate, q.TLS.ClientKey = s.ClientCertificate, s.ClientKey
	if a := checktest.Check(q); a.Verdict != inspect.Sufficient {
		t.Errorf("%+v", a)
	}
}

func TestTLSAdviceMatchesTheGivenMaterial(t *testing.T) {
	s, other := sandbox.ForTest(t, sandbox.Options{TLS: true, ClientAuth: true}), sandbox.ForTest(t, sandbox.Options{TLS: true})
	for name, x := range map[string]struct {
		tls         gittoken.TLS
		code        string
		want, never string
	}{
		"no CA":         {gittoken.TLS{}, "unknown_ca", "Set tls.ca_certificate", "not signed by"},
		"another CA":    {gittoken.TLS{CACertificate: other.CACertificate}, "unknown_ca", "not signed by the CA in tls.ca_certificate", "Set tls.ca_certificate"},
		"no pair":       {gittoken.TLS{CACertificate: s.CACertificate}, "client_certificate", "Set tls.client_certificate and tls.client_key", "does not accept"},
		"unknown pair":  {gittoken.TLS{CACertificate: s.CACertificate, ClientCertificate: other.ClientCertificate, ClientKey: other.ClientKey}, "client_certificate", "does not accept the certificate in tls.client_certificate", "Set tls."},
		"CA of the web": {gittoken.TLS{ClientCertificate: s.ClientCertificate, ClientKey: s.ClientKey}, "unknown_ca", "Set tls.ca_certificate", "not signed by"},
	} {
		t.Run(name, func(t *testing.T) {
			q := checktest.GoodGitLab(s)
			q.TLS = x.tls
			p := checktest.Find(t, checktest.Check(q), x.code)
			if p.Severity != inspect.Warning || !strings.Contains(p.Detail, x.want) || strings.Contains(p.Detail, x.never) {
				t.Errorf("%+v", p)
			}
		})
	}
}
