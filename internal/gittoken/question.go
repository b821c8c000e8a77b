// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package gittoken finds out, without writing anything, what a git token can do for Devtron.
//
// A [Checker] asks the git host each distinct [Question] once and keeps the [Facts]; [Judge] turns facts into an
// [Answer] for the [Requirements] of one caller. The package knows no Terraform: problems are values that name the
// attribute they are about.
package gittoken

import (
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
)

// Provider is a git provider as Devtron spells it.
type Provider string

// The git providers that Devtron knows.
const (
	GitHub         Provider = "GITHUB"
	GitLab         Provider = "GITLAB"
	AzureDevOps    Provider = "AZURE_DEVOPS"
	BitbucketCloud Provider = "BITBUCKET_CLOUD"
)

// TLS holds what Devtron is given for a git host with a private CA, as PEM text. Empty strings mean: not set.
type TLS struct {
	CACertificate     string
	ClientCertificate string
	ClientKey         string
}

// Question is everything that decides the facts about a token.
type Question struct {
	Provider Provider
	// Host is the web address of the git host as configured. "" stands for DefaultHost.
	Host string
	// Organization is the GitHub organization; "" asks about the token alone.
	Organization string
	// GroupID is the GitLab group as typed: a number, or wrongly a path or a name; "" asks about the token alone.
	GroupID string
	// Project is the Azure DevOps project, in the organization that Host holds; "" asks about the token alone.
	Project string
	// Workspace is the Bitbucket workspace; "" asks about the token alone.
	Workspace string
	// ProjectKey is the key of a Bitbucket project, in any case; "" stands for the workspace's oldest one.
	ProjectKey string
	// Username goes with a Bitbucket token, which cannot be asked about without. The other providers do without it.
	Username string
	Token    string
	TLS      TLS
	// Thorough says that something is about to be written. It asks more than one round trip can tell: GitHub membership,
	// GitLab owner and access level, and what else may be meant by a name that was not found. What no git host tells is a
	// problem only then. Without it at most two requests are sent.
	Thorough bool
}

// Requirements is what the facts are judged against. It changes no request.
type Requirements struct {
	// Scopes replaces the documented scopes; each one that is missing is an error. nil stands for the documented ones, and so
	// does the list of them, in any order.
	Scopes []string
	// AllowCustomRepository is the configuration's setting of this name: with it Devtron may do without admin:org.
	AllowCustomRepository bool
	// Username is compared with the owner of the token; "" is not compared.
	Username string
	// Hint is what problems may advise about git_token_check.
	Hint Hint
}

func (q Question) withDefaults() Question {
	if q.Host == "" {
		q.Host = DefaultHost(q.Provider)
	}
	return q
}

// key tells questions apart that may have different facts. It holds no token, only a hash over it, and leaves
// Thorough out: a thorough question continues where the light one ended. The user name counts where it is a part of
// the credential.
func (q Question) key() [sha256.Size]byte {
	_, credential := gitProviders[q.Provider].credential(q)
	sum := sha256.New()
	for _, part := range []string{
		string(q.Provider), normalHost(q.Host), q.Organization, q.GroupID, q.Project, q.Workspace, strings.ToUpper(q.ProjectKey),
		credential, q.TLS.CACertificate, q.TLS.ClientCertificate, q.TLS.ClientKey,
	} {
		fmt.Fprintf(sum, "%d:", len(part))
		_, _ = io.WriteString(sum, part)
	}
	return [sha256.Size]byte(sum.Sum(nil))
}
