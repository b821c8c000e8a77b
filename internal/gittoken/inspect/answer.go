// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package inspect

import "time"

// Verdict is the answer in one word.
type Verdict string

// The verdicts. Each of them may come with warnings.
const (
	// Sufficient means that, as far as the git host reports, the token can do what Devtron needs.
	Sufficient Verdict = "sufficient"
	// Insufficient means that at least one problem is an error.
	Insufficient Verdict = "insufficient"
	// Unverifiable means that there is no error, but something essential could not be read.
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

// Attribute is the argument of the configuration that a problem is about. A dot separates nested
// names.
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

// Problem is one finding. Neither of its texts contains the token.
type Problem struct {
	Severity  Severity
	Attribute Attribute
	Summary   string
	Detail    string
	// Code identifies the finding for programs and tests. It does not change when the words do.
	Code string
}

// Answer is what a caller learns about a token.
type Answer struct {
	// Kind is one of the Kind constants. Empty: unknown.
	Kind string
	// Owner is the login of the account that the token belongs to. Empty: unknown.
	Owner string
	// Scopes are the granted scopes as the host lists them. They are meaningful only with
	// ScopesKnown.
	Scopes      []string
	ScopesKnown bool
	// MissingScopes are the required scopes that the token lacks, including those that only warn.
	MissingScopes []string
	// ExpiresAt is zero for a token that never expires or whose expiration date is unknown.
	ExpiresAt time.Time
	Verdict   Verdict
	Problems  []Problem
}
