// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import "time"

// Verdict is the answer in one word.
type Verdict string

// The verdicts. Warnings may stand beside each of them.
const (
	// Sufficient: as far as a git host tells, the token does for Devtron.
	Sufficient Verdict = "sufficient"
	// Insufficient: at least one problem is an error.
	Insufficient Verdict = "insufficient"
	// Unverifiable: no error was found, but something essential could not be read.
	Unverifiable Verdict = "unverifiable"
)

// Severity of a problem.
type Severity int

// The severities.
const (
	Warning Severity = iota + 1
	Error
)

func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// Attribute is the argument of the configuration that a problem is about. A dot separates nested names.
type Attribute string

// The attributes that problems are about.
const (
	AttributeToken             Attribute = "token"
	AttributeOrganization      Attribute = "organization"
	AttributeGroupID           Attribute = "group_id"
	AttributeAzureProject      Attribute = "azure_project"
	AttributeWorkspace         Attribute = "bitbucket_workspace_id"
	AttributeProjectKey        Attribute = "bitbucket_project_key"
	AttributeUsername          Attribute = "username"
	AttributeHost              Attribute = "host"
	AttributeCACertificate     Attribute = "tls.ca_certificate"
	AttributeClientCertificate Attribute = "tls.client_certificate"
)

// Problem is one finding. Neither text ever contains the token.
type Problem struct {
	Severity  Severity
	Attribute Attribute
	Summary   string
	Detail    string
	// Code names the finding for programs and tests; it does not change when the words do.
	Code string
}

// Answer is what one caller learns about a token.
type Answer struct {
	// Kind is the kind of token, one of the Kind constants; "" = unknown.
	Kind string
	// Owner is the login of the account that the token belongs to; "" = unknown.
	Owner string
	// Scopes are the granted scopes as the host lists them, meaningful only with ScopesKnown.
	Scopes      []string
	ScopesKnown bool
	// MissingScopes are the required scopes that the token lacks, those whose lack is a mere warning included.
	MissingScopes []string
	// ExpiresAt is zero for a token that never expires or whose expiry is unknown.
	ExpiresAt time.Time
	Verdict   Verdict
	Problems  []Problem
}
