// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// registryPlugin is the only value of pluginId; without it a write is refused (25-08).
const registryPlugin = "cd.go.artifact.docker.registry"

// Keys and a value of ociRegistryConfig.
const (
	artifactContainer = "CONTAINER"
	artifactChart     = "CHART"
	containerAction   = "PULL/PUSH"
)

// registryFields are what requests and the list have in common.
type registryFields struct {
	Name         string            `json:"id"`
	Plugin       string            `json:"pluginId"`
	URL          string            `json:"registryUrl"`
	Type         string            `json:"registryType"`
	OCI          bool              `json:"isOCICompliantRegistry"`
	OCIConfig    map[string]string `json:"ociRegistryConfig"`
	Repositories []string          `json:"repositoryList"`
	Public       bool              `json:"isPublic"`
	Username     string            `json:"username"`
	AccessKeyID  string            `json:"awsAccessKeyId"`
	Region       string            `json:"awsRegion"`
	Default      bool              `json:"isDefault"`
	Connection   string            `json:"connection"`
	Certificate  string            `json:"cert"`
	PullSecret   *pullSecretFields `json:"ipsConfig"`
}

// pullSecretFields is a PullSecret. It has an id, which Devtron does not need: it finds the secret
// by the registry (25-39, 25-56).
type pullSecretFields struct {
	Type     string `json:"credentialType"`
	Value    string `json:"credentialValue"`
	Clusters string `json:"appliedClusterIdsCsv"`
	Except   string `json:"ignoredClusterIdsCsv"`
}

// registryBody is a registry as it is sent.
type registryBody struct {
	registryFields
	Password        string `json:"password"`
	SecretAccessKey string `json:"awsSecretAccessKey"`
	// Active is ignored today (25-14, 25-76, 25-88).
	Active bool `json:"active"`
}

func (b registryBody) secrets() []string {
	secrets := []string{b.Password, b.SecretAccessKey}
	if p := b.PullSecret; p != nil && p.Type == PullSecretCustom {
		var credentials struct{ Password string }
		_ = json.Unmarshal([]byte(p.Value), &credentials)
		secrets = append(secrets, p.Value, credentials.Password)
	}
	return secrets
}

// newRegistryBody makes the body of a request as Devtron's web page does: every registry is one of
// the OCI specification, except for those of Google Container Registry.
func newRegistryBody(r ContainerRegistry) registryBody {
	b := registryBody{
		registryFields: registryFields{
			Name: r.Name, Plugin: registryPlugin, URL: r.URL, Type: r.Type, OCI: r.Type != RegistryGCR && !r.plain, Public: r.Public,
			Username: r.Username, AccessKeyID: r.AWS.AccessKeyID, Region: r.AWS.Region, Default: r.IsDefault(), Connection: r.Connection,
		},
		Password: r.Password, SecretAccessKey: r.AWS.SecretAccessKey, Active: true,
	}
	if r.Connection == ConnectionWithCertificate {
		b.Certificate = r.Certificate
	}
	if b.OCI {
		b.OCIConfig = map[string]string{}
		if r.Containers {
			b.OCIConfig[artifactContainer] = containerAction
		}
		if r.ChartAction != "" {
			b.OCIConfig[artifactChart] = r.ChartAction
			b.Repositories = r.Repositories
		}
	}
	if !r.Public {
		b.PullSecret = r.PullSecret.fields()
	}
	return b
}

func (p PullSecret) fields() *pullSecretFields {
	f := &pullSecretFields{
		Type: cmp.Or(p.Type, PullSecretRegistry), Value: p.Value, Clusters: strings.Join(p.Clusters, ","), Except: strings.Join(p.Except, ","),
	}
	if f.Type == PullSecretCustom {
		f.Value = cmp.Or(p.Value, p.custom)
	}
	if f.Clusters == "" && f.Except == "" {
		f.Except = AllClusters
	}
	return f
}

// registryItem is a registry in the list.
type registryItem struct{ registryFields }

func (i registryItem) plausible() bool { return i.Name != "" }

func (i registryItem) registry() ContainerRegistry {
	r := ContainerRegistry{
		Name: i.Name, Type: i.Type, URL: i.URL, Username: i.Username, AWS: RegistryAWS{Region: i.Region, AccessKeyID: i.AccessKeyID},
		Connection: i.Connection, Certificate: i.Certificate, Default: &i.Default, Public: i.Public, plain: !i.OCI,
		Containers: !i.OCI || i.OCIConfig[artifactContainer] != "", ChartAction: i.OCIConfig[artifactChart],
	}
	// Devtron shows no repository as one with an empty name.
	r.Repositories = slices.DeleteFunc(i.Repositories, func(name string) bool { return strings.TrimSpace(name) == "" })
	if p := i.PullSecret; p != nil {
		r.PullSecret = PullSecret{Type: p.Type, Value: p.Value, Clusters: separated(p.Clusters), Except: separated(p.Except)}
		if p.Type == PullSecretCustom {
			r.PullSecret.Value, r.PullSecret.custom = "", p.Value
		}
	}
	return r
}

// separated splits a list of ids.
func separated(list string) []string {
	var ids []string
	for id := range strings.SplitSeq(list, ",") {
		if id = strings.TrimSpace(id); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}
