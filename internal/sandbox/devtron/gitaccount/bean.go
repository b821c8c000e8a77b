// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount

import (
	"net/http"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// GitRegistry is a git account in requests and replies. An error of the decoder repeats the name of the type.
type GitRegistry struct {
	ID                    int       `json:"id,omitempty"`
	Name                  string    `json:"name,omitempty"`
	URL                   string    `json:"url,omitempty"`
	UserName              string    `json:"userName,omitempty"`
	Password              string    `json:"password,omitempty"`
	SSHPrivateKey         string    `json:"sshPrivateKey,omitempty"`
	AccessToken           string    `json:"accessToken,omitempty"`
	AuthMode              string    `json:"authMode,omitempty"`
	Active                bool      `json:"active"`
	GitHostID             int       `json:"gitHostId"`
	EnableTLSVerification bool      `json:"enableTLSVerification"`
	TLSConfig             TLSConfig `json:"tlsConfig"`
	IsCADataPresent       bool      `json:"isCADataPresent"`
	IsTLSCertDataPresent  bool      `json:"isTLSCertDataPresent"`
	IsTLSKeyDataPresent   bool      `json:"isTLSKeyDataPresent"`
}

// TLSConfig is TLS material, which is never returned.
type TLSConfig struct {
	CAData      string `json:"caData"`
	TLSCertData string `json:"tlsCertData"`
	TLSKeyData  string `json:"tlsKeyData"`
}

// The values of authMode that Devtron knows; it accepts any other.
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

// listed is an account as the list has it: without secrets.
func (r Row) listed() GitRegistry {
	b := r.bean()
	b.Password, b.SSHPrivateKey, b.AccessToken = "", "", ""
	return b
}

// suggested is an account as autocomplete has it.
func (r Row) suggested() GitRegistry {
	return GitRegistry{ID: r.ID, Name: r.Name, URL: r.URL, AuthMode: r.AuthMode}
}

// row is what a request wants to be stored. An SSH key ends with a line break there.
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

// takeTLS puts the TLS material of a request into the row, on top of what is stored, and says whether it is complete.
func (r *Row) takeTLS(stored Row, b GitRegistry) (complete bool) {
	sent := api.TLS{CA: b.TLSConfig.CAData, Certificate: b.TLSConfig.TLSCertData, Key: b.TLSConfig.TLSKeyData}
	r.TLS, complete = sent.Over(stored.TLS, api.TLSFlags{
		Verify: b.EnableTLSVerification, CA: b.IsCADataPresent, Certificate: b.IsTLSCertDataPresent, Key: b.IsTLSKeyDataPresent,
	})
	return complete
}

// fits says whether the columns are wide enough. A row that is too long uses up no id.
func (r Row) fits() bool {
	return api.Fits(r.Name, columnWidth) && api.Fits(r.URL, columnWidth) && api.Fits(r.Username, usernameWidth) &&
		len(r.Password) <= secretLimit && len(r.AccessToken) <= secretLimit
}

// mayNot is the reply to somebody who may not do this: a result, and no errors.
var mayNot = api.Result(http.StatusForbidden, "Unauthorized User")

// decode reads and validates the body of a write, DELETE included, and only then looks at who sent it.
func decode(who api.Identity, r *http.Request) (GitRegistry, []byte, *api.Reply) {
	var sent GitRegistry
	body, refusal := api.Decode(r, &sent)
	if refusal == nil {
		refusal = api.Validate(
			api.Check{Bean: "GitRegistry", Field: "Name", Tag: "required", OK: sent.Name != ""},
			api.Check{Bean: "GitRegistry", Field: "AuthMode", Tag: "required", OK: sent.AuthMode != ""},
		)
	}
	if refusal == nil && !who.SuperAdmin {
		refusal = &mayNot
	}
	return sent, body, refusal
}
