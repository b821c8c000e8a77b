// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import "testing"

func TestProblemsOfAConnectionToACluster(t *testing.T) {
	for message, want := range map[string]ClusterProblem{
		"Unauthorized : token seems invalid or does not have sufficient permissions":                                                 ClusterUnauthorized,
		`Incorrect server url : Get "https://127.0.0.1:1/livez": dial tcp 127.0.0.1:1: connect: connection refused`:                  ClusterUnreachable,
		`Incorrect server url : Get "https://k8s.example/livez": dial tcp: lookup k8s.example: no such host`:                         ClusterUnreachable,
		`Incorrect server url : Get "https://k8s.example/livez": http: server gave HTTP response to HTTPS client`:                    ClusterUnreachable,
		`Incorrect server url : Get "https://k8s.example/livez": tls: first record does not look like a TLS handshake`:               ClusterUnreachable,
		`Incorrect server url : Get "https://k8s.example/livez": tls: failed to verify certificate: x509: certificate signed by ...`: ClusterUntrusted,
		`Incorrect server url : Get "https://k8s.example/livez": x509: certificate is valid for other.example, not k8s.example`:      ClusterUntrusted,
		`Incorrect server url : Get "https://k8s.example/livez": remote error: tls: bad certificate`:                                 ClusterUntrusted,
		"Validation failed : unable to load root certificates: unable to parse bytes as PEM block":                                   ClusterUntrusted,
		"Validation failed : tls: private key does not match public key":                                                             ClusterUntrusted,
		"Validation failed with response : <html>":                                                                                   ClusterNotKubernetes,

		"Validation failed : something else":                          ClusterNotKubernetes,
		"Forbidden : unknown":                                         ClusterNotKubernetes,
		"NotFound : the server could not find the requested resource": ClusterNotKubernetes,
		"cluster update failed in db":                                 ClusterUnknown,
		"failed to register on ACD: certificate":                      ClusterUnknown,
		"requested by 3":                                              ClusterUnknown,
		"":                                                            ClusterUnknown,
	} {
		if got := (&Error{Status: 500, Envelope: true, Message: message}).ClusterProblem(); got != want {
			t.Errorf("%q: got %d, want %d", message, got, want)
		}
	}
	for _, e := range []Error{
		{Status: 500, Message: "Unauthorized : token seems invalid"},                 // a proxy
		{Status: 401, Envelope: true, Message: "Unauthorized : token seems invalid"}, // the API token of Devtron
	} {
		if e.ClusterProblem() != ClusterUnknown {
			t.Errorf("%+v", e)
		}
	}
}
