// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	neturl "net/url"
	"os"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// setting is the value of an argument, from the configuration or from the environment.
type setting struct {
	value   string
	unknown bool
	// variable is the environment variable of the value; empty for the configuration.
	variable string
	path     path.Path
}

// newSetting returns the configured value of an argument, or else the value of its environment
// variable.
func newSetting(configured types.String, p path.Path, env string) setting {
	switch {
	case configured.IsUnknown():
		return setting{unknown: true, path: p}
	case !configured.IsNull():
		return setting{value: configured.ValueString(), path: p}
	default:
		return setting{value: os.Getenv(env), variable: env, path: p}
	}
}

// origin names the source of the value, for messages.
func (s setting) origin() string {
	if s.variable != "" {
		return "the environment variable " + s.variable
	}
	return "the provider argument " + s.path.String()
}

// checkLevel returns the level of a check.
func (s setting) checkLevel(standard string) string {
	switch {
	case s.unknown:
		return framework.CheckOff // It may turn out to be that, and then no request is allowed.
	case s.value == "":
		return standard
	}
	return s.value
}

// validate applies the rules of an argument to a value that is set. The schema has the same rules:
// here, they matter for the environment.
func (s setting) validate(diags *diag.Diagnostics, r ...rule.Rule) {
	if s.value == "" {
		return
	}
	if p := rule.Rules(r).Validate(rule.Argument{Name: s.path.String(), Variable: s.variable}, s.value); p != nil {
		diags.AddAttributeError(s.path, p.Summary, p.Detail)
	}
}

// Advice for missing settings.
const (
	howToSetURL      = "Set url in the provider block, for example to https://devtron.example.com, or the environment variable " + envURL + "."
	howToSetAPIToken = "Set api_token in the provider block or, to keep it out of the configuration, the environment variable " + envAPIToken + ". " + framework.HowToGenerateAPIToken
)

// connect returns the data that resources and data sources work with. If a value is unknown,
// because it comes from a resource that does not exist yet, the client stays nil, and planning
// continues without Devtron.
func (p *devtronProvider) connect(config providerModel, terraformVersion string) (*framework.Data, diag.Diagnostics) {
	var diags diag.Diagnostics
	userAgent := "terraform-provider-devtron/" + p.version + " Terraform/" + terraformVersion

	url := newSetting(config.URL, pathURL, envURL)
	token := newSetting(config.APIToken, pathAPIToken, envAPIToken)
	ca := newSetting(config.CACertificate, pathCACertificate, envCACertificate)
	certificate := newSetting(config.ClientCertificate, pathClientCertificate, envClientCertificate)
	key := newSetting(config.ClientKey, pathClientKey, envClientKey)
	level := newSetting(config.GitTokenCheck, pathGitTokenCheck, envGitTokenCheck)
	registryLevel := newSetting(config.RegistryCheck, pathRegistryCheck, envRegistryCheck)
	insecure, insecureKnown := insecureSetting(config.InsecureSkipTLSVerify, &diags)

	url.validate(&diags, urlRules...)
	token.validate(&diags, apiTokenRules...)
	ca.validate(&diags, rule.CACertificate.Rule)
	certificate.validate(&diags, rule.ClientCertificate.Rule)
	key.validate(&diags, rule.ClientKey.Rule)
	level.validate(&diags, levelRules...)
	registryLevel.validate(&diags, levelRules...)
	requireSetting(&diags, url, "Devtron URL is missing", howToSetURL)
	requireSetting(&diags, token, "Devtron API token is missing", howToSetAPIToken)
	requireBoth(&diags, certificate, key)
	if diags.HasError() {
		return nil, diags
	}
	data := &framework.Data{
		Patience: p.patience, UserAgent: userAgent, GitTransport: p.transport,
		GitTokenCheck: level.checkLevel(framework.CheckError), RegistryCheck: registryLevel.checkLevel(framework.CheckWarn),
		Origins: framework.Origins{URL: url.origin() + displayURL(url.value), APIToken: token.origin()},
	}
	if ca.value != "" {
		data.Origins.CACertificate = ca.origin()
	}
	for _, s := range []setting{url, token, ca, certificate, key} {
		if s.unknown {
			return data, diags
		}
	}
	if !insecureKnown || config.MaxRetries.IsUnknown() {
		return data, diags
	}

	retries := int64(devtron.DefaultMaxRetries)
	if !config.MaxRetries.IsNull() {
		retries = config.MaxRetries.ValueInt64()
	}
	client, err := devtron.New(devtron.Options{
		URL: url.value, APIToken: token.value, UserAgent: userAgent,
		CACertificate: ca.value, ClientCertificate: certificate.value, ClientKey: key.value,
		InsecureSkipTLSVerify: insecure, MaxRetries: int(retries), Observe: logExchange,
	})
	if err != nil {
		diags.Append(clientError(err, url, certificate))
		return nil, diags
	}
	if client.BaseURL().Cleartext() {
		diags.AddAttributeWarning(pathURL, "Devtron is reached without encryption",
			"The API token and every git token are sent unencrypted to "+client.BaseURL().String()+". Use https, or a port-forward to this machine.")
	}
	data.Client = client
	return data, diags
}

