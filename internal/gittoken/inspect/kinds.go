// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package inspect

import "strings"

// Kinds of token, as [Answer].Kind names them.
const (
	KindClassic         = "classic"          // GitHub: classic personal access token
	KindFineGrained     = "fine-grained"     // GitHub: fine-grained personal access token
	KindAppUser         = "app-user"         // GitHub: a GitHub App acting for a user
	KindAppInstallation = "app-installation" // GitHub: an installation of a GitHub App
	KindAppRefresh      = "app-refresh"      // GitHub: renews the two above, is no access token
	KindOAuth           = "oauth"            // GitHub, Bitbucket: OAuth app acting for a user
	KindPersonal        = "personal"         // GitLab, Azure DevOps: personal access token
	KindServiceAccount  = "service-account"  // GitLab: personal access token of a service account
	KindGroup           = "group"            // GitLab: group access token
	KindProject         = "project"          // GitLab, Bitbucket: project access token
	KindAPI             = "api-token"        // Bitbucket: API token of a user
	KindWorkspace       = "workspace"        // Bitbucket: workspace access token
	KindRepository      = "repository"       // Bitbucket: repository access token
	KindAppPassword     = "app-password"     // Bitbucket: app password, no longer accepted
	KindEntra           = "entra"            // Azure DevOps: Microsoft Entra access token
	KindGranular        = "granular"         // GitLab: fine-grained personal access token
	KindDeploy          = "deploy"           // GitLab: deploy token
	KindJob             = "job"              // GitLab: CI/CD job token
	KindTrigger         = "trigger"          // GitLab: pipeline trigger token
	KindRunner          = "runner"           // GitLab: runner token
	KindFeed            = "feed"             // GitLab: feed token
	KindIncomingMail    = "incoming-mail"    // GitLab: incoming email token
	KindFeatureFlags    = "feature-flags"    // GitLab: feature flags client token
	KindWorkspaceAgent  = "workspace-agent"  // GitLab: token of a development workspace
	KindAgent           = "agent"            // GitLab: agent for Kubernetes
	KindSCIM            = "scim"             // GitLab: SCIM token
	KindOAuthSecret     = "oauth-secret"     // GitLab: secret of an OAuth application
)

var kindNames = map[string]string{
	KindClassic: "classic personal access token", KindFineGrained: "fine-grained personal access token",
	KindAppUser: "GitHub App user token", KindAppInstallation: "GitHub App installation token",
	KindAppRefresh: "GitHub App refresh token", KindOAuth: "OAuth access token",
	KindPersonal: "personal access token", KindGroup: "group access token", KindProject: "project access token",
	KindGranular: "fine-grained personal access token", KindDeploy: "deploy token", KindJob: "CI/CD job token",
	KindTrigger: "pipeline trigger token", KindRunner: "runner token", KindFeed: "feed token",
	KindIncomingMail: "incoming email token", KindFeatureFlags: "feature flags client token", KindWorkspaceAgent: "workspace token",
	KindAPI: "API token", KindWorkspace: "workspace access token", KindRepository: "repository access token",
	KindAppPassword: "app password", KindAgent: "agent token", KindSCIM: "SCIM token", KindOAuthSecret: "OAuth application secret",
	KindServiceAccount: "service account token", KindEntra: "Microsoft Entra access token",
}

// KindName is a kind of token in the words of its provider.
func KindName(kind string) string {
	if name := kindNames[kind]; name != "" {
		return name
	}
	return "access token"
}

// The number of bytes of a token that Devtron stores. Its API does not expose which limit a server
// has.
const (
	// MaxTokenBytes is the limit of the newest Devtron.
	MaxTokenBytes = 1472
	// MaxTokenBytesV220 is the limit of Devtron up to v2.2.0.
	MaxTokenBytesV220 = 158
)

// TokenKind is a kind of token that can be recognized by the token itself.
type TokenKind struct {
	// Kind is one of the Kind constants. Empty: the form fits several kinds.
	Kind string
	// Prefix is how all tokens of the kind begin. Match replaces it for kinds of another form.
	Prefix string
	Match  func(token string) bool
	// Unusable says why Devtron cannot use tokens of the kind. Empty: it can.
	Unusable string
	// Ambiguous kinds are recognized only among tokens for their provider: other tokens may have
	// the same form.
	Ambiguous bool
	// Unique kinds have a form that no other token has, not even one with a custom prefix.
	Unique bool
}

// Matches reports whether a token is of the kind.
func (k TokenKind) Matches(token string) bool {
	if k.Match != nil {
		return k.Match(token)
	}
	rest, found := strings.CutPrefix(token, k.Prefix)
	// A GitLab may put any word before the prefix of its personal access tokens, even the prefix of
	// another kind.
	return found && !strings.HasPrefix(rest, "glpat-")
}

// RecognizedKind is a kind of token with the git provider that generates it. The zero value means
// that the token does not show its kind.
type RecognizedKind struct {
	TokenKind
	Provider     Provider
	ProviderName string
}

// Form names the form of the token.
func (k RecognizedKind) Form() string {
	if k.Prefix == "" {
		return "A token of this form"
	}
	return "A token that begins with " + k.Prefix
}

// FullName names the kind with its provider and an article.
func (k RecognizedKind) FullName() string {
	name := KindName(k.Kind)
	if !strings.HasPrefix(name, "GitHub ") && !strings.HasPrefix(name, "Microsoft ") {
		name = k.ProviderName + " " + name
	}
	return Article(name)
}
