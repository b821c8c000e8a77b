// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

const (
	policyDeactivate = "deactivate"
	policyAbandon    = "abandon"
)

func (r *configResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages a GitOps configuration of Devtron: the git host, the organization or group, and the token with which Devtron " +
			"creates the repositories that it deploys from. Devtron keeps one configuration for each git provider and uses the one that is active.",
		Attributes: map[string]schema.Attribute{
			// Required.
			"git_provider": schema.StringAttribute{
				MarkdownDescription: "The git provider: " + oneOf(gitProviders) + ". It identifies the configuration, so changing it replaces the resource.",
				Required:            true,
				Validators:          framework.Check(rule.OneOf(gitProviders...)),
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"username": schema.StringAttribute{
				MarkdownDescription: "The user name that the token belongs to.",
				Required:            true,
				Validators:          framework.Check(rule.Text...),
			},

			// Optional: where Devtron creates repositories. ownerFields contains the other
			// arguments.
			"host": schema.StringAttribute{
				MarkdownDescription: "The web address of the git host. Required for `" + azureDevOps + "`, where it contains the organization: `https://dev.azure.com/ORGANIZATION`. " +
					"A trailing slash and the case of the host name make no difference. " + defaultHosts(),
				Optional:      true,
				Computed:      true,
				CustomType:    hostStringType{},
				Validators:    framework.Check(gitHostRules...),
				PlanModifiers: []planmodifier.String{defaultHost{}, knownHost{}},
			},

			// Optional: the credential.
			"token": schema.StringAttribute{
				MarkdownDescription: "The personal access token. Terraform stores it in the state; use `token_wo` to avoid that. " +
					"A new configuration requires either `token` or `token_wo`; an imported one keeps its stored token until you set one of them. " +
					"The maximum length is 1472 bytes, and 158 bytes for Devtron up to v2.2.0.",
				Optional:   true,
				Sensitive:  true,
				Validators: []validator.String{tokenValidator{}, framework.ConflictsWith{Other: "token_wo"}},
			},
			"token_wo": schema.StringAttribute{
				MarkdownDescription: "The personal access token as a write-only argument, which is never stored in state or plan files. " +
					"It is sent when the configuration is created and whenever `token_wo_version` changes. Requires Terraform 1.11 or OpenTofu 1.11.",
				Optional:   true,
				Sensitive:  true,
				WriteOnly:  true,
				Validators: []validator.String{tokenValidator{}},
			},
			"token_wo_version": schema.Int64Attribute{
				MarkdownDescription: "The version of `token_wo`. Raise it to send a new `token_wo`, because Terraform cannot detect that a write-only value changed.",
				Optional:            true,
				Validators:          []validator.Int64{requiresTokenWO{}},
			},

			// Optional: the rest.
			"active": schema.BoolAttribute{
				MarkdownDescription: "Whether Devtron uses this configuration. Devtron uses one at a time, so activating a configuration deactivates the other one. " +
					"Set it to `false` for a standby configuration. Default: `true`.",
				Optional: true,
				Computed: true,
				Default:  booldefault.StaticBool(true),
			},
			"allow_custom_repository": schema.BoolAttribute{
				MarkdownDescription: "Whether each application may name its own GitOps repository. If `true`, Devtron skips its dry run. Requires Devtron v0.6.29. Default: `false`.",
				Optional:            true,
				Computed:            true,
				Default:             booldefault.StaticBool(false),
			},
			"tls": schema.SingleNestedAttribute{
				MarkdownDescription: "The TLS material for a git host with a private CA or mutual TLS: a CA certificate, a client certificate with its key, or all three. " +
					"The plan-time check uses it, too. Devtron never returns it, so Terraform detects that it is missing, but not that it was replaced. Requires Devtron v0.7.3.",
				Optional: true,
				Attributes: map[string]schema.Attribute{
					"ca_certificate": schema.StringAttribute{
						MarkdownDescription: "The CA certificates, as PEM text.",
						Optional:            true,
						Validators:          framework.Check(rule.CACertificate.Rule),
					},
					"client_certificate": schema.StringAttribute{
						MarkdownDescription: "The client certificate, as PEM text. Requires `client_key`.",
						Optional:            true,
						Validators:          framework.Check(rule.ClientCertificate.Rule),
					},
					"client_key": schema.StringAttribute{
						MarkdownDescription: "The private key of the client certificate, as PEM text. Terraform stores it in the state.",
						Optional:            true,
						Sensitive:           true,
						Validators:          framework.Check(rule.ClientKey.Rule),
					},
				},
			},
			"required_scopes": schema.SetAttribute{
				MarkdownDescription: "The scopes that the plan-time check requires. Default: " + documentedScopes() + ".",
				ElementType:         types.StringType,
				Optional:            true,
				Validators:          []validator.Set{setvalidator.ValueStringsAre(framework.Check(rule.NotEmpty, rule.Trimmed)...)},
			},
			"git_token_check": schema.StringAttribute{
				MarkdownDescription: "How the plan-time check reports a problem: `" + framework.CheckError + "` stops the plan, `" + framework.CheckWarn + "` warns, and `" +
					framework.CheckOff + "` disables the check. Default: the value of the provider.",
				Optional:   true,
				Validators: framework.Check(rule.OneOf(framework.CheckLevels...)),
			},
			"adopt_existing": schema.BoolAttribute{
				MarkdownDescription: "Whether to overwrite an active configuration of this git provider that differs from this resource. " +
					"If `false`, the plan fails and shows how to import the configuration. Default: `false`.",
				Optional: true,
				Computed: true,
				Default:  booldefault.StaticBool(false),
			},
			"deletion_policy": schema.StringAttribute{
				MarkdownDescription: "What a destroy does, because Devtron cannot delete a configuration: `" + policyDeactivate + "` makes it inactive, and `" +
					policyAbandon + "` leaves it unchanged. Devtron keeps the token in either case: revoke it at the git host. Default: `" + policyDeactivate + "`.",
				Optional:   true,
				Computed:   true,
				Default:    stringdefault.StaticString(policyDeactivate),
				Validators: framework.Check(rule.OneOf(policyDeactivate, policyAbandon)),
			},
			"timeouts": framework.Timeouts(ctx, "A write that includes a dry run takes a minute or two."),

			// Computed.
			"id": schema.StringAttribute{
				MarkdownDescription: "The id of the configuration in Devtron, a number.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseNonNullStateForUnknown()},
			},
			// This is not a nested attribute: Terraform before 1.7 and OpenTofu up to 1.9 or later
			// crash when they generate configuration (-generate-config-out) for a resource with a
			// computed nested attribute.
			"last_validation": schema.ObjectAttribute{
				MarkdownDescription: "The result of Devtron's dry run when Terraform last wrote the configuration; null after an import. " +
					"`passed` is true if Devtron could create a repository and push to it. If it could not delete that, a warning says so. " +
					"`skipped` is true if Devtron made no dry run, because custom repositories are allowed or Argo CD is not installed. " +
					"`stages` lists the steps that succeeded. `time` is the time in RFC 3339 format, or null if the dry run was skipped.",
				AttributeTypes: validationTypes,
				Computed:       true,
			},
		},
	}
	for _, f := range ownerFields {
		resp.Schema.Attributes[f.attribute] = ownerAttribute(f)
	}
}

