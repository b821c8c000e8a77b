// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package sandbox is an embedded Devtron with a GitHub, a GitLab, an Azure DevOps and a Bitbucket Cloud beside it, for tests and
// for trying the provider out.
//
// Its Devtron answers byte for byte as a real one was recorded (devtron-labs/devtron after v2.2.0), quirks included; the
// contract test replays those recordings. Faults can be injected into each server, and every request is logged.
package sandbox

import (
	"fmt"
	"net"
	"sync"
	"time"
)

const (
	// Organization is the GitHub organization that the ready-made GitHub token administers.
	Organization = "acme-gitops"
	// GroupID is the GitLab group that the ready-made GitLab token owns.
	GroupID = 61512475
	// Username is the owner of all ready-made tokens.
	Username = "acme-bot"
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
	opts := serverOptions{}
	if o.TLS {
		pki, err := newPKI(o.Addr)
		if err != nil {
			return nil, fmt.Errorf("make certificates: %w", err)
		}
		opts.tls = pki.serverConfig(o.ClientAuth)
		s.CACertificate, s.ClientCertificate, s.ClientKey = pki.caPEM, pki.clientPEM, pki.clientKeyPEM
	}
	on := func(port int) serverOptions {
		opts.address = net.JoinHostPort(o.Addr, fmt.Sprint(port))
		return opts
	}

	github := newServer("github", s.Log, on(o.GitHubPort))
	s.GitHub = newGitHub(github)
	gitlab := newServer("gitlab", s.Log, on(o.GitLabPort))
	s.GitLab = newGitLab(gitlab)
	azure := newServer("azure", s.Log, on(o.AzurePort))
	s.Azure = newAzure(azure)
	bitbucket := newServer("bitbucket", s.Log, on(o.BitbucketPort))
	s.Bitbucket = newBitbucket(bitbucket)
	devtron := newServer("devtron", s.Log, on(o.DevtronPort))
	s.Devtron = newDevtron(devtron, o)

	var err error
	for _, err = range []error{
		github.start(s.GitHub), gitlab.start(s.GitLab), azure.start(s.Azure), bitbucket.start(s.Bitbucket),
	} {
		if err != nil {
			s.Close()
			return nil, err
		}
	}
	s.Proxy, err = newProxy(net.JoinHostPort(o.Addr, fmt.Sprint(o.ProxyPort)), map[string]*Server{
		"api.bitbucket.org": bitbucket, "bitbucket.org": bitbucket, "dev.azure.com": azure,
		"api.github.com": github, "github.com": github, "gitlab.com": gitlab,
	})
	if err == nil {
		s.Devtron.proxy = s.Proxy
		err = devtron.start(s.Devtron)
	}
	if err != nil {
		s.Close()
		return nil, err
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
		if s.Proxy != nil {
			s.Proxy.Close()
		}
	})
}
