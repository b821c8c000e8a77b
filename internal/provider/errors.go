// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gitops"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

const howToMakeAPIToken = "Make one in Devtron under Global Configurations, Authorization, API Tokens, with the permission \"Super admin\"."

// diagnose is the one place where failures become diagnostics. The summary says
// what could not be done, the consequence what that leaves behind.
func (d *providerData) diagnose(summary, consequence string, err error) diag.Diagnostics {
	var (
		refused  *gitops.RefusedError
		appeared *gitops.AppearedError
		partial  *gitops.PartialError
		cannot   *gitops.CannotDeactivateError
		lost     *reconcile.NotStoredError
		unknown  *reconcile.UnsettledError
		api      *devtron.Error
	)
	switch {
	case errors.As(err, &cannot):
		return diag.Diagnostics{cannotDeactivate(cannot)}
	case errors.As(err, &partial):
		return diag.Diagnostics{d.partial(partial)}
	case errors.As(err, &refused):
		return refusedDiagnostics(refused)
	case errors.As(err, &appeared):
		return diag.Diagnostics{appearedError(appeared)}
	case errors.As(err, &lost):
		consequence = "Reading the configurations again showed that nothing was stored."
		if lost.Pending {
			consequence += " Devtron may still be at work on it: if it appears later, the next plan finds it and takes it over."
		}
	case errors.As(err, &unknown):
		consequence = "Whether Devtron stored it is not known" + because(unknown.ReadErr) + ". Plan again: the plan finds out and goes on from there; nothing is written twice."
	case errors.Is(err, reconcile.ErrGone):
		return diag.Diagnostics{diag.NewErrorDiagnostic(summary, "The configuration is no longer in Devtron: somebody removed it since the plan was made. Plan again; it will be created.")}
	}
	if !errors.As(err, &api) {
		return diag.Diagnostics{diag.NewErrorDiagnostic(summary, sentence(err.Error())+" "+consequence)}
	}
	reason, advice := d.explain(api)
	return diag.Diagnostics{diag.NewErrorDiagnostic(summary+": "+reason, paragraphs(advice, consequence, said(api)))}
}

// explain says what a failed call means and what to do about it.
func (d *providerData) explain(e *devtron.Error) (reason, advice string) {
	switch e.Kind {
	case devtron.Unauthorized:
		return "the API token was not accepted",
			"Devtron does not know the API token given by " + d.tokenOrigin + ": it is wrong, expired, deleted or was regenerated. " + howToMakeAPIToken
	case devtron.Forbidden:
		return "the API token is not super-admin",
			"The API token given by " + d.tokenOrigin + " is valid, but GitOps configurations are for super-admins only. " +
				"Edit the token in Devtron under Global Configurations, Authorization, API Tokens, and give it the permission \"Super admin\"."
	case devtron.NotDevtron:
		advice = "What answered at " + e.URL + " is not Devtron's API. Check the URL given by " + d.urlOrigin + "."
		if e.Location != "" {
			advice = e.URL + " redirects to " + e.Location + ", which is not followed: a write would become a read, and a token must not go elsewhere. " +
				"Check the URL given by " + d.urlOrigin + "; it may have to be that of the target."
		}
		return "this is not Devtron's API", advice
	case devtron.Dropped:
		return "the server dropped the request",
			"The connection was closed without a complete answer. Devtron does that to an API token of another system (of Argo CD, say), so check the one given by " +
				d.tokenOrigin + "; a restart of Devtron or a proxy in front of it does it too."
	case devtron.Unreachable:
		var authority x509.UnknownAuthorityError
		if errors.As(e, &authority) {
			return "its certificate is not trusted",
				"The certificate of " + e.URL + " is signed by an authority that this machine does not know. Give that authority's certificate in the provider argument ca_certificate (or " + envCACertificate + ")."
		}
		return "Devtron cannot be reached", "No connection to " + e.URL + " could be made. Check the URL given by " + d.urlOrigin + ", the network and the proxy settings (HTTPS_PROXY, NO_PROXY)."
	case devtron.Timeout:
		return "the time ran out", "Devtron had not answered when the time was over. Its dry run takes up to a minute or two, longer where a git host is slow; the timeouts argument gives it more."
	case devtron.Canceled:
		return "cancelled", "The run was interrupted."
	case devtron.NotFound:
		return "Devtron has no such configuration", "It may have been removed since the plan was made. Plan again."
	case devtron.Conflict:
		return "Devtron has a configuration of this git provider already", "Another run may have created it. Plan again: the plan shows it and how to import it."
	case devtron.TLSIncomplete:
		return "the TLS settings are incomplete",
			"Devtron answers so where a certificate comes without its key, a key without its certificate, or neither is there nor a CA, and where something is to be kept that it no longer has. " +
				"Check tls. The request said: " + e.TLSFields + "."
	default:
		return "Devtron failed", "This is an error on Devtron's side; the log of its orchestrator pod says more."
	}
}

// said quotes the server and tells what was tried.
func said(e *devtron.Error) string {
	tried := e.Method + " " + e.URL
	if e.Attempts > 1 {
		tried += fmt.Sprintf(", %d attempts", e.Attempts)
	}
	who := "Devtron"
	if !e.Envelope {
		who = "The server" // which may be a proxy in front of it, or something else
	}
	switch {
	case e.Status != 0 && e.Message != "":
		return fmt.Sprintf("%s\n%s said (HTTP %d): %s", tried, who, e.Status, e.Message)
	case e.Status != 0:
		return fmt.Sprintf("%s\n%s answered HTTP %d.", tried, who, e.Status)
	case e.Attempts == 0:
		return sentence(e.Message)
	case e.Message != "":
		return tried + "\nThe network said: " + e.Message
	default:
		return tried
	}
}

