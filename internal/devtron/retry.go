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
	// retryAfterMax bounds what a server may ask for: a Retry-After of an hour is
	// better reported than waited for.
	retryAfterMax = 60 * time.Second
)

// mayRetry decides whether a request may be sent once more. Reads may be
// repeated after anything transient, a write only where it was turned away.
// Everything else is settled by reading, in package gitops.
func mayRetry(ctx context.Context, method string, turnedAway bool, resp *http.Response, err error) (bool, error) {
	repeatable := method == http.MethodGet || turnedAway
	switch {
	case err == nil && !transient(resp.StatusCode):
		// A complete answer counts, also one that came as the time ran out.
		return false, nil
	case ctx.Err() != nil:
		return false, ctx.Err()
	case err != nil && permanent(err):
		return false, err
	default:
		return repeatable, nil
	}
}

// transient reports the statuses after which the same request may succeed.
func transient(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	default:
		return false
	}
}

// turnedAway reports whether a request cannot have been handled: there was no
// connection to send it on, or the server said that it did not take it (429, and
// 503 with Retry-After; a bare 503 is also what a proxy says that lost the reply).
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
	return fmt.Errorf("the server answered HTTP %d", resp.StatusCode)
}

// permanent reports failures that the next attempt will meet again.
func permanent(err error) bool {
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	if errors.As(err, &certificate) || errors.As(err, &record) || handshake(err) || errors.Is(err, http.ErrSchemeMismatch) {
		return true
	}
	var dns *net.DNSError
	return errors.As(err, &dns) && dns.IsNotFound
}

// handshake reports that the server broke off with a TLS alert, as for a client
// certificate that is missing or not known. With TLS 1.3 that arrives after the
// client's side of the handshake is done and the request is sent, but a server
// reads none before it is satisfied.
func handshake(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "remote error"
}

// backoff doubles from retryWaitMin, follows Retry-After where the server sent
// one, and adds up to a quarter at random, so that several runs do not come back
// at the same moment.
func backoff(low, high time.Duration, attempt int, resp *http.Response) time.Duration {
	wait := retryablehttp.DefaultBackoff(low, high, attempt, resp)
	if wait < 0 || wait > retryAfterMax { // a huge Retry-After overflows
		wait = retryAfterMax
	}
	return wait + time.Duration(rand.Int64N(int64(wait)/4+1)) //nolint:gosec // G404: spreads load, protects nothing
}
