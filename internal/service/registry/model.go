// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/secret"
)

// model is the resource as Terraform keeps it.
type model struct {
	object.NamedCommon
	Name              types.String `tfsdk:"name"`
	Type              types.String `tfsdk:"type"`
	URL               address      `tfsdk:"url"`
	Username          types.String `tfsdk:"username"`
	Password          types.String `tfsdk:"password"`
	PasswordWO        types.String `tfsdk:"password_wo"`
	PasswordWOVersion types.Int64  `tfsdk:"password_wo_version"`
	AWS               types.Object `tfsdk:"aws"`
	Connection        types.String `tfsdk:"connection_type"`
	CACertificate     types.String `tfsdk:"ca_certificate"`
	Default           types.Bool   `tfsdk:"default"`
	Containers        types.Bool   `tfsdk:"containers"`
	Charts            types.Object `tfsdk:"charts"`
	Public            types.Bool   `tfsdk:"public"`
	PullSecret        types.Object `tfsdk:"pull_secret"`
	RegistryCheck     types.String `tfsdk:"registry_check"`
}

// awsModel is the argument aws.
type awsModel struct {
	Region                   types.String `tfsdk:"region"`
	AccessKeyID              types.String `tfsdk:"access_key_id"`
	SecretAccessKey          types.String `tfsdk:"secret_access_key"`
	SecretAccessKeyWO        types.String `tfsdk:"secret_access_key_wo"`
	SecretAccessKeyWOVersion types.Int64  `tfsdk:"secret_access_key_wo_version"`
}

var awsTypes = map[string]attr.Type{
	"region":                       types.StringType,
	"access_key_id":                types.StringType,
	"secret_access_key":            types.StringType,
	"secret_access_key_wo":         types.StringType,
	"secret_access_key_wo_version": types.Int64Type,
}

// chartsModel is the argument charts.
type chartsModel struct {
	Action       types.String `tfsdk:"action"`
	Repositories types.Set    `tfsdk:"repositories"`
}

var chartsTypes = map[string]attr.Type{
	"action":       types.StringType,
	"repositories": types.SetType{ElemType: types.StringType},
}

// pullSecretModel is the argument pull_secret.
type pullSecretModel struct {
	Type           types.String `tfsdk:"type"`
	Value          types.String `tfsdk:"value"`
	ValueWO        types.String `tfsdk:"value_wo"`
	ValueWOVersion types.Int64  `tfsdk:"value_wo_version"`
	Clusters       types.Set    `tfsdk:"clusters"`
	Except         types.Set    `tfsdk:"except_clusters"`
}

var pullSecretTypes = map[string]attr.Type{
	"type":             types.StringType,
	"value":            types.StringType,
	"value_wo":         types.StringType,
	"value_wo_version": types.Int64Type,
	"clusters":         types.SetType{ElemType: types.StringType},
	"except_clusters":  types.SetType{ElemType: types.StringType},
}

func (m model) password() secret.Argument {
	return secret.Argument{Plain: m.Password, WriteOnly: m.PasswordWO, Version: m.PasswordWOVersion}
}

func (a awsModel) secretAccessKey() secret.Argument {
	return secret.Argument{Plain: a.SecretAccessKey, WriteOnly: a.SecretAccessKeyWO, Version: a.SecretAccessKeyWOVersion}
}

func (p pullSecretModel) value() secret.Argument {
	return secret.Argument{Plain: p.Value, WriteOnly: p.ValueWO, Version: p.ValueWOVersion}
}

// google reports whether a type is one of Google's, whose password is the JSON key of a service
// account.
func google(registryType string) bool {
	return registryType == devtron.RegistryArtifactRegistry || registryType == devtron.RegistryGCR
}

// jsonKeyUser is the user name that goes with such a key.
const jsonKeyUser = "_json_key"

// stored returns the model as Devtron shows the registry, which is without credentials.
func stored(m model, r devtron.ContainerRegistry) model {
	m.ID, m.Name, m.Type = types.StringValue(r.Name), types.StringValue(r.Name), types.StringValue(r.Type)
	if m.URL.IsNull() || m.URL.IsUnknown() || !sameURL(m.URL.ValueString(), r.URL) {
		m.URL = addressOf(r.URL)
	}
	if !google(r.Type) || r.Username != jsonKeyUser || !m.Username.IsNull() {
		m.Username = emptyIsNull(r.Username)
	}
	m.Connection, m.Default = types.StringValue(connectionOf(r)), types.BoolValue(r.IsDefault())
	switch {
	case connectionOf(r) != devtron.ConnectionWithCertificate:
		m.CACertificate = types.StringNull()
	case strings.TrimSpace(m.CACertificate.ValueString()) != strings.TrimSpace(r.Certificate):
		m.CACertificate = types.StringValue(r.Certificate)
	}
	m.Containers, m.Public = types.BoolValue(r.Containers), types.BoolValue(r.Public)
	m.AWS, m.Charts, m.PullSecret = storedAWS(m.AWS, r), storedCharts(m.Charts, r), storedPullSecret(m.PullSecret, r)
	return m
}

