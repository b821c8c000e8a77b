// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package provider is the provider block: its schema, its settings, and the list of the areas that
// it consists of. Each area registers its resources in a package of its own below internal/service.
package provider

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/apitoken"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/chartrepository"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/cluster"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/environment"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitaccount"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/hosturl"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/project"
)

var (
	_ provider.ProviderWithListResources      = (*devtronProvider)(nil)
	_ provider.ProviderWithActions            = (*devtronProvider)(nil)
	_ provider.ProviderWithEphemeralResources = (*devtronProvider)(nil)
)

// Environment variables that replace arguments of the provider block.
const (
	envURL               = "DEVTRON_URL"
	envAPIToken          = "DEVTRON_API_TOKEN"
	envCACertificate     = "DEVTRON_CA_CERTIFICATE"
	envClientCertificate = "DEVTRON_CLIENT_CERTIFICATE"
	envClientKey         = "DEVTRON_CLIENT_KEY"
	envInsecure          = "DEVTRON_INSECURE_SKIP_TLS_VERIFY"
	envGitTokenCheck     = "DEVTRON_GIT_TOKEN_CHECK"
)

// services lists the areas of the provider.
var services = []framework.Service{
	hosturl.Service, project.Service, cluster.Service, environment.Service, gitaccount.Service,
	chartrepository.Service, apitoken.Service, gitops.Service,
}

type devtronProvider struct {
	version  string
	patience reconcile.Patience
	// transport replaces the network to git hosts; nil stands for the network.
	transport http.RoundTripper
	leftovers framework.Leftovers
	// data is the data of the current walk, see framework.Data.
	data atomic.Pointer[framework.Data]
}

type providerModel struct {
	URL                   types.String `tfsdk:"url"`
	APIToken              types.String `tfsdk:"api_token"`
	CACertificate         types.String `tfsdk:"ca_certificate"`
	ClientCertificate     types.String `tfsdk:"client_certificate"`
	ClientKey             types.String `tfsdk:"client_key"`
	InsecureSkipTLSVerify types.Bool   `tfsdk:"insecure_skip_tls_verify"`
	GitTokenCheck         types.String `tfsdk:"git_token_check"`
	MaxRetries            types.Int64  `tfsdk:"max_retries"`
}

// Option configures a provider for a test.
type Option func(*devtronProvider)

// WithPatience sets how long the provider looks for the result of a write whose reply was lost.
func WithPatience(p reconcile.Patience) Option {
	return func(d *devtronProvider) { d.patience = p }
}

// WithTransport replaces the network to git hosts, because the address of Bitbucket Cloud cannot be
// configured. The argument tls then has no effect.
func WithTransport(t http.RoundTripper) Option {
	return func(d *devtronProvider) { d.transport = t }
}

func newProvider(version string, options ...Option) *devtronProvider {
	p := &devtronProvider{version: version, patience: reconcile.DefaultPatience}
	for _, option := range options {
		option(p)
	}
	return p
}

func (p *devtronProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "devtron"
	resp.Version = p.version
}

