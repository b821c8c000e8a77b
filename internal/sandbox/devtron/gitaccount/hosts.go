// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount

import (
	"net/http"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// gitHost is a git host in replies. Its routes were not recorded; they follow Devtron's source.
type gitHost struct {
	ID              int    `json:"id,omitempty"`
	Name            string `json:"name,omitempty"`
	Active          bool   `json:"active"`
	WebhookURL      string `json:"webhookUrl"`
	WebhookSecret   string `json:"webhookSecret"`
	EventTypeHeader string `json:"eventTypeHeader"`
	SecretHeader    string `json:"secretHeader"`
	SecretValidator string `json:"secretValidator"`
}

// gitHosts are the git hosts of a new Devtron.
var gitHosts = []gitHost{
	{ID: 1, Name: "Github", Active: true}, {ID: 2, Name: "Bitbucket Cloud", Active: true}, {ID: 3, Name: "Gitlab", Active: true},
}

// knownHost implements the foreign key of the database. 0 means no host.
func knownHost(id int) bool { return id >= 0 && id <= len(gitHosts) }

func hosts(who api.Identity, _ *http.Request) api.Reply {
	if !who.SuperAdmin {
		return api.OK([]gitHost{})
	}
	return api.OK(gitHosts)
}

func host(who api.Identity, r *http.Request) api.Reply {
	id, failure := databaseID(r.PathValue("id"))
	switch {
	case failure != nil:
		return *failure
	case id < 1 || id > len(gitHosts):
		return api.NotFound
	case !who.SuperAdmin:
		return api.UnauthorizedUser
	}
	return api.OK(gitHosts[id-1])
}
