// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

// gitopsConfig is a row as the API reads and writes it. A wrong type in a request is answered with the name of the real type:
// see decodeError.
type gitopsConfig struct {
	ID                    int        `json:"id"`
	Provider              string     `json:"provider"`
	Username              string     `json:"username"`
	Token                 string     `json:"token"`
	GitLabGroupID         string     `json:"gitLabGroupId"`
	GitHubOrgID           string     `json:"gitHubOrgId"`
	Host                  string     `json:"host"`
	Active                bool       `json:"active"`
	AzureProjectName      string     `json:"azureProjectName"`
	BitBucketWorkspaceID  string     `json:"bitBucketWorkspaceId"`
	BitBucketProjectKey   string     `json:"bitBucketProjectKey"`
	AllowCustomRepository bool       `json:"allowCustomRepository"`
	EnableTLSVerification bool       `json:"enableTLSVerification"`
	TLSConfig             *tlsConfig `json:"tlsConfig"`
	IsCADataPresent       bool       `json:"isCADataPresent"`
	IsTLSCertDataPresent  bool       `json:"isTLSCertDataPresent"`
	IsTLSKeyDataPresent   bool       `json:"isTLSKeyDataPresent"`
}

type tlsConfig struct {
	CAData      string `json:"caData"`
	TLSCertData string `json:"tlsCertData"`
	TLSKeyData  string `json:"tlsKeyData"`
}

// toConfig is the row as it is read: TLS material is never returned, and the token only where one row is asked for.
func (r Row) toConfig(withToken bool) gitopsConfig {
	c := gitopsConfig{
		ID: r.ID, Provider: r.Provider, Username: r.Username, GitLabGroupID: r.GitLabGroupID, GitHubOrgID: r.GitHubOrgID,
		Host: r.Host, Active: r.Active, AzureProjectName: r.AzureProjectName, BitBucketWorkspaceID: r.BitBucketWorkspaceID,
		BitBucketProjectKey: r.BitBucketProjectKey, AllowCustomRepository: r.AllowCustomRepository,
		EnableTLSVerification: r.EnableTLSVerification, TLSConfig: &tlsConfig{},
		IsCADataPresent: r.CAData != "", IsTLSCertDataPresent: r.TLSCertData != "", IsTLSKeyDataPresent: r.TLSKeyData != "",
	}
	if withToken {
		c.Token = r.Token
	}
	return c
}
