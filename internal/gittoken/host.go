// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
)

// DefaultHost is the web address of the provider's public service, written as Devtron's own web page does. Azure
// DevOps has none, because its host holds the organization.
func DefaultHost(p Provider) string { return gitProviders[p].host }

// SameHost tells whether two host values mean the same server: scheme and host name in any case, default ports and
// slashes at the end do not matter, the case of the path does. Values that are no URLs are the same only when they
// are equal byte for byte.
func SameHost(a, b string) bool {
	return a == b || normalHost(a) == normalHost(b)
}

// normalHost writes what SameHost compares. What is not a plain URL stays as it is.
func normalHost(host string) string {
	u, err := parseHost(host)
	if err != nil {
		return host
	}
	return origin(u) + strings.TrimRight(u.EscapedPath(), "/")
}

// origin is scheme, host and port in their normal form: what must not change for a token to be sent again.
func origin(u *url.URL) string {
	scheme, name := strings.ToLower(u.Scheme), strings.ToLower(u.Hostname())
	if strings.Contains(name, ":") {
		// An IPv6 address may have a zone, before which a URL has an escaped "%".
		name = "[" + strings.ReplaceAll(name, "%", "%25") + "]"
	}
	port := u.Port()
	if port == "" || (scheme == "http" && port == "80") || (scheme == "https" && port == "443") {
		return scheme + "://" + name
	}
	return scheme + "://" + name + ":" + port
}

// ValidHost tells what is wrong with a host value and what to write instead. The message never repeats user info.
func ValidHost(host string) error {
	_, err := parseHost(host)
	return err
}

func parseHost(host string) (*url.URL, error) {
	if host == "" {
		return nil, fmt.Errorf("the host is empty: write the web address of the git host, such as https://git.example.com")
	}
	if strings.ContainsFunc(host, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return nil, fmt.Errorf("the host contains blanks or line breaks: write the web address alone, such as https://git.example.com")
	}
	if strings.Contains(host, "@") {
		return nil, fmt.Errorf("the host contains user info (a part that ends in @): write the address without it; the user name and the token have attributes of their own")
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
		return nil, fmt.Errorf("the host %q has a query (from ? on): write %s", host, plainURL(u))
	case u.Fragment != "" || strings.HasSuffix(host, "#"):
		return nil, fmt.Errorf("the host %q has a fragment (from # on): write %s", host, plainURL(u))
	}
	return u, nil
}

func plainURL(u *url.URL) string { return u.Scheme + "://" + u.Host + u.EscapedPath() }
