// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"context"
	"crypto/sha256"
	"net/http"
	"slices"
	"sync"
	"time"
)

// DefaultBudget is the time for all requests of one question together, whatever the caller's context says.
const DefaultBudget = 10 * time.Second

// CheckerOptions of NewChecker. The zero value is ready for use.
type CheckerOptions struct {
	UserAgent string
	// Budget replaces DefaultBudget, for tests.
	Budget time.Duration
	// Now replaces time.Now, for tests.
	Now func() time.Time
	// Transport replaces the network, for tests. TLS of the question is then without effect.
	Transport http.RoundTripper
}

// Checker asks each distinct question once for as long as it lives, whatever the outcome: a token that the host rejects
// is not sent again, because GitHub locks an account out after several, and a host that does not answer costs its time
// once. Callers that ask at the same moment share one answer.
type Checker struct {
	options CheckerOptions

	mu      sync.Mutex // guards the map and the entries
	entries map[[sha256.Size]byte]*entry
}

// entry is one question in its two depths. A thorough flight continues the light one.
type entry struct{ light, thorough *flight }

// flight is a set of facts that is known, or that is being asked for. The fields may be read when done is closed.
type flight struct {
	done  chan struct{}
	facts Facts
	spent time.Duration
}

// NewChecker makes a Checker.
func NewChecker(o CheckerOptions) *Checker {
	if o.UserAgent == "" {
		o.UserAgent = "terraform-provider-devtron"
	}
	if o.Budget == 0 {
		o.Budget = DefaultBudget
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Checker{options: o, entries: map[[sha256.Size]byte]*entry{}}
}

// Start begins to ask in the background. Check picks the facts up.
func (c *Checker) Start(q Question) { c.flight(q) }

// Check answers the question, from what is known or by asking. When the context ends first, the answer is unverifiable
// and the asking goes on for others.
func (c *Checker) Check(ctx context.Context, q Question, r Requirements) Answer {
	q = q.withDefaults()
	f := c.flight(q)
	if f == nil {
		return Judge(q, Facts{}, r, c.options.Now())
	}
	select {
	case <-f.done: // first, so that facts that are there win over a context that has ended
	default:
		select {
		case <-f.done:
		case <-ctx.Done():
			cancelled := Facts{Token: TokenFacts{Reply: Reply{Asked: true, Failure: Failure{Class: FailCancelled}}}}
			return Judge(q, cancelled, r, c.options.Now())
		}
	}
	return Judge(q, f.facts, r, c.options.Now())
}

// flight returns the facts on their way, or nil where nothing is to be asked.
func (c *Checker) flight(q Question) *flight {
	q = q.withDefaults()
	where, ok := askable(q)
	if !ok {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	key := q.key()
	e := c.entries[key]
	if e == nil {
		e = &entry{}
		c.entries[key] = e
	}
	switch {
	case e.light == nil && !q.Thorough:
		e.light = newFlight()
		go c.begin(q, where, e.light, nil)
	case e.light == nil:
		e.light, e.thorough = newFlight(), newFlight()
		go c.begin(q, where, e.light, e.thorough)
	case q.Thorough && e.thorough == nil:
		e.thorough = newFlight()
		go c.resume(q, where, e.light, e.thorough)
	}
	if q.Thorough {
		return e.thorough
	}
	return e.light
}

func newFlight() *flight { return &flight{done: make(chan struct{})} }

// begin asks the light question, and goes on to the thorough one over the same connections unless that is nil.
func (c *Checker) begin(q Question, where address, light, thorough *flight) {
	began := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), c.options.Budget)
	defer cancel()
	h, err := c.open(q, where)
	if err != nil {
		light.facts.Token.Reply = Reply{Asked: true, Failure: networkFailure(err, newMasker(q.Token))}
	} else {
		defer h.close()
		light.facts = h.light(ctx, q)
	}
	light.spent = time.Since(began)
	close(light.done)
	if thorough == nil {
		return
	}
	defer close(thorough.done)
	thorough.facts = light.facts
	if err == nil && worthMore(q.Provider, light.facts) {
		thorough.facts = h.thorough(ctx, q, light.facts)
	}
}

// resume asks the thorough question after a light one that was asked before, in the time that is left.
func (c *Checker) resume(q Question, where address, light, thorough *flight) {
	defer close(thorough.done)
	<-light.done
	thorough.facts = light.facts
	left := c.options.Budget - light.spent
	if left <= 0 || !worthMore(q.Provider, light.facts) {
		return
	}
	h, err := c.open(q, where)
	if err != nil {
		return // what the light question could be asked with cannot fail here
	}
	defer h.close()
	ctx, cancel := context.WithTimeout(context.Background(), left)
	defer cancel()
	thorough.facts = h.thorough(ctx, q, light.facts)
}

// host is a git host that is asked with one token.
type host interface {
	light(ctx context.Context, q Question) Facts
	thorough(ctx context.Context, q Question, known Facts) Facts
	close()
}

// open makes a client for one question.
func (c *Checker) open(q Question, where address) (host, error) {
	row := gitProviders[q.Provider]
	header, value := row.credential(q)
	s, err := newSession(q.TLS, where.api, header, value, c.options.Transport)
	if err != nil {
		return nil, err
	}
	s.api, s.userAgent, s.masker, s.now = where.api, c.options.UserAgent, newMasker(q.Token), c.options.Now
	s.refusal = row.refusal
	return row.open(s)
}

// askable tells where to ask, and whether there is anything to ask: not without a token, not with one that is not for
// this kind of host, not at a host that cannot be one.
func askable(q Question) (address, bool) {
	row, checked := gitProviders[q.Provider]
	if !checked || slices.ContainsFunc(formProblems(q.Provider, q.Host, q.Token), isError) {
		return address{}, false
	}
	if _, value := row.credential(q); value == "" {
		return address{}, false
	}
	u, err := parseHost(q.Host)
	if err != nil {
		return address{}, false
	}
	where := newAddress(q.Provider, u)
	return where, where.api != nil
}

// worthMore tells whether further requests may tell more: not with a token that was rejected, nor where the host
// could not be asked.
func worthMore(p Provider, f Facts) bool {
	return gitProviders[p].accepted(f) &&
		(f.Token.OK() || f.Target.OK() || f.Token.Failed(FailNotFound, FailStatus, FailUnauthorized, FailForbidden, FailGranular))
}

// unauthorized tells whether the host did not accept the token anywhere.
func unauthorized(f Facts) bool {
	return f.Token.Failed(FailUnauthorized) || (!f.Token.OK() && f.Target.Failed(FailUnauthorized))
}
