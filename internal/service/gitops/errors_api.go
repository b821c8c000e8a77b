// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"errors"
	"net/http"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

// diagnose returns the diagnostics of a failed operation. The summary says what failed, and the
// consequence what the failure leaves behind.
func (a *area) diagnose(summary, consequence string, err error) diag.Diagnostics {
	var (
		cannot   *configs.CannotDeactivateError
		partial  *configs.PartialError
		dryRun   *configs.DryRunError
		conflict *configs.ConflictError
	)
	switch {
	case errors.As(err, &cannot):
		return diag.Diagnostics{cannotDeactivateError(cannot)}
	case errors.As(err, &partial):
		return diag.Diagnostics{partialError(partial)}
	case errors.As(err, &dryRun):
		return dryRunErrors(dryRun)
	case errors.As(err, &conflict):
		return diag.Diagnostics{conflictError(conflict)}
	}
	return a.Failure(framework.Operation{
		Summary: summary, Consequence: consequence, Object: "configuration", Explain: a.explain,
	}, err)
}

// explain returns the argument that caused the failure of a request, the reason, and what to do.
func (a *area) explain(e *devtron.Error) (at path.Path, reason, advice string) {
	at = path.Empty()
	switch {
	case e.Kind == devtron.Timeout && e.Method != http.MethodGet:
		return at, "the request timed out",
			"Devtron did not answer in time. A write that includes a dry run takes a minute or two, longer if a git host is slow. To allow more time, set timeouts of the resource, for example { create = \"20m\", update = \"20m\" }."
	case e.Kind == devtron.NotFound:
		return at, "Devtron has no such configuration", "It may have been removed after the plan. Plan again."
	case e.Kind == devtron.Conflict:
		return at, "Devtron already has a configuration of this git provider", "Another run may have created it. Plan again: the plan shows it and how to import it."
	case e.Kind == devtron.Precondition:
		return pathTLS, "the TLS settings are incomplete",
			"Devtron needs a CA certificate, or a client certificate together with its key, and it cannot keep what it has not stored. Check tls; set all of it again. The request contained: " + e.Detail + "."
	case e.Kind == devtron.NotStorable:
		if len(e.Suspects) > 0 {
			at = path.Root(attributeOf(e.Suspects[0].Field))
		}
		return at, "Devtron's database refused a value", unstorableAdvice(e.Suspects)
	case e.Kind == devtron.ServerError:
		return explainServerError(e)
	default:
		reason, advice = a.Explain(e, "GitOps configuration")
		return at, reason, advice
	}
}

// unstorableAdvice names the arguments that can be the reason why the database refused the
// configuration.
func unstorableAdvice(suspects []devtron.Suspect) string {
	const stored = "Nothing was stored."
	if len(suspects) == 0 {
		return "Devtron's database did not take the configuration, and Devtron does not say why. No value of this configuration is known to be too long or empty: look for the error of the database in the log of Devtron's orchestrator pod. " + stored
	}
	var b strings.Builder
	b.WriteString("Devtron's database did not take the configuration, and Devtron does not say why. The cause is most likely:")
	advice := ""
	for _, s := range suspects {
		b.WriteString("\n  " + attributeOf(s.Field) + " " + s.Problem)
		if s.Field == tokenField {
			advice = "Use a shorter token, or upgrade Devtron. A personal access token of GitHub, GitLab or Azure DevOps is short enough for every version; " +
				"for Bitbucket Cloud, a workspace access token (username = \"x-token-auth\") may be."
		}
	}
	return framework.Paragraphs(b.String(), advice, stored)
}

// tokenField is the name of the token in the API.
const tokenField = "token"

// explainServerError recognizes the words of a git host. Under Argo CD, Devtron requests the group
// from GitLab on every write, and returns a refusal as a failure of its own.
func explainServerError(e *devtron.Error) (at path.Path, reason, advice string) {
	reason = "Devtron failed"
	switch devtron.StageCause("", e.Message) {
	case devtron.CauseToken:
		return pathToken, reason, "Devtron asked the git host, which rejected the token: it is wrong, expired or revoked. Set token to a valid one."
	case devtron.CausePermission:
		return path.Empty(), reason, "Devtron asked the git host, which accepted the token but refused the request. Check the scopes of the token and the role of its owner."
	case devtron.CauseOwner:
		if strings.HasSuffix(e.Operation, " of "+gitLab) {
			at, advice = stageAdvice(devtron.CauseOwner, "", gitLab)
			return at, reason, "Devtron asked GitLab for the group. " + advice
		}
	}
	return path.Empty(), reason, "This is an error on Devtron's side. The log of its orchestrator pod says more."
}
