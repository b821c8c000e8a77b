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

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// CheckerOptions of NewChecker. The zero value is ready for use.
type CheckerOptions struct {
	UserAgent string
	// Budget replaces DefaultBudget in tests.
	Budget time.Duration
	// Now replaces time.Now in tests.
	Now func() time.Time
	// Transport replaces the network in tests. The TLS material of a question then has no effect.
	Transport http.RoundTripper
}

// Checker asks each question once for as long as it lives, whatever the result: a token that the
// host rejects is not sent again, because GitHub locks accounts after several attempts, and a host
// that does not respond costs its time once. Callers that ask at the same time share one answer.
type Checker struct {
	options CheckerOptions

	mu      sync.Mutex // guards the map and its entries
	entries map[[sha256.Size]byte]*entry
}

// entry is one question in its two depths. The details continue from the basics.
type entry struct{ basics, details *lookup }

// lookup is a set of facts that is known or being read. Its other fields may be read when done is
// closed.
type lookup struct {
	done  chan struct{}
	facts Facts
	spent time.Duration
}

func newLookup() *lookup { return &lookup{done: make(chan struct{})} }

// NewChecker returns a Checker.
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

// Check answers a question. If the context ends first, the answer is unverifiable, and the requests
// continue for other callers.
func (c *Checker) Check(ctx context.Context, q Question, r Requirements) Answer {
	facts := Facts{}
	if l := c.lookup(withDefaultHost(q)); l != nil {
		facts = l.wait(ctx)
	}
	return Judge(q, facts, r, c.options.Now())
}

// wait returns the facts as soon as they are known. Facts that are known already win over a context
// that has ended.
func (l *lookup) wait(ctx context.Context) Facts {
	select {
	case <-l.done:
		return l.facts
	default:
	}
	select {
	case <-l.done:
		return l.facts
	case <-ctx.Done():
		return Facts{Token: inspect.TokenFacts{Reply: inspect.NewReply(gitapi.Failure{Class: gitapi.Canceled})}}
	}
}

// lookup returns the facts that are known or being read. It starts the requests that are missing,
// and returns nil where there is nothing to ask.
func (c *Checker) lookup(q Question) *lookup {
	definition, address, ok := destination(q)
	if !ok {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	key := q.Key(definition)
	e := c.entries[key]
	if e == nil {
		e = &entry{}
		c.entries[key] = e
	}
	switch {
	case e.basics == nil && !q.Thorough:
		e.basics = newLookup()
		go c.read(q, definition, address, e.basics, nil)
	case e.basics == nil:
		e.basics, e.details = newLookup(), newLookup()
		go c.read(q, definition, address, e.basics, e.details)
	case q.Thorough && e.details == nil:
		e.details = newLookup()
		go c.resume(q, definition, address, e.basics, e.details)
	}
	if q.Thorough {
		return e.details
	}
	return e.basics
}

// read reads the basics, and then the details over the same connections unless these are nil.
func (c *Checker) read(q Question, definition inspect.Definition, address inspect.Address, basics, details *lookup) {
	start := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), c.options.Budget)
	defer cancel()
	session, client, failure := c.open(q, definition, address)
	if failure.Class != "" {
		basics.facts.Token.Reply = inspect.NewReply(failure)
	} else {
		defer session.Close()
		basics.facts = client.ReadBasics(ctx, q)
	}
	basics.spent = time.Since(start)
	close(basics.done)
	if details == nil {
		return
	}
	defer close(details.done)
	details.facts = basics.facts
	if failure.Class == "" && hasDetails(definition, basics.facts) {
		details.facts = client.ReadDetails(ctx, q, basics.facts)
	}
}

// resume reads the details after basics that were read before, in the time that is left.
func (c *Checker) resume(q Question, definition inspect.Definition, address inspect.Address, basics, details *lookup) {
	defer close(details.done)
	<-basics.done
	details.facts = basics.facts
	left := c.options.Budget - basics.spent
	if left <= 0 || !hasDetails(definition, basics.facts) {
		return
	}
	session, client, failure := c.open(q, definition, address)
	if failure.Class != "" {
		return // the basics could be read with the same arguments
	}
	defer session.Close()
	ctx, cancel := context.WithTimeout(context.Background(), left)
	defer cancel()
	details.facts = client.ReadDetails(ctx, q, basics.facts)
}

// open returns a session and a client for one question.
func (c *Checker) open(q Question, definition inspect.Definition, address inspect.Address) (*gitapi.Session, inspect.Client, gitapi.Failure) {
	header, value := definition.Credential(q)
	session, failure := gitapi.NewSession(gitapi.Options{
		API: address.API, Token: q.Token, HeaderName: header, HeaderValue: value, TLS: q.TLS,
		UserAgent: c.options.UserAgent, ReadRefusal: definition.ReadRefusal, Now: c.options.Now, Transport: c.options.Transport,
	})
	if failure.Class != "" {
		return nil, nil, failure
	}
	client, err := definition.NewClient(session)
	failure = session.ErrorFailure(err)
	return session, client, failure
}

// destination finds where a question is sent. Nothing is sent without a usable token for this
// provider, nor to a host that cannot be one of this provider.
func destination(q Question) (inspect.Definition, inspect.Address, bool) {
	definition, checked := definitions[q.Provider]
	if !checked || slices.ContainsFunc(TokenProblems(q.Provider, q.Host, q.Token), isError) {
		return definition, inspect.Address{}, false
	}
	if _, credential := definition.Credential(q); credential == "" {
		return definition, inspect.Address{}, false
	}
	u, err := weburl.Parse(q.Host)
	if err != nil {
		return definition, inspect.Address{}, false
	}
	address := addressOf(definition, u)
	return definition, address, address.API != nil
}

// hasDetails reports whether further requests may find out more: not with a token that was
// rejected, nor where the host could not be reached.
func hasDetails(definition inspect.Definition, f Facts) bool {
	return definition.Accepted(f) && (f.Token.OK() || f.Target.OK() ||
		f.Token.Failed(gitapi.NotFound, gitapi.UnexpectedStatus, gitapi.Unauthorized, gitapi.Forbidden, gitapi.InsufficientGranularScope))
}

func withDefaultHost(q Question) Question {
	if q.Host == "" {
		q.Host = DefaultHost(q.Provider)
	}
	return q
}
