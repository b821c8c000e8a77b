// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package live lets acceptance tests use a real Devtron and real git hosts. It records what is
// configured before the first test and restores it afterwards.
package live

import (
	"errors"
	"fmt"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// Switch is the variable that makes the tests use the Devtron of the environment. DEVTRON_URL alone
// must not do that, because it may be exported for other purposes.
const Switch = "DEVTRON_LIVE"

// Confirm is the variable that must be "yes" if Devtron has GitOps configurations.
const Confirm = "DEVTRON_LIVE_CONFIRM"

// Environment describes what the tests use.
type Environment struct {
	// Devtron contains the variables that the provider reads.
	Devtron map[string]string
	// Accounts by git_provider.
	Accounts  map[string]Account
	Confirmed bool
}

// Account is an account at a git host.
type Account struct {
	Provider string // GITHUB or GITLAB
	Host     string // as in a configuration
	Owner    string // the organization or the ID of the group
	Username string
	Token    string
}

// gitHosts lists the git hosts with the variables that describe an account.
var gitHosts = []struct{ provider, token, owner, username, url, defaultHost, api string }{
	{"GITHUB", "GITHUB_TOKEN", "GITHUB_ORGANIZATION", "GITHUB_USERNAME", "GITHUB_BASE_URL", "https://github.com/", "/api/v3"},
	{"GITLAB", "GITLAB_TOKEN", "GITLAB_GROUP_ID", "GITLAB_USERNAME", "GITLAB_BASE_URL", "https://gitlab.com/", "/api/v4"},
}

// optional variables affect the connection of the provider to Devtron.
var optional = []string{
	"DEVTRON_CA_CERTIFICATE", "DEVTRON_CLIENT_CERTIFICATE", "DEVTRON_CLIENT_KEY", "DEVTRON_INSECURE_SKIP_TLS_VERIFY",
}

// FromEnvironment reads the variables. At least one git host is required, with all of its
// variables.
func FromEnvironment(getenv func(string) string) (Environment, error) {
	e := Environment{Devtron: map[string]string{}, Accounts: map[string]Account{}, Confirmed: getenv(Confirm) == "yes"}
	var problems []error
	for _, name := range []string{"DEVTRON_URL", "DEVTRON_API_TOKEN"} {
		if e.Devtron[name] = getenv(name); e.Devtron[name] == "" {
			problems = append(problems, fmt.Errorf("%s is not set", name))
		}
	}
	for _, name := range optional {
		if value := getenv(name); value != "" {
			e.Devtron[name] = value
		}
	}
	for _, k := range gitHosts {
		account := Account{
			Provider: k.provider, Host: k.defaultHost, Owner: getenv(k.owner), Username: getenv(k.username), Token: getenv(k.token),
		}
		// For other Terraform providers, this variable is the URL of the API.
		if base := strings.TrimSuffix(strings.TrimRight(getenv(k.url), "/"), k.api); base != "" {
			account.Host = base + "/"
		}
		switch {
		case account.Owner == "" && account.Username == "":
			// A token alone has another purpose.
		case account.Owner == "" || account.Username == "" || account.Token == "":
			problems = append(problems, fmt.Errorf("%s, %s, and %s must be set together", k.token, k.owner, k.username))
		default:
			e.Accounts[k.provider] = account
		}
	}
	if len(e.Accounts) == 0 && len(problems) == 0 {
		problems = append(problems, errors.New("no git host is configured: set GITHUB_TOKEN, GITHUB_ORGANIZATION, and GITHUB_USERNAME, "+
			"or GITLAB_TOKEN, GITLAB_GROUP_ID, and GITLAB_USERNAME, or all of them"))
	}
	return e, errors.Join(problems...)
}

// Client returns a client for the Devtron of the environment, with the settings of the provider.
func (e Environment) Client() (*devtron.Client, error) {
	return devtron.New(devtron.Options{
		URL: e.Devtron["DEVTRON_URL"], APIToken: e.Devtron["DEVTRON_API_TOKEN"],
		CACertificate:     e.Devtron["DEVTRON_CA_CERTIFICATE"],
		ClientCertificate: e.Devtron["DEVTRON_CLIENT_CERTIFICATE"], ClientKey: e.Devtron["DEVTRON_CLIENT_KEY"],
		InsecureSkipTLSVerify: e.Devtron["DEVTRON_INSECURE_SKIP_TLS_VERIFY"] == "true",
		MaxRetries:            devtron.DefaultMaxRetries, UserAgent: "terraform-provider-devtron tests",
	})
}
