// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// hostKind is git hosts, which the API cannot change.
var hostKind = &object.Kind[struct{}, devtron.GitHost]{
	Type: "devtron_git_host", Noun: "git host", KeyName: "name",
	API: func(c *devtron.Client) reconcile.Kind[devtron.GitHost] {
		return reconcile.Kind[devtron.GitHost]{Name: "git hosts", List: c.ListGitHosts}
	},
	KeyOf: func(h devtron.GitHost) string { return h.Name },
	IDOf:  func(h devtron.GitHost) int { return h.ID },
}

// hostModel is the data source of git hosts.
type hostModel struct {
	ID   types.Int64  `tfsdk:"id"`
	Name types.String `tfsdk:"name"`
}

var foundHost = object.Found[hostModel, devtron.GitHost]{
	Description: "Reads a git host by `name` or `id`. A git host tells Devtron how to read webhooks. A new Devtron has `Github`, `Bitbucket Cloud`, and `Gitlab`; others can be added in Devtron, but neither changed nor deleted.",
	Model: func(h devtron.GitHost) hostModel {
		return hostModel{ID: object.Int64(h.ID), Name: types.StringValue(h.Name)}
	},
}

// domains are the domains of the git hosts that every Devtron has, by their names in it.
var domains = map[string]string{"github.com": "Github", "gitlab.com": "Gitlab", "bitbucket.org": "Bitbucket Cloud"}

// hostOf returns the git host for the URL of a new account; null where Devtron has none for it,
// unknown where that is not known yet.
func hostOf(ctx context.Context, d *framework.Data, plan model) (types.Int64, diag.Diagnostics) {
	if plan.URL.IsUnknown() {
		return types.Int64Unknown(), nil
	}
	name := hostName(plan.URL.ValueString())
	if name == "" {
		return types.Int64Null(), nil
	}
	hosts, known, diags := listHosts(ctx, d, plan)
	if !known {
		return types.Int64Unknown(), diags
	}
	for _, h := range hosts {
		if strings.EqualFold(h.Name, name) {
			return object.Int64(h.ID), nil
		}
	}
	return types.Int64Null(), nil
}

// hostName is the name of the git host for the domain in a URL; "" if there is none.
func hostName(address string) string {
	for domain, name := range domains {
		if host := domainOf(address); host == domain || strings.HasSuffix(host, "."+domain) {
			return name
		}
	}
	return ""
}

// domainOf is the domain in a URL, in an address as git writes it ("git@host:path"), or in a host
// with or without a path.
func domainOf(address string) string {
	if !strings.Contains(address, "://") {
		host, _, _ := strings.Cut(address, "/")
		_, after, found := strings.Cut(host, "@")
		if found {
			host = after
		}
		host, _, _ = strings.Cut(host, ":")
		return strings.ToLower(host)
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// listHosts returns the git hosts. They are not known while an argument of the provider is not
// known yet.
func listHosts(ctx context.Context, d *framework.Data, plan model) (hosts []devtron.GitHost, known bool, diags diag.Diagnostics) {
	objects := hostKind.Objects(d)
	if objects == nil {
		return nil, false, nil
	}
	timeout, diags := plan.Timeouts.Read(ctx, framework.ReadTimeout)
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	hosts, err := objects.List(ctx)
	if err != nil {
		diags.Append(d.Failure(framework.Operation{Summary: "Devtron could not be asked for its git hosts", Consequence: "Nothing was changed.", Object: "git host"}, err)...)
		return nil, false, diags
	}
	return hosts, true, diags
}

// planHost refuses a git host that does not exist: Devtron closes the connection without an answer
// then (recording 23-13).
func planHost(ctx context.Context, d *framework.Data, p planned) diag.Diagnostics {
	id := p.Config.GitHostID
	if id.IsNull() || id.IsUnknown() || p.State != nil && p.State.GitHostID.Equal(id) {
		return nil
	}
	hosts, known, diags := listHosts(ctx, d, p.Plan)
	if !known || slices.ContainsFunc(hosts, func(h devtron.GitHost) bool { return int64(h.ID) == id.ValueInt64() }) {
		return diags
	}
	names := make([]string, len(hosts))
	for i, h := range hosts {
		names[i] = fmt.Sprintf("  %d (%s)", h.ID, h.Name)
	}
	slices.Sort(names)
	diags.AddAttributeError(pathGitHostID, "The git host does not exist",
		fmt.Sprintf("Devtron has no git host with the number %d. Set git_host_id to the id of a devtron_git_host data source.\n\nDevtron has:\n%s", id.ValueInt64(), strings.Join(names, "\n")))
	return diags
}