// refusedDiagnostics turns each failed stage of the dry run into a diagnostic at
// the argument that the stage is about.
func refusedDiagnostics(e *gitops.RefusedError) diag.Diagnostics {
	var diags diag.Diagnostics
	stages := make([]string, 0, len(e.Stages))
	for stage := range e.Stages {
		stages = append(stages, stage)
	}
	slices.Sort(stages)
	for _, stage := range stages {
		diags.AddAttributeError(stagePath(stage, e.Provider), "Devtron's dry run failed: "+stage,
			paragraphs("Devtron tried the configuration at the git host before storing it, which failed. Nothing was stored.", "Devtron said: "+e.Stages[stage]))
	}
	return diags
}

// stagePath maps a stage to an argument. "Create Repo" is refused for the
// organization or group; no connection means host or token.
func stagePath(stage, kind string) path.Path {
	switch stage {
	case "Create Repo":
		for _, field := range ownerFields {
			if field.gitProvider == kind {
				return path.Root(field.attribute)
			}
		}
	case "Delete Repo":
		return pathToken
	}
	return pathHost
}

func appearedError(e *gitops.AppearedError) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(pathGitProvider, "A configuration of this git provider appeared since the plan",
		"Devtron has "+describe(e.Row)+" now, which the plan had not seen like that. Nothing was written. Plan again: the plan shows what would be taken over."+
			differences(e.Differences)+"\n\nTo manage it with this resource:\n\n"+importBlock(e.Row.Provider))
}

func cannotDeactivate(e *gitops.CannotDeactivateError) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Devtron refuses to deactivate the configuration",
		paragraphs("Devtron has "+describe(e.Row)+". It tries the stored token on every write, also on one that only deactivates, and that failed, "+
			"most likely because the token has expired or was revoked. The configuration is unchanged and still in the Terraform state.",
			"Either give the resource a working token, apply, and destroy again; or set deletion_policy = \"abandon\", apply, and destroy, which leaves the configuration in Devtron as it is.",
			reasonOf(e.Err)))
}

// partial says what is where after an operation that went half way.
func (d *providerData) partial(e *gitops.PartialError) diag.Diagnostic {
	var what string
	switch e.Step {
	case gitops.StepRestore:
		what = "The new configuration is stored, and Devtron has made it the active one, as it does with every new one. Making " + describe(e.Row) +
			" active again failed. Until that is mended Devtron uses the new one. If Terraform manages the earlier one too, apply again. If not, run \"terraform untaint\" on this resource and apply, " +
			"which activates the earlier one first; without the untaint Terraform replaces the resource and cannot know what was active."
	case gitops.StepDeactivate:
		what = "The configuration is stored, but it is active: Devtron had to be given it as active first, and deactivating it failed. Apply again."
	case gitops.StepCompare:
		what = "Devtron accepted the configuration, but what it has now is something else. Somebody may have changed it at the same time. Plan again." + differences(e.Differences)
	}
	return diag.NewErrorDiagnostic("The configuration is stored, but not all is done", paragraphs(what, reasonOf(e.Err)))
}

// reasonOf quotes a failure below an explanation.
func reasonOf(err error) string {
	var api *devtron.Error
	var refused *gitops.RefusedError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &refused):
		var b strings.Builder
		b.WriteString("Devtron said:")
		for stage, message := range refused.Stages {
			b.WriteString("\n  " + stage + ": " + message)
		}
		return b.String()
	case errors.As(err, &api):
		return said(api)
	default:
		return sentence(err.Error())
	}
}

func because(err error) string {
	if err == nil {
		return ""
	}
	return ", as reading did not tell (" + err.Error() + ")"
}

func paragraphs(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "\n\n")
}

func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + strings.TrimSuffix(s[1:], ".") + "."
}

// noteDiagnostics tells what happened on the way of an operation that went on.
func (r *gitOpsConfigResource) noteDiagnostics(notes []gitops.Note) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, note := range notes {
		switch note.Kind {
		case gitops.ReplyLost:
			diags.AddWarning("Devtron's answer was lost", paragraphs("The configuration was sent, no usable answer came, and reading showed that it is stored. What the dry run said is not known.", reasonOf(note.Err)))
		case gitops.RepositoryLeft:
			diags.Append(repositoryLeft())
		case gitops.DryRunSkipped:
			diags.AddWarning("Deactivated without a dry run",
				paragraphs("Devtron refused to deactivate the configuration because its token no longer works, so it was sent again with allowCustomRepository = true, which skips the dry run. The inactive configuration keeps that setting.", reasonOf(note.Err)))
		case gitops.ReadBackFailed:
			diags.AddWarning("The configuration could not be read back", paragraphs("Devtron confirmed the write; reading it back failed. The state holds what was written.", reasonOf(note.Err)))
		case gitops.NothingActive:
			diags.AddWarning("Devtron has no active GitOps configuration now", "Applications that deploy through GitOps cannot be deployed until one is activated.")
		case gitops.TwoActive:
			diags.AddWarning("Two configurations are active", "Besides this one Devtron has "+describe(note.Row)+" as active: another process wrote at the same time. Apply again.")
		}
	}
	return diags
}

func repositoryLeft() diag.Diagnostic {
	return diag.NewWarningDiagnostic("Devtron's dry run left a repository behind",
		"Devtron created a repository named devtron-sample-repo-dryrun-... to try the token and could not delete it. Delete it by hand; a token that may delete repositories avoids it.")
}
