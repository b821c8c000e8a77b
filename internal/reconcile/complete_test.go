// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// completed returns a collection whose creations with a lost reply are completed with an update.
func completed(t *testing.T, f *fake) *Collection[thing] {
	kind := f.kind()
	kind.Complete = func(ctx context.Context, stored, wanted thing) error {
		wanted.ID = stored.ID
		return f.update(ctx, wanted)
	}
	return NewCollection("https://"+t.Name(), kind, quick)
}

func TestCreationWhoseReplyWasLostIsCompleted(t *testing.T) {
	t.Parallel()
	wanted := thing{Name: "a", Secret: "s"}
	for name, test := range map[string]struct {
		after func(method string) error
		sent  string
		notes []NoteKind
	}{
		"the reply arrives": {nil, "GET POST GET", nil},
		"completed": {func(method string) error {
			if method == "POST" {
				return errLost
			}
			return nil
		}, "GET POST GET PUT GET", []NoteKind{ReplyLost}},
		"not completed": {func(method string) error {
			if method == "POST" {
				return errLost
			}
			return failed(devtron.Unsynced, 500, true)
		}, "GET POST GET PUT GET", []NoteKind{ReplyLost, FollowUpFailed}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := &fake{after: test.after}
			out, err := completed(t, f).Create(t.Context(), wanted)
			if err != nil || !out.Stored || out.Object.ID != 1 {
				t.Errorf("got %+v, %v", out, err)
			}
			wantSent(t, f, test.sent)
			wantNotes(t, out, test.notes...)
		})
	}
}

func TestCreationThatIsNotStoredIsNotCompleted(t *testing.T) {
	t.Parallel()
	f := &fake{before: func(string) error { return failed(devtron.Unsynced, 500, true) }}
	_, err := completed(t, f).Create(t.Context(), thing{Name: "a"})
	wantNotStored(t, err, true)
	wantSent(t, f, "GET POST GET")
}
