// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package stage is what the commands that measure the provider have in common: configurations for the sandbox's git hosts, and
// the environment in which a CLI applies them.
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
	Provider string // its git_provider
	Server   string // the sandbox's name for the git host
	// Arguments beside git_provider, in HCL.
	Arguments map[string]string
}

// Resources are configurations for all git hosts of a sandbox. The first is active, the others stand by.
func Resources(box *sandbox.Sandbox) []Resource {
	return []Resource{
		{"github", "GITHUB", "github", map[string]string{
			"host": strconv.Quote(box.GitHub.URL()), "organization": strconv.Quote(sandbox.Organization),
			"username": strconv.Quote(sandbox.Username), "token": strconv.Quote(box.GitHub.Token()),
		}},
		{"gitlab", "GITLAB", "gitlab", map[string]string{
			"host": strconv.Quote(box.GitLab.URL()), "group_id": strconv.Quote(fmt.Sprint(sandbox.GroupID)),
			"username": strconv.Quote(sandbox.Username), "token": strconv.Quote(box.GitLab.Token()), "active": "false",
		}},
		{"azure", "AZURE_DEVOPS", "azure", map[string]string{
			"host":          strconv.Quote(box.Azure.URL() + "/" + sandbox.AzureOrganization),
			"azure_project": strconv.Quote(sandbox.AzureProject),
			"username":      strconv.Quote(sandbox.Username), "token": strconv.Quote(box.Azure.Token()), "active": "false",
		}},
		{"bitbucket", "BITBUCKET_CLOUD", "bitbucket", map[string]string{
			"bitbucket_workspace_id": strconv.Quote(sandbox.BitbucketWorkspace),
			"bitbucket_project_key":  strconv.Quote(sandbox.BitbucketProjectKey),
			"username":               strconv.Quote(sandbox.BitbucketUsername), "token": strconv.Quote(box.Bitbucket.Token()), "active": "false",
		}},
	}
}

// Address of the resource in a configuration.
func (r Resource) Address() string { return "devtron_gitops_config." + r.Name }

// With returns the resource with one argument changed; an empty value takes it away.
func (r Resource) With(argument, value string) Resource {
	r.Arguments = maps.Clone(r.Arguments)
	if r.Arguments[argument] = value; value == "" {
		delete(r.Arguments, argument)
	}
	return r
}

// Preamble names a provider by its source, and configures it with lines of HCL.
func Preamble(source, provider string) string {
	_, name, _ := strings.Cut(source, "/")
	return fmt.Sprintf("terraform {\n  required_providers {\n    %[1]s = {\n      source = %[2]q\n    }\n  }\n}\n\nprovider %[1]q {\n%[3]s}\n",
		name, source, provider)
}

// Configuration is a main.tf with the resources. provider is what the provider block holds.
func Configuration(provider string, resources ...Resource) string {
	var b strings.Builder
	b.WriteString(Preamble("devtron-labs/devtron", provider))
	for _, r := range resources {
		fmt.Fprintf(&b, "\nresource \"devtron_gitops_config\" %q {\n  git_provider = %q\n", r.Name, r.Provider)
		for _, argument := range slices.Sorted(maps.Keys(r.Arguments)) {
			fmt.Fprintf(&b, "  %s = %s\n", argument, r.Arguments[argument])
		}
		b.WriteString("}\n")
	}
	return b.String()
}

// Environment lets the provider find the sandbox's Devtron, and under its public name Bitbucket, whose address cannot be
// configured. A file that it needs is put into dir.
func Environment(box *sandbox.Sandbox, dir string) (map[string]string, error) {
	authority := filepath.Join(dir, "proxy-ca.pem")
	if err := os.WriteFile(authority, []byte(box.Proxy.CACertificate()), 0o600); err != nil {
		return nil, err
	}
	return map[string]string{
		"DEVTRON_URL":       box.Devtron.URL(),
		"DEVTRON_API_TOKEN": box.Devtron.AdminToken(),
		"HTTPS_PROXY":       box.Proxy.URL(),
		"SSL_CERT_FILE":     authority,
	}, nil
}

// Servers are the sandbox's servers by the names that its log uses.
func Servers(box *sandbox.Sandbox) map[string]*sandbox.Server {
	return map[string]*sandbox.Server{
		"devtron": box.Devtron.Server, "github": box.GitHub.Server, "gitlab": box.GitLab.Server,
		"azure": box.Azure.Server, "bitbucket": box.Bitbucket.Server,
	}
}

// Secrets are the tokens that must not be seen anywhere.
func Secrets(box *sandbox.Sandbox) []string {
	return []string{
		box.Devtron.AdminToken(), box.GitHub.Token(), box.GitLab.Token(), box.Azure.Token(), box.Bitbucket.Token(),
	}
}
