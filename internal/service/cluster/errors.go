// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// explain says what a failed request about a cluster means, and which argument it is about. Devtron
// connects to the cluster before it stores anything, and its status does not tell a mistake in the
// request from a failure of Devtron.
func explain(e *devtron.Error) (at path.Path, reason, advice string) {
	const always = " Devtron tests the connection on every write, also where only another argument changes."
	switch e.ClusterProblem() {
	case devtron.ClusterUnreachable:
		return pathServerURL, "Devtron cannot reach the API server",
			"Check server_url, and that the network of Devtron lets it connect to this address: Devtron connects from its own cluster, not from this machine." + always
	case devtron.ClusterNotKubernetes:
		return pathServerURL, "the server is not a Kubernetes API server that is ready",
			"Check server_url: Devtron asks for /livez below it and expects \"ok\". A path that does not belong to the API server, a proxy, or an API server that is starting answers otherwise." + always
	case devtron.ClusterUntrusted:
		return pathTLS, "TLS to the API server fails",
			"Devtron and the API server do not trust each other's certificates. Set tls.ca_certificate to the CA that signed the certificate of the API server; it is certificate-authority-data in a kubeconfig file, in base64. " +
				"If tls has a client certificate, check that the API server accepts its CA, and that the host in server_url is one that the API server's certificate includes." + always
	case devtron.ClusterUnauthorized:
		return pathBearerToken, "the API server does not accept the credentials",
			"The bearer token or the client certificate is wrong, has expired, or was deleted in the cluster. Create a new token for the service account, for example with kubectl create token, and set it; with bearer_token_wo, change bearer_token_wo_version too." + always
	}
	switch {
	case e.Kind == devtron.InUse:
		advice = "Devtron does not delete a cluster that has environments. " + howToRemove
		if len(e.UsedBy) > 0 {
			advice = "Devtron does not delete a cluster while it has environments. It has:\n\n" + indented(e.UsedBy) + "\n\n" + howToRemove
		}
		return pathName, "the cluster still has environments", advice
	case e.Kind == devtron.NotStorable && len(e.Suspects) > 0:
		return suspectPath(e.Suspects[0]), "", ""
	}
	return path.Empty(), "", ""
}

// given is the argument that the credentials are in.
func given(config model, at path.Path) path.Path {
	switch token := config.bearerToken(); {
	case !at.Equal(pathBearerToken):
		return at
	case !token.Given() && !config.TLS.IsNull():
		return pathTLS
	default:
		return tokenPath(token)
	}
}

// suspectPath is the argument behind a field of the API.
func suspectPath(s devtron.Suspect) path.Path {
	switch {
	case s.Field == "cluster_name":
		return pathName
	case strings.HasPrefix(s.Field, "prometheus"):
		return pathPrometheus
	default:
		return pathServerURL
	}
}
