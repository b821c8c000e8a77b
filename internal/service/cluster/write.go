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
		Credentials: credentials(config, state),
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
	return !clusters.SameServer(plan.ServerURL.ValueString(), state.ServerURL.ValueString()) ||
		!plan.InsecureSkipTLSVerify.Equal(state.InsecureSkipTLSVerify) || credentials(config, &state) != (devtron.ClusterCredentials{})
}

// tokenChange is the bearer token in a creation, where state is nil, or an update.
func tokenChange(config model, state *model) secret.Change {
	c := secret.Change{Now: config.bearerToken(), Creation: state == nil}
	if state != nil {
		c.Before = state.bearerToken()
	}
	return c
}

// credentials are those that are sent. A certificate and its key go together.
func credentials(config model, state *model) devtron.ClusterCredentials {
	var c devtron.ClusterCredentials
	c.BearerToken = tokenChange(config, state).Value()
	var before tlsModel
	if state != nil {
		before = secret.Fields[tlsModel](state.TLS)
	}
	now := secret.Fields[tlsModel](config.TLS)
	if !now.CACertificate.Equal(before.CACertificate) {
		c.CACertificate = now.CACertificate.ValueString()
	}
	key := secret.Change{Now: now.Key(), Before: before.Key(), Creation: state == nil}
	if !now.ClientCertificate.Equal(before.ClientCertificate) || key.Sent() {
		c.ClientCertificate, c.ClientKey = now.ClientCertificate.ValueString(), now.Key().Value()
	}
	return c
}

// prometheus is what is sent about Prometheus. Being anonymous clears the username and the password
// that the request leaves empty.
func prometheus(config types.Object, state *model) (url string, auth devtron.PrometheusAuth) {
	var before prometheusModel
	if state != nil {
		before = secret.Fields[prometheusModel](state.Prometheus)
	}
	now := secret.Fields[prometheusModel](config)
	auth = devtron.PrometheusAuth{Username: now.Username.ValueString(), ClientCertificate: now.ClientCertificate.ValueString()}
	password := secret.Change{Now: now.password(), Before: before.password(), Creation: state == nil}
	auth.Password = password.Value()
	key := secret.Change{Now: now.clientKey(), Before: before.clientKey(), Creation: state == nil}
	if !now.ClientCertificate.Equal(before.ClientCertificate) || key.Sent() {
		auth.ClientKey = now.clientKey().Value()
	}
	auth.Anonymous = auth.Username == "" || password.Removed()
	return now.URL.ValueString(), auth
}
