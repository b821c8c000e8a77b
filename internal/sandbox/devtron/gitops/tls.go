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
func (r *Row) takeTLS(stored Row, c gitopsConfig) (complete bool) {
	sent := api.TLS{CA: r.CAData, Certificate: r.TLSCertData, Key: r.TLSKeyData}
	taken, complete := sent.Over(
		api.TLS{CA: stored.CAData, Certificate: stored.TLSCertData, Key: stored.TLSKeyData},
		api.TLSFlags{
			Verify: c.EnableTLSVerification, CA: c.IsCADataPresent, Certificate: c.IsTLSCertDataPresent, Key: c.IsTLSKeyDataPresent,
		},
	)
	r.CAData, r.TLSCertData, r.TLSKeyData = taken.CA, taken.Certificate, taken.Key
	return complete
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
