// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import "strings"

// IndexProblem is why Devtron could not fetch the index of a chart repository, as far as its
// message shows it.
type IndexProblem int

// Problems of an index. Devtron stores nothing then.
const (
	// IndexUnknown: the message is about something else.
	IndexUnknown IndexProblem = iota
	// IndexMissing: the server has no index.yaml below the URL.
	IndexMissing
	// IndexUnreachable: Devtron has no connection to the server, or the server failed.
	IndexUnreachable
	// IndexUntrusted: Devtron does not trust the certificate of the server.
	IndexUntrusted
	// IndexInvalid: index.yaml is not the index of a chart repository.
	IndexInvalid
	// IndexWithoutCredentials: the server wants credentials, and the request had none.
	IndexWithoutCredentials
	// IndexUnauthorized: the server does not accept the credentials.
	IndexUnauthorized
)

// indexWords are the words of messages about an index, those of Devtron and those that it quotes.
// The first that is found counts. Devtron does not examine the content of an index (source).
var indexWords = []struct {
	words   string
	problem IndexProblem
}{
	{"Could not find an index.yaml file", IndexMissing},       // 26-11
	{"Invalid authentication credentials", IndexUnauthorized}, // 26-14; 401 and 403 (source)
	{"x509: ", IndexUntrusted},
	{"tls: failed to verify certificate", IndexUntrusted},
	{"Get \"", IndexUnreachable},           // 26-12
	{"Failed to fetch ", IndexUnreachable}, // another status
	{"Protocol ", IndexUnreachable},        // 26-17
	{"Could not validate the repo", IndexInvalid},
	{"unable to read the index.yaml file", IndexInvalid}, // source
}

// IndexProblem tells why Devtron could not fetch the index of the chart repository of a request.
func (e *Error) IndexProblem() IndexProblem {
	if !e.Envelope || e.Kind != Precondition {
		return IndexUnknown
	}
	for _, known := range indexWords {
		if !strings.Contains(e.Message, known.words) {
			continue
		}
		if known.problem == IndexUnauthorized && e.Detail == AuthAnonymous {
			return IndexWithoutCredentials
		}
		return known.problem
	}
	return IndexUnknown
}

// IsSecretProblem reports whether Devtron could not write or delete the Kubernetes secret for Argo
// CD that has the name of the chart repository of a request (26-37, 26-55). Nothing was stored.
func (e *Error) IsSecretProblem() bool {
	return e.Envelope && e.Kind == ServerError && strings.Contains(e.Message, "config map attempted 3 times")
}

// IsJobProblem reports whether Devtron has stored a new chart repository, but could not start the
// job that synchronizes its charts (25-17, 25-19). An update does not report that (source).
func (e *Error) IsJobProblem() bool {
	return e.Envelope && e.Kind == ServerError && strings.Contains(e.Message, "job deletion takes more time than expected")
}
