// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

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

func TestNetworkFailuresAreSorted(t *testing.T) {
	in := func(err error) error { return &url.Error{Op: "Get", URL: "https://git.corp/api/v4/user", Err: err} }
	for _, c := range []struct {
		err   error
		class FailureClass
	}{
		{in(&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}), FailUnknownCA},
		{in(x509.HostnameError{Certificate: &x509.Certificate{}, Host: "git.corp"}), FailTLS},
		{in(x509.CertificateInvalidError{Reason: x509.Expired}), FailTLS},
		{in(tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}), FailTLS},
		{in(&net.OpError{Op: "remote error", Err: errors.New("tls: certificate required")}), FailClientCert},
		{in(&net.OpError{Op: "remote error", Err: errors.New("tls: unknown certificate authority")}), FailClientCert},
		{in(&net.OpError{Op: "remote error", Err: errors.New("tls: handshake failure")}), FailTLS},
		{in(&net.OpError{Op: "dial", Err: errors.New("connection refused")}), FailUnreachable},
		{in(&net.DNSError{Err: "no such host", Name: "git.corp", IsNotFound: true}), FailUnreachable},
		{in(&net.DNSError{Err: "i/o timeout", Name: "git.corp", IsTimeout: true}), FailTimeout},
		{in(context.DeadlineExceeded), FailTimeout},
		{context.DeadlineExceeded, FailTimeout},
		{context.Canceled, FailCancelled},
		{in(&errRedirect{from: "https://a", to: "https://b"}), FailRedirect},
		{&json.SyntaxError{}, FailNotAPI},
		{&json.UnmarshalTypeError{Value: "string", Type: reflect.TypeFor[int]()}, FailNotAPI},
		{fmt.Errorf("read: %w", errTooLong), FailTooLong},
	} {
		f := networkFailure(c.err, newMasker(classic))
		if f.Class != c.class {
			t.Errorf("%v is %s, want %s", c.err, f.Class, c.class)
		}
		if strings.Contains(f.Message, "/api/v4/user") {
			t.Errorf("%q repeats the URL", f.Message)
		}
	}
}

func TestRateLimitsTellWhenTheyLift(t *testing.T) {
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
		if got := liftTime(header, now); !got.Equal(c.want) {
			t.Errorf("%v: %s, want %s", c.header, got, c.want)
		}
	}
}
