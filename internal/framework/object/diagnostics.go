// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package object

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

func (r *Resource[M, T]) failure(summary, consequence string, err error) diag.Diagnostics {
	return r.kind.failure(r.data, framework.Operation{Summary: summary, Consequence: consequence}, err)
}

// given moves diagnostics of a write to the arguments that a configuration sets.
func (r *Resource[M, T]) given(config M, diags diag.Diagnostics) diag.Diagnostics {
	for i, d := range diags {
		if at, ok := d.(diag.DiagnosticWithPath); ok && r.kind.Given != nil {
			diags[i] = diag.WithPath(r.kind.Given(config, at.Path()), d)
		}
	}
	return diags
}

// failure makes diagnostics of a failed operation on objects of the kind.
func (k *Kind[M, T]) failure(d *framework.Data, o framework.Operation, err error) diag.Diagnostics {
	var (
		exists  *reconcile.ExistsError[T]
		twins   *reconcile.TwinsError
		differs *reconcile.DiffersError[T]
		api     *devtron.Error
	)
	key := path.Root(k.KeyName)
	switch {
	case errors.As(err, &exists):
		detail := "Devtron has the " + k.title(exists.Object) + " in place of the one to be created. Nothing was stored. " +
			"Either another process created it after the plan, or another resource of this configuration has not released it yet. Plan again."
		if errors.As(exists.Err, &api) {
			detail += "\n\n" + framework.Quote(api)
		}
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(key, "The "+k.Noun+" already exists",
			detail+"\n\nTo manage it with this resource, import it:\n\n"+ImportBlock(k.Type, exists.Key)+k.oneEach())}
	case errors.As(err, &twins):
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(key, "Devtron has two of the same "+k.Noun,
			fmt.Sprintf("%s Devtron does not prevent that when two processes create one at the same moment. ", framework.Sentence(twins.Error()))+
				framework.Paragraphs("Find out which one is not used, delete it in Devtron, and plan again. To import or read one of them as it is, use its id.", o.Consequence))}
	case errors.As(err, &differs):
		next := "Plan again: the plan shows the difference."
		if o.Consequence != "" {
			next = o.Consequence + " The plan then shows the difference." // a tainted resource would be replaced
		}
		return diag.Diagnostics{diag.NewErrorDiagnostic(o.Summary+" as written",
			"Devtron accepted the "+k.Noun+", but returns a different one. Another process may have changed it at the same time, or this version of Devtron does not know an argument. "+next)}
	}
	o.Object, o.Explain = k.Noun, k.Explain
	return d.Failure(o, err)
}

// oneEach is advice for a replacement, whose order only Terraform knows.
func (k *Kind[M, T]) oneEach() string {
	return "\n\nIf this resource is replaced, remove create_before_destroy: Devtron has one " + k.Noun + " for each " + k.KeyName + "."
}

// notes reports what happened during a write that went on.
func (r *Resource[M, T]) notes(notes []reconcile.Note) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, note := range notes {
		var api *devtron.Error
		quote := ""
		if errors.As(note.Err, &api) {
			quote = framework.Quote(api)
		}
		switch note.Kind {
		case reconcile.ReplyLost:
			diags.AddWarning("Devtron's answer was lost", framework.Paragraphs("The "+r.kind.Noun+" was sent, but no usable answer arrived. Reading showed that it is stored.", quote))
		case reconcile.FollowUpFailed:
			diags.AddWarning("Devtron stored the "+r.kind.Noun+", but did not finish", framework.Paragraphs("The write is stored. What Devtron does after it failed.", quote, r.advice(api)))
		case reconcile.ReadBackFailed:
			diags.AddWarning("The "+r.kind.Noun+" could not be read back", framework.Paragraphs("Devtron confirmed the write, but reading afterwards failed. The state holds what was written.", quote))
		}
	}
	return diags
}

// advice is what the area knows about a failed request.
func (r *Resource[M, T]) advice(e *devtron.Error) string {
	if e == nil || r.kind.Explain == nil {
		return ""
	}
	_, _, advice := r.kind.Explain(e)
	return advice
}

// ImportBlock is an import block to paste. A key can be any text, also one that HCL takes for a
// template.
func ImportBlock(resourceType, key string) string {
	id := strings.NewReplacer("${", "$${", "%{", "%%{").Replace(fmt.Sprintf("%q", key))
	return "import {\n  to = " + resourceType + ".NAME\n  id = " + id + "\n}"
}
