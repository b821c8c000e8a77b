// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
)

// Levels of the plan-time check.
const (
	checkError = "error"
	checkWarn  = "warn"
	checkOff   = "off"
)

var checkLevels = []string{checkError, checkWarn, checkOff}

func validLevel(level string) bool { return slices.Contains(checkLevels, level) }

// checkToken asks the git host what the token can do. Where that cannot be asked, or may not, a token that is about to be
// written is judged by its form alone.
func (r *gitOpsConfigResource) checkToken(ctx context.Context, config, plan gitOpsConfigModel, state *gitOpsConfigModel) diag.Diagnostics {
	level := r.checkLevel(plan)
	gitProvider := plan.GitProvider.ValueString()
	token := config.anyToken()
	sends := state == nil || tokenToSend(config, plan, *state) != ""
	written := sends || !plan.Host.Equal(state.Host) || ownerChanged(plan, *state)
	// A version that is not known yet may turn out to be the stored one: then nothing is sent.
	certain := state == nil || !plan.TokenWOVersion.IsUnknown()
	var problems []gittoken.Problem
	switch {
	case token == "":
		return nil
	case level == checkOff || !plan.askable(config):
		if sends {
			problems = gittoken.TokenProblems(gittoken.Provider(gitProvider), token)
		}
	case written || r.data.ledger.update(gitProvider, nil).refreshed:
		question := plan.question(token)
		question.Thorough = written
		required := plan.requirements()
		if level == checkWarn {
			required.Hint = gittoken.HintOff
		}
		problems = r.data.checker.Check(ctx, question, required).Problems
	default: // An apply, or -refresh=false: what is not written was checked when it was.
	}
	var diags diag.Diagnostics
	for _, problem := range problems {
		diags.Append(problemDiagnostic(problem, config, level == checkError && written && certain))
	}
	return diags
}

func (r *gitOpsConfigResource) checkLevel(m gitOpsConfigModel) string {
	switch {
	case m.GitTokenCheck.IsUnknown():
		return checkOff // it may become that, and then nothing may have been sent
	case m.GitTokenCheck.IsNull():
		return r.data.checkLevel
	}
	return m.GitTokenCheck.ValueString()
}

// askable reports whether all that decides the answer is known.
func (m gitOpsConfigModel) askable(config gitOpsConfigModel) bool {
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

func (m gitOpsConfigModel) requirements() gittoken.Requirements {
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
func problemDiagnostic(p gittoken.Problem, config gitOpsConfigModel, fatal bool) diag.Diagnostic {
	at := problemPath(p.Attribute, config)
	if p.Severity == gittoken.Error && fatal {
		return diag.NewAttributeErrorDiagnostic(at, p.Summary, p.Detail)
	}
	return diag.NewAttributeWarningDiagnostic(at, p.Summary, p.Detail)
}

func problemPath(attribute gittoken.Attribute, config gitOpsConfigModel) path.Path {
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
