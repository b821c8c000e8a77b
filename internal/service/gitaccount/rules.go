// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/secret"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

var (
	urlRules      = append(rule.Text[:len(rule.Text):len(rule.Text)], withoutPassword)
	usernameRules = rule.Rules{rule.NotEmpty, rule.Trimmed, rule.Printable, shortUsername}
	secretRules   = rule.Rules{rule.NotEmpty, rule.Trimmed, rule.Printable, rule.Fits}
)

// withoutPassword refuses an address with a password, which Devtron would show to everybody. It
// does not quote the address.
func withoutPassword(a rule.Argument, value string) *rule.Problem {
	if !strings.Contains(value, "://") {
		value = "ssh://" + value
	}
	u, err := url.Parse(value)
	found := err == nil && u.User != nil
	if found {
		_, found = u.User.Password()
	}
	if err != nil { // Git's "git@host:path", or a password with a character that is not escaped.
		_, rest, _ := strings.Cut(value, "://")
		user, _, signsIn := strings.Cut(rest, "@")
		found = signsIn && strings.Contains(user, ":")
	}
	if !found {
		return nil
	}
	return rule.New("Password in "+a.Name, a.Subject()+" contains a user name with a password. Remove both from the address, and set username and password.")
}

// hasToken reports whether an address has a user name that is as long as a token. Bitbucket and
// Azure DevOps show addresses with a user name or an organization, which are shorter.
func hasToken(value string) bool {
	const shortest = 20
	u, err := url.Parse(value)
	return err == nil && len(u.User.Username()) >= shortest
}

// shortUsername refuses a user name that Devtron cannot store, and says what to use in its place.
func shortUsername(a rule.Argument, value string) *rule.Problem {
	n := utf8.RuneCountInString(value)
	if n <= devtron.MaxGitUsername {
		return nil
	}
	advice := "Use a shorter user name, or sign in with ssh_private_key, which needs none. With a token, many git hosts accept any user name, for example \"oauth2\"."
	switch {
	case strings.HasPrefix(value, "gitlab+deploy-token"):
		advice = "Create the deploy token again with a user name of its own, or use a project access token, with which GitLab accepts any user name, for example \"oauth2\"."
	case value == "x-bitbucket-api-token-auth":
		advice = "Use the user name of your Bitbucket account, which Bitbucket accepts with an API token, too."
	case strings.Contains(value, "@"):
		advice = "Use the user name of the account in place of the e-mail address. With a token, many git hosts accept any user name, for example \"oauth2\"."
	}
	return rule.New(a.Name+" is too long for Devtron", fmt.Sprintf("%s has %d characters. Devtron stores at most %d in a git account. %s", a.Subject(), n, devtron.MaxGitUsername, advice))
}

// Paths of arguments that diagnostics point at. A CLI shows no line of an argument inside of an
// object.
var (
	pathURL       = path.Root("url")
	pathUsername  = path.Root("username")
	pathTLS       = path.Root("tls")
	pathGitHostID = path.Root("git_host_id")
)

// validate checks the rules that are about several arguments at once. An unknown value may still
// become null, so it breaks no rule.
func validate(config model) diag.Diagnostics {
	var diags diag.Diagnostics
	var given []credential
	for _, c := range credentials {
		diags.Append(secret.OneForm(path.Root, c.name, c.of(config))...)
		if c.of(config).Set() {
			given = append(given, c)
		}
	}
	switch {
	case len(given) > 1:
		diags.AddAttributeError(given[1].of(config).Path(given[1].name), "Two ways to sign in",
			fmt.Sprintf("Both %s and %s are set. Devtron signs in with one of them. Keep one.", given[0].of(config).Path(given[0].name), given[1].of(config).Path(given[1].name)))
	case config.password().Set() && config.Username.IsNull():
		diags.AddAttributeError(config.password().Path("password"), "username is missing", "A password needs its username. Set both. With a token, many git hosts accept any user name, for example \"oauth2\".")
	case config.sshPrivateKey().Set() && !config.Username.IsNull() && !config.Username.IsUnknown():
		diags.AddAttributeError(pathUsername, "username is not used with an SSH key", "Devtron signs in with ssh_private_key as the user in the address of the repository, mostly git. Remove username.")
	}
	diags.Append(secret.ValidateTLS(pathTLS, config.TLS)...)
	return diags
}
