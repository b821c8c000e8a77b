// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab

import (
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
)

const notForAPI = "GitLab does not accept it for its API"

// kinds are from GitLab's "Token overview". Prefixes that an administrator chose are not among
// them.
var kinds = []inspect.TokenKind{
	{Prefix: "glpat-"}, // personal, group, and project access tokens
	{Kind: inspect.KindDeploy, Prefix: "gldt-", Unusable: notForAPI},
	{Kind: inspect.KindJob, Prefix: "glcbt-", Unusable: "it expires when its job ends"},
	{Kind: inspect.KindTrigger, Prefix: "glptt-", Unusable: "it can only start pipelines"},
	{Kind: inspect.KindRunner, Prefix: "glrtr-", Unusable: notForAPI},
	{Kind: inspect.KindRunner, Prefix: "glrt-", Unusable: notForAPI},
	{Kind: inspect.KindFeed, Prefix: "glft-", Unusable: notForAPI},
	{Kind: inspect.KindIncomingMail, Prefix: "glimt-", Unusable: notForAPI},
	{Kind: inspect.KindFeatureFlags, Prefix: "glffct-", Unusable: notForAPI},
	{Kind: inspect.KindWorkspaceAgent, Prefix: "glwt-", Unusable: notForAPI},
	{Kind: inspect.KindAgent, Prefix: "glagent-", Unusable: notForAPI},
	{Kind: inspect.KindSCIM, Prefix: "glsoat-", Unusable: notForAPI},
	{Kind: inspect.KindOAuthSecret, Prefix: "gloas-", Unusable: "it is the secret of an application, not a token"},
}

// oauthForm is the form of OAuth access tokens. Other tokens may have it too.
var oauthForm = pattern.New(`^[0-9a-f]{64}$`)

// botName is the form of the user names that GitLab gives the bot users of group and project access
// tokens. Anybody may register such a name.
var botName = pattern.New(`^(group|project)_\d+_bot(_?[0-9a-f]+)?$`)

// kindOfOwner finds the kind of token by its owner. GitLab marks service accounts as bots too, and
// anybody may have a name like that of a group's or project's bot user. Only the bot user of a
// project has the mark and the name and cannot be a member of a group.
func kindOfOwner(f inspect.Facts) string {
	owner := f.Owner
	name := botName.FindStringSubmatch(owner.Login)
	bot := owner.Bot != nil && *owner.Bot
	switch {
	case f.Token.Granular:
		return inspect.KindGranular
	case !owner.OK():
	case !bot && (owner.Bot != nil || name == nil):
		return inspect.KindPersonal
	case bot && strings.HasPrefix(owner.Login, "service_account_"):
		return inspect.KindServiceAccount
	case bot && name != nil && name[1] == "group":
		return inspect.KindGroup
	case bot && name != nil && !f.Membership.OK():
		return inspect.KindProject
	}
	return ""
}
