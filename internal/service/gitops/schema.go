// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
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
		MarkdownDescription: "A GitOps configuration of Devtron: the git host, the organization or group, and the token with which Devtron " +
			"creates the repositories that deployments are made from. Devtron keeps one configuration for each git provider and uses the one " +
			"that is active.",
		Attributes: map[string]schema.Attribute{
			// Required.
			"git_provider": schema.StringAttribute{
				MarkdownDescription: "The kind of git host: " + quoted(gitProviders) + ". Another kind is another configuration: changing it replaces the resource.",
				Required:            true,
				Validators:          framework.Check(rule.OneOf(gitProviders...)),
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"username": schema.StringAttribute{
				MarkdownDescription: "User name that the token belongs to.",
				Required:            true,
				Validators:          framework.Check(rule.Text...),
			},

			// Optional: where repositories are made; ownerFields has the rest of it.
			"host": schema.StringAttribute{
				MarkdownDescription: "Web address of the git host. Default: `" + gittoken.DefaultHost(gittoken.GitHub) + "`, `" +
					gittoken.DefaultHost(gittoken.GitLab) + "` or `" + gittoken.DefaultHost(gittoken.BitbucketCloud) + "`, the only one for `" + bitbucketCloud +
					"`; required for `" + azureDevOps + "`, where it holds the organization: `https://dev.azure.com/ORGANIZATION`. A trailing slash and " +
					"upper or lower case of the host name make no difference.",
				Optional:      true,
				Computed:      true,
				Validators:    framework.Check(gitHostRules...),
				PlanModifiers: []planmodifier.String{hostPlanModifier{}},
			},

			// Optional: the credential.
			"token": schema.StringAttribute{
				MarkdownDescription: "Personal access token, kept in the Terraform state. Exactly one of `token` and `token_wo` is needed to create the " +
					"configuration; an imported one keeps the token that Devtron has stored until one is given. At most 1472 bytes; Devtron up to v2.2.0 stores at most 158.",
				Optional:   true,
				Sensitive:  true,
				Validators: []validator.String{tokenValidator{}, framework.ConflictsWith{Other: "token_wo"}},
			},
			"token_wo": schema.StringAttribute{
				MarkdownDescription: "The same, write-only: in no state and no plan (Terraform 1.11 or newer). It is sent when the configuration is created " +
					"and whenever `token_wo_version` changes.",
				Optional:   true,
				Sensitive:  true,
				WriteOnly:  true,
				Validators: []validator.String{tokenValidator{}},
			},
			"token_wo_version": schema.Int64Attribute{
				MarkdownDescription: "Raise it to send a new `token_wo`.",
				Optional:            true,
				Validators:          []validator.Int64{requiresTokenWO{}},
			},

			// Optional: the rest.
			"active": schema.BoolAttribute{
				MarkdownDescription: "Whether this is the configuration that Devtron uses, the one with the green tick. Activating one deactivates the " +
					"other. Default: `true`.",
				Optional: true,
				Computed: true,
				Default:  booldefault.StaticBool(true),
			},
			"allow_custom_repository": schema.BoolAttribute{
				MarkdownDescription: "Whether each application may name its own GitOps repository. Devtron does no dry run then. Default: `false`.",
				Optional:            true,
				Computed:            true,
				Default:             booldefault.StaticBool(false),
			},
			"tls": schema.SingleNestedAttribute{
				MarkdownDescription: "TLS material for a git host with a private CA or mutual TLS: a CA, or a client certificate with its key, or all three. " +
					"The plan-time check uses it as well. Devtron never returns it; that it is missing there is noticed, that it is another one is not.",
				Optional: true,
				Attributes: map[string]schema.Attribute{
					"ca_certificate": schema.StringAttribute{
						MarkdownDescription: "CA certificates, PEM text.",
						Optional:            true,
						Validators:          framework.Check(rule.CACertificate.Rule),
					},
					"client_certificate": schema.StringAttribute{
						MarkdownDescription: "Client certificate, PEM text. Needs `client_key`.",
						Optional:            true,
						Validators:          framework.Check(rule.ClientCertificate.Rule),
					},
					"client_key": schema.StringAttribute{
						MarkdownDescription: "Private key of the client certificate, PEM text.",
						Optional:            true,
						Sensitive:           true,
						Validators:          framework.Check(rule.ClientKey.Rule),
					},
				},
			},
			"required_scopes": schema.SetAttribute{
				MarkdownDescription: "Replaces the scopes that the plan-time check demands. Default: " + documentedScopes() + ".",
				ElementType:         types.StringType,
				Optional:            true,
				Validators:          []validator.Set{setvalidator.ValueStringsAre(framework.Check(rule.NotEmpty, rule.Trimmed)...)},
			},
			"git_token_check": schema.StringAttribute{
				MarkdownDescription: "What the plan-time check does about a token that lacks something: `" + framework.CheckError + "`, `" + framework.CheckWarn + "` or `" +
					framework.CheckOff + "`. Default: the provider's.",
				Optional:   true,
				Validators: framework.Check(rule.OneOf(framework.CheckLevels...)),
			},
			"adopt_existing": schema.BoolAttribute{
				MarkdownDescription: "Take over a configuration of this git provider that is active in Devtron with other settings, and overwrite it. " +
					"Without it the plan fails and shows how to import it. Default: `false`.",
				Optional: true,
				Computed: true,
				Default:  booldefault.StaticBool(false),
			},
			"deletion_policy": schema.StringAttribute{
				MarkdownDescription: "What destroying does, as Devtron cannot delete a configuration: `" + policyDeactivate + "` makes it inactive, `" +
					policyAbandon + "` leaves it as it is. Either way Devtron keeps the credential: revoke it at the git host. Default: `" + policyDeactivate + "`.",
				Optional:   true,
				Computed:   true,
				Default:    stringdefault.StaticString(policyDeactivate),
				Validators: framework.Check(rule.OneOf(policyDeactivate, policyAbandon)),
			},
			"timeouts": timeoutsAttribute(ctx),

			// Computed.
			"id": schema.StringAttribute{
				MarkdownDescription: "Devtron's number of the configuration.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			// Not a nested attribute: Terraform before 1.7 and OpenTofu to at least 1.9 crash when they generate configuration
			// (-generate-config-out) for a resource that has a computed one.
			"last_validation": schema.ObjectAttribute{
				MarkdownDescription: "What Devtron's own dry run said when Terraform last wrote the configuration; null after an import. " +
					"`passed`: Devtron created, filled and deleted a repository with the token. " +
					"`skipped`: it did not try, because custom repositories are allowed or Argo CD is not installed. " +
					"`stages`: those that succeeded. `time`: when, as RFC 3339; null if skipped.",
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
		MarkdownDescription: f.description() + rule + f.gitProvider + "`, forbidden for the others.",
		Optional:            true,
		Validators:          f.validators(),
	}
	if f.anyCase {
		a.PlanModifiers = []planmodifier.String{anyCasePlanModifier{}}
	}
	return a
}

// quoted lists values in a description.
func quoted(values []string) string { return "`" + strings.Join(values, "`, `") + "`" }

// documentedScopes renders the table that the check works with.
func documentedScopes() string {
	var parts []string
	for _, p := range gitProviders {
		var names []string
		for _, scope := range gittoken.DocumentedScopes(gittoken.Provider(p)) {
			names = append(names, scope.Name)
		}
		parts = append(parts, quoted(names)+" for `"+p+"`")
	}
	return strings.Join(parts, ", ")
}

// timeoutsAttribute says why the defaults are as long as they are.
func timeoutsAttribute(ctx context.Context) schema.Attribute {
	attribute := timeouts.Attributes(ctx, timeouts.Opts{
		Create: true, Read: true, Update: true, Delete: true,
		CreateDescription: "How long creating may take. Default: `\"10m\"`.",
		ReadDescription:   "How long reading may take. Default: `\"1m\"`.",
		UpdateDescription: "How long updating may take. Default: `\"10m\"`.",
		DeleteDescription: "How long deactivating may take. Default: `\"10m\"`.",
	})
	nested, ok := attribute.(schema.SingleNestedAttribute)
	if !ok {
		return attribute
	}
	for name := range nested.Attributes {
		if limit, ok := nested.Attributes[name].(schema.StringAttribute); ok {
			limit.Validators = framework.Check(rule.Duration)
			nested.Attributes[name] = limit
		}
	}
	nested.MarkdownDescription = "How long operations may take, as `\"10m\"` or `\"90s\"`. A write takes long where Devtron makes a dry run, which alone may take over a minute, and where a git host is slow."
	return nested
}
