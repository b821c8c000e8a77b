// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/cluster/clusters"
)

// wanted is the cluster as it is sent. An update sends only the credentials that change: Devtron keeps the others.
func wanted(config, plan model, state *model) devtron.Cluster {
	c := devtron.Cluster{
		ID: plan.Number(), Name: plan.Name.ValueString(), ServerURL: plan.ServerURL.ValueString(),
		InsecureSkipTLSVerify: plan.InsecureSkipTLSVerify.ValueBool(), Production: plan.Production.ValueBool(),
		Credentials: credentials(config, state),
	}
	c.PrometheusURL, c.PrometheusAuth = prometheus(config.Prometheus, state)
	return c
}

// writes reports whether an update changes more than the description and what concerns the provider alone.
func writes(config, plan, state model) bool {
	return connects(config, plan, state) || !plan.Production.Equal(state.Production) || !plan.Prometheus.Equal(state.Prometheus)
}

// connects reports whether an update changes how Devtron connects to the cluster.
func connects(config, plan, state model) bool {
	return !clusters.SameServer(plan.ServerURL.ValueString(), state.ServerURL.ValueString()) ||
		!plan.InsecureSkipTLSVerify.Equal(state.InsecureSkipTLSVerify) || credentials(config, &state) != (devtron.ClusterCredentials{})
}

// tokenChange is the bearer token in a creation, where state is nil, or an update.
func tokenChange(config model, state *model) change {
	c := change{now: config.bearerToken(), creation: state == nil}
	if state != nil {
		c.before = state.bearerToken()
	}
	return c
}

// credentials are those that are sent. A certificate and its key go together.
func credentials(config model, state *model) devtron.ClusterCredentials {
	var c devtron.ClusterCredentials
	c.BearerToken = tokenChange(config, state).value()
	var before tlsModel
	if state != nil {
		before = fields[tlsModel](state.TLS)
	}
	now := fields[tlsModel](config.TLS)
	if !now.CACertificate.Equal(before.CACertificate) {
		c.CACertificate = now.CACertificate.ValueString()
	}
	key := change{now.clientKey(), before.clientKey(), state == nil}
	if !now.ClientCertificate.Equal(before.ClientCertificate) || key.sent() {
		c.ClientCertificate, c.ClientKey = now.ClientCertificate.ValueString(), now.clientKey().value()
	}
	return c
}

// prometheus is what is sent about Prometheus. Being anonymous clears the username and the password that the request leaves empty.
func prometheus(config types.Object, state *model) (url string, auth devtron.PrometheusAuth) {
	var before prometheusModel
	if state != nil {
		before = fields[prometheusModel](state.Prometheus)
	}
	now := fields[prometheusModel](config)
	auth = devtron.PrometheusAuth{Username: now.Username.ValueString(), ClientCertificate: now.ClientCertificate.ValueString()}
	password := change{now.password(), before.password(), state == nil}
	auth.Password = password.value()
	key := change{now.clientKey(), before.clientKey(), state == nil}
	if !now.ClientCertificate.Equal(before.ClientCertificate) || key.sent() {
		auth.ClientKey = now.clientKey().value()
	}
	auth.Anonymous = auth.Username == "" || password.removed()
	return now.URL.ValueString(), auth
}
