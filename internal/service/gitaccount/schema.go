// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/secret"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

func accountSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A git account, with which Devtron reads the source code of applications. It has nothing to do with GitOps, see `devtron_gitops_config`. " +
			"Devtron signs in with a user name and a password, an access token, or an SSH key; an account without any of them is anonymous and reads public repositories. " +
			"Devtron does not test the credentials: wrong ones show when an application uses the account.",
		Attributes: map[string]schema.Attribute{
			// Required.
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the account, as Devtron's web page shows it: up to 250 characters. It need not be unique.",
				Required:            true,
				Validators:          framework.Check(rule.Text...),
			},
			"url": schema.StringAttribute{
				MarkdownDescription: "Address of the git host, or of a part of it, for example `https://gitlab.example.com/payments` or `git@github.com`: up to 250 characters. " +
					"Devtron has one account for each URL and compares it character by character. Changing it replaces the account. A new Devtron has an anonymous account for `github.com`.",
				Required:      true,
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:    framework.Check(urlRules...),
			},

			// Optional: how Devtron signs in.
			"username": schema.StringAttribute{
				MarkdownDescription: "User name for `password`, or for `access_token` where the git host wants one with it (many accept any, for example `oauth2`): up to 25 characters, because Devtron cannot store more.",
				Optional:            true,
				Validators:          framework.Check(usernameRules...),
			},
			"password": secretAttribute("Password of `username`. Most git hosts want a token here. The maximum length is 158 bytes; Devtron before v2.0.0 stores 250 characters. "+
				"A change between `password` and `access_token` does not replace the account.", secretRules...),
			"password_wo":             secret.WriteOnly(noun, "password", secretRules...),
			"password_wo_version":     secret.Version("password_wo"),
			"access_token":            secretAttribute("Access token. It has the same maximum length as `password`.", secretRules...),
			"access_token_wo":         secret.WriteOnly(noun, "access_token", secretRules...),
			"access_token_wo_version": secret.Version("access_token_wo"),
			"ssh_private_key": secretAttribute("SSH private key without a passphrase, PEM text. A trailing line break makes no difference. "+
				"A change between an SSH key and another way to sign in replaces the account.", rule.SSHPrivateKey),
			"ssh_private_key_wo":         secret.WriteOnly(noun, "ssh_private_key", rule.SSHPrivateKey),
			"ssh_private_key_wo_version": secret.Version("ssh_private_key_wo"),
			"tls": schema.SingleNestedAttribute{
				MarkdownDescription: "TLS material for a git host with a private CA or mutual TLS: a CA, or a client certificate with its key, or all three. It needs `password`: Devtron does not use it with other credentials. " +
					"Devtron never returns it, so Terraform detects that it is missing, but not that it was replaced. Requires Devtron v0.7.3.",
				Optional:   true,
				Attributes: secret.TLSAttributes("git host", noun),
			},

			// Optional: the rest.
			"git_host_id": schema.Int64Attribute{
				MarkdownDescription: "Number of the git host, the `id` of a `devtron_git_host`, which tells Devtron how to read webhooks. Default: the one that Devtron has for the host of `url`, " +
					"if that is `github.com`, `gitlab.com`, or `bitbucket.org`, otherwise none.",
				Optional: true, Computed: true,
				Validators: []validator.Int64{int64validator.AtLeast(1)},
			},
			"active": schema.BoolAttribute{
				MarkdownDescription: "Whether applications can use the account. Default: `true`.",
				Optional:            true, Computed: true, Default: booldefault.StaticBool(true),
			},

			// Computed.
			"auth_mode": schema.StringAttribute{
				MarkdownDescription: "How Devtron signs in, by what is set: `USERNAME_PASSWORD`, `ACCESS_TOKEN`, `SSH`, or `ANONYMOUS`. " +
					"An imported account keeps its mode and its credentials until the configuration has credentials.",
				Computed: true,
			},
		},
	}
}

// secretAttribute is the form of a secret that the state keeps.
func secretAttribute(description string, rules ...rule.Rule) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + " Kept in the Terraform state.",
		Optional:            true, Sensitive: true,
		Validators: framework.Check(rules...),
	}
}
