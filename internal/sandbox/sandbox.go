// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/charts"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/azure"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/bitbucket"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/github"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/gitlab"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/kubernetes"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/registry"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// Options configures Start. The zero value is plain HTTP on free loopback ports, without Argo CD.
type Options struct {
	// TLS enables HTTPS with certificates of a new CA. Clusters always use HTTPS with their own CA.
	// Chart repositories never use HTTPS.
	TLS bool
	// ClientAuth, with TLS, requires a client certificate from that CA.
	ClientAuth bool
	// ArgoCD installs the module argo-cd, so that Devtron performs a dry run before it saves a
	// GitOps configuration.
	ArgoCD bool
	// Race, when above zero, removes the lock that a real Devtron does not have, and pauses this
	// long between a check and the write that follows it.
	Race time.Duration
	// Addr is the host to listen on; the default is 127.0.0.1.
	Addr string
	// DevtronPort and the others are the ports to listen on; 0 selects a free one.
	DevtronPort, GitHubPort, GitLabPort, AzurePort, BitbucketPort, ProxyPort, ClusterPort, RegistryPort, ChartsPort int
	// AllowViolations prevents ForTest from failing the test because of Devtron.Violations.
	AllowViolations bool
}

// Sandbox is a Devtron, the servers that it talks to, and a common log of all requests.
type Sandbox struct {
	Devtron   *Devtron
	GitHub    *GitHub
	GitLab    *GitLab
	Azure     *Azure
	Bitbucket *Bitbucket
	Proxy     *Proxy
	// Cluster is a Kubernetes cluster that is not in Devtron yet. Home is the cluster that Devtron
	// runs in, its default_cluster.
	Cluster, Home *Cluster
	// Registry is a container registry. Charts is a server with Helm chart repositories.
	Registry *Registry
	Charts   *Charts
	Log      *Log
	// CACertificate, ClientCertificate and ClientKey are in PEM format. They are empty without TLS.
	CACertificate, ClientCertificate, ClientKey string

	host  string // to listen on
	close sync.Once

	mu      sync.Mutex // guards the field below
	started []component
}

// component is a server of the sandbox.
type component interface {
	http.Handler
	Start(http.Handler) error
	Stop()
}

// TB is the part of testing.TB that ForTest uses, so that the command does not depend on package
// testing.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
	Cleanup(func())
}

// Start starts all servers. Close stops them.
func Start(o Options) (*Sandbox, error) {
	if o.Addr == "" {
		o.Addr = "127.0.0.1"
	}
	s := &Sandbox{Log: &Log{}, host: o.Addr}
	opts := server.Options{}
	if o.TLS {
		pki, err := server.NewPKI(o.Addr)
		if err != nil {
			return nil, fmt.Errorf("create certificates: %w", err)
		}
		opts.TLS = pki.ServerConfig(o.ClientAuth)
		s.CACertificate, s.ClientCertificate, s.ClientKey = pki.CACertificate, pki.ClientCertificate, pki.ClientKey
	}
	newServer := func(name string, port int) *server.Server {
		opts.Address = server.Address(o.Addr, port)
		return server.New(name, s.Log, opts)
	}

	s.GitHub = github.New(newServer("github", o.GitHubPort))
	s.GitLab = gitlab.New(newServer("gitlab", o.GitLabPort))
	s.Azure = azure.New(newServer("azure", o.AzurePort))
	s.Bitbucket = bitbucket.New(newServer("bitbucket", o.BitbucketPort))
	s.Registry = registry.New(newServer("registry", o.RegistryPort))
	s.Charts = charts.New(server.New("charts", s.Log, server.Options{Address: server.Address(o.Addr, o.ChartsPort)}))
	var err error
	s.Proxy, err = server.NewProxy(server.Address(o.Addr, o.ProxyPort), map[string]*server.Server{
		"api.bitbucket.org": s.Bitbucket.Server, "bitbucket.org": s.Bitbucket.Server, "dev.azure.com": s.Azure.Server,
		"api.github.com": s.GitHub.Server, "github.com": s.GitHub.Server, "gitlab.com": s.GitLab.Server,
	})
	if err != nil {
		return nil, err
	}
	if s.Home, err = s.startCluster(0); err == nil {
		s.Cluster, err = s.startCluster(o.ClusterPort)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	s.Devtron = devtron.New(newServer("devtron", o.DevtronPort), s.Proxy, s.Home)
	s.Devtron.SetArgoCD(o.ArgoCD)
	s.Devtron.SetRace(o.Race)

	for _, c := range []component{s.GitHub, s.GitLab, s.Azure, s.Bitbucket, s.Registry, s.Charts, s.Devtron} {
		if err := c.Start(c); err != nil {
			s.Close()
			return nil, err
		}
		s.started = append(s.started, c)
	}
	return s, nil
}

// startCluster starts a cluster that Close stops.
func (s *Sandbox) startCluster(port int) (*Cluster, error) {
	c, err := kubernetes.Start(s.host, port, s.Log)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.started = append(s.started, c)
	return c, nil
}

// StartCluster starts another Kubernetes cluster, which stops with the sandbox.
func (s *Sandbox) StartCluster(t TB) *Cluster {
	t.Helper()
	c, err := s.startCluster(0)
	if err != nil {
		t.Fatalf("start a cluster: %v", err)
	}
	return c
}

// ForTest starts a sandbox and closes it when the test ends. The test fails if Devtron.Violations
// is not empty, unless Options.AllowViolations is set.
func ForTest(t TB, o ...Options) *Sandbox {
	t.Helper()
	var options Options
	if len(o) > 0 {
		options = o[0]
	}
	s, err := Start(options)
	if err != nil {
		t.Fatalf("start the sandbox: %v", err)
	}
	t.Cleanup(func() {
		t.Helper()
		s.Close()
		if violations := s.Devtron.Violations(); len(violations) > 0 && !options.AllowViolations {
			t.Errorf("requests with unintended effects:\n%s", strings.Join(violations, "\n"))
		}
	})
	return s
}

// Close stops the servers and waits for pending requests. Further calls have no effect.
func (s *Sandbox) Close() {
	s.close.Do(func() {
		if s.Devtron != nil {
			s.Devtron.Stop() // first, because its requests wait for the other servers
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, c := range s.started {
			c.Stop()
		}
		s.Proxy.Close()
	})
}
