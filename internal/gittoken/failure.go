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
		if text := operation.Err.Error(); strings.Contains(text, "certificate required") || strings.Contains(text, "bad certificate") {
			failure.Class = FailClientCert // crypto/tls keeps the type of the alert to itself
		}
	case errors.As(err, &record):
		failure.Class = FailTLS
	case errors.As(err, &syntax), errors.As(err, &mismatch), errors.Is(err, errTooLong), errors.Is(err, errOther),
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

// statusFailure sorts answers by status. message is the host's own text, already masked.
func statusFailure(resp *http.Response, message string, now time.Time) Failure {
	failure := Failure{Status: resp.StatusCode, Message: message}
	contentType := resp.Header.Get("Content-Type")
	html := strings.Contains(contentType, "html")
	switch status := resp.StatusCode; {
	case status == http.StatusTooManyRequests:
		failure.Class, failure.Until = FailRateLimited, liftTime(resp.Header, now)
	case html && status < http.StatusInternalServerError,
		status == http.StatusNotFound && contentType != "" && !strings.Contains(contentType, "json"):
		// A login page, a firewall or another web server speaks, not the API: it knows nothing about the token.
		failure.Class = FailNotAPI
	case status == http.StatusUnauthorized:
		failure.Class = FailUnauthorized
	case status == http.StatusForbidden:
		failure.Class = FailForbidden
	case status == http.StatusNotFound:
		failure.Class = FailNotFound
	case status >= http.StatusInternalServerError:
		failure.Class = FailServer
	default:
		failure.Class = FailStatus
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
