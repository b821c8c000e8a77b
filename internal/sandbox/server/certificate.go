// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"time"
)

// PKI is the CA of a sandbox, with a server certificate and a client certificate.
type PKI struct {
	ca                                          *x509.Certificate
	caKey                                       *ecdsa.PrivateKey
	server                                      tls.Certificate
	roots                                       *x509.CertPool
	CACertificate, ClientCertificate, ClientKey string
}

// NewPKI creates a CA and issues both certificates. The server certificate is valid for localhost
// and the host.
func NewPKI(host string) (*PKI, error) {
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	ca := certificateTemplate("Sandbox CA", 1)
	ca.IsCA, ca.BasicConstraintsValid, ca.KeyUsage = true, true, x509.KeyUsageCertSign
	der, err := x509.CreateCertificate(rand.Reader, ca, ca, caKey.Public(), caKey)
	if err != nil {
		return nil, err
	}
	if ca, err = x509.ParseCertificate(der); err != nil {
		return nil, err
	}
	p := &PKI{ca: ca, caKey: caKey, CACertificate: pemText("CERTIFICATE", der), roots: x509.NewCertPool()}
	p.roots.AddCert(ca)

	server := certificateTemplate("sandbox server", 2)
	server.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	server.DNSNames = []string{"localhost"}
	server.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	if ip := net.ParseIP(host); ip != nil {
		server.IPAddresses = append(server.IPAddresses, ip)
	} else {
		server.DNSNames = append(server.DNSNames, host)
	}
	serverPEM, serverKeyPEM, err := issue(server, ca, caKey)
	if err != nil {
		return nil, err
	}
	if p.server, err = tls.X509KeyPair([]byte(serverPEM), []byte(serverKeyPEM)); err != nil {
		return nil, err
	}

	client := certificateTemplate("sandbox client", 3)
	client.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	p.ClientCertificate, p.ClientKey, err = issue(client, ca, caKey)
	return p, err
}

// CertificateFor issues a server certificate for a host name.
func (p *PKI) CertificateFor(name string) (tls.Certificate, error) {
	server := certificateTemplate(name, time.Now().UnixNano())
	server.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	server.DNSNames = []string{name}
	certificate, key, err := issue(server, p.ca, p.caKey)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.X509KeyPair([]byte(certificate), []byte(key))
}

// ServerConfig returns the TLS configuration of a server. With clientAuth, the server requires a
// client certificate from the CA.
func (p *PKI) ServerConfig(clientAuth bool) *tls.Config {
	c := &tls.Config{Certificates: []tls.Certificate{p.server}, MinVersion: tls.VersionTLS12}
	if clientAuth {
		c.ClientAuth, c.ClientCAs = tls.RequireAndVerifyClientCert, p.roots
	}
	return c
}

func certificateTemplate(name string, serial int64) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(serial),
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(365 * 24 * time.Hour),
		KeyUsage:     x509.KeyUsageDigitalSignature,
	}
}

func issue(template, ca *x509.Certificate, caKey *ecdsa.PrivateKey) (cert, key string, err error) {
	leafKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", "", err
	}
	der, err := x509.CreateCertificate(rand.Reader, template, ca, leafKey.Public(), caKey)
	if err != nil {
		return "", "", err
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(leafKey)
	if err != nil {
		return "", "", err
	}
	return pemText("CERTIFICATE", der), pemText("PRIVATE KEY", keyDER), nil
}

func pemText(blockType string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: blockType, Bytes: der}))
}
