// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitapi

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestErrorsAreSorted(t *testing.T) {
	s := &Session{}
	in := func(err error) error { return &url.Error{Op: "Get", URL: "https://git.corp/api/v4/user", Err: err} }
	for _, c := range []struct {
		err   error
		class FailureClass
	}{
		{in(&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}), UnknownCA},
		{in(x509.HostnameError{Certificate: &x509.Certificate{}, Host: "git.corp"}), TLSFailed},
		{in(x509.CertificateInvalidError{Reason: x509.Expired}), TLSFailed},
		{in(tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}), TLSFailed},
		{in(&net.OpError{Op: "remote error", Err: errors.New("tls: certificate required")}), ClientCertificateRequired},
		{in(&net.OpError{Op: "remote error", Err: errors.New("tls: unknown certificate authority")}), ClientCertificateRequired},
		{in(&net.OpError{Op: "remote error", Err: errors.New("tls: handshake failure")}), TLSFailed},
		{in(&net.OpError{Op: "dial", Err: errors.New("connection refused")}), Unreachable},
		{in(&net.DNSError{Err: "no such host", Name: "git.corp", IsNotFound: true}), Unreachable},
		{in(&net.DNSError{Err: "i/o timeout", Name: "git.corp", IsTimeout: true}), TimedOut},
		{in(context.DeadlineExceeded), TimedOut},
		{context.DeadlineExceeded, TimedOut},
		{context.Canceled, Canceled},
		{in(&redirectError{from: "https://a", to: "https://b"}), Redirected},
		{&json.SyntaxError{}, NotTheAPI},
		{&json.UnmarshalTypeError{Value: "string", Type: reflect.TypeFor[int]()}, NotTheAPI},
		{fmt.Errorf("read: %w", errTooLong), TooLong},
	} {
		f := s.ErrorFailure(c.err)
		if f.Class != c.class {
			t.Errorf("%v is %s, want %s", c.err, f.Class, c.class)
		}
		if strings.Contains(f.Message, "/api/v4/user") {
			t.Errorf("%q repeats the URL", f.Message)
		}
	}
}

func TestRateLimitsReportWhenTheyReset(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, c := range []struct {
		header map[string]string
		want   time.Time
	}{
		{map[string]string{"Retry-After": "60"}, now.Add(time.Minute)},
		{map[string]string{"Retry-After": "Fri, 02 Jan 2026 04:00:00 GMT"}, time.Date(2026, 1, 2, 4, 0, 0, 0, time.UTC)},
		{map[string]string{"X-RateLimit-Reset": "1767326400"}, time.Unix(1767326400, 0)},
		{map[string]string{"RateLimit-Reset": "1767326400"}, time.Unix(1767326400, 0)},
		{map[string]string{"RateLimit-ResetTime": "Fri, 02 Jan 2026 04:00:00 GMT"}, time.Date(2026, 1, 2, 4, 0, 0, 0, time.UTC)},
		{map[string]string{"Retry-After": "soon"}, time.Time{}},
		{nil, time.Time{}},
	} {
		header := http.Header{}
		for name, value := range c.header {
			header.Set(name, value)
		}
		if got := limitReset(header, now); !got.Equal(c.want) {
			t.Errorf("%v: %s, want %s", c.header, got, c.want)
		}
	}
}
