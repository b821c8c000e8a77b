// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package rule

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
)

// PEM is a use of a PEM text. Its rule accepts every text that TLS in Go accepts, because both this
// provider and Devtron use it.
type PEM struct {
	// noun names the content, and block its type.
	noun, block string
	// file is a file name for examples.
	file string
	// usable reports whether TLS in Go accepts the text.
	usable func(text string) bool
	// der reports whether the bytes are the content in DER.
	der func(bytes []byte) bool
}

// Types of PEM blocks.
const (
	certificateBlock = "CERTIFICATE"
	keyBlock         = "PRIVATE KEY"
)

// The PEM texts of a TLS configuration.
var (
	CACertificate = PEM{
		noun: "certificate", block: certificateBlock, file: "ca.pem", der: isCertificate,
		usable: func(text string) bool { return x509.NewCertPool().AppendCertsFromPEM([]byte(text)) },
	}
	ClientCertificate = PEM{
		noun: "certificate", block: certificateBlock, file: "client.pem", der: isCertificate,
		usable: func(text string) bool {
			leaf := firstBlock(text, certificateBlock)
			return leaf != nil && isCertificate(leaf.Bytes)
		},
	}
	ClientKey = PEM{
		noun: "private key", block: keyBlock, file: "client-key.pem", der: isKey,
		usable: func(text string) bool {
			key := firstBlock(text, keyBlock)
			return key != nil && isKey(key.Bytes)
		},
	}
)

func isCertificate(der []byte) bool {
	_, err := x509.ParseCertificate(der)
	return err == nil
}

// isKey reports whether tls.X509KeyPair accepts a private key.
func isKey(der []byte) bool {
	if _, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return true
	}
	if key, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		switch key.(type) {
		case *rsa.PrivateKey, *ecdsa.PrivateKey, ed25519.PrivateKey:
			return true
		}
		return false
	}
	_, err := x509.ParseECPrivateKey(der)
	return err == nil
}

// firstBlock returns the first block of a type.
func firstBlock(text, blockType string) *pem.Block {
	for _, block := range blocksOf(text) {
		if block.Type == blockType || blockType == keyBlock && strings.HasSuffix(block.Type, " "+blockType) {
			return block
		}
	}
	return nil
}

func blocksOf(text string) []*pem.Block {
	var blocks []*pem.Block
	rest := []byte(text)
	for {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return blocks
		}
		blocks = append(blocks, block)
	}
}

// Usable reports whether TLS in Go accepts the text.
func (k PEM) Usable(text string) bool { return k.usable(text) }

// Mismatch returns why TLS cannot use a client certificate and a key together; empty where it can,
// and where one of them is not usable by itself.
func Mismatch(certificate, key string) string {
	if !ClientCertificate.Usable(certificate) || !ClientKey.Usable(key) {
		return ""
	}
	if _, err := tls.X509KeyPair([]byte(certificate), []byte(key)); err != nil {
		return strings.TrimPrefix(err.Error(), "tls: ")
	}
	return ""
}

// Rule returns the problem of a text. It never quotes the text, because it may be a key.
func (k PEM) Rule(a Argument, value string) *Problem {
	if k.usable(value) {
		return nil
	}
	for _, explain := range []func(Argument, string) string{k.repairable, k.encoded, k.content, k.broken} {
		if reason := explain(a, value); reason != "" {
			return New("Invalid PEM text", a.Subject()+" "+reason)
		}
	}
	if strings.TrimSpace(value) == "" {
		return New("Invalid PEM text", a.Subject()+" is empty. Omit it, or set it to the PEM text of a "+k.noun+".")
	}
	how := fmt.Sprintf("If it is the name of a file, write file(%q).", k.file)
	if a.Variable != "" {
		how = fmt.Sprintf("If it is the name of a file, set the variable to the content: export %s=\"$(cat %s)\".", a.Variable, k.file)
	}
	return New("Invalid PEM text", a.Subject()+" is not PEM text: it has no line that begins with -----BEGIN. "+how)
}

// repairs undo, in this order, common damage of a PEM text.
var repairs = []struct {
	what           string
	undo           func(string) string
	fixed, inShell string
}{
	{
		what: "begins with a byte order mark", undo: func(s string) string { return strings.TrimPrefix(strings.TrimSpace(s), byteOrderMark) },
		fixed: `Save the file as UTF-8 without byte order mark, or use trimprefix(file("..."), "\ufeff").`, inShell: "Save the file that it comes from as UTF-8 without byte order mark.",
	},
	{
		what: "has quotation marks around it", undo: func(s string) string { return strings.Trim(strings.TrimSpace(s), `"'`) },
		fixed: "Remove them.", inShell: "Write the value without them.",
	},
	{
		what:  `has \n (a backslash and a letter) where line breaks belong`,
		undo:  func(s string) string { return strings.NewReplacer(`\r\n`, "\n", `\n`, "\n").Replace(s) },
		fixed: `Convert them: replace(..., "\\n", "\n").`, inShell: `Convert them: export NAME="$(printf '%b' "$NAME")".`,
	},
	{
		what: "has lost its line breaks, or has other white space at the beginning of lines", undo: withLineBreaks,
		fixed: `Read the text unchanged with file("..."), or indent a heredoc with <<-EOT.`, inShell: `Keep the quotation marks when you set it: export NAME="$(cat FILE)".`,
	},
}

