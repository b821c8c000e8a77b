// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package sandbox is an embedded Devtron with a GitHub, a GitLab, an Azure DevOps and a Bitbucket Cloud beside it, for tests and
// for trying the provider out.
//
// Its Devtron answers byte for byte as a real one was recorded (devtron-labs/devtron after v2.2.0), quirks included; the
// contract test replays those recordings. Faults can be injected into each server, and every request is logged.
//
// This package puts the servers together. Package devtron is the API server, with a package for each of its areas; githost has
// the git hosts; package server is what all of them have in common: listening, faults, the request log and the proxy.
package sandbox

import (
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/azure"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/bitbucket"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/github"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/githost/gitlab"
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
	DevtronPort, GitHubPort, GitLabPort, AzurePort, BitbucketPort, ProxyPort int
}

// Sandbox is a Devtron and four git hosts with one log of what they were asked.
type Sandbox struct {
	Devtron   *Devtron
	GitHub    *GitHub
	GitLab    *GitLab
	Azure     *Azure
	Bitbucket *Bitbucket
	Proxy     *Proxy
	Log       *Log
	// CACertificate, ClientCertificate and ClientKey are PEM, and empty without TLS.
	CACertificate, ClientCertificate, ClientKey string

	close sync.Once
}

// TB is the part of testing.TB that ForTest wants, so that the program does not import testing.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// Start starts all servers. Close stops them.
func Start(o Options) (*Sandbox, error) {
	if o.Addr == "" {
		o.Addr = "127.0.0.1"
	}
	s := &Sandbox{Log: &Log{}}
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
		opts.Address = net.JoinHostPort(o.Addr, fmt.Sprint(port))
		return server.New(name, s.Log, opts)
	}

	s.GitHub = github.New(on("github", o.GitHubPort))
	s.GitLab = gitlab.New(on("gitlab", o.GitLabPort))
	s.Azure = azure.New(on("azure", o.AzurePort))
	s.Bitbucket = bitbucket.New(on("bitbucket", o.BitbucketPort))
	var err error
	s.Proxy, err = server.NewProxy(net.JoinHostPort(o.Addr, fmt.Sprint(o.ProxyPort)), map[string]*server.Server{
		"api.bitbucket.org": s.Bitbucket.Server, "bitbucket.org": s.Bitbucket.Server, "dev.azure.com": s.Azure.Server,
		"api.github.com": s.GitHub.Server, "github.com": s.GitHub.Server, "gitlab.com": s.GitLab.Server,
	})
	if err != nil {
		return nil, err
	}
	s.Devtron = devtron.New(on("devtron", o.DevtronPort), s.Proxy)
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

// ForTest starts a sandbox that is closed when the test ends.
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
	t.Cleanup(s.Close)
	return s
}

// Close stops the servers and waits for requests under way. It may be called more than once.
func (s *Sandbox) Close() {
	s.close.Do(func() {
		s.Devtron.Stop()
		s.GitHub.Stop()
		s.GitLab.Stop()
		s.Azure.Stop()
		s.Bitbucket.Stop()
		s.Proxy.Close()
	})
}
