// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

const (
	retryWaitMin = 500 * time.Millisecond
	retryWaitMax = 8 * time.Second
	// retryAfterMax bounds the wait that a server can ask for. A user rather reads an error than
	// waits for an hour.
	retryAfterMax = 60 * time.Second
)

// mayRetry decides whether a request is sent again. A read is repeated after any transient failure,
// a write only where it was turned away. Other failures of writes are settled by reading, in
// package reconcile.
func mayRetry(ctx context.Context, method string, turnedAway bool, resp *http.Response, err error) (bool, error) {
	repeatable := method == http.MethodGet || turnedAway
	switch {
	case err == nil && !transient(resp.StatusCode):
		// A complete reply counts, even if the context has ended by now.
		return false, nil
	case ctx.Err() != nil:
		return false, ctx.Err()
	case err != nil && permanent(err):
		return false, err
	default:
		return repeatable, nil
	}
}

// transient reports whether the same request can succeed after a reply with that status.
func transient(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	default:
		return false
	}
}

// turnedAway reports whether a request cannot have been handled: there was no connection to send it
// on, or the server said that it did not accept it (429, and 503 with Retry-After; a proxy that
// lost the reply also sends 503, but without that header).
func turnedAway(connected bool, resp *http.Response, err error) bool {
	if err != nil {
		return !connected || handshake(err)
	}
	return resp.StatusCode == http.StatusTooManyRequests ||
		resp.StatusCode == http.StatusServiceUnavailable && resp.Header.Get("Retry-After") != ""
}

// reason says why an attempt failed.
func reason(resp *http.Response, err error) error {
	if err != nil {
		return err
	}
	return fmt.Errorf("the server replied with HTTP %d", resp.StatusCode)
}

// permanent reports whether the next attempt would fail in the same way.
func permanent(err error) bool {
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	if errors.As(err, &certificate) || errors.As(err, &record) || handshake(err) || errors.Is(err, http.ErrSchemeMismatch) {
		return true
	}
	var dns *net.DNSError
	return errors.As(err, &dns) && dns.IsNotFound
}

// handshake reports whether the server ended the TLS handshake with an alert, as for a client
// certificate that is missing or unknown. With TLS 1.3, the alert arrives after the client has
// completed its side and sent the request; the server has not read the request, though.
func handshake(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "remote error"
}

// backoff doubles from retryWaitMin, follows Retry-After where the server sent one, and adds up to
// a quarter at random, so that several runs do not retry at the same moment.
func backoff(low, high time.Duration, attempt int, resp *http.Response) time.Duration {
	wait := retryablehttp.DefaultBackoff(low, high, attempt, resp)
	if wait < 0 || wait > retryAfterMax { // a very large Retry-After overflows
		wait = retryAfterMax
	}
	return wait + time.Duration(rand.Int64N(int64(wait)/4+1)) //nolint:gosec // G404: spreads load, protects nothing
}
