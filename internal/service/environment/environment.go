// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package environment is the area of environments.
package environment

import (
	"fmt"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	dataschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
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
	Name        types.String `tfsdk:"name"`
	ClusterID   types.Int64  `tfsdk:"cluster_id"`
	Namespace   types.String `tfsdk:"namespace"`
	Production  types.Bool   `tfsdk:"production"`
	Description types.String `tfsdk:"description"`
	Identifier  types.String `tfsdk:"identifier"`
}

var kind = &object.Kind[model, devtron.Environment]{
	Type: typeName, Noun: "environment", KeyName: "name",
	Schema: environmentSchema,
	API:    environments,
	Common: func(m *model) *object.Common { return &m.Common },
	Key:    func(m model) types.String { return m.Name },
	KeyOf:  func(e devtron.Environment) string { return e.Name },
	IDOf:   func(e devtron.Environment) int { return e.ID },
	Wanted: func(_, plan model, _ *model) devtron.Environment {
		return devtron.Environment{
			ID: plan.Number(), Name: plan.Name.ValueString(), ClusterID: int(plan.ClusterID.ValueInt64()), Namespace: plan.Namespace.ValueString(),
			Production: plan.Production.ValueBool(), Description: plan.Description.ValueString(),
		}
	},
	Stored: func(m model, e devtron.Environment) model {
		m.ID, m.Name, m.ClusterID = object.Int64(e.ID), types.StringValue(e.Name), object.Int64(e.ClusterID)
		m.Namespace, m.Production = types.StringValue(e.Namespace), types.BoolValue(e.Production)
		m.Description = object.OptionalString(m.Description, e.Description)
		if e.Identifier != "" || m.Identifier.ValueString() == "" { // An update that is not read back has none.
			m.Identifier = types.StringValue(e.Identifier)
		}
		return m
	},
	Imported: func() model { return model{Common: object.Imported()} },
	Writes: func(_, plan, state model) bool {
		return !plan.Production.Equal(state.Production) || !plan.Description.Equal(state.Description)
	},
	Replaces: func(_, plan, state model) bool {
		return !plan.Name.Equal(state.Name) || !plan.ClusterID.Equal(state.ClusterID) || !plan.Namespace.Equal(state.Namespace)
	},
	Plan:    planEnvironment,
	Destroy: destroyEnvironment,
	Written: written,
	Explain: explain,
}

// environments is the kind as the API treats it.
func environments(c *devtron.Client) reconcile.Kind[devtron.Environment] {
	return reconcile.Kind[devtron.Environment]{
		Name: "environments", List: c.ListEnvironments, Create: c.CreateEnvironment, Update: c.UpdateEnvironment, Delete: c.DeleteEnvironment,
		Same: func(stored, wanted devtron.Environment) bool {
			return stored.ClusterID == wanted.ClusterID && stored.Namespace == wanted.Namespace &&
				stored.Production == wanted.Production && stored.Description == wanted.Description
		},
		Clash: func(stored, wanted devtron.Environment) bool {
			return stored.ClusterID == wanted.ClusterID && stored.Namespace == wanted.Namespace
		},
	}
}

// typeName is the name of the resource in a configuration.
const typeName = "devtron_environment"

// Limits of Devtron, in characters.
const (
	maxNamespace   = 50
	maxDescription = 40
)

func environmentSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "An environment is a namespace of a cluster that applications are deployed to. Devtron creates the namespace if it does not exist.",
		Attributes: map[string]schema.Attribute{
			// Required.
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the environment, unique in the installation: 1 to 16 characters, lower-case letters, digits, and hyphens, no hyphen at the ends. Changing it replaces the environment.",
				Required:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:          framework.Check(rule.NotEmpty, rule.Trimmed, rule.Printable),
			},
			"cluster_id": schema.Int64Attribute{
				MarkdownDescription: "Number of the cluster, the `id` of a `devtron_cluster`. Changing it replaces the environment, because Devtron silently ignores the change.",
				Required:            true,
				PlanModifiers:       []planmodifier.Int64{int64planmodifier.RequiresReplace()},
				Validators:          []validator.Int64{int64validator.AtLeast(1)},
			},
			"namespace": schema.StringAttribute{
				MarkdownDescription: "Kubernetes namespace: a DNS label of up to 50 characters. There is one environment for each namespace of a cluster. Changing it replaces the environment.",
				Required:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:          framework.Check(rule.NotEmpty, rule.Trimmed, validNamespace),
			},

			// Optional.
			"production": schema.BoolAttribute{
				MarkdownDescription: "Whether this is an environment for production, for which Devtron distinguishes permissions. Default: `false`.",
				Optional:            true, Computed: true, Default: booldefault.StaticBool(false),
			},
			"description": schema.StringAttribute{
				MarkdownDescription: "Description of up to 40 characters.",
				Optional:            true,
				Validators:          framework.Check(validDescription),
			},

			// Computed.
			"identifier": schema.StringAttribute{
				MarkdownDescription: "Identifier of the environment in permissions: the name of the cluster and the namespace, joined by two underscores.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
		},
	}
}

var (
	namePattern      = pattern.New(`^[a-z0-9]([a-z0-9-]{0,14}[a-z0-9])?$`)
	namespacePattern = pattern.New(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)
)

func validNamespace(a rule.Argument, value string) *rule.Problem {
	if len(value) <= maxNamespace && namespacePattern.MatchString(value) {
		return nil
	}
	return rule.New("Invalid namespace", fmt.Sprintf("%s is %q. A namespace has up to %d characters: lower-case letters, digits, and hyphens, no hyphen at the ends.", a.Subject(), value, maxNamespace))
}

func validDescription(a rule.Argument, value string) *rule.Problem {
	if n := utf8.RuneCountInString(value); n > maxDescription {
		return rule.New("The description is too long", fmt.Sprintf("%s has %d characters. Devtron stores at most %d.", a.Subject(), n, maxDescription))
	}
	return nil
}

// dataModel is the data source.
type dataModel struct {
	ID          types.Int64  `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	ClusterID   types.Int64  `tfsdk:"cluster_id"`
	ClusterName types.String `tfsdk:"cluster_name"`
	Namespace   types.String `tfsdk:"namespace"`
	Production  types.Bool   `tfsdk:"production"`
	Description types.String `tfsdk:"description"`
	Identifier  types.String `tfsdk:"identifier"`
}

var found = object.Found[dataModel, devtron.Environment]{
	Description: "Reads an environment by `name` or `id`.",
	Attributes: map[string]dataschema.Attribute{
		"cluster_id":   dataschema.Int64Attribute{MarkdownDescription: "Number of the cluster.", Computed: true},
		"cluster_name": dataschema.StringAttribute{MarkdownDescription: "Name of the cluster.", Computed: true},
		"namespace":    dataschema.StringAttribute{MarkdownDescription: "Kubernetes namespace.", Computed: true},
		"production":   dataschema.BoolAttribute{MarkdownDescription: "Whether this is an environment for production.", Computed: true},
		"description":  dataschema.StringAttribute{MarkdownDescription: "Description; null if there is none.", Computed: true},
		"identifier":   dataschema.StringAttribute{MarkdownDescription: "Identifier of the environment in permissions: the name of the cluster and the namespace, joined by two underscores.", Computed: true},
	},
	Model: func(e devtron.Environment) dataModel {
		return dataModel{
			ID: object.Int64(e.ID), Name: types.StringValue(e.Name), ClusterID: object.Int64(e.ClusterID), ClusterName: types.StringValue(e.ClusterName),
			Namespace: types.StringValue(e.Namespace), Production: types.BoolValue(e.Production),
			Description: object.OptionalString(types.StringNull(), e.Description), Identifier: types.StringValue(e.Identifier),
		}
	},
}
