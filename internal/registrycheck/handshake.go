// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registrycheck

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/redact"
	"github.com/devtron-labs/terraform-provider-devtron/internal/tlsconfig"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// host is the host of a registry. Docker Hub serves its API at another one than its name says.
func host(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		address = rest
	}
	name, _, _ := strings.Cut(address, "/")
	switch name = strings.ToLower(name); name {
	case "docker.io", "index.docker.io", "hub.docker.com", "www.docker.io", "registry.hub.docker.com":
		return "registry-1.docker.io"
	}
	return name
}

// session is one check.
type session struct {
	question  Question
	userAgent string
	redact    redact.Redactor
	// registry and other are the clients for the registry and for a token server on another host.
	registry, other *http.Client
}

func (c *Checker) ask(ctx context.Context, q Question) Answer {
	s := &session{question: q, userAgent: c.options.UserAgent, redact: redact.New(q.Password)}
	base := &url.URL{Scheme: "https", Host: host(q.URL), Path: "/v2/"}
	if base.Hostname() == "" {
		return Answer{Reason: "the address has no host"}
	}
	closeAll, err := s.connect(base, c.options.Transport)
	if err != nil {
		return Answer{Reason: "ca_certificate cannot be used"}
	}
	defer closeAll()

	resp, err := s.get(ctx, s.registry, base, false)
	if err != nil && q.Insecure && ctx.Err() == nil {
		base.Scheme = "http"
		resp, err = s.get(ctx, s.registry, base, false)
	}
	switch {
	case err != nil:
		return Answer{Reason: "it cannot be reached: " + s.innermost(err)}
	case resp.status == http.StatusOK:
		return Answer{Reason: "it asks for no credentials"}
	case resp.status != http.StatusUnauthorized:
		return Answer{Reason: fmt.Sprintf("it answered HTTP %d to %s instead of asking for credentials", resp.status, base)}
	}
	return s.signIn(ctx, base, resp.header)
}

// signIn answers the challenge of a registry.
func (s *session) signIn(ctx context.Context, base *url.URL, header http.Header) Answer {
	basic := false
	for _, value := range header.Values("WWW-Authenticate") {
		switch scheme, parameters := parseChallenge(value); scheme {
		case "bearer":
			return s.token(ctx, base, parameters)
		case "basic":
			basic = true
		}
	}
	if !basic {
		return Answer{Reason: "it asks for credentials in a way that the provider does not know"}
	}
	return s.judge(s.get(ctx, s.registry, base, true))
}

// token asks the token server that the registry names.
func (s *session) token(ctx context.Context, base *url.URL, parameters map[string]string) Answer {
	realm, err := url.Parse(parameters["realm"])
	if err != nil || realm.Hostname() == "" || realm.User != nil {
		return Answer{Reason: "it names no token server"}
	}
	client, own := s.other, weburl.Origin(realm) == weburl.Origin(base)
	switch {
	case own:
		client = s.registry
	case realm.Scheme != "https":
		return Answer{Reason: "its token server " + s.redact.Line(realm.Host) + " has no TLS, so the credentials were not sent"}
	}
	query := realm.Query()
	if service := parameters["service"]; service != "" {
		query.Set("service", service)
	}
	query.Set("account", s.question.Username)
	realm.RawQuery = query.Encode()
	return s.judge(s.get(ctx, client, realm, true))
}

// judge reads the answer to a request with credentials. Only 401 is a refusal: 403 can be about the
// network, and servers that fail or throttle say nothing.
func (s *session) judge(resp reply, err error) Answer {
	if err != nil {
		return Answer{Reason: "it cannot be reached: " + s.innermost(err)}
	}
	switch resp.status {
	case http.StatusOK:
		return Answer{Verdict: Accepted, Server: resp.host}
	case http.StatusUnauthorized:
		return Answer{Verdict: Refused, Server: resp.host}
	}
	return Answer{Reason: fmt.Sprintf("%s answered HTTP %d to the credentials", s.redact.Line(resp.host), resp.status)}
}

// connect makes the clients. Their TLS differs: Question.Insecure is about the registry.
func (s *session) connect(base *url.URL, replacement http.RoundTripper) (closeAll func(), err error) {
	var transports []*http.Transport
	client := func(config *tls.Config) *http.Client {
		network := replacement
		if network == nil {
			transport := &http.Transport{
				Proxy: http.ProxyFromEnvironment, TLSClientConfig: config, ForceAttemptHTTP2: true, DisableKeepAlives: true,
				DialContext: (&net.Dialer{}).DialContext,
			}
			transports = append(transports, transport)
			network = transport
		}
		return &http.Client{Transport: network, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	material := tlsconfig.Material{CACertificate: s.question.CACertificate}
	strict, err := tlsconfig.New(material, base)
	if err != nil {
		return nil, err
	}
	config := strict
	if s.question.Insecure {
		if config, err = tlsconfig.Insecure(material); err != nil {
			return nil, err
		}
	}
	s.registry, s.other = client(config), client(strict)
	return func() {
		for _, transport := range transports {
			transport.CloseIdleConnections()
		}
	}, nil
}

// reply is what matters of a response.
type reply struct {
	status int
	header http.Header
	host   string // that was asked
}

// get sends a request.
func (s *session) get(ctx context.Context, client *http.Client, address *url.URL, credentials bool) (reply, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return reply{}, err
	}
	request.Header.Set("User-Agent", s.userAgent)
	if credentials {
		request.SetBasicAuth(s.question.Username, s.question.Password)
	}
	resp, err := client.Do(request)
	if err != nil {
		return reply{}, err
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<16))
	return reply{resp.StatusCode, resp.Header, address.Host}, resp.Body.Close()
}

// innermost is an error without the URL, which the message says already.
func (s *session) innermost(err error) string {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "it did not answer in time"
	}
	return s.redact.Line(err.Error())
}

// parseChallenge reads one challenge: its scheme in lower case, and its parameters.
func parseChallenge(value string) (scheme string, parameters map[string]string) {
	scheme, rest, _ := strings.Cut(strings.TrimSpace(value), " ")
	parameters = map[string]string{}
	for rest != "" {
		var name, parameter string
		name, rest, _ = strings.Cut(rest, "=")
		if quoted, ok := strings.CutPrefix(rest, `"`); ok {
			parameter, rest, _ = strings.Cut(quoted, `"`)
		} else {
			parameter, rest, _ = strings.Cut(rest, ",")
		}
		parameters[strings.ToLower(strings.Trim(name, " ,"))] = parameter
	}
	return strings.ToLower(scheme), parameters
}
