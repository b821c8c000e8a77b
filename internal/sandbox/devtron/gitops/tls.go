// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"net/http"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// incompleteTLS is the reply to incomplete TLS material. POST and PUT check it after the dry run.
var incompleteTLS = api.PlainError(http.StatusPreconditionFailed, "failed to update gitOps config in db")

// mergeTLS merges the TLS material of a request into the stored material and reports whether the
// result is complete.
func (r *Row) mergeTLS(stored Row, b GitOpsConfigDto) (complete bool) {
	sent := api.TLS{CA: r.CAData, Certificate: r.TLSCertData, Key: r.TLSKeyData}
	merged, complete := sent.Over(
		api.TLS{CA: stored.CAData, Certificate: stored.TLSCertData, Key: stored.TLSKeyData},
		api.TLSFlags{
			Verify: b.EnableTLSVerification, CA: b.IsCADataPresent, Certificate: b.IsTLSCertDataPresent, Key: b.IsTLSKeyDataPresent,
		},
	)
	r.CAData, r.TLSCertData, r.TLSKeyData = merged.CA, merged.Certificate, merged.Key
	return complete
}

// lacksTLS reports whether a request enables TLS without TLS material.
func (b GitOpsConfigDto) lacksTLS() bool {
	return b.EnableTLSVerification && (b.TLSConfig == nil || *b.TLSConfig == api.TLSConfig{})
}

// addStoredTLS adds the stored TLS material that a request keeps, which it does with an empty value
// and a true flag. The dry run uses the result.
func (r *Row) addStoredTLS(stored Row, b GitOpsConfigDto) {
	if r.CAData == "" && b.IsCADataPresent {
		r.CAData = stored.CAData
	}
	if r.TLSCertData == "" && r.TLSKeyData == "" && b.IsTLSCertDataPresent && b.IsTLSKeyDataPresent {
		r.TLSCertData, r.TLSKeyData = stored.TLSCertData, stored.TLSKeyData
	}
}
