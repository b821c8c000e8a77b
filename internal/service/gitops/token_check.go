// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
)

// checkToken asks the git host what the token can do. Where that cannot be asked, or may not, a token that is about to be
// written is judged by its form alone.
func (r *configResource) checkToken(ctx context.Context, config, plan configModel, state *configModel) diag.Diagnostics {
	level := r.checkLevel(plan)
	gitProvider := plan.GitProvider.ValueString()
	token := config.configuredToken()
	sends := state == nil || tokenToSend(config, plan, *state) != ""
	written := sends || !plan.Host.Equal(state.Host) || ownerChanged(plan, *state)
	// A version that is not known yet may turn out to be the stored one: then nothing is sent.
	certain := state == nil || !plan.TokenWOVersion.IsUnknown()
	var problems []gittoken.Problem
	switch {
	case token == "":
		return nil
	case level == framework.CheckOff || !plan.isCheckable(config):
		if sends {
			problems = gittoken.TokenProblems(gittoken.Provider(gitProvider), "", token)
		}
	case written || r.Area.ledger.read(gitProvider).refreshed:
		question := plan.question(token)
		question.Thorough = written
		required := plan.requirements()
		if level == framework.CheckWarn {
			required.Hint = gittoken.HintOff
		}
		problems = r.Area.checker.Check(ctx, question, required).Problems
	default: // An apply, or -refresh=false: what is not written was checked when it was.
	}
	var diags diag.Diagnostics
	for _, problem := range problems {
		diags.Append(problemDiagnostic(problem, config, level == framework.CheckError && written && certain))
	}
	return diags
}

func (r *configResource) checkLevel(m configModel) string {
	switch {
	case m.GitTokenCheck.IsUnknown():
		return framework.CheckOff // it may become that, and then nothing may have been sent
	case m.GitTokenCheck.IsNull():
		return r.Area.GitTokenCheck
	}
	return m.GitTokenCheck.ValueString()
}

// isCheckable reports whether all that decides the answer is known.
func (m configModel) isCheckable(config configModel) bool {
	for _, field := range ownerFields {
		if field.inModel(&m.targetModel).IsUnknown() {
			return false
		}
	}
	if m.Username.IsUnknown() && gittoken.NeedsUsername(gittoken.Provider(m.GitProvider.ValueString())) {
		return false // it is part of the credential there
	}
	return !config.Token.IsUnknown() && !config.TokenWO.IsUnknown() && !m.Host.IsUnknown() && scopesKnown(m.RequiredScopes) && tlsKnown(m.TLS)
}

// scopesKnown reports whether the set and each of its elements is known.
func scopesKnown(scopes types.Set) bool {
	return !scopes.IsUnknown() && !slices.ContainsFunc(scopes.Elements(), func(scope attr.Value) bool { return scope.IsUnknown() })
}

func (m configModel) requirements() gittoken.Requirements {
	required := gittoken.Requirements{
		Scopes: stringsOf(m.RequiredScopes.Elements()),
		// Not known yet counts as true: nothing may fail that might not fail then.
		AllowCustomRepository: m.AllowCustomRepository.ValueBool() || m.AllowCustomRepository.IsUnknown(),
		Username:              m.Username.ValueString(),
	}
	if m.RequiredScopes.IsNull() {
		required.Scopes = nil
	}
	return required
}

// problemDiagnostic points at the argument that a finding is about.
func problemDiagnostic(p gittoken.Problem, config configModel, fatal bool) diag.Diagnostic {
	at := problemPath(p.Attribute, config)
	if p.Severity == gittoken.Error && fatal {
		return diag.NewAttributeErrorDiagnostic(at, p.Summary, p.Detail)
	}
	return diag.NewAttributeWarningDiagnostic(at, p.Summary, p.Detail)
}

func problemPath(attribute gittoken.Attribute, config configModel) path.Path {
	steps := strings.Split(string(attribute), ".")
	if attribute == gittoken.AttributeToken && !config.TokenWO.IsNull() {
		return pathTokenWO
	}
	p := path.Root(steps[0])
	if config.TLS.IsNull() {
		return p
	}
	for _, step := range steps[1:] {
		p = p.AtName(step)
	}
	return p
}
