// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package api

// TLS is the TLS material of a GitOps configuration or a git account.
type TLS struct{ CA, Certificate, Key string }

// TLSFlags are the flags of a request that decide about its TLS material: enableTLSVerification and is*DataPresent.
type TLSFlags struct{ Verify, CA, Certificate, Key bool }

// Over puts the material of a request on top of what is stored, and says whether the result is complete.
//
// The flags count: a false one drops what is stored and what was sent. Empty data with a true flag keeps what is stored.
// Certificate and key are taken only as a pair; a lone one beside a CA is dropped without a word. Without enableTLSVerification
// all three are wiped.
func (sent TLS) Over(stored TLS, flags TLSFlags) (taken TLS, complete bool) {
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
		taken.CA = stored.CA
	}
	if flags.Certificate {
		taken.Certificate = stored.Certificate
	}
	if flags.Key {
		taken.Key = stored.Key
	}
	if (taken.Certificate == "") != (taken.Key == "") {
		return taken, false
	}
	return taken, taken.CA != "" || taken.Certificate != ""
}
