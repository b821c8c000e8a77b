// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/secret"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// Paths of arguments that diagnostics point at. A CLI shows no line of an argument inside of an
// object.
var (
	pathName          = path.Root("name")
	pathURL           = path.Root("url")
	pathUsername      = path.Root("username")
	pathPassword      = path.Root("password")
	pathAWS           = path.Root("aws")
	pathConnection    = path.Root("connection_type")
	pathCACertificate = path.Root("ca_certificate")
	pathDefault       = path.Root("default")
	pathContainers    = path.Root("containers")
	pathCharts        = path.Root("charts")
	pathPublic        = path.Root("public")
	pathPullSecret    = path.Root("pull_secret")
)

// validate checks the rules that are about several arguments at once. An unknown value may still
// become null, so it breaks no rule.
func validate(config model) diag.Diagnostics {
	diags := secret.OneForm(path.Root, "password", config.password())
	registryType := config.Type.ValueString()
	public := config.Public.ValueBool()
	if registryType != "" {
		diags.Append(validateType(config, registryType, public)...)
	}
	if at := config.password().Path("password"); registryType != "" && !google(registryType) { // A JSON key may end with a line break.
		if p := rule.Trimmed(rule.Argument{Name: at.String()}, config.password().Value()); p != nil {
			diags.AddAttributeError(at, p.Summary, p.Detail)
		}
	}
	if public {
		diags.Append(validatePublic(config)...)
	} else if isFalse(config.Containers) && config.Charts.IsNull() && !config.Public.IsUnknown() {
		diags.AddAttributeError(pathContainers, "The registry would hold nothing", "With containers = false, the registry holds charts only. Set charts, or omit containers.")
	}
	diags.Append(validateConnection(config)...)
	diags.Append(validateAWS(config.AWS)...)
	diags.Append(validateCharts(config.Charts)...)
	diags.Append(validatePullSecret(config.PullSecret)...)
	return diags
}

// validateType checks what the type demands and excludes.
func validateType(config model, registryType string, public bool) diag.Diagnostics {
	var diags diag.Diagnostics
	forbid := func(at path.Path, value attr.Value, why string) {
		if known(value) {
			diags.AddAttributeError(at, at.String()+" does not fit the type", "A registry of the type \""+registryType+"\" "+why+" Remove "+at.String()+".")
		}
	}
	if registryType != devtron.RegistryDockerHub && config.URL.IsNull() {
		diags.AddAttributeError(pathURL, "url is missing", "Only the type \"docker-hub\" has a default address. Set url to the address of the registry, for example \"registry.example.com\".")
	}
	if registryType == devtron.RegistryECR {
		forbid(pathUsername, config.Username, "has no user name: Devtron signs in with aws.")
		forbid(pathPassword, config.Password, "has no password: Devtron signs in with aws.")
		forbid(path.Root("password_wo"), config.PasswordWO, "has no password: Devtron signs in with aws.")
		if config.AWS.IsNull() && !public && !config.Public.IsUnknown() {
			diags.AddAttributeError(pathAWS, "aws is missing", "A registry of the type \"ecr\" needs aws with its region, for example aws = { region = \"eu-central-1\" }. Without keys in it, Devtron uses the IAM role of its node.")
		}
	} else {
		forbid(pathAWS, config.AWS, "has no AWS credentials: aws is for the type \"ecr\".")
	}
	if registryType == devtron.RegistryGCR {
		forbid(pathCharts, config.Charts, "holds no charts. Use Artifact Registry (type \"artifact-registry\") for them.")
		if public {
			forbid(pathPublic, config.Public, "cannot be public in Devtron, as it holds no charts.")
		}
	}
	return diags
}

// validatePublic checks that a public registry is for pulling charts without credentials.
func validatePublic(config model) diag.Diagnostics {
	var diags diag.Diagnostics
	const chartsOnly = "A public registry is for charts only"
	for _, other := range []struct {
		at    path.Path
		value attr.Value
	}{
		{pathUsername, config.Username},
		{pathPassword, config.Password},
		{path.Root("password_wo"), config.PasswordWO},
		{pathAWS, config.AWS},
		{pathPullSecret, config.PullSecret},
	} {
		if known(other.value) {
			diags.AddAttributeError(other.at, chartsOnly, "With public = true, Devtron pulls charts without credentials. Remove "+other.at.String()+", or set public = false.")
		}
	}
	if config.Containers.ValueBool() {
		diags.AddAttributeError(pathContainers, chartsOnly, "With public = true, the registry holds no container images. Remove containers, or set public = false.")
	}
	action := secret.Fields[chartsModel](config.Charts).Action
	if config.Charts.IsNull() || !config.Charts.IsUnknown() && !action.IsUnknown() && action.ValueString() != "PULL" {
		diags.AddAttributeError(pathPublic, chartsOnly, "With public = true, set charts = { action = \"PULL\", repositories = [...] }: nobody pushes without credentials.")
	}
	return diags
}

