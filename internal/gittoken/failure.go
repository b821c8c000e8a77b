// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// networkFailure sorts errors that came without an answer, and answers that could not be read.
func networkFailure(err error, m masker) Failure {
	failure := Failure{Class: FailUnreachable, Message: m.clean(plainError(err))}
	var (
		redirect  *errRedirect
		authority x509.UnknownAuthorityError
		hostname  x509.HostnameError
		invalid   x509.CertificateInvalidError
		verify    *tls.CertificateVerificationError
		operation *net.OpError
		record    tls.RecordHeaderError
		syntax    *json.SyntaxError
		mismatch  *json.UnmarshalTypeError
		timeout   net.Error
	)
	switch {
	case errors.As(err, &redirect):
		failure.Class, failure.Message = FailRedirect, redirect.to
	case errors.Is(err, context.Canceled):
		failure.Class = FailCancelled
	case errors.Is(err, context.DeadlineExceeded):
		failure.Class = FailTimeout
	case errors.Is(err, errBadCA):
		failure.Class = FailCAInvalid
	case errors.Is(err, errBadPair):
		failure.Class = FailClientInvalid
	case errors.As(err, &authority):
		failure.Class = FailUnknownCA
	case errors.As(err, &hostname), errors.As(err, &invalid), errors.As(err, &verify):
		failure.Class = FailTLS
	case errors.As(err, &operation) && operation.Op == "remote error":
		failure.Class = FailTLS
		if strings.Contains(operation.Err.Error(), "certificate") {
			// The host judges the certificate of its client. crypto/tls keeps the type of the alert to itself.
			failure.Class = FailClientCert
		}
	case errors.As(err, &record):
		failure.Class = FailTLS
	case errors.Is(err, errTooLong):
		failure.Class = FailTooLong
	case errors.As(err, &syntax), errors.As(err, &mismatch), errors.Is(err, errOther),
		err == io.EOF: //nolint:errorlint // a bare EOF is the decoder's word for an empty body
		failure.Class = FailNotAPI
	case errors.As(err, &timeout) && timeout.Timeout():
		failure.Class = FailTimeout
	}
	return failure
}

// plainError drops method and URL, which say nothing that the message does not say better.
func plainError(err error) string {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return err.Error()
}

// refusal is what an answer says that refuses a request.
type refusal struct {
	// own says that the answer is in the git host's own form. Any other form is the word of something in front of the host,
	// which knows nothing about the token.
	own     bool
	message string
	// class is what a 403 is about, where the host says so.
	class FailureClass
}

// refused sorts an answer that refuses a request.
func (s *session) refused(resp *http.Response, body []byte) Failure {
	said := s.refusal(resp.StatusCode, resp.Header, body)
	if !said.own {
		said.message = foreignMessage(resp.Header, body)
	}
	said.message = s.masker.clean(said.message)
	return statusFailure(resp.StatusCode, resp.Header, said, s.now())
}

// foreignMessage is the text of an answer that is not the git host's, unless it is a page.
func foreignMessage(header http.Header, body []byte) string {
	text := strings.TrimSpace(string(body))
	if strings.Contains(header.Get("Content-Type"), "html") || strings.HasPrefix(text, "<") {
		return ""
	}
	return text
}

// statusFailure sorts answers by status. The message is masked.
func statusFailure(status int, header http.Header, said refusal, now time.Time) Failure {
	failure := Failure{Status: status, Message: said.message, Foreign: !said.own}
	switch {
	case status >= http.StatusInternalServerError:
		failure.Class = FailServer
	case !said.own:
		failure.Class = FailNotAPI
	case status == http.StatusTooManyRequests:
		failure.Class = FailRateLimited
	case status == http.StatusUnauthorized:
		failure.Class = FailUnauthorized
	case status == http.StatusForbidden && said.class != "":
		failure.Class = said.class
	case status == http.StatusForbidden:
		failure.Class = FailForbidden
	case status == http.StatusNotFound:
		failure.Class = FailNotFound
	default:
		failure.Class = FailStatus
	}
	if failure.Class == FailRateLimited {
		failure.Until = liftTime(header, now)
	}
	return failure
}

// liftTime reads when a rate limit ends, from the headers that GitHub and GitLab send. Zero: they do not tell.
func liftTime(header http.Header, now time.Time) time.Time {
	if after := header.Get("Retry-After"); after != "" {
		if seconds, err := strconv.Atoi(after); err == nil && seconds >= 0 {
			return now.Add(time.Duration(seconds) * time.Second).Truncate(time.Second)
		}
		if at, err := http.ParseTime(after); err == nil {
			return at
		}
	}
	for _, name := range []string{"X-Ratelimit-Reset", "Ratelimit-Reset"} {
		if unix, err := strconv.ParseInt(header.Get(name), 10, 64); err == nil && unix > 0 {
			return time.Unix(unix, 0)
		}
	}
	if at, err := http.ParseTime(header.Get("Ratelimit-Resettime")); err == nil {
		return at
	}
	return time.Time{}
}
