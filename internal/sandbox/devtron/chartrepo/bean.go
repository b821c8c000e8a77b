// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package chartrepo

import (
	"net/http"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// ChartRepoDto is a chart repository in requests and in replies to reads. Decoding errors contain
// the name of this type.
type ChartRepoDto struct {
	ID                      int    `json:"id,omitempty"`
	Name                    string `json:"name,omitempty"`
	URL                     string `json:"url,omitempty"`
	UserName                string `json:"userName,omitempty"`
	Password                string `json:"password,omitempty"`
	AuthMode                string `json:"authMode,omitempty"`
	Active                  bool   `json:"active"`
	Default                 bool   `json:"default"`
	AllowInsecureConnection bool   `json:"allow_insecure_connection"`
	IsEditable              bool   `json:"isEditable,omitempty"`
}

// stored is a chart repository in replies to writes, which have the field names of the database
// model.
type stored struct {
	ID                      int `json:"Id"`
	Name                    string
	URL                     string `json:"Url"`
	Active, Default         bool
	UserName, Password      string
	SSHKey                  string `json:"SshKey"`
	AccessToken, AuthMode   string
	External, Deleted       bool
	AllowInsecureConnection bool
	CreatedOn               time.Time
	CreatedBy               int
	UpdatedOn               time.Time
	UpdatedBy               int
}

func (r Row) stored() stored {
	creator := 3
	if r.Shipped {
		creator = 1
	}
	return stored{
		ID: r.ID, Name: r.Name, URL: r.URL, Active: r.Active, Default: r.isDefault, UserName: r.Username, Password: r.Password,
		AuthMode: r.AuthMode, External: !r.Shipped, AllowInsecureConnection: r.Insecure, CreatedOn: r.createdOn.UTC(),
		CreatedBy: creator, UpdatedOn: time.Now().UTC(), UpdatedBy: 3,
	}
}

func (r Row) bean() ChartRepoDto {
	return ChartRepoDto{
		ID: r.ID, Name: r.Name, URL: r.URL, UserName: r.Username, Password: r.Password, AuthMode: r.AuthMode, Active: r.Active,
		Default: r.isDefault, AllowInsecureConnection: r.Insecure,
	}
}

// apply applies a request to the row. An empty password clears the stored one.
func (r *Row) apply(b ChartRepoDto) {
	r.Name, r.URL, r.AuthMode, r.Username, r.Password = b.Name, b.URL, b.AuthMode, b.UserName, b.Password
	r.Active, r.Insecure = b.Active, b.AllowInsecureConnection
}

// decode reads and validates the body of a write, including DELETE.
func decode(r *http.Request) (ChartRepoDto, []byte, *api.Reply) {
	var sent ChartRepoDto
	body, failure := api.Decode(r, &sent)
	if failure != nil {
		return sent, body, failure
	}
	var missing []string
	for _, field := range []struct{ name, value string }{{"Name", sent.Name}, {"AuthMode", sent.AuthMode}} {
		if field.value == "" {
			missing = append(missing,
				"Key: 'ChartRepoDto."+field.name+"' Error:Field validation for '"+field.name+"' failed on the 'required' tag")
		}
	}
	if missing != nil {
		failure = new(api.Error(http.StatusBadRequest, api.ErrorEntry{
			Code: "400", InternalMessage: strings.Join(missing, "\n"), UserMessage: "data validation error",
		}))
	}
	return sent, body, failure
}
