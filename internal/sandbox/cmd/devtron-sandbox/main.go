// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// The devtron-sandbox command runs an embedded Devtron with everything that it talks to until it is interrupted: GitHub,
// GitLab, Azure DevOps, Bitbucket Cloud, a Kubernetes cluster, a container registry, and a chart repository.
//
//	go run ./internal/sandbox/cmd/devtron-sandbox > sandbox.env &
//	. ./sandbox.env
//
// It prints addresses and tokens as shell commands or, with -json, as one JSON object on one line.
//
// The public names of the git hosts, such as Bitbucket Cloud's, are available through a proxy:
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

1. Run "make install", and paste the export commands above.
2. Create a folder with this main.tf, and run "terraform init" in it:

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

3. The token check refuses a token without scopes:

     TF_VAR_token=$SANDBOX_GITHUB_TOKEN_WITHOUT_SCOPES terraform plan

   A token with all scopes passes:

     TF_VAR_token=$SANDBOX_GITHUB_TOKEN terraform apply
`

// Tokens of existing users that lack every scope. They are concatenated so that scanners do not
// report them as leaked.
var (
	githubTokenWithoutScopes = "ghp_" + strings.Repeat("none", 9)
	gitlabTokenWithoutScopes = "glpat-" + strings.Repeat("none", 5)
)

// run starts the sandbox, describes it, and waits until the context ends.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var o sandbox.Options
	flags := flag.NewFlagSet("devtron-sandbox", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.Addr, "addr", "127.0.0.1", "`host` to listen on")
	flags.IntVar(&o.DevtronPort, "devtron-port", 0, "`port` of Devtron (0: a free one)")
	flags.IntVar(&o.GitHubPort, "github-port", 0, "`port` of GitHub (0: a free one)")
	flags.IntVar(&o.GitLabPort, "gitlab-port", 0, "`port` of GitLab (0: a free one)")
	flags.IntVar(&o.AzurePort, "azure-port", 0, "`port` of Azure DevOps (0: a free one)")
	flags.IntVar(&o.BitbucketPort, "bitbucket-port", 0, "`port` of Bitbucket (0: a free one)")
	flags.IntVar(&o.ClusterPort, "cluster-port", 0, "`port` of the Kubernetes cluster (0: a free one)")
	flags.IntVar(&o.RegistryPort, "registry-port", 0, "`port` of the container registry (0: a free one)")
	flags.IntVar(&o.ChartsPort, "charts-port", 0, "`port` of the chart repository (0: a free one)")
	flags.IntVar(&o.ProxyPort, "proxy-port", 0, "`port` of the proxy for the public hosts (0: a free one)")
	flags.BoolVar(&o.TLS, "tls", false, "serve HTTPS with certificates of a CA made for this run")
	flags.BoolVar(&o.ClientAuth, "client-auth", false, "with -tls, demand a client certificate of that CA")
	flags.BoolVar(&o.ArgoCD, "argocd", false, "Argo CD is installed: a save makes a dry run at the git host")
	flags.DurationVar(&o.Race, "race", 0, "no lock: pause this `long` between reading and writing the table")
	asJSON := flags.Bool("json", false, "print one JSON object instead of shell commands")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if o.ClientAuth && !o.TLS {
		return errors.New("-client-auth needs -tls")
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
	if err := describe(s, *asJSON, stdout); err != nil {
		return err
	}
	if !*asJSON {
		fmt.Fprintf(stderr, hint, s.GitHub.URL(), sandbox.Organization, sandbox.Username)
	}
	<-ctx.Done()
	return nil
}

// variable is an environment variable for the user. The provider reads DEVTRON_* itself. The others
// have the prefix SANDBOX_, so that they do not change what other tools do.
type variable struct{ name, value string }

func describe(s *sandbox.Sandbox, asJSON bool, w io.Writer) error {
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

// quoted returns the value as one word of a POSIX shell.
func quoted(value string) string {
	return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}
