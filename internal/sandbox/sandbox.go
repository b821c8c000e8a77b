// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package sandbox is an embedded Devtron with a GitHub, a GitLab, an Azure DevOps and a Bitbucket Cloud beside it, for tests and
// for trying the provider out.
//
// Its Devtron answers byte for byte as a real one was recorded (devtron-labs/devtron after v2.2.0), quirks included; the
// contract test replays those recordings. Faults can be injected into each server, and every request is logged.
//
// This package puts the servers together. Package devtron is the API server, with a package for each of its areas; githost has
// the git hosts and kubernetes the clusters; package server is what all of them have in common: listening, faults, the request log and the proxy.
package sandbox

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/azure"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/bitbucket"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/github"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/gitlab"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/kubernetes"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// Options of Start. The zero value is plain HTTP on free loopback ports, with Argo CD not installed.
type Options struct {
	// TLS serves all of them over HTTPS, with certificates of a CA made for this sandbox.
	TLS bool
	// ClientAuth, with TLS, demands a client certificate of that CA.
	ClientAuth bool
	// ArgoCD says that Devtron's module argo-cd is installed, so that a save makes a dry run.
	ArgoCD bool
	// Race, when above zero, takes Devtron's lock away and makes it pause this long between reading and writing its table.
	Race time.Duration
	// Addr is the host to listen on, 127.0.0.1 by default.
	Addr string
	// DevtronPort and the others are the ports to listen on; 0 takes a free one.
	DevtronPort, GitHubPort, GitLabPort, AzurePort, BitbucketPort, ProxyPort, ClusterPort int
	// Careless lets ForTest pass a test in which Devtron got requests that a careful client does not send: see Devtron.Violations.
	Careless bool
}

// Sandbox is a Devtron, four git hosts and two Kubernetes clusters, with one log of what they were asked.
type Sandbox struct {
	Devtron   *Devtron
	GitHub    *GitHub
	GitLab    *GitLab
	Azure     *Azure
	Bitbucket *Bitbucket
	Proxy     *Proxy
	// Cluster is a Kubernetes cluster that Devtron does not know yet, and Home the one that it runs in: its default_cluster.
	Cluster, Home *Cluster
	Log           *Log
	// CACertificate, ClientCertificate and ClientKey are PEM, and empty without TLS.
	CACertificate, ClientCertificate, ClientKey string

	host  string // to listen on
	close sync.Once

	mu       sync.Mutex // guards the field below
	clusters []*Cluster
}

// TB is the part of testing.TB that ForTest wants, so that the program does not import testing.
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

// StartCluster starts one more Kubernetes cluster, which stops with the sandbox.
func (s *Sandbox) StartCluster(t TB) *Cluster {
	t.Helper()
	c, err := s.startCluster(0)
	if err != nil {
		t.Fatalf("start a cluster: %v", err)
	}
	return c
}

// ForTest starts a sandbox that is closed when the test ends. The test fails where Devtron got a request that a careful client
// does not send, unless Options.Careless is set.
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
		if violations := s.Devtron.Violations(); len(violations) > 0 && !options.Careless {
			t.Errorf("requests that a careful client does not send:\n%s", strings.Join(violations, "\n"))
		}
	})
	return s
}

// Close stops the servers and waits for requests under way. It may be called more than once.
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
		s.Proxy.Close()
	})
}
