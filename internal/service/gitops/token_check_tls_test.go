// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestCheckUsesTLSOfResource(t *testing.T) {
	t.Parallel()
	otherCA, _, _ := acctest.Certificates(t)
	unknownCA := []string{"unknown certificate authority", "Set tls.ca_certificate", `git_token_check = "off"`}
	anotherCA := []string{"unknown certificate authority", "not signed by the CA in tls.ca_certificate", `git_token_check = "off"`}
	noCertificate := []string{"requires a client certificate", "Set tls.client_certificate and tls.client_key"}
	for name, x := range map[string]struct {
		clientAuth bool
		tls        func(box *sandbox.Sandbox) any
		want       []expected
	}{
		"nothing given": {false, func(*sandbox.Sandbox) any { return nil }, []expected{warns("tls", unknownCA...)}},
		"another CA":    {false, func(*sandbox.Sandbox) any { return values{"ca_certificate": otherCA} }, []expected{warns("tls.ca_certificate", anotherCA...)}},
		"the CA":        {false, func(box *sandbox.Sandbox) any { return values{"ca_certificate": box.CACertificate} }, nil},
		"no client certificate": {true, func(box *sandbox.Sandbox) any {
			return values{"ca_certificate": box.CACertificate}
		}, []expected{warns("tls.client_certificate", noCertificate...)}},
		"client certificate": {true, func(box *sandbox.Sandbox) any {
			return values{"ca_certificate": box.CACertificate, "client_certificate": box.ClientCertificate, "client_key": box.ClientKey}
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t, sandbox.Options{TLS: true, ClientAuth: x.clientAuth})
			w := begin(t, box, values{"ca_certificate": box.CACertificate, "client_certificate": box.ClientCertificate, "client_key": box.ClientKey})
			for _, config := range []values{githubValues(box), gitlabValues(box).With(values{"active": false})} {
				config["tls"] = x.tls(box)
				_, found := w.Plan(nil, config)
				found.expect(t, x.want...)

				attributes, found := w.read(dataArgs(checkCase{set: config}, box))
				found.expect(t)
				answer{}.expectProblems(t, w.texts(attributes["problems"]), withoutHint(x.want))
				verdict := "sufficient"
				if x.want != nil {
					verdict = "unverifiable"
				}
				if got := w.text(attributes["verdict"]); got != verdict {
					t.Errorf("verdict %s, want %s", got, verdict)
				}
			}
		})
	}
}

// withoutHint omits the hint on git_token_check, which a data source does not have.
func withoutHint(all []expected) []expected {
	kept := []expected{}
	for _, e := range all {
		words := []string{}
		for _, word := range e.words {
			if word != `git_token_check = "off"` {
				words = append(words, word)
			}
		}
		kept = append(kept, expected{e.severity, e.at, words})
	}
	return kept
}

// The CA of the provider is for Devtron. It must not make a git host trusted.
func TestCheckDoesNotUseCAOfProvider(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t, sandbox.Options{TLS: true})
	w := acctest.NewWorkspace(t, box, githubArgs(box).At(github), "DEVTRON_CA_CERTIFICATE", box.CACertificate)
	w.Plan().Ok().Warns("unknown certificate authority", "tls.ca_certificate")
	w.Write(githubArgs(box).With("tls", "{\n  ca_certificate = "+acctest.Quote(box.CACertificate)+"\n}").At(github))
	w.Plan().Ok().Quiet()
}
