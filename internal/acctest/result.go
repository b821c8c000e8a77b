// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
)

// Result is the result of a command. Its methods state what a test expects, and return the result.
type Result struct {
	T *testing.T
	cli.Run
	Diagnostics []cli.Diagnostic
}

// Ok fails the test if the command failed.
func (r Result) Ok() Result {
	r.T.Helper()
	if r.Err != nil {
		r.T.Fatalf("%v\n%s", r.Err, r.Output)
	}
	return r
}

// Fails fails the test unless the command failed with an error that contains all the words.
func (r Result) Fails(words ...string) Result {
	r.T.Helper()
	if r.Err == nil {
		r.T.Fatalf("the command succeeded, want an error with %q\n%s", words, r.Output)
	}
	return r.expect("error", words)
}

// Warns fails the test unless there is a warning that contains all the words.
func (r Result) Warns(words ...string) Result {
	r.T.Helper()
	return r.expect("warning", words)
}

// WarnsOfDestroy is Warns for a warning of a planned destroy, which not every CLI shows.
func (r Result) WarnsOfDestroy(words ...string) Result {
	r.T.Helper()
	if !Has(r.T, DestroyWarnings) {
		return r
	}
	return r.Warns(words...)
}

func (r Result) expect(severity string, words []string) Result {
	r.T.Helper()
	if !r.HasDiagnostic(severity, words) {
		r.T.Fatalf("no %s contains all of %q, got:\n%s", severity, words, r.Listing())
	}
	return r
}

// Quiet fails the test if there is a diagnostic.
func (r Result) Quiet() Result {
	r.T.Helper()
	if len(r.Diagnostics) > 0 {
		r.T.Fatalf("unexpected diagnostics:\n%s", r.Listing())
	}
	return r
}

// Empty fails the test unless the plan succeeded and has no changes.
func (r Result) Empty() Result {
	r.T.Helper()
	if r.Ok(); r.Changes {
		r.T.Fatalf("the plan has changes:\n%s", r.Output)
	}
	return r
}

// HasDiagnostic reports whether a diagnostic of the severity contains all the words. The line of
// the configuration that the CLI shows belongs to the diagnostic. A command without
// machine-readable output, such as Import, has no diagnostics: there, the whole output counts as
// one.
func (r Result) HasDiagnostic(severity string, words []string) bool {
	if machineReadable := strings.Contains(r.Output, `"@level"`); !machineReadable {
		return HasAll(Unwrap(r.Output), words)
	}
	for _, d := range r.Diagnostics {
		if d.Severity == severity && HasAll(d.Summary+"\n"+d.Detail+"\n"+d.Snippet.Code, words) {
			return true
		}
	}
	return false
}

// Listing returns the diagnostics as text.
func (r Result) Listing() string {
	if len(r.Diagnostics) == 0 {
		return r.Output
	}
	var b strings.Builder
	for _, d := range r.Diagnostics {
		b.WriteString(d.Severity + ": " + d.Summary + "\n" + d.Detail + "\n  at " + d.Address + ": " + d.Snippet.Code + "\n\n")
	}
	return b.String()
}
