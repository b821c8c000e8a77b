// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"net/http"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// incompleteTLS is the 412 for TLS fields that do not make a whole. On POST and PUT it comes after the dry run.
var incompleteTLS = api.PlainError(http.StatusPreconditionFailed, "failed to update gitOps config in db")

// takeTLS puts the TLS material of a request into the row, on top of what is stored, and says whether it is complete.
//
// The flags is*DataPresent count: a false one drops what is stored and what was sent. Empty data with a true flag keeps what is
// stored. Certificate and key are taken only as a pair; a lone one beside a CA is dropped without a word. Without
// enableTLSVerification all three are wiped.
func (r *Row) takeTLS(stored Row, c gitopsConfig) (complete bool) {
	sent := *r
	r.CAData, r.TLSCertData, r.TLSKeyData = "", "", ""
	if !c.EnableTLSVerification {
		return true
	}
	ca, certificate, key := stored.CAData, stored.TLSCertData, stored.TLSKeyData
	if sent.CAData != "" {
		ca = sent.CAData
	}
	if sent.TLSCertData != "" && sent.TLSKeyData != "" {
		certificate, key = sent.TLSCertData, sent.TLSKeyData
	}
	if c.IsCADataPresent {
		r.CAData = ca
	}
	if c.IsTLSCertDataPresent {
		r.TLSCertData = certificate
	}
	if c.IsTLSKeyDataPresent {
		r.TLSKeyData = key
	}
	if (r.TLSCertData == "") != (r.TLSKeyData == "") {
		return false
	}
	return r.CAData != "" || r.TLSCertData != ""
}

// tlsEmpty says that TLS is on and no material was sent.
func (c gitopsConfig) tlsEmpty() bool {
	return c.EnableTLSVerification && (c.TLSConfig == nil || *c.TLSConfig == tlsConfig{})
}

// fillTLS takes from the stored row what the request keeps by an empty value and a true flag, for the dry run.
func (r *Row) fillTLS(stored Row, c gitopsConfig) {
	if r.CAData == "" && c.IsCADataPresent {
		r.CAData = stored.CAData
	}
	if r.TLSCertData == "" && r.TLSKeyData == "" && c.IsTLSCertDataPresent && c.IsTLSKeyDataPresent {
		r.TLSCertData, r.TLSKeyData = stored.TLSCertData, stored.TLSKeyData
	}
}
