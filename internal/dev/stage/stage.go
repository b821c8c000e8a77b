// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package stage provides configurations for the git hosts of the sandbox, and the environment in
// which a CLI applies them, to the commands that measure the provider.
package stage

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// Resource is one devtron_gitops_config.
type Resource struct {
	Name     string // in its address
	Provider string // git_provider
	Server   string // the name of the git host in the log of the sandbox
	// Arguments are the other arguments, as HCL expressions.
	Arguments map[string]string
	// CreateFirst sets create_before_destroy.
	CreateFirst bool
}

// Resources returns a configuration for each git host of a sandbox. The first one is active, the
// others are on standby. With TLS, each trusts the CA of the sandbox, except Bitbucket Cloud: its
// public name has a certificate of another CA, which Environment makes one of the system's.
func Resources(box *sandbox.Sandbox) []Resource {
	all := []Resource{
		{Name: "github", Provider: "GITHUB", Server: "github", Arguments: map[string]string{
			"host": strconv.Quote(box.GitHub.URL()), "organization": strconv.Quote(sandbox.Organization),
			"username": strconv.Quote(sandbox.Username), "token": strconv.Quote(box.GitHub.Token()),
		}},
		{Name: "gitlab", Provider: "GITLAB", Server: "gitlab", Arguments: map[string]string{
			"host": strconv.Quote(box.GitLab.URL()), "group_id": strconv.Quote(fmt.Sprint(sandbox.GroupID)),
			"username": strconv.Quote(sandbox.Username), "token": strconv.Quote(box.GitLab.Token()), "active": "false",
		}},
		{Name: "azure", Provider: "AZURE_DEVOPS", Server: "azure", Arguments: map[string]string{
			"host":          strconv.Quote(box.Azure.URL() + "/" + sandbox.AzureOrganization),
			"azure_project": strconv.Quote(sandbox.AzureProject),
			"username":      strconv.Quote(sandbox.Username), "token": strconv.Quote(box.Azure.Token()), "active": "false",
		}},
		{Name: "bitbucket", Provider: "BITBUCKET_CLOUD", Server: "bitbucket", Arguments: map[string]string{
			"bitbucket_workspace_id": strconv.Quote(sandbox.BitbucketWorkspace),
			"bitbucket_project_key":  strconv.Quote(sandbox.BitbucketProjectKey),
			"username":               strconv.Quote(sandbox.BitbucketUsername), "token": strconv.Quote(box.Bitbucket.Token()), "active": "false",
		}},
	}
	for _, r := range all {
		if _, selfHosted := r.Arguments["host"]; selfHosted && box.CACertificate != "" {
			r.Arguments["tls"] = fmt.Sprintf("{ ca_certificate = %q }", box.CACertificate)
		}
	}
	return all
}

// With returns the resource with one argument changed. An empty value removes the argument.
func (r Resource) With(argument, value string) Resource {
	r.Arguments = maps.Clone(r.Arguments)
	if r.Arguments[argument] = value; value == "" {
		delete(r.Arguments, argument)
	}
	return r
}

// Preamble requires a provider and configures it. The arguments are HCL.
func Preamble(source, arguments string) string {
	_, name, _ := strings.Cut(source, "/")
	return fmt.Sprintf("terraform {\n  required_providers {\n    %[1]s = {\n      source = %[2]q\n    }\n  }\n}\n\nprovider %[1]q {\n%[3]s}\n",
		name, source, arguments)
}

// Configuration returns a main.tf with the resources. The arguments of the provider are HCL.
func Configuration(arguments string, resources ...Resource) string {
	var b strings.Builder
	b.WriteString(Preamble("devtron-labs/devtron", arguments))
	for _, r := range resources {
		b.WriteString(r.block())
	}
	return b.String()
}

func (r Resource) block() string {
	lifecycle := ""
	if r.CreateFirst {
		lifecycle = "\n  lifecycle {\n    create_before_destroy = true\n  }\n"
	}
	r = r.With("git_provider", strconv.Quote(r.Provider))
	return fmt.Sprintf("\nresource \"devtron_gitops_config\" %q {\n%s%s}\n", r.Name, arguments(r.Arguments), lifecycle)
}

// arguments returns arguments as HCL.
func arguments(values map[string]string) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(values)) {
		fmt.Fprintf(&b, "  %s = %s\n", name, values[name])
	}
	return b.String()
}

// Environment returns the variables with which the provider uses the Devtron of the sandbox, and a
// cache folder in dir. Bitbucket Cloud, whose address cannot be configured, is available under its
// public name through a proxy, whose certificate is written into dir.
func Environment(box *sandbox.Sandbox, dir string) (map[string]string, error) {
	authority := filepath.Join(dir, "proxy-ca.pem")
	if err := os.WriteFile(authority, []byte(box.Proxy.CACertificate()), 0o600); err != nil {
		return nil, err
	}
	return map[string]string{
		"DEVTRON_URL":            box.Devtron.URL(),
		"DEVTRON_API_TOKEN":      box.Devtron.AdminToken(),
		"DEVTRON_CA_CERTIFICATE": box.CACertificate,
		"HTTPS_PROXY":            box.Proxy.URL(),
		"SSL_CERT_FILE":          authority,
		"XDG_CACHE_HOME":         CacheFolder(dir),
	}, nil
}

// CacheFolder is the user's cache folder in the environment of dir. The provider leaves files there
// that one run must not find from another.
func CacheFolder(dir string) string { return filepath.Join(dir, "cache") }

// Servers returns the servers of a sandbox by their names in its log.
func Servers(box *sandbox.Sandbox) map[string]*sandbox.Server {
	return map[string]*sandbox.Server{
		"devtron": box.Devtron.Server, "github": box.GitHub.Server, "gitlab": box.GitLab.Server,
		"azure": box.Azure.Server, "bitbucket": box.Bitbucket.Server,
	}
}

// Secrets returns the tokens that no output may contain.
func Secrets(box *sandbox.Sandbox) []string {
	return []string{
		box.Devtron.AdminToken(), box.GitHub.Token(), box.GitLab.Token(), box.Azure.Token(), box.Bitbucket.Token(),
	}
}
