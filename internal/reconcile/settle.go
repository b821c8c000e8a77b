// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// Patience is how long the outcome of a write whose reply was lost is looked for. Devtron goes on
// working after a client is gone: the dry run of a GitOps configuration alone can wait twice for 30
// seconds, and the configuration is stored only after that.
type Patience struct {
	// Short is for a connection that broke soon after the request.
	Short time.Duration
	// Long is for a request that the server had been working on for a while.
	Long time.Duration
	// Late is for a caller whose own deadline has passed.
	Late time.Duration
}

// DefaultPatience fits the recorded times.
var DefaultPatience = Patience{Short: 5 * time.Second, Long: 75 * time.Second, Late: 10 * time.Second}

// ErrGone means that the object to be written is no longer there.
var ErrGone = errors.New("the object no longer exists in Devtron")

// ErrKept means that a deletion succeeded and that the object is still there.
var ErrKept = errors.New("the deletion was confirmed, but Devtron still has the object")

// NotStoredError means that a write failed, and that reading showed that it changed nothing, or
// that the server says so.
type NotStoredError struct {
	Err error
	// Pending says that the server may still be working on it.
	Pending bool
	// Unread says that only the server's own word tells: reading cannot show what was to change.
	Unread bool
}

func (e *NotStoredError) Error() string {
	return "Devtron did not carry out the write: " + e.Err.Error()
}

// Unwrap returns the failure of the write.
func (e *NotStoredError) Unwrap() error { return e.Err }

// UnsettledError means that it could not be found out whether a write was carried out.
type UnsettledError struct {
	Err     error
	ReadErr error // why reading did not tell; nil where it could not tell
}

func (e *UnsettledError) Error() string {
	return "unknown whether Devtron carried out the write: " + e.Err.Error()
}

// Unwrap returns the failure of the write.
func (e *UnsettledError) Unwrap() error { return e.Err }

// MaybeHandled returns the failure of a write, and whether the server may have carried the write
// out all the same.
func MaybeHandled(err error) (*devtron.Error, bool) {
	var failure *devtron.Error
	ok := errors.As(err, &failure) && failure.MaybeHandled()
	return failure, ok
}

// Settle reads until the list shows that a write whose reply was lost was carried out. took is how
// long the write took. done reports whether a list shows the write, or why no list can show it. A
// nil error means that the write was carried out; otherwise it is a *NotStoredError or an
// *UnsettledError.
func (l *List[T]) Settle(ctx context.Context, failure *devtron.Error, took time.Duration, patience Patience, done func(context.Context, []T) (bool, error)) error {
	if failure.Kind == devtron.Canceled {
		// The user wants to stop now; the next run reads the list anyway.
		return &UnsettledError{Err: failure, ReadErr: ctx.Err()}
	}
	ctx, cancel := patience.settling(ctx, failure, took)
	defer cancel()

	var readErr error
	absent := false // some read succeeded and did not show the write
	for pause := 250 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		items, err := l.Read(ctx)
		if err == nil {
			stored, cannotTell := done(ctx, items)
			switch {
			case stored:
				return nil
			case failure.Envelope:
				// Devtron itself reported the failure, so that it is not working on it anymore.
				return &NotStoredError{Err: failure, Unread: cannotTell != nil && !errors.Is(cannotTell, ErrGone)}
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

// settling returns a context in which reading is still possible where the caller's deadline has
// passed. A cancellation by the caller still counts.
func (p Patience) settling(ctx context.Context, failure *devtron.Error, took time.Duration) (context.Context, context.CancelFunc) {
	const quick = 5 * time.Second
	gatewayGaveUp := failure.Status == http.StatusGatewayTimeout && !failure.Envelope
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return context.WithTimeout(context.WithoutCancel(ctx), p.Late)
	case took < quick && failure.Kind != devtron.Timeout && !gatewayGaveUp:
		return context.WithTimeout(ctx, p.Short)
	default:
		return context.WithTimeout(ctx, p.Long)
	}
}

// Afterwards returns the context for what has to follow a write that is stored, also where the
// caller's deadline passed during the write.
func (p Patience) Afterwards(ctx context.Context) (context.Context, context.CancelFunc) {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return context.WithTimeout(context.WithoutCancel(ctx), max(p.Late, p.Long))
	}
	return ctx, func() {}
}