func ownerAttribute(f ownerField) schema.StringAttribute {
	rule := " Optional for `"
	if f.required {
		rule = " Required for `"
	}
	a := schema.StringAttribute{
		MarkdownDescription: f.description() + rule + f.gitProvider + "`; not allowed for other git providers.",
		Optional:            true,
		Validators:          f.validators(),
	}
	if f.customType != nil {
		a.CustomType = f.customType
		a.PlanModifiers = []planmodifier.String{framework.UseStateForEquivalent()}
	}
	return a
}

// quoted lists values in a description.
func quoted(values []string) string { return "`" + strings.Join(values, "`, `") + "`" }

// oneOf lists the values of which one has to be chosen.
func oneOf(values []string) string {
	last := len(values) - 1
	return quoted(values[:last]) + ", or `" + values[last] + "`"
}

// defaultHosts is what descriptions of host end with.
func defaultHosts() string {
	var hosts []string
	for _, p := range gitProviders {
		if host := gittoken.DefaultHost(gittoken.Provider(p)); host != "" {
			hosts = append(hosts, "`"+host+"` for `"+p+"`")
		}
	}
	return "Default: " + strings.Join(hosts, ", ") + "."
}

// documentedScopes lists the default of required_scopes.
func documentedScopes() string {
	var parts []string
	for _, p := range gitProviders {
		var names []string
		for _, scope := range gittoken.DocumentedScopes(gittoken.Provider(p)) {
			names = append(names, scope.Name)
		}
		parts = append(parts, quoted(names)+" for `"+p+"`")
	}
	return strings.Join(parts, "; ")
}
