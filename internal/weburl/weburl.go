// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package weburl validates and compares the web addresses of servers as people write them.
package weburl

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
)

// Parse reads the web address of a git host. The error says what is wrong and what to write
// instead. It never repeats user info, which may contain a password.
func Parse(host string) (*url.URL, error) {
	if host == "" {
		return nil, fmt.Errorf("the host is empty: write the web address of the git host, such as https://git.example.com")
	}
	if strings.ContainsFunc(host, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return nil, fmt.Errorf("the host contains spaces or line breaks: write the web address alone, such as https://git.example.com")
	}
	if strings.Contains(host, "@") {
		return nil, fmt.Errorf("the host contains user info (a part that ends in @): write the address without it; the user name and the token have arguments of their own")
	}
	u, err := url.Parse(host)
	if err != nil || (u.Scheme != "" && u.Host == "" && u.Opaque != "") || u.Scheme == "" {
		if !strings.Contains(host, "://") {
			return nil, fmt.Errorf("the host %q has no scheme: write https://%s", host, strings.TrimLeft(host, "/"))
		}
		return nil, fmt.Errorf("the host %q is not a URL: write it as https://git.example.com", host)
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("the host %q has the scheme %s: write https://%s%s", host, u.Scheme, u.Host, u.EscapedPath())
	case u.Hostname() == "":
		return nil, fmt.Errorf("the host %q names no server: write it as https://git.example.com", host)
	case u.RawQuery != "" || u.ForceQuery:
		return nil, fmt.Errorf("the host %q has a query (from ? on): write %s", host, withoutQuery(u))
	case u.Fragment != "" || strings.HasSuffix(host, "#"):
		return nil, fmt.Errorf("the host %q has a fragment (from # on): write %s", host, withoutQuery(u))
	}
	return u, nil
}

func withoutQuery(u *url.URL) string { return u.Scheme + "://" + u.Host + u.EscapedPath() }

// Same reports whether two addresses mean the same server. The case of scheme and host name,
// default ports, and trailing slashes do not matter; the case of the path does. Addresses that
// Parse refuses are the same only if they are equal byte for byte.
func Same(a, b string) bool {
	return a == b || Normalize(a) == Normalize(b)
}

// Normalize returns the one spelling that stands for all addresses that are the same. An address
// that Parse refuses stays as it is.
func Normalize(host string) string {
	u, err := Parse(host)
	if err != nil {
		return host
	}
	return Origin(u) + strings.TrimRight(u.EscapedPath(), "/")
}

// Origin returns the scheme, host name, and port of a URL in their normal form. A token may follow
// a redirect only where the origin stays the same.
func Origin(u *url.URL) string {
	// An IPv6 address may have a zone. Its percent sign is escaped in a URL.
	return strings.ToLower(u.Scheme) + "://" + strings.ReplaceAll(HostPort(u), "%", "%25")
}

// HostPort returns the host name and port of a URL in their normal form: in lower case, without a
// default port. It is fit to be the Host of a [url.URL].
func HostPort(u *url.URL) string {
	name, port := strings.ToLower(u.Hostname()), u.Port()
	if strings.Contains(name, ":") {
		name = "[" + name + "]"
	}
	scheme := strings.ToLower(u.Scheme)
	if port == "" || (scheme == "http" && port == "80") || (scheme == "https" && port == "443") {
		return name
	}
	return name + ":" + port
}
