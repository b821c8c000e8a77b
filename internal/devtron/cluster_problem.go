// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
)

// ClusterProblem is why Devtron could not connect to a cluster, as far as its message shows it.
type ClusterProblem int

// Problems of a connection. Devtron stores nothing then.
const (
	// ClusterUnknown: the message is about something else.
	ClusterUnknown ClusterProblem = iota
	// ClusterUnreachable: Devtron has no connection to the server URL.
	ClusterUnreachable
	// ClusterNotKubernetes: what answers at the server URL is no Kubernetes API server that is
	// alive.
	ClusterNotKubernetes
	// ClusterUntrusted: TLS fails because of a certificate or a key.
	ClusterUntrusted
	// ClusterUnauthorized: the API server does not accept the credentials.
	ClusterUnauthorized
)

// clusterWords are the words of messages about a connection. The first that is found counts.
var clusterWords = []struct {
	words   string
	problem ClusterProblem
}{
	{"http: server gave HTTP response to HTTPS client", ClusterUnreachable},
	{"tls: first record does not look like a TLS handshake", ClusterUnreachable},
	{"x509: ", ClusterUntrusted},
	{"tls: ", ClusterUntrusted},
	{"certificate", ClusterUntrusted},
	{"PEM", ClusterUntrusted},
	{"Unauthorized : ", ClusterUnauthorized},
	{"Incorrect server url : ", ClusterUnreachable},
}

// clusterMessage is how messages about a connection begin: with the result of Devtron's own test
// (22-11), or with the reason by which the API server refused it (22-10, 41-21).
var clusterMessage = pattern.New(`^(Incorrect server url|Validation failed( with response)?|[A-Z][A-Za-z]+) : `)

// ClusterProblem tells why Devtron could not connect to the cluster of a request. Devtron reports
// it in words alone, with status 500.
func (e *Error) ClusterProblem() ClusterProblem {
	if !e.Envelope || e.Status < 500 || !clusterMessage.MatchString(e.Message) {
		return ClusterUnknown
	}
	for _, known := range clusterWords {
		if strings.Contains(e.Message, known.words) {
			return known.problem
		}
	}
	return ClusterNotKubernetes
}