func storedAWS(managed types.Object, r devtron.ContainerRegistry) types.Object {
	if r.AWS.Region == "" && r.AWS.AccessKeyID == "" {
		return types.ObjectNull(awsTypes)
	}
	a := secret.Fields[awsModel](managed)
	a.Region, a.AccessKeyID = types.StringValue(r.AWS.Region), emptyIsNull(r.AWS.AccessKeyID)
	return secret.ObjectOf(awsTypes, a)
}

// actions are the values of charts.action and what the API calls them.
var actions = map[string]string{"PULL": devtron.ChartPull, "PUSH": devtron.ChartPush, "PULL_PUSH": devtron.ChartPullPush}

func storedCharts(managed types.Object, r devtron.ContainerRegistry) types.Object {
	if r.ChartAction == "" {
		return types.ObjectNull(chartsTypes)
	}
	c := chartsModel{Action: types.StringValue(strings.ReplaceAll(r.ChartAction, "/", "_"))}
	c.Repositories = setOf(secret.Fields[chartsModel](managed).Repositories, r.Repositories)
	return secret.ObjectOf(chartsTypes, c)
}

// pullSecrets are the values of pull_secret.type and what the API calls them.
var pullSecrets = map[string]string{
	"registry": devtron.PullSecretRegistry, "name": devtron.PullSecretName, "custom": devtron.PullSecretCustom,
}

// storedPullSecret shows nothing where nothing is managed and no cluster gets credentials.
func storedPullSecret(managed types.Object, r devtron.ContainerRegistry) types.Object {
	if r.Public || managed.IsNull() && samePullSecret(r.PullSecret, devtron.PullSecret{}) {
		return types.ObjectNull(pullSecretTypes)
	}
	secretOf, now := normal(r.PullSecret), secret.Fields[pullSecretModel](managed)
	p := pullSecretModel{Type: types.StringValue(secretOf.Type), Value: now.Value, ValueWOVersion: now.ValueWOVersion}
	for name, api := range pullSecrets {
		if api == secretOf.Type {
			p.Type = types.StringValue(name)
		}
	}
	if secretOf.Type == devtron.PullSecretName {
		p.Value = emptyIsNull(secretOf.Value)
	}
	if slices.Contains(secretOf.Except, devtron.AllClusters) {
		secretOf.Except = nil
	}
	if slices.Contains(secretOf.Clusters, devtron.AllClusters) {
		secretOf.Clusters = []string{allClusters}
	}
	p.Clusters, p.Except = setOf(now.Clusters, secretOf.Clusters), setOf(now.Except, secretOf.Except)
	return secret.ObjectOf(pullSecretTypes, p)
}

// allClusters stands for all clusters in pull_secret.clusters.
const allClusters = "all"

// setOf makes a set. None is null, unless the configuration has an empty set.
func setOf(now types.Set, values []string) types.Set {
	if len(values) == 0 && (now.IsNull() || len(now.Elements()) > 0) {
		return types.SetNull(types.StringType)
	}
	elements := make([]attr.Value, 0, len(values))
	for _, value := range slices.Compact(slices.Sorted(slices.Values(values))) {
		elements = append(elements, types.StringValue(value))
	}
	return types.SetValueMust(types.StringType, elements)
}

// valuesOf are the known values of a set.
func valuesOf(set types.Set) []string {
	var values []string
	for _, element := range set.Elements() {
		if value, ok := element.(types.String); ok && !value.IsUnknown() {
			values = append(values, value.ValueString())
		}
	}
	return values
}

// imported is the model before an import.
func imported() model {
	return model{
		NamedCommon: object.NamedCommon{Timeouts: object.Imported().Timeouts},
		AWS:         types.ObjectNull(awsTypes), Charts: types.ObjectNull(chartsTypes), PullSecret: types.ObjectNull(pullSecretTypes),
	}
}

func emptyIsNull(s string) types.String { return object.OptionalString(types.StringNull(), s) }
