// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

// dryRunErrors reports each failed stage of the dry run at the argument that the stage is about.
func dryRunErrors(e *configs.DryRunError) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, stage := range slices.Sorted(maps.Keys(e.Stages)) {
		message := e.Stages[stage]
		at, nextStep := stageAdvice(devtron.StageCause(stage, message), stage, e.GitProvider)
		diags.AddAttributeError(at, "Devtron's dry run failed: "+stage,
			framework.Paragraphs("Devtron tried the configuration at the git host, and that failed. Nothing was stored.", "Devtron said: "+message, nextStep))
	}
	return diags
}

// stageAdvice returns the argument that a failed stage is about, and what to do next.
func stageAdvice(cause devtron.Cause, stage, gitProvider string) (at path.Path, nextStep string) {
	owner := ownerArgument(gitProvider)
	switch cause {
	case devtron.CauseToken:
		return pathToken, "The git host rejects the token: it is wrong, expired or revoked. Generate a new one at the git host, and set token (or token_wo, with a higher token_wo_version)."
	case devtron.CausePermission:
		return pathToken, "The git host accepts the token, but not what Devtron does with it. Check the scopes of the token, and that its owner may create repositories in the value of " + owner + "."
	case devtron.CauseOwner:
		nextStep = "The git host does not find the value of " + owner + ", or does not show it to the owner of the token. Correct " + owner + ", or give that account access."
		if gitProvider == gitLab {
			nextStep = "GitLab does not find the group, or does not show it to the owner of the token. Set group_id to the numeric id of the group, which its page in GitLab shows, or give that account access."
		}
		return path.Root(owner), nextStep
	case devtron.CauseLimit:
		return pathHost, "The git host limits the number of requests. Wait some minutes, and apply again."
	case devtron.CauseGitHost:
		return pathHost, "The git host itself failed. Apply again when it works."
	case devtron.CauseNetwork:
		return pathHost, "Devtron, in its cluster, has no connection to the git host. Check host, and from the cluster: DNS, firewalls, network policies and proxies."
	case devtron.CauseCertificate:
		return pathTLS, "Devtron does not trust the certificate of the git host. Include the certificate of the authority that signed it in ca_certificate of tls, for example tls = { ca_certificate = file(\"ca.pem\") }."
	case devtron.CauseCA:
		return pathTLS, "Devtron cannot read ca_certificate in tls. Set it to the PEM text of a certificate."
	case devtron.CauseHost:
		return pathHost, "Devtron cannot make an address of host. Write it like https://gitlab.example.com."
	case devtron.CauseWebPage:
		if gitProvider == azureDevOps {
			return pathToken, "A web page answered in place of the API. Azure DevOps shows its sign-in page to a token that is wrong, expired or revoked: generate a new one. If the token is valid, check host (https://dev.azure.com/ORGANIZATION)."
		}
		return pathHost, "A web page answered in place of the API of the git host. Set host to the address of the git host itself, without the path of a page, and check whether a login page stands in front of it."
	case devtron.CauseClone:
		return pathHost, "Devtron created the repository through the API, but git could not clone it. Check that Devtron's cluster reaches host by git over HTTPS, and that the token may read repositories. Delete the repository devtron-sample-repo-dryrun-... at the git host if it is still there."
	case devtron.CauseDelete:
		return pathToken, "The token cannot delete the repository that the dry run created. Delete devtron-sample-repo-dryrun-... at the git host, and allow the token to delete repositories."
	}
	if stage == "Create Repo" {
		return path.Root(owner), "Check " + owner + ", and that the owner of the token may create repositories there."
	}
	return pathHost, "Correct what Devtron names, and apply again. The log of its orchestrator pod says more."
}

// ownerArgument returns the argument that names the place where Devtron creates repositories at a
// git provider.
func ownerArgument(gitProvider string) string {
	if names := ownerAttributes(gitProvider); len(names) > 0 {
		return names[0]
	}
	return "git_provider"
}

// atConfiguredToken moves diagnostics about the token to token_wo where the configuration uses that
// argument.
func atConfiguredToken(diags diag.Diagnostics, config configModel) diag.Diagnostics {
	for i, d := range diags {
		if at, ok := d.(diag.DiagnosticWithPath); ok && at.Path().Equal(pathToken) && config.Token.IsNull() {
			diags[i] = diag.WithPath(pathTokenWO, d)
		}
	}
	return diags
}

// dryRunDiagnostics reports the result of a dry run that stored nothing.
func dryRunDiagnostics(config devtron.Config, v devtron.Validation) diag.Diagnostics {
	var diags diag.Diagnostics
	switch {
	case v.Refused():
		return dryRunErrors(&configs.DryRunError{GitProvider: config.Provider, Stages: v.StageErrors})
	case v.Skipped && config.AllowCustomRepository:
		diags.AddWarning("Devtron did no dry run", "The configuration allows custom repositories, and Devtron makes no dry run for such a configuration.")
	case v.Skipped:
		diags.AddWarning("Devtron did no dry run", "Devtron makes a dry run only if its Argo CD module is installed.")
	case len(v.SuccessfulStages) == 0:
		diags.AddWarning("Devtron did no dry run", "Devtron answered without a dry run. It does so if it has stored no token, or if TLS is on without TLS material.")
	}
	if v.DeleteRepoFailed {
		diags.Append(repositoryLeftWarning())
	}
	return diags
}

// repositoryLeftWarning reports that the dry run could not delete its repository.
func repositoryLeftWarning() diag.Diagnostic {
	return diag.NewWarningDiagnostic("Devtron's dry run left a repository behind",
		"Devtron created a repository named devtron-sample-repo-dryrun-... to try the token, and could not delete it. Delete it at the git host. A token that is allowed to delete repositories avoids this.")
}