func validateConnection(config model) diag.Diagnostics {
	var diags diag.Diagnostics
	withCertificate := config.Connection.ValueString() == devtron.ConnectionWithCertificate
	switch {
	case config.Connection.IsUnknown(), config.CACertificate.IsUnknown():
	case withCertificate && config.CACertificate.IsNull():
		diags.AddAttributeError(pathConnection, "ca_certificate is missing", "connection_type = \"secure-with-cert\" needs the CA certificate of the registry. Set ca_certificate.")
	case !withCertificate && !config.CACertificate.IsNull():
		diags.AddAttributeError(pathCACertificate, "ca_certificate has no effect", "Devtron uses ca_certificate only with connection_type = \"secure-with-cert\". Set that, or remove ca_certificate.")
	}
	return diags
}

func validateAWS(value types.Object) diag.Diagnostics {
	if value.IsNull() || value.IsUnknown() {
		return nil
	}
	a := secret.Fields[awsModel](value)
	key := a.secretAccessKey()
	diags := secret.OneForm(secret.Within(pathAWS), "aws.secret_access_key", key)
	if a.AccessKeyID.IsNull() && key.Set() {
		diags.AddAttributeError(pathAWS, "access_key_id is missing", "aws has a secret access key without its id. Set access_key_id too, or neither of them: then Devtron uses the IAM role of its node.")
	}
	return diags
}

func validateCharts(value types.Object) diag.Diagnostics {
	if value.IsNull() || value.IsUnknown() {
		return nil
	}
	c := secret.Fields[chartsModel](value)
	diags := withoutNull(pathCharts, "charts.repositories", c.Repositories)
	switch push := c.Action.ValueString() == "PUSH"; {
	case c.Action.IsUnknown(), c.Repositories.IsUnknown():
	case push && !c.Repositories.IsNull():
		diags.AddAttributeError(pathCharts, "repositories has no effect", "charts.repositories says what to pull, and the action is \"PUSH\". Remove repositories, or set action = \"PULL_PUSH\".")
	case !push && len(c.Repositories.Elements()) == 0:
		diags.AddAttributeError(pathCharts, "repositories is missing", "To pull charts, Devtron needs the repositories that have them. Set charts.repositories, for example [\"charts/demo\"].")
	}
	return diags
}

func validatePullSecret(value types.Object) diag.Diagnostics {
	if value.IsNull() || value.IsUnknown() {
		return nil
	}
	p := secret.Fields[pullSecretModel](value)
	content := p.value()
	diags := secret.OneForm(secret.Within(pathPullSecret), "pull_secret.value", content)
	diags.Append(withoutNull(pathPullSecret, "pull_secret.clusters", p.Clusters)...)
	diags.Append(withoutNull(pathPullSecret, "pull_secret.except_clusters", p.Except)...)
	switch kindOf := p.Type.ValueString(); {
	case p.Type.IsUnknown():
	case kindOf == "name" && known(p.ValueWO):
		diags.Append(nameMissing())
	case kindOf == "custom" && content.Value() != "":
		if problem := customCredentials(content.Value()); problem != "" {
			diags.AddAttributeError(pathPullSecret, "Invalid custom pull secret",
				"The value of pull_secret "+problem+". Write it as jsonencode({ server = \"registry.example.com\", username = \"...\", password = \"...\", email = \"\" }).")
		}
	case kindOf != "name" && kindOf != "custom" && content.Set():
		diags.AddAttributeError(pathPullSecret, "value has no effect", "pull_secret of the type \"registry\" uses the credentials of the registry. Remove pull_secret.value, or set another type.")
	}
	clusters := valuesOf(p.Clusters)
	if slices.Contains(clusters, allClusters) && len(clusters) > 1 {
		diags.AddAttributeError(pathPullSecret, "clusters names all clusters and others", "pull_secret.clusters has \"all\" and "+strings.Join(slices.DeleteFunc(clusters, func(c string) bool { return c == allClusters }), ", ")+". Keep [\"all\"] or the ids.")
	}
	if len(clusters) > 0 && len(valuesOf(p.Except)) > 0 {
		diags.AddAttributeError(pathPullSecret, "clusters and except_clusters exclude each other", "Devtron ignores pull_secret.except_clusters while clusters names some. Keep one of them.")
	}
	return diags
}

// withoutNull refuses an element that is null, which the rules of the elements do not see, and which
// Devtron would take for an empty text.
func withoutNull(at path.Path, name string, set types.Set) diag.Diagnostics {
	var diags diag.Diagnostics
	if slices.ContainsFunc(set.Elements(), attr.Value.IsNull) {
		diags.AddAttributeError(at, "Empty element in "+name, "An element of "+name+" is null. If it comes from a variable or a resource, check that it is filled in. Otherwise, remove it.")
	}
	return diags
}

func nameMissing() diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(pathPullSecret, "value is missing",
		"pull_secret of the type \"name\" needs the name of the secret in the clusters, which is not secret itself. Set pull_secret.value.")
}

func known(value attr.Value) bool { return !value.IsNull() && !value.IsUnknown() }

func isFalse(value types.Bool) bool {
	return known(value) && !value.ValueBool()
}
