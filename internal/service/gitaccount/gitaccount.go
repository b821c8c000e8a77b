// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package gitaccount is the area of git accounts, and of the git hosts that they refer to.
package gitaccount

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
	DataSources:   []func() datasource.DataSource{object.NewDataSource(kind, found), object.NewDataSource(hostKind, foundHost)},
	ListResources: []func() list.ListResource{object.NewList(kind)},
	Observe:       map[string]func(*framework.Data, []byte){kind.Type: kind.Observe},
}

// noun is a git account in messages.
const noun = "git account"

// kind has the URL as its key: Devtron looks for duplicates of it, while a name may repeat.
var kind = &object.Kind[model, devtron.GitAccount]{
	Type: "devtron_git_account", Noun: noun, KeyName: "url", Alias: "name",
	Schema:  accountSchema,
	API:     accounts,
	Common:  func(m *model) *object.Common { return &m.Common },
	Key:     func(m model) types.String { return m.URL },
	KeyOf:   func(a devtron.GitAccount) string { return a.URL },
	AliasOf: func(a devtron.GitAccount) string { return a.Name },
	IDOf:    func(a devtron.GitAccount) int { return a.ID },
	Wanted:  wanted, Stored: stored, Imported: imported, Writes: writes,
	Memory:   func(m *model) any { return &m.memory },
	Complete: completePlan,
	Validate: validate,
	Replaces: replaces,
	Plan:     planAccount,
	Destroy:  destroyAccount,
	Written:  written,
	Explain:  explain,
	Given:    given,
}

// accounts is the kind as the API treats it.
func accounts(c *devtron.Client) reconcile.Kind[devtron.GitAccount] {
	update := func(ctx context.Context, wanted devtron.GitAccount) error {
		err := c.UpdateGitAccount(ctx, wanted)
		if devtron.IsKind(err, devtron.Unsynced) {
			return &reconcile.FollowUpError{Err: err}
		}
		return err
	}
	return reconcile.Kind[devtron.GitAccount]{
		Name: "git accounts", List: c.ListGitAccounts, Create: c.CreateGitAccount, Update: update, Delete: c.DeleteGitAccount,
		Same: same, Hidden: hidden,
		// A lost reply most likely means that git-sensor does not know the account (recording
		// 23-53).
		Complete: func(ctx context.Context, stored, wanted devtron.GitAccount) error {
			wanted.ID = stored.ID
			return update(ctx, wanted)
		},
	}
}

// same compares what can be read.
func same(stored, wanted devtron.GitAccount) bool {
	stored.ID, stored.Credentials, stored.TLS = wanted.ID, wanted.Credentials, wanted.TLS
	return stored == wanted
}

var errHidden = errors.New("Devtron does not show the credentials of a git account")

func hidden(wanted devtron.GitAccount) error {
	if wanted.Credentials != (devtron.GitCredentials{}) || wanted.TLS != (devtron.TLSConfig{}) {
		return errHidden
	}
	return nil
}