// repairable explains a text that is usable after repairs.
func (k PEM) repairable(a Argument, value string) string {
	var what, how []string
	for _, repair := range repairs {
		repaired := repair.undo(value)
		if repaired == value || repaired == strings.TrimSpace(value) {
			continue
		}
		value = repaired
		what = append(what, repair.what)
		if a.Variable == "" {
			how = append(how, repair.fixed)
		} else {
			how = append(how, strings.NewReplacer("NAME", a.Variable, "FILE", k.file).Replace(repair.inShell))
		}
		if k.usable(value) {
			return strings.Join(what, " and ") + ". " + strings.Join(how, " ")
		}
	}
	return ""
}

// pemBlock matches a block, even if its line breaks are damaged.
var pemBlock = pattern.New(`(?s)-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END ([A-Z0-9 ]+)-----`)

// withLineBreaks restores the line breaks of each block.
func withLineBreaks(text string) string {
	return pemBlock.ReplaceAllStringFunc(text, func(block string) string {
		parts := pemBlock.FindStringSubmatch(block)
		return "\n-----BEGIN " + parts[1] + "-----\n" + strings.Join(strings.Fields(parts[2]), "\n") + "\n-----END " + parts[3] + "-----\n"
	})
}

// encoded explains a text that is usable after decoding it from base64.
func (k PEM) encoded(a Argument, value string) string {
	decoded, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(value), ""))
	switch {
	case err != nil:
		return ""
	case k.usable(string(decoded)) && a.Variable != "":
		return fmt.Sprintf("is the PEM text in base64. Decode it: export %s=\"$(printf %%s \"$%s\" | base64 -d)\".", a.Variable, a.Variable)
	case k.usable(string(decoded)):
		return "is the PEM text in base64. Decode it with base64decode(...)."
	case k.der(decoded):
		return fmt.Sprintf("is a %s without the lines of PEM around it. Put -----BEGIN %s----- and -----END %s----- on lines of their own before and after it.", k.noun, k.block, k.block)
	}
	return ""
}

// content explains a text whose blocks can be decoded but not used.
func (k PEM) content(_ Argument, value string) string {
	var blockTypes []string
	for _, block := range blocksOf(value) {
		if !slices.Contains(blockTypes, block.Type) {
			blockTypes = append(blockTypes, block.Type)
		}
	}
	block := firstBlock(value, k.block)
	switch {
	case len(blockTypes) == 0:
		return ""
	case block == nil:
		return fmt.Sprintf("holds PEM of type %s, but a %s (PEM of type %s) is needed.", strings.Join(blockTypes, ", "), k.noun, k.block)
	case strings.HasPrefix(block.Type, "ENCRYPTED") || strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED"):
		return "holds a private key that is encrypted with a passphrase, which nobody can enter here. Decrypt it: openssl pkey -in " + k.file + " -out decrypted.pem."
	case strings.HasPrefix(block.Type, "OPENSSH"):
		return "holds a private key in the form of OpenSSH, which TLS does not take. Convert it: ssh-keygen -p -m PKCS8 -f " + k.file + "."
	case k.block == keyBlock:
		return "holds a private key that cannot be parsed: it is damaged, or of a kind that TLS does not take (RSA, ECDSA and Ed25519 are taken)."
	case len(block.Headers) > 0 && isCertificate(block.Bytes):
		return "holds a certificate with header lines between -----BEGIN CERTIFICATE----- and its text, which Go does not take for a CA. Remove these lines."
	}
	_, err := x509.ParseCertificate(block.Bytes)
	return fmt.Sprintf("holds a certificate that is damaged: %s. Copy the text again.", strings.TrimPrefix(fmt.Sprint(err), "x509: "))
}

// broken explains a text that has the lines of PEM but no block that can be decoded.
func (k PEM) broken(_ Argument, value string) string {
	switch {
	case !strings.Contains(value, "-----BEGIN"):
		return ""
	case !strings.Contains(value, "-----END"):
		return "is damaged: its line -----END ...----- is missing, as if the text were cut off. Copy the text again."
	}
	return "is damaged: what stands between the lines -----BEGIN ...----- and -----END ...----- is not base64, or the lines do not match. Copy the text again."
}
