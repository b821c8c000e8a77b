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

// setting is one argument of the provider after configuration and environment.
type setting struct {
	value   string
	unknown bool
	// variable is the environment variable that the value came from; "" for the
	// configuration.
	variable string
	path     path.Path
}

// lookup applies the rule of every argument: configuration, then environment.
func lookup(configured types.String, p path.Path, env string) setting {
	switch {
	case configured.IsUnknown():
		return setting{unknown: true, path: p}
	case !configured.IsNull():
		return setting{value: configured.ValueString(), path: p}
	default:
		return setting{value: os.Getenv(env), variable: env, path: p}
	}
}

// origin says where the value came from, for messages.
func (s setting) origin() string {
	if s.variable != "" {
		return "the environment variable " + s.variable
	}
	return "the provider argument " + s.path.String()
}

// judge applies the rules of an argument. The schema has the same: they matter here
// for values out of the environment.
func (s setting) judge(diags *diag.Diagnostics, r ...rule.Rule) {
	if s.value == "" {
		return
	}
	if p := rule.Rules(r).Judge(rule.Argument{Name: s.path.String(), Variable: s.variable}, s.value); p != nil {
		diags.AddAttributeError(s.path, p.Summary, p.Detail)
	}
}

const (
	howToGiveURL      = "Set url in the provider block, for example to https://devtron.example.com, or the environment variable " + envURL + "."
	howToGiveAPIToken = "Set api_token in the provider block or, to keep it out of the configuration, the environment variable " + envAPIToken + ". " + framework.HowToGenerateAPIToken
)

// connect builds what resources and data sources work with. Where a value is not
// known yet (the URL comes from a resource not made yet), store stays nil and
// planning goes on without Devtron.
func (p *devtronProvider) connect(config providerModel, terraformVersion string) (*framework.Data, diag.Diagnostics) {
	var diags diag.Diagnostics
	userAgent := "terraform-provider-devtron/" + p.version + " Terraform/" + terraformVersion

	url := lookup(config.URL, pathProviderURL, envURL)
	token := lookup(config.APIToken, pathProviderAPIToken, envAPIToken)
	ca := lookup(config.CACertificate, pathProviderCACertificate, envCACertificate)
	certificate := lookup(config.ClientCertificate, pathProviderClientCertificate, envClientCertificate)
	key := lookup(config.ClientKey, pathProviderClientKey, envClientKey)
	level := lookup(config.GitTokenCheck, pathProviderGitTokenCheck, envGitTokenCheck)
	insecure, insecureKnown := lookupInsecure(config.InsecureSkipTLSVerify, &diags)

	url.judge(&diags, urlRules...)
	token.judge(&diags, apiTokenRules...)
	ca.judge(&diags, rule.CACertificate.Rule)
	certificate.judge(&diags, rule.ClientCertificate.Rule)
	key.judge(&diags, rule.ClientKey.Rule)
	level.judge(&diags, levelRules...)
	missing(&diags, url, "Devtron URL is missing", howToGiveURL)
	missing(&diags, token, "Devtron API token is missing", howToGiveAPIToken)
	pair(&diags, certificate, key)
	if diags.HasError() {
		return nil, diags
	}
	if level.value == "" {
		level.value = framework.CheckError
	}
	data := &framework.Data{
		Patience: p.patience, UserAgent: userAgent, GitTransport: p.transport, GitTokenCheck: level.value,
		Origins: framework.Origins{URL: url.origin() + shownURL(url.value), APIToken: token.origin()},
	}
	if ca.value != "" {
		data.Origins.CACertificate = ca.origin()
	}
	if level.unknown {
		data.GitTokenCheck = framework.CheckOff // it may become that, and then nothing may have been sent
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
		diags.AddAttributeWarning(pathProviderURL, "Devtron is reached without encryption",
			"The API token and every git token are sent unencrypted to "+client.BaseURL().String()+". Use https, or a port-forward to this machine.")
	}
	data.Client = client
	return data, diags
}

// logExchange is the only place where requests are logged. It is given neither
// headers nor bodies, so that no level of TF_LOG shows a token.
func logExchange(ctx context.Context, x devtron.Exchange) {
	fields := map[string]any{
		"method": x.Method, "url": x.URL, "attempt": x.Attempt, "status": x.Status, "milliseconds": x.Duration.Milliseconds(),
	}
	if x.Err != nil {
		fields["error"] = x.Err.Error()
	}
	tflog.Debug(ctx, "Devtron API request", fields)
}

// shownURL repeats a configured URL for a message that is about another one, which
// was made of it. What may be secret in a URL is left out.
func shownURL(configured string) string {
	u, err := neturl.Parse(configured)
	if err != nil || u.Host == "" {
		return ""
	}
	return " (" + (&neturl.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String() + ")"
}

func missing(diags *diag.Diagnostics, s setting, summary, detail string) {
	if s.value == "" && !s.unknown {
		diags.AddAttributeError(s.path, summary, detail)
	}
}

// pair demands both or neither of client certificate and key.
func pair(diags *diag.Diagnostics, certificate, key setting) {
	if certificate.unknown || key.unknown || (certificate.value == "") == (key.value == "") {
		return
	}
	if key.value == "" {
		diags.AddAttributeError(pathProviderClientCertificate, "Client key is missing",
			"client_certificate is given by "+certificate.origin()+", but neither client_key nor "+envClientKey+" is. Both are needed for mutual TLS.")
		return
	}
	diags.AddAttributeError(pathProviderClientKey, "Client certificate is missing",
		"client_key is given by "+key.origin()+", but neither client_certificate nor "+envClientCertificate+" is. Both are needed for mutual TLS.")
}

func lookupInsecure(configured types.Bool, diags *diag.Diagnostics) (value, known bool) {
	if configured.IsUnknown() {
		return false, false
	}
	value = configured.ValueBool()
	if text := os.Getenv(envInsecure); configured.IsNull() && text != "" {
		setting{value: text, variable: envInsecure, path: pathProviderInsecure}.judge(diags, flagRules...)
		value, _ = strconv.ParseBool(text)
	}
	if value {
		diags.AddAttributeWarning(pathProviderInsecure, "The certificate of Devtron is not verified",
			"insecure_skip_tls_verify is on: anybody on the network between this machine and Devtron can read the API token and every git token. "+
				"Set ca_certificate to the CA of Devtron instead.")
	}
	return value, true
}

// clientError explains why no client could be made of the settings.
func clientError(err error, url, certificate setting) diag.Diagnostic {
	if errors.Is(err, devtron.ErrClientCertificate) {
		return diag.NewAttributeErrorDiagnostic(pathProviderClientCertificate, "Client certificate cannot be used",
			"The certificate of "+certificate.origin()+" and its key do not work together: "+err.Error()+".")
	}
	return diag.NewAttributeErrorDiagnostic(pathProviderURL, "Invalid Devtron URL",
		"The value of "+url.origin()+" cannot be used: "+err.Error()+".")
}
