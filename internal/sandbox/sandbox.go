// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package sandbox is an embedded Devtron for tests and for trying the provider. It includes all
// servers that Devtron talks to: git hosts, Kubernetes clusters, a container registry, and Helm
// chart repositories.
//
// Its replies are identical to those recorded from a real Devtron (devtron-labs/devtron after
// v2.2.0); the contract test replays the recordings. Tests can inject faults into each server, and
// every request is logged.
//
// This package starts the servers. The subpackages implement them:
//
//   - devtron is the API server, with a package for each area of the API.
//   - githost contains the git hosts.
//   - kubernetes, registry and charts are the other servers that Devtron talks to.
//   - server contains what all servers share: listeners, TLS, faults, the request log, and a proxy
//     for the public names of the git hosts.
package sandbox

import (
	"fmt"
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
	// TLS enables HTTPS with certificates of a new CA. Clusters always use HTTPS with a CA of their
	// own, and chart repositories never do.
	TLS bool
	// ClientAuth, with TLS, requires a client certificate of that CA.
	ClientAuth bool
	// ArgoCD installs the module argo-cd, so that saving a GitOps configuration makes a dry run.
	ArgoCD bool
	// Race, when above zero, removes the lock that a real Devtron does not have, and pauses this long
	// between a check and the write that follows it.
	Race time.Duration
	// Addr is the host to listen on; the default is 127.0.0.1.
	Addr string
	// DevtronPort and the others are the ports to listen on; 0 selects a free one.
	DevtronPort, GitHubPort, GitLabPort, AzurePort, BitbucketPort, ProxyPort, ClusterPort, RegistryPort, ChartsPort int
	// AllowViolations keeps ForTest from failing a test because of Devtron.Violations.
	AllowViolations bool
}

// Sandbox is a Devtron, the servers that it talks to, and one log of their requests.
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

	mu       sync.Mutex // guards the field below
	clusters []*Cluster
}

// TB is the part of testing.TB that ForTest uses, so that the program does not import testing.
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
			return nil, fmt.Errorf("make certificates: %w", err)
		}
		opts.TLS = pki.ServerConfig(o.ClientAuth)
		s.CACertificate, s.ClientCertificate, s.ClientKey = pki.CACertificate, pki.ClientCertificate, pki.ClientKey
	}
	on := func(name string, port int) *server.Server {
		opts.Address = server.Address(o.Addr, port)
		return server.New(name, s.Log, opts)
	}

	s.GitHub = github.New(on("github", o.GitHubPort))
	s.GitLab = gitlab.New(on("gitlab", o.GitLabPort))
	s.Azure = azure.New(on("azure", o.AzurePort))
	s.Bitbucket = bitbucket.New(on("bitbucket", o.BitbucketPort))
	s.Registry = registry.New(on("registry", o.RegistryPort))
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
	s.Devtron = devtron.New(on("devtron", o.DevtronPort), s.Proxy, s.Home)
	s.Devtron.SetArgoCD(o.ArgoCD)
	s.Devtron.SetRace(o.Race)

	for _, start := range []func() error{
		func() error { return s.GitHub.Start(s.GitHub) },
		func() error { return s.GitLab.Start(s.GitLab) },
		func() error { return s.Azure.Start(s.Azure) },
		func() error { return s.Bitbucket.Start(s.Bitbucket) },
		func() error { return s.Registry.Start(s.Registry) },
		func() error { return s.Charts.Start(s.Charts) },
		func() error { return s.Devtron.Start(s.Devtron) },
	} {
		if err := start(); err != nil {
			s.Close()
			return nil, err
		}
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
	s.clusters = append(s.clusters, c)
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
			s.Devtron.Stop()
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, c := range s.clusters {
			c.Stop()
		}
		s.GitHub.Stop()
		s.GitLab.Stop()
		s.Azure.Stop()
		s.Bitbucket.Stop()
		s.Registry.Stop()
		s.Charts.Stop()
		s.Proxy.Close()
	})
}