// logExchange logs a request. It receives neither headers nor bodies, so that no level of TF_LOG
// shows a token.
func logExchange(ctx context.Context, x devtron.Exchange) {
	fields := map[string]any{
		"method": x.Method, "url": x.URL, "attempt": x.Attempt, "status": x.Status, "milliseconds": x.Duration.Milliseconds(),
	}
	if x.Err != nil {
		fields["error"] = x.Err.Error()
	}
	tflog.Debug(ctx, "Devtron API request", fields)
}

// displayURL returns a configured URL for a message about the URL of a request. It omits the parts
// that may be secret.
func displayURL(configured string) string {
	u, err := neturl.Parse(configured)
	if err != nil || u.Host == "" {
		return ""
	}
	return " (" + (&neturl.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String() + ")"
}

// requireSetting reports an argument that is not set.
func requireSetting(diags *diag.Diagnostics, s setting, summary, detail string) {
	if s.value == "" && !s.unknown {
		diags.AddAttributeError(s.path, summary, detail)
	}
}

// requireBoth reports a client certificate without its key, and a key without its certificate.
func requireBoth(diags *diag.Diagnostics, certificate, key setting) {
	if certificate.unknown || key.unknown || (certificate.value == "") == (key.value == "") {
		return
	}
	if key.value == "" {
		diags.AddAttributeError(pathClientCertificate, "Client key is missing",
			"client_certificate is given by "+certificate.origin()+", but neither client_key nor "+envClientKey+" is. Both are needed for mutual TLS.")
		return
	}
	diags.AddAttributeError(pathClientKey, "Client certificate is missing",
		"client_key is given by "+key.origin()+", but neither client_certificate nor "+envClientCertificate+" is. Both are needed for mutual TLS.")
}

func insecureSetting(configured types.Bool, diags *diag.Diagnostics) (value, known bool) {
	if configured.IsUnknown() {
		return false, false
	}
	value = configured.ValueBool()
	if text := os.Getenv(envInsecure); configured.IsNull() && text != "" {
		setting{value: text, variable: envInsecure, path: pathInsecure}.validate(diags, flagRules...)
		value, _ = strconv.ParseBool(text)
	}
	if value {
		diags.AddAttributeWarning(pathInsecure, "The certificate of Devtron is not verified",
			"insecure_skip_tls_verify is on: anybody on the network between this machine and Devtron can read the API token and every git token. "+
				"Set ca_certificate to the CA of Devtron instead.")
	}
	return value, true
}

// clientError explains why the settings cannot be used.
func clientError(err error, url, certificate setting) diag.Diagnostic {
	if errors.Is(err, devtron.ErrClientCertificate) {
		return diag.NewAttributeErrorDiagnostic(pathClientCertificate, "Client certificate cannot be used",
			"The certificate of "+certificate.origin()+" and its key do not work together: "+err.Error()+".")
	}
	return diag.NewAttributeErrorDiagnostic(pathURL, "Invalid Devtron URL",
		"The value of "+url.origin()+" cannot be used: "+err.Error()+".")
}
