// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// The devtron-sandbox command runs an embedded Devtron and the servers that it talks to: GitHub,
// GitLab, Azure DevOps, Bitbucket Cloud, a Kubernetes cluster, a container registry, and a chart
// repository. It runs until it is interrupted.
//
//	go run ./internal/sandbox/cmd/devtron-sandbox > sandbox.env &
//	. ./sandbox.env
//
// It prints addresses and tokens as shell commands, or with -json as a JSON object on a single
// line.
//
// A proxy makes the git hosts available under their public names, such as api.bitbucket.org:
//
//	echo "$SANDBOX_PROXY_CA_CERTIFICATE" > ca.pem
//	HTTPS_PROXY=$SANDBOX_PROXY_URL SSL_CERT_FILE=$PWD/ca.pem terraform plan
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "devtron-sandbox:", err)
		os.Exit(1)
	}
}

const hint = `
The sandbox is running; press Ctrl-C to stop it. To use it from another terminal:

1. Run "make install", and run the export commands above.
2. Create this main.tf in an empty folder, and run "terraform init":

     terraform {
       required_providers {
         devtron = {
           source = "devtron-labs/devtron"
         }
       }
     }

     variable "token" {
       sensitive = true
     }

     resource "devtron_gitops_config" "github" {
       git_provider = "GITHUB"
       host         = "%s"
       organization = "%s"
       username     = "%s"
       token        = var.token
     }

3. The token check rejects a token without scopes:

     TF_VAR_token=$SANDBOX_GITHUB_TOKEN_WITHOUT_SCOPES terraform plan

   A token with all scopes passes:

     TF_VAR_token=$SANDBOX_GITHUB_TOKEN terraform apply
`

// Tokens without the required scopes. They are concatenated so that scanners do not report them as
// leaked.
var (
	githubTokenWithoutScopes = "ghp_" + strings.Repeat("none", 9)
	gitlabTokenWithoutScopes = "glpat-" + strings.Repeat("none", 5)
)

// run starts the sandbox, prints its variables, and waits until the context ends.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var o sandbox.Options
	flags := flag.NewFlagSet("devtron-sandbox", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.Addr, "addr", "127.0.0.1", "`host` to listen on")
	flags.IntVar(&o.DevtronPort, "devtron-port", 0, "`port` of Devtron (0 selects a free port)")
	flags.IntVar(&o.GitHubPort, "github-port", 0, "`port` of GitHub (0 selects a free port)")
	flags.IntVar(&o.GitLabPort, "gitlab-port", 0, "`port` of GitLab (0 selects a free port)")
	flags.IntVar(&o.AzurePort, "azure-port", 0, "`port` of Azure DevOps (0 selects a free port)")
	flags.IntVar(&o.BitbucketPort, "bitbucket-port", 0, "`port` of Bitbucket (0 selects a free port)")
	flags.IntVar(&o.ClusterPort, "cluster-port", 0, "`port` of the Kubernetes cluster (0 selects a free port)")
	flags.IntVar(&o.RegistryPort, "registry-port", 0, "`port` of the container registry (0 selects a free port)")
	flags.IntVar(&o.ChartsPort, "charts-port", 0, "`port` of the chart repository (0 selects a free port)")
	flags.IntVar(&o.ProxyPort, "proxy-port", 0, "`port` of the proxy for the public hosts (0 selects a free port)")
	flags.BoolVar(&o.TLS, "tls", false, "serve HTTPS with certificates from a new CA")
	flags.BoolVar(&o.ClientAuth, "client-auth", false, "with -tls, require a client certificate from that CA")
	flags.BoolVar(&o.ArgoCD, "argocd", false, "install Argo CD, so that Devtron performs a dry run before it saves a configuration")
	flags.DurationVar(&o.Race, "race", 0, "remove the lock, and pause for this `duration` between a check and a write")
	asJSON := flags.Bool("json", false, "print one JSON object instead of shell commands")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if o.ClientAuth && !o.TLS {
		return errors.New("-client-auth requires -tls")
	}
	s, err := sandbox.Start(o)
	if err != nil {
		return err
	}
	defer s.Close()
	s.GitHub.AddToken(sandbox.GitHubToken{
		Token: githubTokenWithoutScopes, Login: sandbox.Username, Roles: map[string]string{sandbox.Organization: "admin"},
	})
	s.GitLab.AddToken(sandbox.GitLabToken{
		Token: gitlabTokenWithoutScopes, Username: sandbox.Username, Scopes: []string{"read_user"}, Levels: map[int]int{sandbox.GroupID: 50},
	})
	if err := printVariables(s, *asJSON, stdout); err != nil {
		return err
	}
	if !*asJSON {
		fmt.Fprintf(stderr, hint, s.GitHub.URL(), sandbox.Organization, sandbox.Username)
	}
	<-ctx.Done()
	return nil
}

