// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package kubernetes implements the part of a Kubernetes API server that Devtron uses when it adds
// a cluster or creates an environment. It uses TLS with its own CA.
package kubernetes

import (
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// Version is the gitVersion of a new cluster.
const Version = "v1.33.4"

// Cluster is an API server. Stop and Restart control its availability; a Fault with a Delay makes
// it slow.
type Cluster struct {
	*server.Server
	// CACertificate is the CA of the server certificate, in PEM format.
	CACertificate string
	// ClientCertificate and ClientKey authenticate an administrator. They are in PEM format.
	ClientCertificate, ClientKey string

	token, tokenWithoutRights string

	mu         sync.Mutex // guards the fields below
	tokens     map[string]bearerToken
	namespaces map[string]bool
	version    string
}

// bearerToken is a bearer token.
type bearerToken struct {
	admin   bool
	expires time.Time // zero: never
}

// Start starts a cluster. The name of the server in the request log is "kubernetes".
func Start(host string, port int, l *server.Log) (*Cluster, error) {
	pki, err := server.NewPKI(host)
	if err != nil {
		return nil, fmt.Errorf("create certificates: %w", err)
	}
	config := pki.ServerConfig(true)
	config.ClientAuth = tls.VerifyClientCertIfGiven
	c := &Cluster{
		Server:        server.New("kubernetes", l, server.Options{Address: server.Address(host, port), TLS: config}),
		CACertificate: pki.CACertificate, ClientCertificate: pki.ClientCertificate, ClientKey: pki.ClientKey,
		tokens: map[string]bearerToken{}, namespaces: map[string]bool{}, version: Version,
	}
	for _, name := range []string{"default", "kube-node-lease", "kube-public", "kube-system"} {
		c.AddNamespace(name)
	}
	c.token, c.tokenWithoutRights = c.IssueToken(true, time.Time{}), c.IssueToken(false, time.Time{})
	if err := c.Start(c); err != nil {
		return nil, err
	}
	return c, nil
}

// Token returns a token of a service account with the role cluster-admin. It never expires.
func (c *Cluster) Token() string { return c.token }

// TokenWithoutRights returns a token of a service account without role bindings. It never expires.
func (c *Cluster) TokenWithoutRights() string { return c.tokenWithoutRights }

// IssueToken returns a new service account token. If expires is zero, it never expires.
func (c *Cluster) IssueToken(admin bool, expires time.Time) string {
	claims := map[string]any{
		"iss": "kubernetes/serviceaccount", "sub": "system:serviceaccount:devtroncd:cd-user",
		"jti": server.RandomText("", 16),
	}
	if !expires.IsZero() {
		claims["exp"] = expires.Unix()
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	segment := base64.RawURLEncoding.EncodeToString
	text := segment([]byte(`{"alg":"RS256","typ":"JWT"}`)) + "." + segment(payload) + "." + server.RandomText("", 342)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tokens[text] = bearerToken{admin, expires}
	return text
}

// AddToken adds a token that never expires.
func (c *Cluster) AddToken(text string, admin bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tokens[text] = bearerToken{admin: admin}
}

// RevokeToken makes a token invalid.
func (c *Cluster) RevokeToken(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.tokens, text)
}

// SetVersion changes the Kubernetes version.
func (c *Cluster) SetVersion(version string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.version = version
}

// Namespaces returns the namespaces sorted by name.
func (c *Cluster) Namespaces() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	names := make([]string, 0, len(c.namespaces))
	for name := range c.namespaces {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// AddNamespace creates a namespace.
func (c *Cluster) AddNamespace(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.namespaces[name] = true
}

// RemoveNamespace deletes a namespace.
func (c *Cluster) RemoveNamespace(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.namespaces, name)
}
