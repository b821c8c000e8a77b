// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package clusters

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

func TestSameComparesWhatDevtronShows(t *testing.T) {
	t.Parallel()
	stored := devtron.Cluster{
		ID: 2, Name: "prod", ServerURL: "https://k8s.example", PrometheusURL: "http://prometheus.example", KubernetesVersion: "v1.33.4",
		PrometheusAuth: devtron.PrometheusAuth{Username: "u", ClientCertificate: "certificate"},
	}
	for name, test := range map[string]struct {
		change func(*devtron.Cluster)
		want   bool
	}{
		"nothing":                    {func(*devtron.Cluster) {}, true},
		"trailing slash":             {func(c *devtron.Cluster) { c.ServerURL += "/" }, true},
		"another server":             {func(c *devtron.Cluster) { c.ServerURL += ":6443" }, false},
		"insecure":                   {func(c *devtron.Cluster) { c.InsecureSkipTLSVerify = true }, false},
		"production":                 {func(c *devtron.Cluster) { c.Production = true }, false},
		"version":                    {func(c *devtron.Cluster) { c.KubernetesVersion = "" }, true},
		"credentials":                {func(c *devtron.Cluster) { c.Credentials.BearerToken = "x" }, true},
		"another Prometheus":         {func(c *devtron.Cluster) { c.PrometheusURL += "/p" }, false},
		"no Prometheus":              {func(c *devtron.Cluster) { c.PrometheusURL = "" }, false},
		"another username":           {func(c *devtron.Cluster) { c.PrometheusAuth.Username = "v" }, false},
		"no username":                {func(c *devtron.Cluster) { c.PrometheusAuth = devtron.PrometheusAuth{Anonymous: true} }, false},
		"another certificate":        {func(c *devtron.Cluster) { c.PrometheusAuth.ClientCertificate = "other" }, false},
		"certificate that is kept":   {func(c *devtron.Cluster) { c.PrometheusAuth.ClientCertificate = "" }, true},
		"password and key to be set": {func(c *devtron.Cluster) { c.PrometheusAuth.Password, c.PrometheusAuth.ClientKey = "p", "k" }, true},
	} {
		wanted := stored
		test.change(&wanted)
		if got := same(stored, wanted); got != test.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
	without, remains := devtron.Cluster{}, devtron.Cluster{PrometheusAuth: devtron.PrometheusAuth{Username: "u", ClientCertificate: "certificate"}}
	if !same(remains, without) {
		t.Error("without a URL, what remains of Prometheus counts")
	}
}

func TestHiddenIsWhatDevtronDoesNotShow(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		wanted devtron.Cluster
		want   bool
	}{
		"nothing":             {devtron.Cluster{Name: "a", ServerURL: "b", PrometheusURL: "c"}, false},
		"bearer token":        {devtron.Cluster{Credentials: devtron.ClusterCredentials{BearerToken: "x"}}, true},
		"CA":                  {devtron.Cluster{Credentials: devtron.ClusterCredentials{CACertificate: "x"}}, true},
		"client certificate":  {devtron.Cluster{Credentials: devtron.ClusterCredentials{ClientCertificate: "x"}}, true},
		"client key":          {devtron.Cluster{Credentials: devtron.ClusterCredentials{ClientKey: "x"}}, true},
		"Prometheus password": {devtron.Cluster{PrometheusAuth: devtron.PrometheusAuth{Password: "x"}}, true},
		"Prometheus key":      {devtron.Cluster{PrometheusAuth: devtron.PrometheusAuth{ClientKey: "x"}}, true},
		"anonymous":           {devtron.Cluster{PrometheusAuth: devtron.PrometheusAuth{Anonymous: true}}, false},
		"password to clear":   {devtron.Cluster{PrometheusAuth: devtron.PrometheusAuth{Username: "u", Anonymous: true}}, true},
		"username":            {devtron.Cluster{PrometheusAuth: devtron.PrometheusAuth{Username: "u", ClientCertificate: "c"}}, false},
	} {
		if got := hidden(test.wanted) != nil; got != test.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}
