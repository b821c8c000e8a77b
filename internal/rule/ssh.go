// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package rule

import (
	"encoding/binary"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
)

// sshKey is an SSH private key in any form of PEM.
var sshKey = PEM{
	noun: "private key", block: keyBlock, file: "id_ed25519", der: isKey,
	usable: func(text string) bool { return firstBlock(text, keyBlock) != nil },
}

var sshPublicKey = pattern.New(`^(ssh-|ecdsa-|sk-|-----BEGIN (SSH2 |RSA )?PUBLIC KEY-----|---- BEGIN SSH2 PUBLIC KEY)`)

// SSHPrivateKey refuses what SSH cannot use as a private key without asking anybody for a
// passphrase. It never quotes the text.
func SSHPrivateKey(a Argument, value string) *Problem {
	switch text := strings.TrimSpace(value); {
	case sshPublicKey.MatchString(text):
		return New("Invalid SSH key", a.Subject()+" is a public key. Set it to the private key, which is mostly in the file without .pub at the end of its name.")
	case strings.HasPrefix(text, "PuTTY-User-Key-File"):
		return New("Invalid SSH key", a.Subject()+" is a key in the form of PuTTY. Convert it: puttygen key.ppk -O private-openssh -o id_key.")
	case hasPassphrase(text):
		return New("The SSH key has a passphrase", a.Subject()+" is encrypted with a passphrase, which nobody can enter in Devtron. Create a key without one, or remove it: ssh-keygen -p -N \"\" -f id_ed25519.")
	}
	return sshKey.Rule(a, value)
}

// hasPassphrase reports whether a private key is encrypted. OpenSSH names the cipher, or "none",
// after a magic text.
func hasPassphrase(text string) bool {
	const magic = "openssh-key-v1\x00"
	block := firstBlock(text, keyBlock)
	if block == nil {
		return false
	}
	if strings.HasPrefix(block.Type, "ENCRYPTED") || strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED") {
		return true
	}
	rest, ok := strings.CutPrefix(string(block.Bytes), magic)
	if !ok || len(rest) < 4 {
		return false
	}
	n, name := binary.BigEndian.Uint32([]byte(rest)), rest[4:]
	return int64(n) <= int64(len(name)) && name[:n] != "none"
}
