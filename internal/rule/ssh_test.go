// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package rule

import (
	"encoding/pem"
	"strings"
	"testing"
)

func TestSSHPrivateKeys(t *testing.T) {
	t.Parallel()
	// openSSH is the beginning of a key in the form of OpenSSH, with the name of its cipher.
	openSSH := func(cipher string) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: "OPENSSH PRIVATE KEY", Bytes: []byte("openssh-key-v1\x00\x00\x00\x00" + string(rune(len(cipher))) + cipher + "rest")}))
	}
	block := func(blockType string, headers map[string]string) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: blockType, Headers: headers, Bytes: []byte("hunter2 key")}))
	}
	plain := block("RSA PRIVATE KEY", nil)
	for name, test := range map[string]struct{ value, want string }{
		"OpenSSH":                 {openSSH("none"), ""},
		"without a line break":    {strings.TrimSpace(openSSH("none")), ""},
		"PKCS #1":                 {plain, ""},
		"PKCS #8":                 {block("PRIVATE KEY", nil), ""},
		"OpenSSH, cut off":        {string(pem.EncodeToMemory(&pem.Block{Type: "OPENSSH PRIVATE KEY", Bytes: []byte("openssh-key-v1\x00\xff")})), ""},
		"OpenSSH with passphrase": {openSSH("aes256-ctr"), "ssh-keygen -p"},
		"PKCS #1 with passphrase": {block("RSA PRIVATE KEY", map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-128-CBC,00"}), "passphrase"},
		"PKCS #8 with passphrase": {block("ENCRYPTED PRIVATE KEY", nil), "passphrase"},
		"public key":              {"ssh-ed25519 hunter2 me@example.com\n", "public key"},
		"public key in PEM":       {block("PUBLIC KEY", nil), "public key"},
		"PuTTY":                   {"PuTTY-User-Key-File-3: ssh-ed25519\nhunter2", "puttygen"},
		"certificate":             {block("CERTIFICATE", nil), "a private key (PEM of type PRIVATE KEY) is needed"},
		"file":                    {"~/.ssh/hunter2", `file("id_ed25519")`},
		"empty":                   {"", "empty"},
		"escaped line breaks":     {strings.ReplaceAll(plain, "\n", `\n`), "replace("},
		"no line breaks":          {strings.ReplaceAll(plain, "\n", " "), "lost its line breaks"},
	} {
		problem := SSHPrivateKey(Argument{Name: "ssh_private_key"}, test.value)
		switch {
		case problem == nil && test.want == "":
		case problem == nil || test.want == "" || !strings.Contains(problem.Detail, test.want) || strings.Contains(problem.Detail, "hunter2"):
			t.Errorf("%s: got %v, want %q", name, problem, test.want)
		}
	}
}
