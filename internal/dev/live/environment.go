// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package live lets acceptance tests run against a Devtron and git hosts that
// are in use, and leave them as they were: it knows what the environment names,
// what is configured before the first test, and how to put that back.
package live

import (
	"errors"
	"fmt"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// Switch is the variable that makes the tests take the Devtron of the
// environment. DEVTRON_URL alone must not: who has it exported for other
// purposes does not want tests to write there.
const Switch = "DEVTRON_LIVE"

// Confirm is the variable that has to be "yes" where something is configured.
const Confirm = "DEVTRON_LIVE_CONFIRM"

// Environment is where the tests work.
type Environment struct {
	// Devtron is what the provider reads itself: DEVTRON_URL and the like.
	Devtron map[string]string
	// Accounts by git_provider; what was not given is missing.
	Accounts  map[string]Account
	Confirmed bool
}

// Account is one at a git host that Devtron may use.
type Account struct {
	Provider string // GITHUB or GITLAB
	Host     string // of its web pages, as a configuration says it
	Owner    string // the organization or the id of the group
	Username string
	Token    string
}

// kinds are the git hosts with the variables that describe an account there.
var kinds = []struct{ provider, token, owner, username, url, defaultHost, api string }{
	{"GITHUB", "GITHUB_TOKEN", "GITHUB_ORGANIZATION", "GITHUB_USERNAME", "GITHUB_BASE_URL", "https://github.com/", "/api/v3"},
	{"GITLAB", "GITLAB_TOKEN", "GITLAB_GROUP_ID", "GITLAB_USERNAME", "GITLAB_BASE_URL", "https://gitlab.com/", "/api/v4"},
}

// optional variables of the provider that change how Devtron is reached.
var optional = []string{
	"DEVTRON_CA_CERTIFICATE", "DEVTRON_CLIENT_CERTIFICATE", "DEVTRON_CLIENT_KEY", "DEVTRON_INSECURE_SKIP_TLS_VERIFY",
}

// FromEnvironment reads the variables. Those of a git host are given together or
// not at all, and those of one git host at least.
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
	for _, k := range kinds {
		account := Account{
			Provider: k.provider, Host: k.defaultHost, Owner: getenv(k.owner), Username: getenv(k.username), Token: getenv(k.token),
		}
		// What other providers take under this name may be the address of the API.
		if base := strings.TrimSuffix(strings.TrimRight(getenv(k.url), "/"), k.api); base != "" {
			account.Host = base + "/"
		}
		switch {
		case account.Owner == "" && account.Username == "":
			// A token alone is there for something else.
		case account.Owner == "" || account.Username == "" || account.Token == "":
			problems = append(problems, fmt.Errorf("%s, %s and %s have to be set together", k.token, k.owner, k.username))
		default:
			e.Accounts[k.provider] = account
		}
	}
	if len(e.Accounts) == 0 && len(problems) == 0 {
		problems = append(problems, errors.New("there is no git host: set GITHUB_TOKEN, GITHUB_ORGANIZATION and GITHUB_USERNAME, "+
			"or GITLAB_TOKEN, GITLAB_GROUP_ID and GITLAB_USERNAME, or all of them"))
	}
	return e, errors.Join(problems...)
}

// Client talks to the Devtron of the environment as the provider does.
func (e Environment) Client() (*devtron.Client, error) {
	return devtron.New(devtron.Options{
		URL: e.Devtron["DEVTRON_URL"], APIToken: e.Devtron["DEVTRON_API_TOKEN"],
		CACertificate:     e.Devtron["DEVTRON_CA_CERTIFICATE"],
		ClientCertificate: e.Devtron["DEVTRON_CLIENT_CERTIFICATE"], ClientKey: e.Devtron["DEVTRON_CLIENT_KEY"],
		InsecureSkipTLSVerify: e.Devtron["DEVTRON_INSECURE_SKIP_TLS_VERIFY"] == "true",
		MaxRetries:            devtron.DefaultMaxRetries, UserAgent: "terraform-provider-devtron tests",
	})
}
