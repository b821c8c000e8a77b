// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"strings"
)

// Kinds of token, as [Answer].Kind names them.
const (
	KindClassic         = "classic"          // GitHub: classic personal access token
	KindFineGrained     = "fine-grained"     // GitHub: fine-grained personal access token
	KindAppUser         = "app-user"         // GitHub: a GitHub App acting for a user
	KindAppInstallation = "app-installation" // GitHub: an installation of a GitHub App
	KindAppRefresh      = "app-refresh"      // GitHub: renews the two above, no access token itself
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

// tokenKind is a kind of token that shows in the token itself.
type tokenKind struct {
	// prefix is how all tokens of the kind begin.
	prefix string
	// match replaces prefix for kinds with a mark elsewhere.
	match    func(token string) bool
	provider Provider // filled in by kindOf
	kind     string
	// unusable says why Devtron cannot use tokens of the kind; "" = it can.
	unusable string
	// weak kinds are told among the tokens of their provider only: tokens of another may look the same.
	weak bool
}

func (k tokenKind) is(token string) bool {
	if k.match != nil {
		return k.match(token)
	}
	rest, found := strings.CutPrefix(token, k.prefix)
	// A GitLab may put any word before the mark of its personal access tokens, that of another kind included.
	return found && !strings.HasPrefix(rest, "glpat-")
}

// sign says how tokens of the kind are told from others, in a sentence that goes on with what they are.
func (k tokenKind) sign() string {
	if k.prefix == "" {
		return "A token of this form"
	}
	return "A token that begins with " + k.prefix
}

// kindOrder is the order in which providers are searched for a kind. The marks of Azure DevOps come first, because the
// random part of its tokens may begin with anything.
var kindOrder = []Provider{AzureDevOps, GitHub, GitLab, BitbucketCloud}

// kindOf finds the kind that a token for the provider shows by itself. The zero value means that it shows none, as GitHub
// tokens from before 2021 and tokens of a GitLab whose administrator chose the prefix.
func kindOf(p Provider, token string) tokenKind {
	for _, provider := range kindOrder {
		for _, known := range gitProviders[provider].kinds {
			if known.is(token) && (!known.weak || provider == p) {
				known.provider = provider
				return known
			}
		}
	}
	return tokenKind{}
}

// foreign tells whether a token of the kind cannot be one of the provider's at the host ("" = any host). The administrator
// of a self-managed GitLab chooses how its tokens begin, so that the prefix of another provider proves nothing there.
func (k tokenKind) foreign(p Provider, host, token string) bool {
	if k.provider == "" || k.provider == p {
		return false
	}
	if _, checked := gitProviders[p]; checked && p != GitLab {
		return true
	}
	return p == GitLab && (isGitLabCom(host) || githubAppJWT.MatchString(token))
}

// isGitLabCom tells whether the host is the public GitLab, whose tokens begin as documented.
func isGitLabCom(host string) bool {
	u, err := parseHost(host)
	return err == nil && strings.EqualFold(u.Hostname(), gitlabName)
}

// unfit tells whether a token is of a kind that Devtron cannot use, whatever the host.
func (k tokenKind) unfit(p Provider, token string) bool {
	if k.unusable == "" {
		return false
	}
	_, known := gitProviders[p]
	// A provider that is not known may be a GitLab with a prefix of its own.
	return k.provider == p || !known && (k.provider == GitLab || githubAppJWT.MatchString(token))
}

// githubAppJWT is the format of GitHub App installation tokens since 2026.
var githubAppJWT = regexp.MustCompile(`^ghs_[0-9]+_eyJ[0-9A-Za-z_-]*\.[0-9A-Za-z_-]+\.[0-9A-Za-z_-]+$`)

// Forms of Azure DevOps personal access tokens. The newer one has the signature of its issuer in it.
var (
	azureSigned = regexp.MustCompile(`^[0-9A-Za-z]{76}AZDO[0-9A-Za-z]{4}$`)
	azureOlder  = regexp.MustCompile(`^[a-z2-7]{52}$`)
)

// isEntraToken tells whether a token is a JWT that Microsoft Entra ID issued, as far as it says so itself.
func isEntraToken(token string) bool {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return false
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return false
	}
	var claims struct {
		Issuer string `json:"iss"`
	}
	if json.Unmarshal(payload, &claims) != nil {
		return false
	}
	return strings.HasPrefix(claims.Issuer, "https://sts.windows.net/") || strings.HasPrefix(claims.Issuer, "https://login.microsoftonline.")
}

// fullName names the kind with its provider and an article.
func (k tokenKind) fullName() string {
	name := describeKind(k.kind)
	if !strings.HasPrefix(name, "GitHub ") && !strings.HasPrefix(name, "Microsoft ") {
		name = gitProviders[k.provider].name + " " + name
	}
	return withArticle(name)
}

// describeKind names a kind for people.
func describeKind(k string) string {
	names := map[string]string{
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
	if name := names[k]; name != "" {
		return name
	}
	return "access token"
}

// gitLabOAuth is the form of GitLab's OAuth tokens, which other tokens may have too.
var gitLabOAuth = regexp.MustCompile(`^[0-9a-f]{64}$`)

// gitLabBot is the form of the user names that GitLab gives the bot users of group and project access tokens. Anybody may
// register such a name.
var gitLabBot = regexp.MustCompile(`^(group|project)_\d+_bot(_?[0-9a-f]+)?$`)
