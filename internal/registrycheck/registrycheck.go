// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package registrycheck tries the credentials of a container registry, in the way that a docker
// login does: it asks /v2/ how to sign in, and does so with basic authentication or at a token
// server (https://distribution.github.io/distribution/spec/auth/token/). It knows nothing of
// Terraform.
//
// Nobody but the registry and the token server that it names gets the credentials, the latter only
// over TLS with a valid certificate where it is another host. Redirects are never followed.
package registrycheck

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"sync"
	"time"
)

// DefaultBudget is how long one check may take.
const DefaultBudget = 10 * time.Second

// Question is one check.
type Question struct {
	// URL is the address of the registry, with or without a scheme. A path in it does not matter.
	URL string
	// Username and Password are what is checked.
	Username, Password string
	// Insecure accepts every certificate of the registry and, where it has no TLS, plain HTTP. The
	// token server is verified in any case, unless it is the registry itself.
	Insecure bool
	// CACertificate, in PEM, is trusted in addition to the authorities of the system.
	CACertificate string
}

// Verdict is what a check has shown.
type Verdict int

const (
	// Unknown means that the check shows nothing about the credentials.
	Unknown Verdict = iota
	// Accepted means that the registry accepts the credentials. It may still refuse a repository.
	Accepted
	// Refused means that the registry or its token server has answered 401 to the credentials.
	Refused
)

// Answer is the result of a check.
type Answer struct {
	Verdict Verdict
	// Server is the host that has judged the credentials; empty where none did.
	Server string
	// Reason says, for Unknown, why nothing is known, as "it cannot be reached: ...". It contains
	// no credentials.
	Reason string
}

// Options of NewChecker. The zero value is ready for use.
type Options struct {
	UserAgent string
	// Budget replaces DefaultBudget in tests.
	Budget time.Duration
	// Transport replaces the network in tests. The certificates of a question then have no effect.
	Transport http.RoundTripper
}

// Checker asks each question once for as long as it lives, whatever the result: registries lock
// accounts after several attempts, and one that does not respond costs its time once.
type Checker struct {
	options Options

	mu      sync.Mutex // guards answers
	answers map[[sha256.Size]byte]*pending
}

// pending is an answer that is known or being looked for.
type pending struct {
	done   chan struct{} // closed when answer is set
	answer Answer
}

// NewChecker returns a Checker.
func NewChecker(o Options) *Checker {
	if o.UserAgent == "" {
		o.UserAgent = "terraform-provider-devtron"
	}
	if o.Budget == 0 {
		o.Budget = DefaultBudget
	}
	return &Checker{options: o, answers: map[[sha256.Size]byte]*pending{}}
}

// Check answers a question. If the context ends first, the answer is Unknown, and the requests go
// on for other callers.
func (c *Checker) Check(ctx context.Context, q Question) Answer {
	p := c.start(q)
	select {
	case <-p.done:
		return p.answer
	case <-ctx.Done():
		return Answer{Reason: "the check was interrupted"}
	}
}

func (c *Checker) start(q Question) *pending {
	normal := q
	normal.URL = host(q.URL)
	encoded, _ := json.Marshal(normal) //nolint:errchkjson // Only texts; the hash alone is kept.
	key := sha256.Sum256(encoded)
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := c.answers[key]
	if !ok {
		p = &pending{done: make(chan struct{})}
		c.answers[key] = p
		go func() {
			defer close(p.done)
			ctx, cancel := context.WithTimeout(context.Background(), c.options.Budget)
			defer cancel()
			p.answer = c.ask(ctx, q)
		}()
	}
	return p
}
