// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package secret has what arguments with secrets have in common: one form that the state keeps, and
// a write-only form with a version, which is in neither state nor plan files.
package secret

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// Argument is a secret in its two forms.
type Argument struct {
	Plain, WriteOnly types.String
	Version          types.Int64
}

// Value is the secret as it is configured; "" where it is not, or not known yet.
func (a Argument) Value() string {
	if !a.WriteOnly.IsNull() {
		return a.WriteOnly.ValueString()
	}
	return a.Plain.ValueString()
}

// Given reports whether the secret is configured.
func (a Argument) Given() bool { return !a.Plain.IsNull() || !a.WriteOnly.IsNull() }

// Set reports whether the secret is configured and known.
func (a Argument) Set() bool { return known(a.Plain) || known(a.WriteOnly) }

// Path is the argument that the secret is in, for messages.
func (a Argument) Path(name string) path.Path {
	if !a.WriteOnly.IsNull() {
		return path.Root(name + "_wo")
	}
	return path.Root(name)
}

// Change is a secret in a creation or an update: as it is configured, which includes the write-only
// form, and as it was.
type Change struct {
	Now, Before Argument
	Creation    bool
}

// Sent reports whether the secret is sent. Devtron keeps one that is not. A write-only secret has
// no past, so its version speaks for it, and so does the move to it from the plain one.
func (c Change) Sent() bool {
	switch {
	case c.Creation:
		return c.Now.Given()
	case !c.Now.WriteOnly.IsNull():
		return !c.Now.Version.Equal(c.Before.Version) || !c.Before.Plain.IsNull()
	default:
		return !c.Now.Plain.IsNull() && !c.Now.Plain.Equal(c.Before.Plain)
	}
}

// Value is the secret as it is sent; "" where it is not, or not known yet.
func (c Change) Value() string {
	if !c.Sent() {
		return ""
	}
	return c.Now.Value()
}

// Removed reports whether a secret that was configured is not anymore.
func (c Change) Removed() bool {
	return !c.Now.Given() && (!c.Before.Plain.IsNull() || !c.Before.Version.IsNull())
}

// OneForm refuses both forms of a secret, and a version of a write-only form that is not there. at
// is the path of an argument.
func OneForm(at func(string) path.Path, name string, a Argument) diag.Diagnostics {
	var diags diag.Diagnostics
	if known(a.Plain) && known(a.WriteOnly) {
		diags.AddAttributeError(at(name), "Two arguments for one value", "Both "+name+" and "+name+"_wo are set. Keep one of them.")
	}
	if !a.Version.IsNull() && a.WriteOnly.IsNull() {
		diags.AddAttributeError(at(name+"_wo_version"), name+"_wo is missing",
			name+"_wo_version says when a new "+name+"_wo is sent, so it needs "+name+"_wo. A value in "+name+" is sent when it changes.")
	}
	return diags
}

func known(value types.String) bool { return !value.IsNull() && !value.IsUnknown() }

// WriteOnly is the write-only form of a secret of an object, such as "cluster".
func WriteOnly(object, name string, rules ...rule.Rule) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "The same as `" + name + "`, but write-only: never stored in state or plan files (Terraform 1.11 or newer). It is sent when the " + object + " is created and whenever `" + name + "_wo_version` changes.",
		Optional:            true, Sensitive: true, WriteOnly: true,
		Validators: framework.Check(rules...),
	}
}

// Version is the version of a write-only secret.
func Version(of string) schema.Int64Attribute {
	return schema.Int64Attribute{
		MarkdownDescription: "Version of `" + of + "`. Change it to send a new `" + of + "`.",
		Optional:            true,
	}
}
