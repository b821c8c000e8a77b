// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/secret"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// registryTypes are the values of the argument type.
var registryTypes = []string{
	devtron.RegistryECR, devtron.RegistryDockerHub, devtron.RegistryGitLab, devtron.RegistryACR,
	devtron.RegistryArtifactRegistry, devtron.RegistryGCR, devtron.RegistryQuay, devtron.RegistryOther,
}

const description = "A container registry, or a registry of OCI Helm charts. Devtron pushes the images that it builds to it, and clusters pull them from it.\n\n" +
	"Devtron does not test the credentials of a container registry: a wrong password shows only when a build fails. Where the type allows it, the provider tries them while planning, see `registry_check`. It sends them only to the registry and to the token server that the registry names.\n\n" +
	"After each write of a registry with `charts`, Devtron synchronizes its charts, which takes about 7 seconds. Devtron cannot do that twice at the same time, so the provider writes registries and chart repositories one after the other."

func registrySchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: description,
		Attributes: map[string]schema.Attribute{
			// Required.
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the registry, by which Devtron identifies it: 3 characters or more, without white space and slashes. Changing it replaces the registry.",
				Required:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:          framework.Check(rule.NotEmpty, rule.Trimmed, rule.Printable, rule.Fits),
			},
			"type": schema.StringAttribute{
				MarkdownDescription: "Type of the registry: `ecr`, `docker-hub`, `gitlab`, `acr`, `artifact-registry`, `gcr`, `quay`, or `other`. Changing it replaces the registry.",
				Required:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:          framework.Check(rule.OneOf(registryTypes...)),
			},
			"url": schema.StringAttribute{
				MarkdownDescription: "Address of the registry, for example `registry.example.com:5000`. A scheme in front of it makes no difference. Required for every type except `docker-hub`, whose default is `docker.io`.",
				CustomType:          addressType{},
				Optional:            true, Computed: true,
				PlanModifiers: []planmodifier.String{defaultURL{}, framework.UseStateForEquivalent()},
				Validators:    framework.Check(rule.NotEmpty, rule.Trimmed, rule.Printable, rule.Fits, registryURL),
			},

			// Optional: how Devtron signs in.
			"username": schema.StringAttribute{
				MarkdownDescription: "User name. Required for a new registry, except for the types `ecr`, `artifact-registry`, and `gcr`, and for a public one. It cannot be removed later. For the two of Google, the default is `_json_key`, which belongs to the key of a service account.",
				Optional:            true,
				Validators:          framework.Check(rule.NotEmpty, rule.Trimmed, rule.Printable, rule.Fits),
			},
			"password": schema.StringAttribute{
				MarkdownDescription: "Password or access token of `username`, kept in the Terraform state. For `artifact-registry` and `gcr`, the JSON key of a service account as Google issues it. " +
					"Devtron never returns it, so Terraform does not detect changes made in Devtron.",
				Optional: true, Sensitive: true,
				Validators: framework.Check(rule.NotEmpty, storable),
			},
			"password_wo":         secret.WriteOnly("registry", "password", rule.NotEmpty, storable),
			"password_wo_version": secret.Version("password_wo"),
			"aws":                 awsAttribute(),
			"connection_type": schema.StringAttribute{
				MarkdownDescription: "How Devtron connects to the registry: `secure`, `insecure` (any certificate, or no encryption at all), or `secure-with-cert` (with `ca_certificate`). Default: `secure`.",
				Optional:            true, Computed: true, Default: stringdefault.StaticString(devtron.ConnectionSecure),
				Validators: framework.Check(rule.OneOf(devtron.ConnectionSecure, devtron.ConnectionInsecure, devtron.ConnectionWithCertificate)),
			},
			"ca_certificate": schema.StringAttribute{
				MarkdownDescription: "CA certificates of the registry, PEM text. Required with `connection_type = \"secure-with-cert\"`, and not allowed otherwise.",
				Optional:            true,
				Validators:          framework.Check(rule.CACertificate.Rule),
			},

			// Optional: what the registry is for.
			"default": schema.BoolAttribute{
				MarkdownDescription: "Whether new builds use this registry unless another one is selected. Devtron has one default registry at most: `true` takes the flag from the registry that has it. " +
					"If not set, Devtron decides: the first registry becomes the default, and so does a new one while there is none. " +
					"When the default registry is destroyed, another registry of the configuration that does not set this argument becomes the default.",
				Optional: true, Computed: true,
				PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			},
			"containers": schema.BoolAttribute{
				MarkdownDescription: "Whether the registry holds container images. Set it to `false` for a registry of charts only. Default: `true`, or `false` if `public` is `true`.",
				Optional:            true, Computed: true,
				PlanModifiers: []planmodifier.Bool{defaultContainers{}},
			},
			"charts": chartsAttribute(),
			"public": schema.BoolAttribute{
				MarkdownDescription: "Whether charts are pulled without credentials. A public registry has `charts` with the action `PULL`, and no credentials. Default: `false`.",
				Optional:            true, Computed: true, Default: booldefault.StaticBool(false),
			},
			"pull_secret": pullSecretAttribute(),
			"registry_check": schema.StringAttribute{
				MarkdownDescription: "How the plan-time check of the credentials reports a problem: `" + framework.CheckError + "` stops the plan, `" + framework.CheckWarn + "` warns, and `" +
					framework.CheckOff + "` disables the check. It applies to the types `docker-hub`, `gitlab`, `quay`, and `other`, and only to credentials that are about to be written. Default: the value of the provider.",
				Optional:   true,
				Validators: framework.Check(rule.OneOf(framework.CheckLevels...)),
			},
		},
	}
}

func awsAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "How Devtron signs in to Amazon ECR. Required for the type `ecr`, and not allowed for other types. Without keys, Devtron uses the IAM role of its node.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"region": schema.StringAttribute{
				MarkdownDescription: "AWS region of the registry, for example `eu-central-1`.",
				Required:            true,
				Validators:          framework.Check(rule.NotEmpty, rule.Trimmed, rule.Printable, rule.Fits),
			},
			"access_key_id": schema.StringAttribute{
				MarkdownDescription: "ID of an access key. It needs `secret_access_key` or `secret_access_key_wo`.",
				Optional:            true,
				Validators:          framework.Check(rule.NotEmpty, rule.Trimmed, rule.Printable, rule.Fits),
			},
			"secret_access_key": schema.StringAttribute{
				MarkdownDescription: "Secret of `access_key_id`, kept in the Terraform state.",
				Optional:            true, Sensitive: true,
				Validators: framework.Check(rule.NotEmpty, rule.Trimmed, storable),
			},
			"secret_access_key_wo":         secret.WriteOnly("registry", "secret_access_key", rule.NotEmpty, rule.Trimmed, storable),
			"secret_access_key_wo_version": secret.Version("secret_access_key_wo"),
		},
	}
}

func chartsAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Use of the registry for OCI Helm charts. Not available for the type `gcr`.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"action": schema.StringAttribute{
				MarkdownDescription: "`PULL` offers the charts in `repositories` in Devtron's chart store, `PUSH` stores charts of deployments, and `PULL_PUSH` does both.",
				Required:            true,
				Validators:          framework.Check(rule.OneOf("PULL", "PUSH", "PULL_PUSH")),
			},
			"repositories": schema.SetAttribute{
				MarkdownDescription: "Repositories to pull charts from, in any order. Required for `PULL` and `PULL_PUSH`, and not allowed for `PUSH`.",
				ElementType:         types.StringType,
				Optional:            true,
				Validators:          []validator.Set{setvalidator.ValueStringsAre(framework.Check(rule.NotEmpty, rule.Trimmed, rule.Printable, noComma)...)},
			},
		},
	}
}

func pullSecretAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Which clusters get credentials to pull images, and which credentials these are. If not set, no cluster gets any.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"type": schema.StringAttribute{
				MarkdownDescription: "`registry` for the credentials of the registry, `name` for a secret that the clusters have, or `custom` for other credentials. Default: `registry`.",
				Optional:            true, Computed: true, Default: stringdefault.StaticString("registry"),
				Validators: framework.Check(rule.OneOf("registry", "name", "custom")),
			},
			"value": schema.StringAttribute{
				MarkdownDescription: "For the type `name`, the name of the secret. For the type `custom`, the credentials as `jsonencode({ server = \"...\", username = \"...\", password = \"...\", email = \"...\" })`, kept in the Terraform state.",
				Optional:            true, Computed: true, Sensitive: true,
				PlanModifiers: []planmodifier.String{keepName{}},
				Validators:    framework.Check(rule.NotEmpty, storable),
			},
			"value_wo":         secret.WriteOnly("registry", "value", rule.NotEmpty, storable),
			"value_wo_version": secret.Version("value_wo"),
			"clusters": schema.SetAttribute{
				MarkdownDescription: "IDs of the clusters that get the credentials, or `[\"all\"]` for all clusters. If it is not set or empty, no cluster gets them, unless `except_clusters` is set.",
				ElementType:         types.StringType,
				Optional:            true,
				Validators:          []validator.Set{setvalidator.ValueStringsAre(framework.Check(clusterID(allClusters))...)},
			},
			"except_clusters": schema.SetAttribute{
				MarkdownDescription: "IDs of the clusters that do not get the credentials; all other clusters get them. It cannot be combined with `clusters`.",
				ElementType:         types.StringType,
				Optional:            true,
				Validators:          []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.ValueStringsAre(framework.Check(clusterID())...)},
			},
		},
	}
}
