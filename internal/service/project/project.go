// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package project is the area of projects.
package project

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

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
	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
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
	API: func(c *devtron.Client) reconcile.Kind[devtron.Project] {
		return reconcile.Kind[devtron.Project]{
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
	Explain:  explain,
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

var validName = pattern.New(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// planProject refuses a name that Devtron refuses. A project that was imported with an older name
// keeps it.
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

// destroyProject says what is lost, and refuses to destroy a project with applications. Where
// Devtron does not tell what applications there are, it refuses the request itself.
func destroyProject(ctx context.Context, d *framework.Data, state model, _ bool) diag.Diagnostics {
	at, name := path.Root("name"), state.Name.ValueString()
	diags := diag.Diagnostics{diag.NewAttributeWarningDiagnostic(at, "Permissions in the project will be lost",
		fmt.Sprintf("This run destroys the project %q, and with it the roles of all users and groups in it. A new project of the same name starts without them.", name))}
	if d.Client == nil {
		return diags
	}
	ctx, cancel := context.WithTimeout(ctx, framework.ReadTimeout)
	defer cancel()
	applications, err := d.Client.ListApplications(ctx, devtron.Project{ID: state.Number(), Name: name})
	if err != nil || len(applications) == 0 {
		return diags
	}
	names := make([]string, len(applications))
	for i, a := range applications {
		names[i] = "\n  " + a.Name
	}
	slices.Sort(names)
	diags.AddAttributeError(at, "The project still has applications",
		fmt.Sprintf("Devtron cannot delete the project %q while it has applications (\"Please delete all apps in this project before deleting this project\"). Nothing was changed.\n\n"+
			"Delete these applications, or move them to another project:%s", name, strings.Join(names, "")))
	return diags
}

// Unknown returns the names of projects that neither Devtron nor this configuration has, as far as
// Terraform has read it.
func Unknown(ctx context.Context, d *framework.Data, names []string) ([]string, error) {
	return kind.Unknown(ctx, d, names)
}

// explain knows what Devtron refuses about projects.
func explain(e *devtron.Error) (at path.Path, reason, advice string) {
	switch {
	case e.Kind == devtron.InUse:
		return path.Root("name"), "the project still has applications", "Delete the applications of the project, or move them to another project."
	case e.Kind == devtron.Rejected && e.Method == http.MethodDelete && strings.Contains(e.Message, "TeamRequest.Name"):
		return path.Root("name"), "Devtron cannot delete a project with this name",
			"Since version 2.0.0, Devtron refuses to delete a project whose name does not follow today's rule. To keep the project and only remove it from the Terraform state, " +
				"replace the resource with this block (Terraform 1.7 or newer):\n\nremoved {\n  from = devtron_project.NAME\n  lifecycle {\n    destroy = false\n  }\n}"
	}
	return path.Empty(), "", ""
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
