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
	"io"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/tlsconfig"
)

// FailureClass sorts failures by what an operator has to do about them.
type FailureClass string

// The classes of failure. The empty one means success. A status counts only in the git host's own
// form: in any other form it is the word of something in front of the host.
const (
	Unauthorized              FailureClass = "unauthorized"       // 401
	Forbidden                 FailureClass = "forbidden"          // 403 that is none of the others
	InsufficientScope         FailureClass = "insufficient_scope" // 403 that names missing scopes
	InsufficientGranularScope FailureClass = "insufficient_granular_scope"
	NotFound                  FailureClass = "not_found"     // 404
	RateLimited               FailureClass = "rate_limited"  // 429, or GitHub's 403 that means it
	ServerError               FailureClass = "server_error"  // 5xx in any form
	UnexpectedStatus          FailureClass = "status"        // any other status
	NotTheAPI                 FailureClass = "not_the_api"   // what the API never sends: HTML, another server
	TooLong                   FailureClass = "too_long"      // longer than MaxBody
	Redirected                FailureClass = "redirect"      // a redirect that is not followed
	Unreachable               FailureClass = "unreachable"   // no connection, DNS, proxy
	TimedOut                  FailureClass = "timeout"       // no response within the time of the check
	Canceled                  FailureClass = "canceled"      // the caller did not wait
	UnknownCA                 FailureClass = "unknown_ca"    // the certificate's issuer is not trusted
	TLSFailed                 FailureClass = "tls"           // any other fault of the certificate or handshake
	ClientCertificateRequired FailureClass = "client_cert"   // the host wants a client certificate
	InvalidCA                 FailureClass = "invalid_ca"    // tls.ca_certificate holds no certificate
	InvalidClientCertificate  FailureClass = "invalid_cert"  // tls.client_certificate and client_key do not match
	InvalidRequest            FailureClass = "request_error" // the request could not be built
)

// Failure is why a request did not succeed. The zero value means that it did.
type Failure struct {
	Class  FailureClass
	Status int // 0: there was no response
	// Foreign means that the response is not in the git host's own form, so that something in front
	// of the host may have sent it.
	Foreign bool
	// Message is what the host or the network said, without the token.
	Message string
	// Until is when a rate limit resets. Zero: the host does not say.
	Until time.Time
}

// String returns the status and the message.
func (f Failure) String() string {
	text := strings.TrimRight(f.Message, ". ")
	if f.Status == 0 {
		return text
	}
	status := fmt.Sprint(f.Status)
	return strings.TrimSpace(status + " " + strings.TrimSpace(strings.TrimPrefix(text, status)))
}

// Failure sorts what happened to a request: a response that refuses it, or else the error of the
// client that sent it.
func (s *Session) Failure(err error, exchange *Exchange) Failure {
	var redirect *redirectError
	if err != nil && exchange.refused() && !errors.As(err, &redirect) {
		return s.refusal(exchange)
	}
	return s.ErrorFailure(err)
}

// ErrorFailure sorts errors that came without a response, and responses that could not be read.
func (s *Session) ErrorFailure(err error) Failure {
	if err == nil {
		return Failure{}
	}
	class, message := classify(err)
	return Failure{Class: class, Message: s.Clean(message)}
}

func classify(err error) (FailureClass, string) {
	var (
		redirect  *redirectError
		authority x509.UnknownAuthorityError
		hostname  x509.HostnameError
		invalid   x509.CertificateInvalidError
		verify    *tls.CertificateVerificationError
		operation *net.OpError
		record    tls.RecordHeaderError
		timeout   net.Error
	)
	class := Unreachable
	switch {
	case errors.As(err, &redirect):
		return Redirected, redirect.to
	case errors.Is(err, context.Canceled):
		class = Canceled
	case errors.Is(err, context.DeadlineExceeded):
		class = TimedOut
	case errors.Is(err, tlsconfig.ErrCACertificate):
		class = InvalidCA
	case errors.Is(err, tlsconfig.ErrClientCertificate):
		class = InvalidClientCertificate
	case errors.As(err, &authority):
		class = UnknownCA
	case errors.As(err, &hostname), errors.As(err, &invalid), errors.As(err, &verify), errors.As(err, &record):
		class = TLSFailed
	case errors.As(err, &operation) && operation.Op == "remote error":
		class = TLSFailed
		if strings.Contains(operation.Err.Error(), "certificate") {
			// The host judges the certificate of its client. crypto/tls does not export the type of
			// the alert.
			class = ClientCertificateRequired
		}
	case errors.Is(err, errTooLong):
		class = TooLong
	case isForeignBody(err):
		class = NotTheAPI
	case errors.As(err, &timeout) && timeout.Timeout():
		class = TimedOut
	}
	return class, withoutURL(err)
}

// isForeignBody reports whether a body is not the JSON that the API sends.
func isForeignBody(err error) bool {
	var (
		syntax   *json.SyntaxError
		mismatch *json.UnmarshalTypeError
		date     *time.ParseError
	)
	return errors.As(err, &syntax) || errors.As(err, &mismatch) || errors.As(err, &date) || errors.Is(err, errOther) ||
		err == io.EOF //nolint:errorlint // a bare EOF is the decoder's error for an empty body
}

// withoutURL drops method and URL, which the messages name already.
func withoutURL(err error) string {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return err.Error()
}
