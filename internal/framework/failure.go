// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// Operation describes what failed, for messages.
type Operation struct {
	// Summary says what could not be done, such as "The project could not be created".
	Summary string
	// Consequence says what the failure leaves behind; "" where the error says it.
	Consequence string
	// Object is what the operation was about, such as "project".
	Object string
	// Deletes says that the operation was a deletion.
	Deletes bool
	// Explain returns what the area knows about a failed request: the argument that caused it
	// (empty: unknown), the reason, and what to do. An empty reason stands for the general
	// explanation. Explain may be nil.
	Explain func(*devtron.Error) (at path.Path, reason, advice string)
}

// Failure returns the diagnostics of a failed operation: what is wrong, what to do next, what is
// stored, and what Devtron said.
func (d *Data) Failure(o Operation, err error) diag.Diagnostics {
	var (
		lost    *reconcile.NotStoredError
		unknown *reconcile.UnsettledError
		api     *devtron.Error
	)
	consequence := o.Consequence
	switch {
	case o.Deletes && errors.As(err, &lost):
		consequence = strings.TrimSpace("Reading showed that Devtron still has the " + o.Object + ". " + consequence)
		if lost.Pending {
			consequence += " Devtron may still be processing the request: the next plan shows whether the " + o.Object + " is gone."
		}
	case o.Deletes && errors.As(err, &unknown):
		consequence = "The provider could not find out whether Devtron deleted the " + o.Object + becauseOf(unknown.ReadErr) + ". Plan again: the plan reads what is stored."
	case errors.As(err, &lost):
		consequence = "Reading showed that nothing was stored."
		if lost.Unread {
			consequence = "The change is of values that Devtron does not show, so reading cannot tell whether they are stored. The next apply sends them again."
		}
		if lost.Pending {
			consequence += " Devtron may still be processing the request. If the " + o.Object + " appears later, the next plan finds it."
		}
	case errors.As(err, &unknown):
		consequence = "The provider could not find out whether Devtron stored the " + o.Object + becauseOf(unknown.ReadErr) + ". Plan again: the plan reads what is stored. Nothing is written twice."
	case errors.Is(err, reconcile.ErrGone):
		return diag.Diagnostics{diag.NewErrorDiagnostic(o.Summary, "The "+o.Object+" no longer exists in Devtron: it was removed after the plan. Plan again; the next apply creates it.")}
	case errors.Is(err, reconcile.ErrKept):
		return diag.Diagnostics{diag.NewErrorDiagnostic(o.Summary, Paragraphs("The deletion was confirmed, but Devtron still has the "+o.Object+
			". Something between Terraform and Devtron, such as a proxy, may have answered instead of Devtron. Destroy again.", consequence))}
	}
	switch {
	case errors.As(err, &api):
	case errors.Is(err, context.Canceled):
		return diag.Diagnostics{diag.NewErrorDiagnostic(o.Summary+": canceled", Paragraphs("The run was interrupted.", consequence))}
	default:
		return diag.Diagnostics{diag.NewErrorDiagnostic(o.Summary, Paragraphs(Sentence(err.Error()), consequence))}
	}
	if consequence == "" && api.Kind == devtron.Intercepted && api.Method != http.MethodGet {
		consequence = "Plan again: the plan shows whether Devtron has stored anything."
	}
	var reason, advice string
	at := path.Empty()
	if o.Explain != nil {
		at, reason, advice = o.Explain(api)
	}
	if reason == "" {
		reason, advice = d.Explain(api, o.Object)
	}
	detail := Paragraphs(advice, consequence, Quote(api))
	if len(at.Steps()) > 0 {
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, o.Summary+": "+reason, detail)}
	}
	return diag.Diagnostics{diag.NewErrorDiagnostic(o.Summary+": "+reason, detail)}
}

// becauseOf continues a sentence with the error of a read; "" where the read succeeded.
func becauseOf(readErr error) string {
	if readErr == nil {
		return ""
	}
	return ", because reading it failed (" + readErr.Error() + ")"
}
