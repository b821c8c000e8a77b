// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// orchestrator is the path of the API. Every route is below it.
const orchestrator = "orchestrator"

// BaseURL is the normalised address of a Devtron installation's API, without a
// trailing slash: "https://devtron.example.com/orchestrator".
type BaseURL struct {
	url *url.URL
}

// ParseBaseURL accepts what people copy from a browser or a runbook. These all mean the same
// server: https://h, https://h/, https://h/orchestrator, https://h/orchestrator/ and
// https://h/dashboard/app/list. A path in front of "orchestrator" is kept. This is more than a
// convenience: Devtron redirects requests with a doubled or a trailing slash, and a redirect turns
// a write into a read.
func ParseBaseURL(raw string) (BaseURL, error) {
	if raw != strings.TrimSpace(raw) {
		return BaseURL{}, errors.New("it begins or ends with white space")
	}
	if !strings.Contains(raw, "://") {
		return BaseURL{}, errors.New(schemeMissing(raw))
	}
	u, err := url.Parse(raw)
	if err != nil {
		// The error of url.Parse quotes its input, which may hold a password.
		return BaseURL{}, errors.New("it is not a URL; write for example https://devtron.example.com")
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return BaseURL{}, fmt.Errorf("it must begin with https:// (or http://), but its scheme is %q", u.Scheme)
	}
	if u.Hostname() == "" {
		return BaseURL{}, errors.New("it has no host; write for example https://devtron.example.com")
	}
	if !utf8.ValidString(u.Host) {
		return BaseURL{}, errors.New("its host is not a valid name")
	}
	if u.User != nil {
		return BaseURL{}, errors.New("it holds a user name or password; Devtron takes an API token only, given as api_token")
	}

	var kept []string
	for _, segment := range strings.Split(u.EscapedPath(), "/") {
		if segment == orchestrator || segment == "dashboard" {
			break
		}
		if segment != "" {
			kept = append(kept, segment)
		}
	}
	path := "/" + strings.Join(append(kept, orchestrator), "/")
	unescaped, err := url.PathUnescape(path)
	if err != nil {
		return BaseURL{}, errors.New("its path is not properly escaped")
	}
	return BaseURL{url: &url.URL{
		Scheme:  strings.ToLower(u.Scheme),
		Host:    weburl.HostPort(u),
		Path:    unescaped,
		RawPath: path,
	}}, nil
}

// plainAddress is a host with an optional port and path, which contains no secret and can be shown.
var plainAddress = pattern.New(`^([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d+)?(/[A-Za-z0-9._~/-]*)?$`)

var httpPrefix = pattern.New(`(?i)^https?:`)

// schemeMissing says what to write in place of an address without a scheme. It does not repeat what
// can be secret: user names, queries, and an API token in the wrong place.
func schemeMissing(raw string) string {
	address := strings.TrimLeft(httpPrefix.ReplaceAllString(raw, ""), "/")
	switch {
	case raw == "":
		return "it is empty; write for example https://devtron.example.com"
	case strings.HasPrefix(raw, "eyJ"):
		return "it looks like an API token; check that the URL and the API token are not swapped"
	case !plainAddress.MatchString(address):
		return "it does not begin with https:// (or http://); write for example https://devtron.example.com"
	}
	return fmt.Sprintf("%q does not begin with https:// (or http://); write https://%s", raw, address)
}

// String returns the URL of the API, without a trailing slash.
func (b BaseURL) String() string { return b.url.String() }

// Route returns the URL of a route below the API, such as "gitops/config".
func (b BaseURL) Route(route string) string { return b.url.String() + "/" + route }

// Hostname returns the name of the host, without a port.
func (b BaseURL) Hostname() string { return b.url.Hostname() }

// Cleartext reports whether tokens would travel unencrypted over a network: plain http to another
// machine.
func (b BaseURL) Cleartext() bool {
	if b.url.Scheme != "http" {
		return false
	}
	host := b.url.Hostname()
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return false
	}
	ip := net.ParseIP(host)
	return ip == nil || !ip.IsLoopback()
}
