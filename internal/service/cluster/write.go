// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/secret"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/cluster/clusters"
)

// wanted is the cluster as it is sent. An update sends only the credentials that change: Devtron
// keeps the others.
func wanted(config, plan model, state *model) devtron.Cluster {
	c := devtron.Cluster{
		ID: plan.Number(), Name: plan.Name.ValueString(), ServerURL: plan.ServerURL.ValueString(),
		InsecureSkipTLSVerify: plan.InsecureSkipTLSVerify.ValueBool(), Production: plan.Production.ValueBool(),
		Credentials: credentials(config, plan, state),
	}
	c.PrometheusURL, c.PrometheusAuth = prometheus(config.Prometheus, state)
	return c
}

// writes reports whether an update changes more than the description and what concerns the provider
// alone.
func writes(config, plan, state model) bool {
	return connects(config, plan, state) || !plan.Production.Equal(state.Production) || !plan.Prometheus.Equal(state.Prometheus)
}

// connects reports whether an update changes how Devtron connects to the cluster.
func connects(config, plan, state model) bool {
	return relocates(plan, state) || !plan.InsecureSkipTLSVerify.Equal(state.InsecureSkipTLSVerify) ||
		credentials(config, plan, &state) != (devtron.ClusterCredentials{})
}

// relocates reports whether an update is known to change the address of the API server. Credentials
// belong to an API server: whoever has changed the address in Devtron may have changed them, too.
func relocates(plan, state model) bool {
	return !plan.ServerURL.IsUnknown() && !clusters.SameServer(plan.ServerURL.ValueString(), state.ServerURL.ValueString())
}

// tokenChange is the bearer token in a creation, where state is nil, or an update. It goes along
// with another address, also a write-only one whose version stays as it is.
func tokenChange(config, plan model, state *model) secret.Change {
	c := secret.Change{Now: config.bearerToken(), Creation: state == nil || relocates(plan, *state)}
	if state != nil {
		c.Before = state.bearerToken()
	}
	return c
}

// credentials are those that are sent. A certificate and its key go together.
func credentials(config, plan model, state *model) devtron.ClusterCredentials {
	var c devtron.ClusterCredentials
	c.BearerToken = tokenChange(config, plan, state).Value()
	all := state == nil || relocates(plan, *state)
	var before tlsModel
	if !all {
		before = secret.Fields[tlsModel](state.TLS)
	}
	now := secret.Fields[tlsModel](config.TLS)
	if !now.CACertificate.Equal(before.CACertificate) {
		c.CACertificate = now.CACertificate.ValueString()
	}
	key := secret.Change{Now: now.Key(), Before: before.Key(), Creation: all}
	if !now.ClientCertificate.Equal(before.ClientCertificate) || key.Sent() {
		c.ClientCertificate, c.ClientKey = now.ClientCertificate.ValueString(), now.Key().Value()
	}
	return c
}

// prometheus is what is sent about Prometheus. Being anonymous clears the username and the password
// that the request leaves empty. A password belongs to its user and its Prometheus: a change of
// these sends it along, because whoever has changed them in Devtron has set or cleared it as well.
func prometheus(config types.Object, state *model) (url string, auth devtron.PrometheusAuth) {
	var before prometheusModel
	if state != nil {
		before = secret.Fields[prometheusModel](state.Prometheus)
	}
	now := secret.Fields[prometheusModel](config)
	auth = devtron.PrometheusAuth{Username: now.Username.ValueString(), ClientCertificate: now.ClientCertificate.ValueString()}
	relocated := !now.URL.Equal(before.URL) || !now.Username.Equal(before.Username)
	password := secret.Change{Now: now.password(), Before: before.password(), Creation: state == nil || relocated}
	auth.Password = password.Value()
	key := secret.Change{Now: now.clientKey(), Before: before.clientKey(), Creation: state == nil}
	if !now.ClientCertificate.Equal(before.ClientCertificate) || key.Sent() {
		auth.ClientKey = now.clientKey().Value()
	}
	auth.Anonymous = auth.Username == "" || password.Removed()
	return now.URL.ValueString(), auth
}
