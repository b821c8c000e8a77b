// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package chartrepository

import (
	dataschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

func chartRepositorySchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A Helm chart repository whose charts Devtron offers for deployment. For charts in an OCI registry, use `devtron_container_registry`.\n\n" +
			"Devtron fetches `index.yaml` on every write, so the chart repository must be reachable from Devtron. " +
			"Each create and update takes about 7 seconds, because Devtron waits for a job that synchronizes all charts; a create with `active = false` takes twice as long. " +
			"Devtron runs one such job at a time, so Terraform writes chart repositories, and registries with charts, one after the other: 50 new ones take about 6 minutes.\n\n" +
			"The chart repositories that come with Devtron can be imported and changed, but not destroyed.",
		Attributes: map[string]schema.Attribute{
			// Required.
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the chart repository, unique in the installation: a DNS label of 3 to 63 characters (lower-case letters, digits, and hyphens, no hyphen at the ends). " +
					"Devtron stores the credentials for Argo CD in a Kubernetes secret with this name. Changing it replaces the chart repository.",
				Required:      true,
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:    framework.Check(rule.NotEmpty, rule.Trimmed, rule.Printable),
			},
			"url": schema.StringAttribute{
				MarkdownDescription: "Address of the chart repository with `http` or `https`, as seen from Devtron, for example `https://charts.example.com/stable`. Devtron fetches `index.yaml` below it. " +
					"Devtron cannot change it while charts of the chart repository are deployed.",
				Required:   true,
				Validators: framework.Check(urlRules...),
			},

			// Optional: how Devtron signs in.
			"username": schema.StringAttribute{
				MarkdownDescription: "User name for basic authentication. It needs `password` or `password_wo`. Without it, Devtron does not sign in.",
				Optional:            true,
				Validators:          framework.Check(accountRules...),
			},
			"password": schema.StringAttribute{
				MarkdownDescription: "Password of `username`, kept in the Terraform state. It is sent with every create and update, because an update without it would clear it. " +
					"Terraform does not detect a password that was changed in Devtron. " +
					"An imported chart repository keeps Devtron's password, but any later change requires the password here.",
				Optional: true, Sensitive: true,
				Validators: framework.Check(accountRules...),
			},
			"password_wo": schema.StringAttribute{
				MarkdownDescription: "The same as `password`, but write-only: never stored in state or plan files (Terraform 1.11 or newer). " +
					"It is sent with every create and update. Terraform does not detect a change of it alone, so change `password_wo_version`, too.",
				Optional: true, Sensitive: true, WriteOnly: true,
				Validators: framework.Check(accountRules...),
			},
			"password_wo_version": schema.Int64Attribute{
				MarkdownDescription: "Version of `password_wo`. Change it to send a new `password_wo`.",
				Optional:            true,
			},

			// Optional: the rest.
			"allow_insecure_connection": schema.BoolAttribute{
				MarkdownDescription: "Whether Argo CD accepts any certificate of the chart repository. Devtron itself always verifies the certificate when it fetches the index. `true` requires Devtron v0.6.17. Default: `false`.",
				Optional:            true, Computed: true, Default: booldefault.StaticBool(false),
			},
			"active": schema.BoolAttribute{
				MarkdownDescription: "Whether the chart repository is active. Devtron stores every new one as active, so `false` takes a second request. Default: `true`.",
				Optional:            true, Computed: true, Default: booldefault.StaticBool(true),
			},
		},
	}
}

var found = object.Found[dataModel, devtron.ChartRepository]{
	Description: "Reads a Helm chart repository by `name` or `id`.",
	Attributes: map[string]dataschema.Attribute{
		"url":                       dataschema.StringAttribute{MarkdownDescription: "Address of the chart repository.", Computed: true},
		"username":                  dataschema.StringAttribute{MarkdownDescription: "User name for basic authentication; null if Devtron does not sign in.", Computed: true},
		"allow_insecure_connection": dataschema.BoolAttribute{MarkdownDescription: "Whether Argo CD accepts any certificate of the chart repository.", Computed: true},
		"active":                    dataschema.BoolAttribute{MarkdownDescription: "Whether the chart repository is active.", Computed: true},
	},
	Model: dataOf,
}
