// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount

import (
	"net/http"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// GitRegistry is a git account in requests and replies. Decoding errors contain the name of this
// type.
type GitRegistry struct {
	ID                    int           `json:"id,omitempty"`
	Name                  string        `json:"name,omitempty"`
	URL                   string        `json:"url,omitempty"`
	UserName              string        `json:"userName,omitempty"`
	Password              string        `json:"password,omitempty"`
	SSHPrivateKey         string        `json:"sshPrivateKey,omitempty"`
	AccessToken           string        `json:"accessToken,omitempty"`
	AuthMode              string        `json:"authMode,omitempty"`
	Active                bool          `json:"active"`
	GitHostID             int           `json:"gitHostId"`
	EnableTLSVerification bool          `json:"enableTLSVerification"`
	TLSConfig             api.TLSConfig `json:"tlsConfig"`
	IsCADataPresent       bool          `json:"isCADataPresent"`
	IsTLSCertDataPresent  bool          `json:"isTLSCertDataPresent"`
	IsTLSKeyDataPresent   bool          `json:"isTLSKeyDataPresent"`
}

// Devtron accepts any authMode. These two have an effect in the sandbox.
const (
	anonymous        = "ANONYMOUS"
	usernamePassword = "USERNAME_PASSWORD"
)

func (r Row) bean() GitRegistry {
	return GitRegistry{
		ID: r.ID, Name: r.Name, URL: r.URL, UserName: r.Username, Password: r.Password, SSHPrivateKey: r.SSHKey,
		AccessToken: r.AccessToken, AuthMode: r.AuthMode, Active: r.Active, GitHostID: r.GitHostID,
		EnableTLSVerification: r.VerifyTLS, IsCADataPresent: r.TLS.CA != "", IsTLSCertDataPresent: r.TLS.Certificate != "",
		IsTLSKeyDataPresent: r.TLS.Key != "",
	}
}

// listItem returns the item of the list, which contains no secrets.
func (r Row) listItem() GitRegistry {
	b := r.bean()
	b.Password, b.SSHPrivateKey, b.AccessToken = "", "", ""
	return b
}

// autocompleteItem returns the item of autocomplete.
func (r Row) autocompleteItem() GitRegistry {
	return GitRegistry{ID: r.ID, Name: r.Name, URL: r.URL, AuthMode: r.AuthMode}
}

// row converts a request. Devtron adds a newline to an SSH key.
func (b GitRegistry) row() Row {
	key := b.SSHPrivateKey
	if key != "" && !strings.HasSuffix(key, "\n") {
		key += "\n"
	}
	return Row{
		ID: b.ID, Name: b.Name, URL: b.URL, AuthMode: b.AuthMode, Username: b.UserName, Password: b.Password, SSHKey: key,
		AccessToken: b.AccessToken, Active: b.Active, GitHostID: b.GitHostID, VerifyTLS: b.EnableTLSVerification,
	}
}

// mergeTLS merges the TLS material of a request into the stored material and reports whether the
// result is complete.
func (r *Row) mergeTLS(stored Row, b GitRegistry) (complete bool) {
	r.TLS, complete = b.TLSConfig.TLS().Over(stored.TLS, api.TLSFlags{
		Verify: b.EnableTLSVerification, CA: b.IsCADataPresent, Certificate: b.IsTLSCertDataPresent, Key: b.IsTLSKeyDataPresent,
	})
	return complete
}

// fits reports whether the values fit into their columns. A rejected row does not use up an ID.
func (r Row) fits() bool {
	return api.Fits(r.Name, columnWidth) && api.Fits(r.URL, columnWidth) && api.Fits(r.Username, usernameWidth) &&
		len(r.Password) <= secretLimit && len(r.AccessToken) <= secretLimit
}

// decode reads and validates the body of a write, including DELETE, and then checks the permission
// of the sender.
func decode(who api.Identity, r *http.Request) (GitRegistry, []byte, *api.Reply) {
	var sent GitRegistry
	body, failure := api.Decode(r, &sent)
	if failure == nil {
		failure = api.Validate(
			api.Check{Bean: "GitRegistry", Field: "Name", Tag: "required", OK: sent.Name != ""},
			api.Check{Bean: "GitRegistry", Field: "AuthMode", Tag: "required", OK: sent.AuthMode != ""},
		)
	}
	if failure == nil && !who.SuperAdmin {
		failure = &api.UnauthorizedUser
	}
	return sent, body, failure
}
