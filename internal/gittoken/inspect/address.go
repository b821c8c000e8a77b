// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package inspect

import "net/url"

// Address is where a git host is.
type Address struct {
	API     *url.URL // with a trailing slash; nil: there is none
	Web     string   // without a trailing slash
	Problem *Problem // what is wrong with the host as it is written; nil: nothing
}

// NewAddress returns the address of an API and web pages. The API is nil where no URL can be made
// of the host: a host that nobody has thought of must not crash the provider.
func NewAddress(api, web string) Address {
	u, err := url.Parse(api)
	if err != nil {
		return Address{Web: web}
	}
	return Address{API: u, Web: web}
}

// HostError returns an error about the host.
func HostError(code, summary, detail string) *Problem {
	return &Problem{Severity: Error, Attribute: AttributeHost, Code: code, Summary: summary, Detail: detail}
}

// HostWarning returns a warning about the host.
func HostWarning(code, summary, detail string) *Problem {
	return &Problem{Severity: Warning, Attribute: AttributeHost, Code: code, Summary: summary, Detail: detail}
}

// HasPublicPort reports whether a URL has a port of a public service.
func HasPublicPort(u *url.URL) bool {
	return u.Port() == "" || u.Port() == "443" || u.Port() == "80"
}