// variable is an environment variable for the user. The provider reads DEVTRON_*. The others have
// the prefix SANDBOX_, so that they do not affect other tools.
type variable struct{ name, value string }

func printVariables(s *sandbox.Sandbox, asJSON bool, w io.Writer) error {
	variables := []variable{
		{"DEVTRON_URL", s.Devtron.URL()},
		{"DEVTRON_API_TOKEN", s.Devtron.AdminToken()},
		{"SANDBOX_POWERLESS_API_TOKEN", s.Devtron.PowerlessToken()},
		{"SANDBOX_GITHUB_URL", s.GitHub.URL()},
		{"SANDBOX_GITHUB_TOKEN", s.GitHub.Token()},
		{"SANDBOX_GITHUB_TOKEN_WITHOUT_SCOPES", githubTokenWithoutScopes},
		{"SANDBOX_GITHUB_ORGANIZATION", sandbox.Organization},
		{"SANDBOX_GITLAB_URL", s.GitLab.URL()},
		{"SANDBOX_GITLAB_TOKEN", s.GitLab.Token()},
		{"SANDBOX_GITLAB_TOKEN_WITHOUT_SCOPES", gitlabTokenWithoutScopes},
		{"SANDBOX_GITLAB_GROUP_ID", fmt.Sprint(sandbox.GroupID)},
		{"SANDBOX_USERNAME", sandbox.Username},
		{"SANDBOX_AZURE_HOST", s.Azure.URL() + "/" + sandbox.AzureOrganization},
		{"SANDBOX_AZURE_TOKEN", s.Azure.Token()},
		{"SANDBOX_AZURE_PROJECT", sandbox.AzureProject},
		{"SANDBOX_BITBUCKET_URL", s.Bitbucket.URL()},
		{"SANDBOX_BITBUCKET_TOKEN", s.Bitbucket.Token()},
		{"SANDBOX_BITBUCKET_USERNAME", sandbox.BitbucketUsername},
		{"SANDBOX_BITBUCKET_WORKSPACE_ID", sandbox.BitbucketWorkspace},
		{"SANDBOX_BITBUCKET_PROJECT_KEY", sandbox.BitbucketProjectKey},
		{"SANDBOX_CLUSTER_URL", s.Cluster.URL()},
		{"SANDBOX_CLUSTER_TOKEN", s.Cluster.Token()},
		{"SANDBOX_CLUSTER_TOKEN_WITHOUT_RIGHTS", s.Cluster.TokenWithoutRights()},
		{"SANDBOX_CLUSTER_CA", s.Cluster.CACertificate},
		{"SANDBOX_CHART_REPOSITORY_URL", s.Charts.PublicURL()},
		{"SANDBOX_REGISTRY_URL", s.Registry.URL()},
		{"SANDBOX_REGISTRY_USERNAME", sandbox.RegistryUsername},
		{"SANDBOX_REGISTRY_PASSWORD", s.Registry.Password()},
		{"SANDBOX_PROXY_URL", s.Proxy.URL()},
		{"SANDBOX_PROXY_CA_CERTIFICATE", s.Proxy.CACertificate()},
	}
	if s.CACertificate != "" {
		variables = append(variables,
			variable{"DEVTRON_CA_CERTIFICATE", s.CACertificate},
			variable{"DEVTRON_CLIENT_CERTIFICATE", s.ClientCertificate},
			variable{"DEVTRON_CLIENT_KEY", s.ClientKey},
		)
	}
	if asJSON {
		object := map[string]string{}
		for _, v := range variables {
			object[v.name] = v.value
		}
		return json.NewEncoder(w).Encode(object)
	}
	for _, v := range variables {
		if _, err := fmt.Fprintf(w, "export %s=%s\n", v.name, quoted(v.value)); err != nil {
			return err
		}
	}
	return nil
}

// quoted returns the value as a single word for a POSIX shell.
func quoted(value string) string {
	return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}
