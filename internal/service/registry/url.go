// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// dockerHub is the URL of Docker Hub in Devtron.
const dockerHub = "docker.io"

// address is the value of the argument url, and addressType its type.
type (
	address     = framework.EquivalentString[withoutScheme]
	addressType = framework.EquivalentStringType[withoutScheme]
)

// withoutScheme compares the addresses of registries.
type withoutScheme struct{}

// Equivalent implements framework.Equivalence.
func (withoutScheme) Equivalent(a, b string) bool { return sameURL(a, b) }

func addressOf(url string) address { return address{StringValue: types.StringValue(url)} }

// scheme is what Devtron's web page removes from an address.
var scheme = pattern.New(`^(?i:https?|oci|docker)://`)

// bare is an address as it is sent: without a scheme and a trailing slash.
func bare(url string) string {
	return strings.TrimRight(scheme.ReplaceAllString(strings.TrimSpace(url), ""), "/")
}

// sameURL reports whether two addresses are those of the same registry. The case of a host name
// makes no difference.
func sameURL(a, b string) bool {
	hostA, pathA, _ := strings.Cut(bare(a), "/")
	hostB, pathB, _ := strings.Cut(bare(b), "/")
	return strings.EqualFold(hostA, hostB) && pathA == pathB
}

var validHost = pattern.New(`^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?$`)

// registryURL accepts a host with an optional port and path. It does not quote the value, which may
// contain a password.
func registryURL(a rule.Argument, value string) *rule.Problem {
	const example = "for example \"registry.example.com:5000\" or \"europe-docker.pkg.dev/acme/images\"."
	host, _, _ := strings.Cut(bare(value), "/")
	switch {
	case strings.Contains(host, "@"):
		return rule.New("User name in "+a.Name, a.Subject()+" has a user name. Write the address alone, and set username and password.")
	case !validHost.MatchString(host) || strings.ContainsAny(value, "?#"):
		return rule.New("Invalid registry URL", a.Subject()+" is not the address of a registry. Write a host with an optional port and path, "+example)
	}
	return nil
}

// defaultURL is the plan modifier of url: Docker Hub needs none.
type defaultURL struct{}

// Description implements planmodifier.Describer.
func (defaultURL) Description(context.Context) string { return "Docker Hub is at " + dockerHub + "." }

// MarkdownDescription implements planmodifier.Describer.
func (m defaultURL) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyString implements planmodifier.String.
func (defaultURL) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	var registryType types.String
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("type"), &registryType)...)
	if req.ConfigValue.IsNull() && registryType.ValueString() == devtron.RegistryDockerHub {
		resp.PlanValue = types.StringValue(dockerHub)
	}
}

// defaultContainers is the plan modifier of containers: a registry is for images, unless it is
// public.
type defaultContainers struct{}

// Description implements planmodifier.Describer.
func (defaultContainers) Description(context.Context) string {
	return "A registry holds container images, unless it is public."
}

// MarkdownDescription implements planmodifier.Describer.
func (m defaultContainers) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyBool implements planmodifier.Bool.
func (defaultContainers) PlanModifyBool(ctx context.Context, req planmodifier.BoolRequest, resp *planmodifier.BoolResponse) {
	var public types.Bool
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("public"), &public)...)
	if req.ConfigValue.IsNull() && !public.IsUnknown() {
		resp.PlanValue = types.BoolValue(!public.ValueBool())
	}
}
