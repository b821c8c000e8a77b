// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"crypto/tls"
	"errors"
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
// repeated after anything transient. A write may only be repeated where it
// cannot have been handled: no connection was made, or the server said that it
// turned it away (429, 503 with Retry-After). Everything else is settled by
// reading, in package gitops.
func mayRetry(ctx context.Context, method string, resp *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	read := method == http.MethodGet
	if err != nil {
		if permanent(err) {
			return false, err
		}
		return read || notSent(err), nil
	}
	switch resp.StatusCode {
	case http.StatusTooManyRequests:
		return true, nil
	case http.StatusServiceUnavailable:
		return read || resp.Header.Get("Retry-After") != "", nil
	case http.StatusInternalServerError, http.StatusBadGateway, http.StatusGatewayTimeout:
		return read, nil
	default:
		return false, nil
	}
}

// notSent reports whether no connection was made, so that the request cannot
// have reached the server.
func notSent(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect")
}

// permanent reports failures that the next attempt will meet again.
func permanent(err error) bool {
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	if errors.As(err, &certificate) || errors.As(err, &record) || errors.As(err, &alert) {
		return true
	}
	var dns *net.DNSError
	return errors.As(err, &dns) && dns.IsNotFound
}

// backoff doubles from retryWaitMin, follows Retry-After where the server sent
// one, and adds up to a quarter at random, so that several runs do not come back
// at the same moment.
func backoff(low, high time.Duration, attempt int, resp *http.Response) time.Duration {
	wait := min(retryablehttp.DefaultBackoff(low, high, attempt, resp), retryAfterMax)
	return wait + time.Duration(rand.Int64N(int64(wait)/4+1)) //nolint:gosec // G404: spreads load, protects nothing
}
