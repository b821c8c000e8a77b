// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// providers are the values of provider, as they must be written.
var providers = []string{"GITLAB", "GITHUB", "AZURE_DEVOPS", "BITBUCKET_CLOUD"}

// oneOf is the text of Devtron's validator for any other value.
const oneOf = "Key: 'GitOpsConfigDto.Provider' Error:Field validation for 'Provider' failed on the 'oneof' tag"

// decodeConfig reads the first JSON value of the body; what follows it, unknown fields and the content type do not matter.
func decodeConfig(body []byte) (gitopsConfig, *api.Reply) {
	var c gitopsConfig
	if err := json.NewDecoder(bytes.NewReader(body)).Decode(&c); err != nil {
		r := api.RawError(http.StatusBadRequest, decodeError(err))
		return c, &r
	}
	return c, nil
}

// decodeError is the decoder's text with the names that the types have in Devtron.
func decodeError(err error) string {
	return strings.NewReplacer(
		"gitops.gitopsConfig", "gitOps.GitOpsConfigDto", "gitopsConfig", "GitOpsConfigDto",
		"gitops.tlsConfig", "bean.TLSConfig", "field tlsConfig.", "field TLSConfig.",
	).Replace(err.Error())
}

// decodeStored reads the body of PUT and validate. An empty token stands for the stored one, which is looked up by provider
// before anything else is looked at: malformed JSON or an unknown provider is a 404 then, and a provider that was changed
// takes the token of the row that had it before.
func (d *Service) decodeStored(r *http.Request) (gitopsConfig, *api.Reply) {
	body, _ := io.ReadAll(r.Body)
	// As far as it can be read: a wrong type in another field leaves token and provider in place.
	c, refusal := decodeConfig(body)
	if c.Token != "" {
		return c, refusal
	}
	row, missing := d.onlyRow(c.Provider)
	if missing != nil {
		return c, missing
	}
	c.Token = row.Token
	return c, refusal
}

// unsupported refuses a provider on POST and PUT.
func (c gitopsConfig) unsupported() *api.Reply {
	if slices.Contains(providers, c.Provider) {
		return nil
	}
	r := api.RawError(http.StatusBadRequest, "value "+c.Provider+" is unsupported  "+oneOf)
	return &r
}

// toRow is what a request wants to be stored, TLS material as it was sent.
func (c gitopsConfig) toRow() Row {
	row := Row{
		ID: c.ID, Provider: c.Provider, Username: c.Username, Token: c.Token, GitLabGroupID: c.GitLabGroupID,
		GitHubOrgID: c.GitHubOrgID, Host: c.Host, Active: c.Active, AzureProjectName: c.AzureProjectName,
		BitBucketWorkspaceID: c.BitBucketWorkspaceID, BitBucketProjectKey: c.BitBucketProjectKey,
		AllowCustomRepository: c.AllowCustomRepository, EnableTLSVerification: c.EnableTLSVerification,
	}
	if c.TLSConfig != nil {
		row.CAData, row.TLSCertData, row.TLSKeyData = c.TLSConfig.CAData, c.TLSConfig.TLSCertData, c.TLSConfig.TLSKeyData
	}
	return row
}
