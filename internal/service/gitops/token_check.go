// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
)

// checkToken checks at the git host what the token can do. If the check is off, or not all of its
// input is known, only the form of a token that is about to be written is checked.
func (r *configResource) checkToken(ctx context.Context, config, plan configModel, state *configModel) diag.Diagnostics {
	level := r.checkLevel(plan)
	gitProvider := plan.GitProvider.ValueString()
	token := config.configuredToken()
	sends := state == nil || tokenToSend(config, plan, *state) != ""
	written := sends || !plan.Host.Equal(state.Host) || ownerChanged(plan, *state) ||
		gittoken.NeedsUsername(gittoken.Provider(gitProvider)) && !plan.Username.Equal(state.Username)
	// An unknown version may turn out to be the stored one, and then no token is sent.
	certain := state == nil || !plan.TokenWOVersion.IsUnknown()
	var diags diag.Diagnostics
	var problems []gittoken.Problem
	switch {
	case token == "":
		return nil
	case level == framework.CheckOff || !plan.isCheckable(ctx, config):
		if sends {
			problems = gittoken.TokenProblems(gittoken.Provider(gitProvider), "", token)
		}
	case written || r.Area.ledger.read(gitProvider).refreshed:
		question, failed := plan.question(ctx, token)
		diags.Append(failed...)
		required, failed := plan.requirements(ctx)
		diags.Append(failed...)
		if diags.HasError() {
			return diags
		}
		question.Thorough = written
		if level == framework.CheckWarn {
			required.Hint = gittoken.HintOff
		}
		problems = r.Area.checker.Check(ctx, question, required).Problems
	default: // This is an apply or a plan with -refresh=false. A token that it does not write was checked when it was written.
	}
	for _, problem := range problems {
		diags.Append(problemDiagnostic(problem, config, level == framework.CheckError && written && certain))
	}
	return diags
}

func (r *configResource) checkLevel(m configModel) string {
	switch {
	case m.GitTokenCheck.IsUnknown():
		return framework.CheckOff // It may turn out to be that, and then no request is allowed.
	case m.GitTokenCheck.IsNull():
		return r.Area.GitTokenCheck
	}
	return m.GitTokenCheck.ValueString()
}

// isCheckable reports whether all input of the check is known.
func (m configModel) isCheckable(ctx context.Context, config configModel) bool {
	for _, field := range ownerFields {
		if field.inModel(&m.targetModel).IsUnknown() {
			return false
		}
	}
	if m.Username.IsUnknown() && gittoken.NeedsUsername(gittoken.Provider(m.GitProvider.ValueString())) {
		return false // The user name is part of the credential.
	}
	return !config.Token.IsUnknown() && !config.TokenWO.IsUnknown() && !m.Host.IsUnknown() &&
		framework.IsFullyKnown(ctx, m.RequiredScopes) && framework.IsFullyKnown(ctx, m.TLS)
}

// requirements returns what Devtron needs the token for.
func (m configModel) requirements(ctx context.Context) (gittoken.Requirements, diag.Diagnostics) {
	required := gittoken.Requirements{
		// An unknown value counts as true, because the check must not fail where it might succeed
		// later.
		AllowCustomRepository: m.AllowCustomRepository.ValueBool() || m.AllowCustomRepository.IsUnknown(),
		Username:              m.Username.ValueString(),
	}
	if m.RequiredScopes.IsNull() {
		return required, nil
	}
	var scopes []types.String
	diags := m.RequiredScopes.ElementsAs(ctx, &scopes, false)
	required.Scopes = make([]string, 0, len(scopes)) // An empty set requires nothing; nil stands for the default.
	for _, scope := range scopes {
		required.Scopes = append(required.Scopes, scope.ValueString())
	}
	return required, diags
}

// problemDiagnostic reports a problem at the argument that causes it.
func problemDiagnostic(p gittoken.Problem, config configModel, fatal bool) diag.Diagnostic {
	at := problemPath(p.Attribute, config)
	if p.Severity == gittoken.Error && fatal {
		return diag.NewAttributeErrorDiagnostic(at, p.Summary, p.Detail)
	}
	return diag.NewAttributeWarningDiagnostic(at, p.Summary, p.Detail)
}

// problemPath returns the argument of a problem. The path ends at tls where that is not set.
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
