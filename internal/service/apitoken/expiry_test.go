// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken_test

import (
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const reissued = "A new API token will be issued"

// TestChangedExpiryIsANewToken: the plan says so, and the old one stops working.
func TestChangedExpiryIsANewToken(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	use := "output \"token\" {\n  value     = " + this + ".token\n  sensitive = true\n}\n"
	w := acctest.NewWorkspace(t, box, use+args("super_admin", "true").At(this))
	w.Apply().Ok().Quiet()
	works(t, box, w)
	first := issued(t, w)

	w.Write(use + args("super_admin", "true", "description", `"d"`).At(this))
	w.Apply().Ok().Quiet()
	if issued(t, w) != first {
		t.Error("a new description issued a new token")
	}
	args := args("super_admin", "true", "description", `"d"`, "expires_at", `"2099-01-31T10:00:00+02:00"`)
	w.Write(use + args.At(this))
	if p := w.Plan().Ok().Warns(reissued, "stops working", "expires_at = "); !strings.Contains(p.Output, `"token"`) {
		t.Errorf("the plan does not show that the token changes:\n%s", p.Output)
	}
	w.Apply().Ok()
	works(t, box, w)
	if second := issued(t, w); second == first || accepts(t, box, first) {
		t.Error("the old token still works")
	}
	w.Plan().Empty().Quiet()

	// The same time in other words.
	second := issued(t, w)
	for _, same := range []string{"2099-01-31T08:00:00Z", "2099-01-31T03:00:00.000-05:00", "2099-01-31T08:00:00.0004Z"} {
		w.Write(use + args.With("expires_at", acctest.Quote(same)).At(this))
		w.Plan().Empty().Quiet()
	}
	w.Write(use + args.With("expires_at", "").At(this))
	w.Apply().Ok().Warns(reissued)
	works(t, box, w)
	if issued(t, w) == second {
		t.Error("a token that never expires is the same as before")
	}
	for _, r := range box.Log.To("devtron") {
		if r.Method == "PUT" && strings.HasPrefix(r.Path, route) && !strings.Contains(string(r.Body), "expireAtInMs") {
			t.Errorf("Devtron crashes over a PUT without expiry: %s", r.Body)
		}
	}
}

// TestExpiryInThePastIsRefused: Devtron would issue a token that it never accepts.
func TestExpiryInThePastIsRefused(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	past := []string{"expires_at is in the past", "2020-01-31 10:00 UTC", `expires_at = "2020`}
	w := acctest.NewWorkspace(t, box, args("expires_at", `"2020-01-31T10:00:00Z"`).At(this))
	w.Plan().Fails(past...)
	w.Write(args("expires_at", `"1970-01-01T00:00:00Z"`).At(this)) // 0 would mean never
	w.Plan().Fails("expires_at is in the past")
	w.Write(args().At(this))
	w.Apply().Ok()
	w.Write(args("expires_at", `"2020-01-31T10:00:00Z"`).At(this))
	w.Plan().Fails(past...)
	if acctest.Has(t, acctest.TerraformData) {
		w.Write(acctest.UnknownValue("at", `"2020-01-31T10:00:00Z"`) + args("expires_at", "terraform_data.at.output").At(this))
		w.Apply().Fails("expires_at is in the past")
	}
	expectWrites(t, box, "POST /api-token")
}

// TestExpiredTokenIsReported, and blocks nothing.
func TestExpiredTokenIsReported(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.APITokens.Put(sandbox.APIToken{Name: "ci-payments", ExpireAtInMs: 1000})
	expired := args("expires_at", `"1970-01-01T00:00:01Z"`)
	w := acctest.NewWorkspace(t, box, expired.At(this))
	w.Import(this, "ci-payments").Ok()
	w.Plan().Empty().Warns("The API token has expired", "1970-01-01 00:00 UTC", "expires_at = ")
	w.Write(expired.With("description", `"d"`).At(this))
	w.Apply().Ok().Warns("The API token has expired")
	w.Write(args("description", `"d"`).At(this))
	w.Apply().Ok().Warns(reissued)
	works(t, box, w)
	w.Plan().Empty().Quiet()
}

// TestValueOfAnImportedTokenIsUnknownUntilANewOneIsIssued.
func TestValueOfAnImportedTokenIsUnknownUntilANewOneIsIssued(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	row := box.Devtron.APITokens.Put(sandbox.APIToken{Name: "ci-payments"})
	w := acctest.NewWorkspace(t, box, args().At(this))
	w.Import(this, "ci-payments").Ok()
	w.Plan().Empty().Quiet()
	w.Write(args("description", `"d"`).At(this))
	w.Apply().Ok().Quiet()
	if issued(t, w) != "" {
		t.Error("the state has the token")
	}
	w.Plan().Empty().Quiet()
	w.Write(args("description", `"d"`, "expires_at", `"2099-01-31T10:00:00Z"`).At(this))
	w.Apply().Ok().Warns(reissued)
	works(t, box, w)
	if accepts(t, box, row.Token) {
		t.Error("the old token still works")
	}
	w.Plan().Empty().Quiet()
}

// TestTokenThatSomebodyCreatedAgainIsReadAgain: it looks as before, but the value in the state is
// dead. That holds for an imported token as well, once its value is known.
func TestTokenThatSomebodyCreatedAgainIsReadAgain(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	row := box.Devtron.APITokens.Put(sandbox.APIToken{Name: "ci-payments"})
	config := args("expires_at", `"2099-01-31T10:00:00Z"`).At(this)
	w := acctest.NewWorkspace(t, box, config+acctest.ImportBlock(this, "ci-payments"))
	w.Apply().Ok().Warns(reissued)
	for range 2 {
		row, _ = box.Devtron.APITokens.Named("ci-payments")
		box.Devtron.APITokens.Remove(row.ID)
		box.Devtron.APITokens.Put(row)
		box.Log.Reset()
		w.Apply().Ok().Warns("The value of the API token is read again")
		expectWrites(t, box, "PUT /api-token/ID") // without a change
		works(t, box, w)
		w.Plan().Empty().Quiet()
	}
	// Where Devtron does not show the values, it shows no difference.
	box.Devtron.APITokens.SetHidden(true)
	w.Plan().Empty().Quiet()
	w.Destroy().Ok()
}

// TestTokenOfAnExpiryThatSomebodyChangedIsReplacedInTheState: the one in the state has been dead
// since.
func TestTokenOfAnExpiryThatSomebodyChangedIsReplacedInTheState(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, args().At(this))
	w.Apply().Ok()
	expiry := time.Now().Add(time.Hour).Truncate(time.Second).UTC()
	box.Devtron.APITokens.Put(sandbox.APIToken{Name: "ci-payments", ExpireAtInMs: expiry.UnixMilli()})
	// The configuration accepts the change.
	w.Write(args("expires_at", acctest.Quote(expiry.Format(time.RFC3339))).At(this))
	box.Log.Reset()
	w.Apply().Ok().Warns("The value of the API token is read again")
	works(t, box, w)
	w.Plan().Empty().Quiet()
	expectWrites(t, box, "PUT /api-token/ID") // without a change: it reads the token

	// The configuration does not.
	w.Write(args().At(this))
	w.Apply().Ok().Warns(reissued)
	works(t, box, w)
}
