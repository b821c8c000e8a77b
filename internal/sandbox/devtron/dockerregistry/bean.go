// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package dockerregistry

import (
	"net/http"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// DockerArtifactStoreBean is a registry in requests and replies. Decoding errors contain the name
// of this type.
type DockerArtifactStoreBean struct {
	ID                      string                   `json:"id"`
	PluginID                string                   `json:"pluginId,omitempty"`
	RegistryURL             string                   `json:"registryUrl"`
	RegistryType            string                   `json:"registryType"`
	IsOCICompliantRegistry  bool                     `json:"isOCICompliantRegistry"`
	OCIRegistryConfig       map[string]string        `json:"ociRegistryConfig,omitempty"`
	IsPublic                bool                     `json:"isPublic"`
	RepositoryList          []string                 `json:"repositoryList,omitempty"`
	AWSAccessKeyID          string                   `json:"awsAccessKeyId,omitempty"`
	AWSSecretAccessKey      string                   `json:"awsSecretAccessKey,omitempty"`
	AWSRegion               string                   `json:"awsRegion,omitempty"`
	Username                string                   `json:"username,omitempty"`
	Password                string                   `json:"password,omitempty"`
	IsDefault               bool                     `json:"isDefault"`
	Connection              string                   `json:"connection"`
	Cert                    string                   `json:"cert"`
	Active                  bool                     `json:"active"`
	DisabledFields          []string                 `json:"disabledFields"`
	DockerRegistryIpsConfig *DockerRegistryIpsConfig `json:"ipsConfig,omitempty"`
}

// DockerRegistryIpsConfig configures which clusters get the credentials. IPS means image pull
// secret.
type DockerRegistryIpsConfig struct {
	ID                   int    `json:"id"`
	CredentialType       string `json:"credentialType,omitempty"`
	CredentialValue      string `json:"credentialValue,omitempty"`
	AppliedClusterIdsCsv string `json:"appliedClusterIdsCsv,omitempty"`
	IgnoredClusterIdsCsv string `json:"ignoredClusterIdsCsv,omitempty"`
	Active               bool   `json:"active,omitempty"`
}

// Keys and values of ociRegistryConfig, and a value of connection.
const (
	container = "CONTAINER"
	chart     = "CHART"
	pull      = "PULL"
	pullPush  = "PULL/PUSH"

	withCertificate = "secure-with-cert"
)

// pulls reports whether Devtron pulls charts from the registry.
func pulls(config map[string]string) bool { return config[chart] == pull || config[chart] == pullPush }

func (r Row) bean() DockerArtifactStoreBean {
	b := DockerArtifactStoreBean{
		ID: r.Name, PluginID: r.Plugin, RegistryURL: r.URL, RegistryType: r.Type, IsOCICompliantRegistry: r.OCI,
		OCIRegistryConfig: r.OCIConfig, IsPublic: r.Public, AWSAccessKeyID: r.AWSAccessKeyID,
		AWSSecretAccessKey: r.AWSSecretAccessKey, AWSRegion: r.AWSRegion, Username: r.Username, Password: r.Password,
		IsDefault: r.Default, Connection: r.Connection, Cert: r.Certificate, Active: true, DisabledFields: []string{},
	}
	if r.OCIConfig[chart] != "" {
		b.RepositoryList = r.Repositories
		if len(r.Repositories) == 0 {
			b.RepositoryList = []string{""} // Devtron splits an empty string
		}
	}
	if p := r.PullSecret; p != nil {
		b.DockerRegistryIpsConfig = &DockerRegistryIpsConfig{
			p.ID, p.CredentialType, p.CredentialValue, p.AppliedClusterIDs, p.IgnoredClusterIDs, true,
		}
	}
	return b
}

// listItem returns the item of the list, without the password and the AWS secret.
func (r Row) listItem() DockerArtifactStoreBean {
	b := r.bean()
	b.Password, b.AWSSecretAccessKey = "", ""
	return b
}

// autocompleteItem returns the item of autocomplete.
func (r Row) autocompleteItem() DockerArtifactStoreBean {
	b := r.bean()
	return DockerArtifactStoreBean{
		ID: b.ID, RegistryURL: b.RegistryURL, RegistryType: b.RegistryType, IsOCICompliantRegistry: b.IsOCICompliantRegistry,
		OCIRegistryConfig: b.OCIRegistryConfig, IsPublic: b.IsPublic, RepositoryList: b.RepositoryList, IsDefault: b.IsDefault,
	}
}

// row converts a request.
func (b DockerArtifactStoreBean) row() Row {
	r := Row{
		Name: b.ID, Plugin: b.PluginID, URL: b.RegistryURL, Type: b.RegistryType, OCI: b.IsOCICompliantRegistry,
		OCIConfig: b.OCIRegistryConfig, Public: b.IsPublic, AWSAccessKeyID: b.AWSAccessKeyID,
		AWSSecretAccessKey: b.AWSSecretAccessKey, AWSRegion: b.AWSRegion, Username: b.Username, Password: b.Password,
		Default: b.IsDefault, Connection: b.Connection, Certificate: b.Cert,
	}
	if pulls(b.OCIRegistryConfig) {
		r.Repositories = b.RepositoryList
	}
	if p := b.DockerRegistryIpsConfig; p != nil {
		r.PullSecret = &PullSecret{
			CredentialType: p.CredentialType, CredentialValue: p.CredentialValue, AppliedClusterIDs: p.AppliedClusterIdsCsv,
			IgnoredClusterIDs: p.IgnoredClusterIdsCsv,
		}
	}
	return r
}

// validate applies the rules for single fields, including in DELETE.
func (b DockerArtifactStoreBean) validate() *api.Reply {
	const bean = "DockerArtifactStoreBean"
	p := b.DockerRegistryIpsConfig
	return api.Validate(
		api.Check{Bean: bean, Field: "Id", Tag: "required", OK: b.ID != ""},
		api.Check{Bean: bean, Field: "PluginId", Tag: "required", OK: b.PluginID != ""},
		api.Check{Bean: bean, Field: "RegistryURL", Tag: "required", OK: b.RegistryURL != ""},
		api.Check{Bean: bean, Field: "RegistryType", Tag: "required", OK: b.RegistryType != ""},
		api.Check{
			Bean: bean + ".DockerRegistryIpsConfig", Field: "CredentialType", Tag: "oneof",
			OK: p == nil || slices.Contains([]string{"SAME_AS_REGISTRY", "NAME", "CUSTOM_CREDENTIAL"}, p.CredentialType),
		},
	)
}

// consistent applies the rules that involve several fields, except in DELETE.
func (b DockerArtifactStoreBean) consistent() *api.Reply {
	text := ""
	config := b.OCIRegistryConfig
	switch missing := b.DockerRegistryIpsConfig == nil; {
	case (b.Connection == withCertificate) != (b.Cert != ""):
		text = "invalid value of 'cert' for the 'connection' type '" + b.Connection + "'."
	case b.IsOCICompliantRegistry && len(config) == 0:
		text = "'ociRegistryConfig' is required"
	case !b.IsOCICompliantRegistry && len(config) > 0:
		text = "invalid value of 'ociRegistryConfig' for the non-OCI registry."
	case !b.IsOCICompliantRegistry && b.IsPublic:
		text = "invalid value of 'isPublic' for the non-OCI registry."
	case config[container] != "" && config[container] != pullPush:
		text = "invalid value for the field 'ociRegistryConfig'."
	case missing && !b.IsPublic && (!b.IsOCICompliantRegistry || config[container] != ""):
		text = "'ipsConfig' is required."
	case pulls(config) && !slices.ContainsFunc(b.RepositoryList, func(r string) bool { return strings.TrimSpace(r) != "" }):
		text = "invalid value for the required field 'repositoryList'."
	default:
		return nil
	}
	return new(api.RawError(http.StatusBadRequest, "Invalid payload! "+text))
}
