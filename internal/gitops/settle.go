// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// settle waits until the table shows that a write whose reply was lost was done.
// done looks at the table and says whether it shows the write, or that it can
// never tell. The error is the final word on the write.
func (s *Store) settle(ctx context.Context, failure *devtron.Error, took time.Duration, done func(context.Context, []devtron.Config) (bool, error)) error {
	if failure.Kind == devtron.Canceled {
		// The user wants to leave now; the next run reads the table anyway.
		return &UnsettledError{Err: failure, ReadErr: ctx.Err()}
	}
	ctx, cancel := s.settling(ctx, s.waitFor(failure, took))
	defer cancel()

	var readErr error
	absent := false // some read succeeded and did not show the write
	for pause := 250 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		rows, err := s.read(ctx)
		if err == nil {
			ok, cannotTell := done(ctx, rows)
			switch {
			case ok:
				return nil
			case failure.Envelope:
				// Devtron itself said that it failed, so it is not at work any more.
				return &NotStoredError{Err: failure}
			case cannotTell != nil:
				return &UnsettledError{Err: failure, ReadErr: cannotTell}
			}
			absent = true
		} else if ctx.Err() == nil || readErr == nil {
			readErr = err
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			if !absent {
				return &UnsettledError{Err: failure, ReadErr: readErr}
			}
			return &NotStoredError{Err: failure, Pending: true}
		}
	}
}

// settling returns a context in which reading is still possible although the
// caller's time has run out. A caller who cancelled is obeyed.
func (s *Store) settling(ctx context.Context, wait time.Duration) (context.Context, context.CancelFunc) {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return context.WithTimeout(context.WithoutCancel(ctx), s.patience.Late)
	}
	return context.WithTimeout(ctx, wait)
}

// afterwards returns the context for what has to follow a write that is stored. A
// caller whose time ran out during the write would otherwise be left with a
// stand-by that is active.
func (s *Store) afterwards(ctx context.Context) (context.Context, context.CancelFunc) {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return context.WithTimeout(context.WithoutCancel(ctx), max(s.patience.Late, s.patience.Long))
	}
	return ctx, func() {}
}

// waitFor is how long the row may still take to appear.
func (s *Store) waitFor(failure *devtron.Error, took time.Duration) time.Duration {
	const quick = 5 * time.Second
	gatewayGaveUp := failure.Status == http.StatusGatewayTimeout && !failure.Envelope
	if took < quick && failure.Kind != devtron.Timeout && !gatewayGaveUp {
		return s.patience.Short
	}
	return s.patience.Long
}

// post creates a row and settles a lost reply. The table is as it was before.
func (s *Store) post(ctx context.Context, wanted devtron.Config) (*devtron.Validation, []Note, error) {
	defer s.forget()
	wanted.ID = 0
	started := time.Now()
	v, err := s.client.Create(ctx, wanted)
	if err == nil {
		return judged(wanted, v)
	}
	failure, ok := maybeHandled(err)
	if !ok {
		return nil, nil, err
	}
	err = s.settle(ctx, failure, time.Since(started), func(_ context.Context, rows []devtron.Config) (bool, error) {
		_, there := Find(rows, 0, wanted.Provider)
		return there, nil
	})
	if err != nil {
		return nil, nil, err
	}
	return nil, []Note{{Kind: ReplyLost, Err: failure, Row: wanted}}, nil
}

// put replaces a row of the table before and settles a lost reply.
func (s *Store) put(ctx context.Context, before []devtron.Config, wanted devtron.Config) (*devtron.Validation, []Note, error) {
	defer s.forget()
	wanted, err := s.withOwnToken(ctx, before, wanted)
	if err != nil {
		return nil, nil, err
	}
	started := time.Now()
	v, err := s.client.Update(ctx, wanted)
	if err == nil {
		return judged(wanted, v)
	}
	failure, ok := maybeHandled(err)
	if !ok {
		return nil, nil, err
	}
	err = s.settle(ctx, failure, time.Since(started), func(ctx context.Context, rows []devtron.Config) (bool, error) {
		return s.shows(ctx, before, rows, wanted)
	})
	if err != nil {
		return nil, nil, err
	}
	return nil, []Note{{Kind: ReplyLost, Err: failure, Row: wanted}}, nil
}

// withOwnToken names the token of a PUT that is to keep it, where a provider has
// two rows, as parallel runs may leave behind: Devtron looks a token that is not
// sent up by provider, finds two, and refuses every write until it is sent.
func (s *Store) withOwnToken(ctx context.Context, rows []devtron.Config, wanted devtron.Config) (devtron.Config, error) {
	twin := slices.ContainsFunc(rows, func(row devtron.Config) bool { return row.Provider == wanted.Provider && row.ID != wanted.ID })
	if wanted.Token != "" || !twin {
		return wanted, nil
	}
	full, err := s.client.Get(ctx, wanted.ID)
	wanted.Token = full.Token
	return wanted, err
}

// errNotReadable says that Devtron never returns what was written.
var errNotReadable = errors.New("Devtron never returns TLS certificates and keys, so reading cannot tell whether the new ones were stored")

// shows reports whether the table holds what a PUT sent. A token that was sent is
// compared through the one route that returns it; it is not in the list.
func (s *Store) shows(ctx context.Context, before, rows []devtron.Config, wanted devtron.Config) (bool, error) {
	if !says(rows, wanted) {
		return false, nil
	}
	if wanted.Token != "" {
		full, err := s.client.Get(ctx, wanted.ID)
		if err != nil {
			return false, err
		}
		if full.Token != wanted.Token {
			return false, nil
		}
	}
	// A write is done as a whole or not at all, so that another field that it changed
	// tells for the certificates too. The token does not: it may be the old one.
	if wanted.TLS != (devtron.TLSConfig{}) && says(before, wanted) {
		return false, errNotReadable
	}
	return true, nil
}

// says reports whether the table holds the wanted row as far as it can be read.
func says(rows []devtron.Config, wanted devtron.Config) bool {
	row, ok := Find(rows, wanted.ID, wanted.Provider)
	return ok && row.Active == wanted.Active && len(Differences(row, wanted)) == 0
}

// judged turns a 200 into success or refusal.
func judged(wanted devtron.Config, v devtron.Validation) (*devtron.Validation, []Note, error) {
	if v.Refused() {
		return &v, nil, &RefusedError{Provider: wanted.Provider, Stages: v.StageErrors}
	}
	if v.DeleteRepoFailed {
		return &v, []Note{{Kind: RepositoryLeft, Row: wanted}}, nil
	}
	return &v, nil, nil
}

func maybeHandled(err error) (*devtron.Error, bool) {
	var failure *devtron.Error
	ok := errors.As(err, &failure) && failure.MaybeHandled()
	return failure, ok
}
