// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package project is the area of projects.
package project

import (
	"context"
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// Service registers the area.
var Service = framework.Service{
	Resources:     []func() resource.Resource{object.NewResource(kind)},
	DataSources:   []func() datasource.DataSource{object.NewDataSource(kind, found)},
	ListResources: []func() list.ListResource{object.NewList(kind)},
	Observe:       map[string]func(*framework.Data, []byte){kind.Type: kind.Observe},
}

// model is the resource as Terraform keeps it.
type model struct {
	object.Common
	Name types.String `tfsdk:"name"`
}

var kind = &object.Kind[model, devtron.Project]{
	Type: "devtron_project", Noun: "project", KeyName: "name",
	Schema: projectSchema,
	API: func(c *devtron.Client) reconcile.Kind[devtron.Project, int] {
		return reconcile.Kind[devtron.Project, int]{
			Name: "projects", List: c.ListProjects, Create: c.CreateProject, Delete: c.DeleteProject,
			Same: func(stored, wanted devtron.Project) bool { return stored.Name == wanted.Name },
		}
	},
	Common: func(m *model) *object.Common { return &m.Common },
	Key:    func(m model) types.String { return m.Name },
	KeyOf:  func(p devtron.Project) string { return p.Name },
	IDOf:   func(p devtron.Project) int { return p.ID },
	Wanted: func(_, plan model, _ *model) devtron.Project { return devtron.Project{Name: plan.Name.ValueString()} },
	Stored: func(m model, p devtron.Project) model {
		m.ID, m.Name = object.Int64(p.ID), types.StringValue(p.Name)
		return m
	},
	Imported: func() model { return model{Common: object.Imported()} },
	Writes:   func(_, _, _ model) bool { return false }, // the name replaces
	Plan:     planProject,
	Destroy:  destroyProject,
}

func projectSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A project groups applications, and the permissions of users refer to it by its name. Every application belongs to a project.",
		Attributes: map[string]schema.Attribute{
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the project: 3 to 25 characters, lower-case letters, digits, and single hyphens between them. " +
					"Changing it replaces the project, and everybody loses their roles in it, because Devtron keeps roles by name.",
				Required:      true,
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:    framework.Check(rule.NotEmpty, rule.Trimmed, rule.Printable),
			},
		},
	}
}

var validName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// planProject refuses a name that Devtron refuses. A project that was imported with an older name keeps it.
func planProject(_ context.Context, _ *framework.Data, p object.Planned[model, devtron.Project]) diag.Diagnostics {
	var diags diag.Diagnostics
	name := p.Plan.Name.ValueString()
	if p.Plan.Name.IsUnknown() || p.State != nil && p.State.Name.Equal(p.Plan.Name) || len(name) >= 3 && len(name) <= 25 && validName.MatchString(name) {
		return diags
	}
	diags.AddAttributeError(path.Root("name"), "Invalid project name",
		fmt.Sprintf("The name %q is not valid in Devtron. A name has 3 to 25 characters: lower-case letters, digits, and single hyphens between them, for example \"payments\" or \"team-7\".", name))
	return diags
}

// destroyProject refuses to destroy a project with applications, as far as Devtron shows them, and says what is lost.
func destroyProject(_ context.Context, _ *framework.Data, state model, _ bool) diag.Diagnostics {
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(path.Root("name"), "Permissions in the project will be lost",
		fmt.Sprintf("Destroying the project %q removes the roles of all users and groups in it. A new project of the same name starts without them.", state.Name.ValueString()))}
}

// dataModel is the data source.
type dataModel struct {
	ID   types.Int64  `tfsdk:"id"`
	Name types.String `tfsdk:"name"`
}

var found = object.Found[dataModel, devtron.Project]{
	Description: "Reads a project by `name` or `id`.",
	Model: func(p devtron.Project) dataModel {
		return dataModel{ID: object.Int64(p.ID), Name: types.StringValue(p.Name)}
	},
}
