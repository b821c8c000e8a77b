// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package api

// TLS is the TLS material of a GitOps configuration or a git account.
type TLS struct{ CA, Certificate, Key string }

// TLSConfig is TLS material in requests and replies. Reads never return it.
type TLSConfig struct {
	CAData      string `json:"caData"`
	TLSCertData string `json:"tlsCertData"`
	TLSKeyData  string `json:"tlsKeyData"`
}

// TLS converts the TLS material of a request.
func (c TLSConfig) TLS() TLS { return TLS{c.CAData, c.TLSCertData, c.TLSKeyData} }

// TLSFlags are the flags of a request that apply to TLS material: enableTLSVerification and
// is*DataPresent.
type TLSFlags struct{ Verify, CA, Certificate, Key bool }

// Over merges the material of a request into the stored material and reports whether the result is
// complete.
//
// A false flag drops both the stored and the sent data. Empty data with a true flag keeps the
// stored data. Devtron accepts a certificate and a key only together; it silently ignores a single
// one. Without enableTLSVerification, it removes all three.
func (sent TLS) Over(stored TLS, flags TLSFlags) (merged TLS, complete bool) {
	if !flags.Verify {
		return TLS{}, true
	}
	if sent.CA != "" {
		stored.CA = sent.CA
	}
	if sent.Certificate != "" && sent.Key != "" {
		stored.Certificate, stored.Key = sent.Certificate, sent.Key
	}
	if flags.CA {
		merged.CA = stored.CA
	}
	if flags.Certificate {
		merged.Certificate = stored.Certificate
	}
	if flags.Key {
		merged.Key = stored.Key
	}
	if (merged.Certificate == "") != (merged.Key == "") {
		return merged, false
	}
	return merged, merged.CA != "" || merged.Certificate != ""
}
