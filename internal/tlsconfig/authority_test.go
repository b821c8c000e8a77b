// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package tlsconfig

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"slices"
	"testing"
	"time"
)

// authority signs certificates that are valid until its time.
type authority struct {
	PEM         string
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	chain       [][]byte // the intermediates down to this one
	until       time.Time
}

func newAuthority(t *testing.T, name string) authority {
	t.Helper()
	a := authority{until: time.Now().Add(time.Hour)}
	a.certificate, a.key = sign(t, &x509.Certificate{Subject: pkix.Name{CommonName: name}, IsCA: true, NotAfter: a.until}, authority{})
	a.PEM = encode("CERTIFICATE", a.certificate.Raw)
	return a
}

// intermediate is an authority that this one signs.
func (a authority) intermediate(t *testing.T) authority {
	t.Helper()
	b := authority{until: a.until}
	b.certificate, b.key = sign(t, &x509.Certificate{Subject: pkix.Name{CommonName: "intermediate"}, IsCA: true, NotAfter: a.until}, a)
	b.chain = append(slices.Clone(a.chain), b.certificate.Raw)
	return b
}

// leaf is a server's certificate for a name or an address, with the intermediates unless it is to
// be alone.
func (a authority) leaf(t *testing.T, name string, alone ...string) tls.Certificate {
	t.Helper()
	template := &x509.Certificate{NotAfter: a.until, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	if ip := net.ParseIP(name); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{name}
	}
	certificate, key := sign(t, template, a)
	chain := [][]byte{certificate.Raw}
	if len(alone) == 0 {
		chain = append(chain, a.chain...)
	}
	return tls.Certificate{Certificate: chain, PrivateKey: key}
}

func (a authority) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.certificate)
	return pool
}

func sign(t *testing.T, template *x509.Certificate, by authority) (*x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template.SerialNumber = big.NewInt(time.Now().UnixNano())
	template.NotBefore = time.Now().Add(-24 * time.Hour)
	template.BasicConstraintsValid = true
	if by.key == nil {
		by.certificate, by.key = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, by.certificate, key.Public(), by.key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return certificate, key
}

// pair is a certificate with its key in PEM form.
func pair(t *testing.T, c tls.Certificate) (certificate, key string) {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(c.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	return encode("CERTIFICATE", c.Certificate[0]), encode("PRIVATE KEY", der)
}

func encode(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func discard() *log.Logger { return log.New(io.Discard, "", 0) }
