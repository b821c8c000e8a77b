// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import "strings"

// TLSSettings are how Devtron verifies a git host and signs in to it, in a GitOps configuration and
// in a git account.
type TLSSettings struct {
	// EnableTLSVerification makes Devtron use what follows. Without it, a write removes the stored
	// material.
	EnableTLSVerification bool `json:"enableTLSVerification"`
	// TLS is empty in every reply. It is never absent in a request: without it the server crashes
	// when EnableTLSVerification is true.
	TLS TLSConfig `json:"tlsConfig"`
	// The three flags, not the data, decide what the server keeps: data without its flag is refused
	// (412), a flag without data keeps what is stored.
	IsCADataPresent      bool `json:"isCADataPresent"`
	IsTLSCertDataPresent bool `json:"isTLSCertDataPresent"`
	IsTLSKeyDataPresent  bool `json:"isTLSKeyDataPresent"`
}

// TLSConfig is the TLS material for the git host, PEM encoded.
type TLSConfig struct {
	CAData      string `json:"caData"`
	TLSCertData string `json:"tlsCertData"`
	TLSKeyData  string `json:"tlsKeyData"`
}

// detail describes the TLS material of a request, as the server's refusal of it (412) does not name
// a field.
func (s TLSSettings) detail() string {
	part := func(name, data string, flag bool) string {
		switch {
		case data != "":
			return name + ": sent"
		case flag:
			return name + ": to be kept as stored"
		default:
			return name + ": none"
		}
	}
	return strings.Join([]string{
		part("CA certificate", s.TLS.CAData, s.IsCADataPresent),
		part("client certificate", s.TLS.TLSCertData, s.IsTLSCertDataPresent),
		part("client key", s.TLS.TLSKeyData, s.IsTLSKeyDataPresent),
	}, "; ")
}
