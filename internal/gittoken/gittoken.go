// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package gittoken finds out, without writing anything, whether a git token can do what Devtron
// needs.
//
// A [Checker] asks a git host each [Question] once and keeps the facts. [Judge] turns the facts
// into an [Answer] for the [Requirements] of a caller. What only one git provider does is in a
// package of its own (github, gitlab, azure, bitbucket), with the same file names in each:
// definition.go, kinds.go, scopes.go, address.go, client.go, refusal.go, judge.go. Package inspect
// holds what these share, and package gitapi sends the requests. No package knows Terraform:
// problems are values that name the argument that they are about.
package gittoken

import (
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/tlsconfig"
)

// What callers use of package inspect.
type (
	// Provider is a git provider as Devtron spells it.
	Provider = inspect.Provider
	// Question is everything that decides the facts about a token.
	Question = inspect.Question
	// TLS is what a user gives for a git host with a private CA or mutual TLS.
	TLS = tlsconfig.Material
	// Requirements is what the facts are judged against.
	Requirements = inspect.Requirements
	// Facts is what a git host reports about a token.
	Facts = inspect.Facts
	// Answer is what a caller learns about a token.
	Answer = inspect.Answer
	// Problem is one finding.
	Problem = inspect.Problem
	// Severity of a problem.
	Severity = inspect.Severity
	// Attribute is the argument of the configuration that a problem is about.
	Attribute = inspect.Attribute
	// Scope is one of the scopes that Devtron's documentation requires.
	Scope = inspect.Scope
)

// The git providers that Devtron supports.
const (
	GitHub         = inspect.GitHub
	GitLab         = inspect.GitLab
	AzureDevOps    = inspect.AzureDevOps
	BitbucketCloud = inspect.BitbucketCloud
)

// The values of an answer.
const (
	Sufficient   = inspect.Sufficient
	Insufficient = inspect.Insufficient
	Unverifiable = inspect.Unverifiable

	Warning = inspect.Warning
	Error   = inspect.Error

	AttributeToken = inspect.AttributeToken
	KindClassic    = inspect.KindClassic
)

// What problems may advise about git_token_check.
const (
	HintWarnOrOff = inspect.HintWarnOrOff
	HintOff       = inspect.HintOff
	HintNone      = inspect.HintNone
)

// DefaultBudget is the time for all requests of one question together.
const DefaultBudget = inspect.DefaultBudget
