// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
)

// explain says what a failed call means and what to do about it. What is not particular to GitOps configurations is
// explained as in all areas.
func (a *area) explain(e *devtron.Error) (reason, advice string) {
	switch e.Kind {
	case devtron.Timeout:
		return "the request timed out",
			"Devtron did not answer in time. A write that includes a dry run takes a minute or two, longer if a git host is slow. To allow more time, set timeouts of the resource, for example { create = \"20m\", update = \"20m\" }."
	case devtron.NotFound:
		return "Devtron has no such configuration", "It may have been removed after the plan. Plan again."
	case devtron.Conflict:
		return "Devtron already has a configuration of this git provider", "Another run may have created it. Plan again: the plan shows it and how to import it."
	case devtron.Precondition:
		return "the TLS settings are incomplete",
			"Devtron needs a CA certificate, or a client certificate together with its key, and it cannot keep what it has not stored. Check tls; set all of it again. The request contained: " + e.Detail + "."
	case devtron.NotStorable:
		return "Devtron's database refused a value", unstorableAdvice(e.Suspects)
	case devtron.ServerError:
		return "Devtron failed", serverAdvice(e)
	default:
		return a.Explain(e, "GitOps configuration")
	}
}

// unstorableAdvice names the fields that can be the cause.
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

// tokenField is the token's name in the API.
const tokenField = "token"

// serverAdvice recognizes the words of a git host: under Argo CD Devtron asks GitLab
// for the group whenever it writes, and passes a refusal on as a failure of its own.
func serverAdvice(e *devtron.Error) string {
	switch devtron.StageCause("", e.Message) {
	case devtron.CauseToken:
		return "Devtron asked the git host, which rejected the token: it is wrong, expired or revoked. Set token to a valid one."
	case devtron.CausePermission:
		return "Devtron asked the git host, which accepted the token but refused the request. Check the scopes of the token and the role of its owner."
	default:
		return "This is an error on Devtron's side. The log of its orchestrator pod says more."
	}
}

// apiPath is the argument that a failure is about, where it is about one.
func apiPath(e *devtron.Error) (path.Path, bool) {
	switch {
	case e.Kind == devtron.NotStorable && len(e.Suspects) > 0:
		return path.Root(attributeOf(e.Suspects[0].Field)), true
	case e.Kind == devtron.Precondition:
		return pathTLS, true
	case e.Kind == devtron.ServerError && devtron.StageCause("", e.Message) == devtron.CauseToken:
		return pathToken, true
	}
	return path.Empty(), false
}
