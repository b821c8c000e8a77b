// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package chartrepository is the area of Helm chart repositories.
package chartrepository

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// Service registers the area.
var Service = framework.Service{
	Resources:     []func() resource.Resource{object.NewResource(kind)},
	DataSources:   []func() datasource.DataSource{object.NewDataSource(kind, found)},
	ListResources: []func() list.ListResource{object.NewList(kind)},
	Observe:       map[string]func(*framework.Data, []byte){kind.Type: kind.Observe},
}

// Names of the resource in a configuration and of an object in messages.
const (
	typeName = "devtron_chart_repository"
	noun     = "chart repository"
)

var kind = &object.Kind[model, devtron.ChartRepository]{
	Type: typeName, Noun: noun, KeyName: "name",
	Schema: chartRepositorySchema,
	API:    chartRepositories,
	Common: func(m *model) *object.Common { return &m.Common },
	Key:    func(m model) types.String { return m.Name },
	KeyOf:  func(r devtron.ChartRepository) string { return r.Name },
	IDOf:   func(r devtron.ChartRepository) int { return r.ID },
	Wanted: wanted, Stored: stored, Imported: func() model { return model{Common: object.Imported()} },
	Validate: validate,
	Writes:   writes,
	Plan:     planChartRepository,
	Destroy:  destroyChartRepository,
	Explain:  explain,
	Given:    given,
}

// deactivate refers to kind.
func init() { kind.Written = deactivate }

// chartRepositories is the kind as the API treats it.
func chartRepositories(c *devtron.Client) reconcile.Kind[devtron.ChartRepository] {
	return reconcile.Kind[devtron.ChartRepository]{
		Name: "chart repositories", Lock: reconcile.ChartSync,
		List: c.ListChartRepositories, Delete: c.DeleteChartRepository,
		Create: func(ctx context.Context, wanted devtron.ChartRepository) (devtron.ChartRepository, error) {
			created, err := c.CreateChartRepository(ctx, wanted)
			return created, followUp(err)
		},
		Update: func(ctx context.Context, wanted devtron.ChartRepository) error {
			return followUp(c.UpdateChartRepository(ctx, wanted))
		},
		Same: same, Hidden: hidden,
	}
}

// followUp recognizes a failure that comes after Devtron has stored a chart repository. Devtron
// itself reports the job after a creation only.
func followUp(err error) error {
	var failure *devtron.Error
	if errors.As(err, &failure) && failure.IsJobProblem() {
		return &reconcile.FollowUpError{Err: failure}
	}
	return err
}

func same(stored, wanted devtron.ChartRepository) bool {
	return stored.Name == wanted.Name && stored.URL == wanted.URL && stored.User() == wanted.Username &&
		stored.AllowInsecureConnection == wanted.AllowInsecureConnection && stored.Active == wanted.Active
}

var errHidden = errors.New("the provider does not read the passwords of chart repositories")

// hidden reports a password among what is to be written.
func hidden(wanted devtron.ChartRepository) error {
	if wanted.Password != "" {
		return errHidden
	}
	return nil
}