func (p *devtronProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages [Devtron](https://devtron.ai), a delivery platform for Kubernetes, through its API.",
		Attributes: map[string]schema.Attribute{
			"url": schema.StringAttribute{
				MarkdownDescription: "The address of Devtron, for example `https://devtron.example.com`. The address that a browser shows " +
					"(`https://devtron.example.com/dashboard/...`) and the address of the API (`.../orchestrator`) work, too; a path before `/orchestrator` is kept. " +
					"Unencrypted `http` to another machine causes a warning. Environment variable: `" + envURL + "`.",
				Optional:   true,
				Validators: framework.Check(urlRules...),
			},
			"api_token": schema.StringAttribute{
				MarkdownDescription: "A Devtron API token with super-admin permission. Generate one in Devtron under *Global Configurations, Authorization, API Tokens*. " +
					"It is sent only to `url`. Environment variable: `" + envAPIToken + "`, which keeps the token out of the configuration.",
				Optional:   true,
				Sensitive:  true,
				Validators: framework.Check(apiTokenRules...),
			},
			"ca_certificate": schema.StringAttribute{
				MarkdownDescription: "The CA certificates to trust for `url` in addition to those of the system, as PEM text. Environment variable: `" + envCACertificate + "`.",
				Optional:            true,
				Validators:          framework.Check(rule.CACertificate.Rule),
			},
			"client_certificate": schema.StringAttribute{
				MarkdownDescription: "The client certificate for an ingress with mutual TLS, as PEM text. Requires `client_key`. Environment variable: `" + envClientCertificate + "`.",
				Optional:            true,
				Validators:          framework.Check(rule.ClientCertificate.Rule),
			},
			"client_key": schema.StringAttribute{
				MarkdownDescription: "The private key of `client_certificate`, as PEM text. Environment variable: `" + envClientKey + "`.",
				Optional:            true,
				Sensitive:           true,
				Validators:          framework.Check(rule.ClientKey.Rule),
			},
			"insecure_skip_tls_verify": schema.BoolAttribute{
				MarkdownDescription: "Whether to skip the verification of the certificate of `url`. Anybody on the network can then read the API token; prefer `ca_certificate`. " +
					"Default: `false`. Environment variable: `" + envInsecure + "`.",
				Optional: true,
			},
			"git_token_check": schema.StringAttribute{
				MarkdownDescription: "How the plan-time check of git tokens reports a problem: `" + framework.CheckError + "` stops the plan, `" +
					framework.CheckWarn + "` warns, and `" + framework.CheckOff + "` disables the check. A resource can set a value of its own. " +
					"Default: `" + framework.CheckError + "`. Environment variable: `" + envGitTokenCheck + "`.",
				Optional:   true,
				Validators: framework.Check(levelRules...),
			},
			"max_retries": schema.Int64Attribute{
				MarkdownDescription: fmt.Sprintf("How many times to repeat a request that is safe to repeat: a read, or a write that the server rejected before processing it. Default: `%d`.", devtron.DefaultMaxRetries),
				Optional:            true,
				Validators:          []validator.Int64{int64validator.AtLeast(0)},
			},
		},
	}
}

func (p *devtronProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	data, diags := p.connect(config, req.TerraformVersion)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	data.Leftovers = &p.leftovers
	p.data.Store(data)
	resp.ResourceData = data
	resp.DataSourceData = data
	resp.ListResourceData = data
	resp.ActionData = data
	resp.EphemeralResourceData = data
}

func (p *devtronProvider) Resources(context.Context) []func() resource.Resource {
	var all []func() resource.Resource
	for _, s := range services {
		all = append(all, s.Resources...)
	}
	return all
}

func (p *devtronProvider) DataSources(context.Context) []func() datasource.DataSource {
	var all []func() datasource.DataSource
	for _, s := range services {
		all = append(all, s.DataSources...)
	}
	return all
}

func (p *devtronProvider) ListResources(context.Context) []func() list.ListResource {
	var all []func() list.ListResource
	for _, s := range services {
		all = append(all, s.ListResources...)
	}
	return all
}

func (p *devtronProvider) Actions(context.Context) []func() action.Action {
	var all []func() action.Action
	for _, s := range services {
		all = append(all, s.Actions...)
	}
	return all
}

func (p *devtronProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	var all []func() ephemeral.EphemeralResource
	for _, s := range services {
		all = append(all, s.EphemeralResources...)
	}
	return all
}

// Paths of the arguments that diagnostics point at.
var (
	pathURL               = path.Root("url")
	pathAPIToken          = path.Root("api_token")
	pathCACertificate     = path.Root("ca_certificate")
	pathClientCertificate = path.Root("client_certificate")
	pathClientKey         = path.Root("client_key")
	pathInsecure          = path.Root("insecure_skip_tls_verify")
	pathGitTokenCheck     = path.Root("git_token_check")
)
