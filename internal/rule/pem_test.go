// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package rule

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"
	"time"
)

// pairOf signs a certificate for a key and returns both as PEM, the key in PKCS #8.
func pairOf(t *testing.T, key crypto.Signer) (certificate, private string) {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pemText("CERTIFICATE", der), pemText("PRIVATE KEY", pkcs8)
}

func pemText(blockType string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: blockType, Bytes: der}))
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// The rules accept every text that TLS in Go accepts, which the test verifies.
func TestUsablePEM(t *testing.T) {
	t.Parallel()
	ec := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	rsaKey := must(rsa.GenerateKey(rand.Reader, 2048))
	_, ed, _ := ed25519.GenerateKey(rand.Reader)
	certificate, key := pairOf(t, ec)
	rsaCertificate, rsaPKCS8 := pairOf(t, rsaKey)
	edCertificate, edKey := pairOf(t, ed)
	parameters := "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
	unparsable := pemText("CERTIFICATE", []byte("no certificate"))
	withHeaders := func(text string) string {
		return strings.Replace(text, "-----\n", "-----\nComment: hello\n\n", 1)
	}
	for name, c := range map[string]struct{ certificate, key string }{
		"PKCS #8":                     {certificate, key},
		"SEC 1 with EC PARAMETERS":    {certificate, parameters + pemText("EC PRIVATE KEY", must(x509.MarshalECPrivateKey(ec)))},
		"PKCS #1":                     {rsaCertificate, pemText("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(rsaKey))},
		"RSA in PKCS #8":              {rsaCertificate, rsaPKCS8},
		"Ed25519":                     {edCertificate, edKey},
		"any name in front":           {certificate, strings.ReplaceAll(key, "PRIVATE KEY", "ANY PRIVATE KEY")},
		"text in front and behind":    {"Bag Attributes\n    friendlyName: x\nsubject=CN = test\n" + certificate + "\nend\n", "Bag Attributes: <Empty>\n" + key + "end"},
		"Windows line breaks":         {strings.ReplaceAll(certificate, "\n", "\r\n"), strings.ReplaceAll(key, "\n", "\r\n")},
		"white space around":          {"\n\n" + certificate + "\n \n", "\n" + strings.TrimSpace(key)},
		"a chain":                     {certificate + rsaCertificate + edCertificate, key},
		"a chain that is damaged":     {certificate + unparsable, key},
		"both in one text":            {certificate + key, certificate + key},
		"key first":                   {key + certificate, key + certificate},
		"two keys":                    {certificate, key + rsaPKCS8},
		"header lines":                {withHeaders(certificate), withHeaders(key)},
		"a request beside it":         {certificate + pemText("CERTIFICATE REQUEST", []byte("x")), key},
		"an unknown block in front":   {pemText("X509 CRL", []byte("x")) + certificate, pemText("DH PARAMETERS", []byte("x")) + key},
		"not the block, then a block": {"-----BEGIN CERTIFICATE-----\n" + certificate, key},
	} {
		if _, err := tls.X509KeyPair([]byte(c.certificate), []byte(c.key)); err != nil {
			t.Errorf("%s: TLS refuses the pair of the test: %v", name, err)
		}
		expectRules(t, Rules{ClientCertificate.Rule}, Argument{Name: "certificate of " + name}, c.certificate)
		expectRules(t, Rules{ClientKey.Rule}, Argument{Name: "key of " + name}, c.key)
	}
	for name, ca := range map[string]string{
		"one": certificate, "several": certificate + rsaCertificate, "unparsable ones in front": unparsable + unparsable + certificate, "a key in front": key + certificate,
		"one with header lines beside one without": withHeaders(certificate) + certificate, "text": "# Acme CA\n" + certificate + "# end", "Windows line breaks": strings.ReplaceAll(certificate, "\n", "\r\n"),
	} {
		if !x509.NewCertPool().AppendCertsFromPEM([]byte(ca)) {
			t.Errorf("%s: TLS refuses the CA of the test", name)
		}
		expectRules(t, Rules{CACertificate.Rule}, Argument{Name: "CA of " + name}, ca)
	}
}

// The rules refuse a text that TLS refuses, with advice that fits the problem.
func TestUnusablePEM(t *testing.T) {
	t.Parallel()
	certificate, key := pairOf(t, must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader)))
	x25519 := must(x509.MarshalPKCS8PrivateKey(must(ecdh.X25519().GenerateKey(rand.Reader))))
	inBase64 := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	der := func(text string) string {
		block, _ := pem.Decode([]byte(text))
		return base64.StdEncoding.EncodeToString(block.Bytes)
	}
	indented := func(text string) string {
		return "    " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n    ") + "\n"
	}
	damaged := strings.Replace(certificate, "MII", "AAA", 1)
	const fileHint = "file(\"ca.pem\")"
	for name, c := range map[string]struct {
		use           PEM
		value         string
		words, absent []string
	}{
		"file name":               {CACertificate, "ca.pem", []string{"not PEM text", fileHint}, nil},
		"path of a key":           {ClientKey, "/etc/ssl/key.pem", []string{"not PEM text", `file("client-key.pem")`}, nil},
		"empty":                   {CACertificate, "", []string{"is empty"}, []string{"file("}},
		"white space":             {CACertificate, " \n", []string{"is empty"}, []string{"file("}},
		"cut off":                 {CACertificate, certificate[:200], []string{"damaged", "-----END", "cut off"}, []string{"file("}},
		"not base64":              {CACertificate, strings.Replace(certificate, "M", "!", 1), []string{"damaged", "not base64"}, []string{"file("}},
		"other END":               {CACertificate, strings.Replace(certificate, "END CERTIFICATE", "END CERT", 1), []string{"damaged"}, []string{"file("}},
		"not a certificate":       {CACertificate, pemText("CERTIFICATE", []byte("x")), []string{"certificate that is damaged"}, []string{"file("}},
		"damaged in base64":       {ClientCertificate, damaged, []string{"certificate that is damaged"}, []string{"file("}},
		"damaged leaf of a chain": {ClientCertificate, pemText("CERTIFICATE", []byte("x")) + certificate, []string{"certificate that is damaged"}, []string{"file("}},
		"CA with header lines":    {CACertificate, strings.Replace(certificate, "-----\n", "-----\nComment: x\n\n", 1), []string{"header lines"}, []string{"file(", "damaged"}},
		"key for a certificate":   {CACertificate, key, []string{"PEM of type PRIVATE KEY", "certificate", "is needed"}, []string{"file("}},
		"certificate for a key":   {ClientKey, certificate, []string{"PEM of type CERTIFICATE", "private key", "is needed"}, []string{"file("}},
		"request":                 {ClientCertificate, pemText("CERTIFICATE REQUEST", []byte("x")), []string{"CERTIFICATE REQUEST"}, []string{"file("}},
		"PKCS #7":                 {CACertificate, pemText("PKCS7", []byte("x")), []string{"PKCS7"}, []string{"file("}},
		"encrypted PKCS #8":       {ClientKey, pemText("ENCRYPTED PRIVATE KEY", []byte("x")), []string{"encrypted with a passphrase", "openssl pkey"}, []string{"file("}},
		"encrypted PKCS #1":       {ClientKey, strings.Replace(pemText("RSA PRIVATE KEY", []byte("x")), "-----\n", "-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n", 1), []string{"encrypted with a passphrase"}, []string{"file("}},
		"OpenSSH":                 {ClientKey, pemText("OPENSSH PRIVATE KEY", []byte("x")), []string{"OpenSSH", "ssh-keygen"}, []string{"file("}},
		"unsupported type of key": {ClientKey, pemText("PRIVATE KEY", x25519), []string{"cannot be parsed"}, []string{"file("}},
		"damaged key":             {ClientKey, pemText("EC PRIVATE KEY", []byte("x")), []string{"cannot be parsed"}, []string{"file("}},
		`literal \n`:              {CACertificate, strings.ReplaceAll(certificate, "\n", `\n`), []string{`\n`, `replace(..., "\\n", "\n")`}, []string{"file("}},
		`literal \r\n`:            {ClientKey, strings.ReplaceAll(key, "\n", `\r\n`), []string{`\n`, `replace(`}, []string{"file("}},
		`literal \n in quotes`:    {ClientKey, `"` + strings.ReplaceAll(key, "\n", `\n`) + `"`, []string{"quotation marks", `replace(`}, []string{"file("}},
		"quotes":                  {CACertificate, `"` + certificate + `"`, []string{"quotation marks"}, []string{"file("}},
		"byte order mark":         {CACertificate, "\ufeff" + certificate, []string{"byte order mark", "trimprefix"}, nil},
		"indented":                {CACertificate, indented(certificate), []string{"white space at the beginning of lines", "<<-EOT"}, nil},
		"line breaks as spaces":   {ClientKey, strings.ReplaceAll(key, "\n", " "), []string{"lost its line breaks"}, nil},
		"no line breaks":          {CACertificate, strings.ReplaceAll(certificate, "\n", ""), []string{"lost its line breaks"}, nil},
		"carriage returns alone":  {CACertificate, strings.ReplaceAll(certificate, "\n", "\r"), []string{"lost its line breaks"}, nil},
		"base64":                  {CACertificate, inBase64(certificate), []string{"in base64", "base64decode(...)"}, []string{"file("}},
		"base64 in lines":         {ClientKey, inBase64(key)[:64] + "\n" + inBase64(key)[64:] + "\n", []string{"in base64", "base64decode(...)"}, []string{"file("}},
		"DER in base64":           {CACertificate, der(certificate), []string{"without the lines of PEM", "-----BEGIN CERTIFICATE-----"}, []string{"file("}},
		"key in DER in base64":    {ClientKey, der(key), []string{"without the lines of PEM", "-----BEGIN PRIVATE KEY-----"}, []string{"file("}},
	} {
		t.Run(name, func(t *testing.T) {
			expectRules(t, Rules{c.use.Rule}, Argument{Name: "tls.x"}, c.value, append(c.words, "Invalid PEM text", "The value of tls.x ")...)
			p := c.use.Rule(Argument{Name: "tls.x"}, c.value)
			for _, word := range c.absent {
				if p != nil && strings.Contains(p.Detail, word) {
					t.Errorf("the message contains %q: %s", word, p.Detail)
				}
			}
			p = c.use.Rule(Argument{Name: "x", Variable: "DEVTRON_X"}, c.value)
			if p == nil || !strings.Contains(p.Detail, "The environment variable DEVTRON_X ") {
				t.Errorf("the message does not name the variable: %v", p)
			} else if strings.Contains(p.Detail, "file(") || strings.Contains(p.Detail, "replace(") || strings.Contains(p.Detail, "base64decode") {
				t.Errorf("the advice is not for a variable: %s", p.Detail)
			}
		})
	}
	fromFile := Argument{Name: "ca_certificate", Variable: "DEVTRON_CA_CERTIFICATE"}
	expectRules(t, Rules{CACertificate.Rule}, fromFile, "ca.pem", `export DEVTRON_CA_CERTIFICATE="$(cat ca.pem)"`)
	expectRules(t, Rules{CACertificate.Rule}, fromFile, strings.ReplaceAll(certificate, "\n", `\n`), `printf '%b' "$DEVTRON_CA_CERTIFICATE"`)
	expectRules(t, Rules{CACertificate.Rule}, fromFile, inBase64(certificate), `printf %s "$DEVTRON_CA_CERTIFICATE" | base64 -d`)
	expectRules(t, Rules{CACertificate.Rule}, fromFile, strings.ReplaceAll(certificate, "\n", " "), `export DEVTRON_CA_CERTIFICATE="$(cat ca.pem)"`)
}

// No message contains a key.
func TestMessagesDoNotContainKey(t *testing.T) {
	t.Parallel()
	_, key := pairOf(t, must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader)))
	lines := strings.Split(key, "\n")
	for _, value := range []string{lines[1] + lines[2], key[:150], strings.ReplaceAll(key, "\n", `\n`), "!" + strings.Replace(key, "M", "!", 1), base64.StdEncoding.EncodeToString([]byte(key))} {
		p := ClientKey.Rule(Argument{Name: "client_key"}, value)
		if p == nil || strings.Contains(p.Detail, lines[1][:16]) || strings.Contains(p.Detail, base64.StdEncoding.EncodeToString([]byte(key))[:16]) {
			t.Errorf("%v", p)
		}
	}
}
