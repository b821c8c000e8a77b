// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import "github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"

// GitOpsConfigDto is a configuration in requests and replies. Decoding errors contain the name of
// this type.
type GitOpsConfigDto struct {
	ID                    int            `json:"id"`
	Provider              string         `json:"provider"`
	Username              string         `json:"username"`
	Token                 string         `json:"token"`
	GitLabGroupID         string         `json:"gitLabGroupId"`
	GitHubOrgID           string         `json:"gitHubOrgId"`
	Host                  string         `json:"host"`
	Active                bool           `json:"active"`
	AzureProjectName      string         `json:"azureProjectName"`
	BitBucketWorkspaceID  string         `json:"bitBucketWorkspaceId"`
	BitBucketProjectKey   string         `json:"bitBucketProjectKey"`
	AllowCustomRepository bool           `json:"allowCustomRepository"`
	EnableTLSVerification bool           `json:"enableTLSVerification"`
	TLSConfig             *api.TLSConfig `json:"tlsConfig"`
	IsCADataPresent       bool           `json:"isCADataPresent"`
	IsTLSCertDataPresent  bool           `json:"isTLSCertDataPresent"`
	IsTLSKeyDataPresent   bool           `json:"isTLSKeyDataPresent"`
}

// bean returns the reply to a read. Only reads of a single configuration contain the token.
func (r Row) bean(withToken bool) GitOpsConfigDto {
	b := GitOpsConfigDto{
		ID: r.ID, Provider: r.Provider, Username: r.Username, GitLabGroupID: r.GitLabGroupID, GitHubOrgID: r.GitHubOrgID,
		Host: r.Host, Active: r.Active, AzureProjectName: r.AzureProjectName, BitBucketWorkspaceID: r.BitBucketWorkspaceID,
		BitBucketProjectKey: r.BitBucketProjectKey, AllowCustomRepository: r.AllowCustomRepository,
		EnableTLSVerification: r.EnableTLSVerification, TLSConfig: &api.TLSConfig{},
		IsCADataPresent: r.CAData != "", IsTLSCertDataPresent: r.TLSCertData != "", IsTLSKeyDataPresent: r.TLSKeyData != "",
	}
	if withToken {
		b.Token = r.Token
	}
	return b
}

// row converts a request. The TLS material is the one in the request.
func (b GitOpsConfigDto) row() Row {
	row := Row{
		ID: b.ID, Provider: b.Provider, Username: b.Username, Token: b.Token, GitLabGroupID: b.GitLabGroupID,
		GitHubOrgID: b.GitHubOrgID, Host: b.Host, Active: b.Active, AzureProjectName: b.AzureProjectName,
		BitBucketWorkspaceID: b.BitBucketWorkspaceID, BitBucketProjectKey: b.BitBucketProjectKey,
		AllowCustomRepository: b.AllowCustomRepository, EnableTLSVerification: b.EnableTLSVerification,
	}
	if b.TLSConfig != nil {
		row.CAData, row.TLSCertData, row.TLSKeyData = b.TLSConfig.CAData, b.TLSConfig.TLSCertData, b.TLSConfig.TLSKeyData
	}
	return row
}
