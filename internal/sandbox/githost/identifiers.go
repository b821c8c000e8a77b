// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package githost

import (
	"crypto/sha1" //nolint:gosec // for stable identifiers, not for secrets
	"encoding/hex"
	"fmt"
	"strings"
)

// NoObject is the object ID that git uses for a branch without commits.
const NoObject = "0000000000000000000000000000000000000000"

// BlobID returns the object ID of a file in git.
func BlobID(content []byte) string {
	sum := sha1.Sum(append(fmt.Appendf(nil, "blob %d\x00", len(content)), content...)) //nolint:gosec // see the import
	return hex.EncodeToString(sum[:])
}

// UUID returns the same UUID for the same parts.
func UUID(parts ...string) string {
	b := sha1.Sum([]byte(strings.Join(parts, "\x00"))) //nolint:gosec // see the import
	b[6], b[8] = b[6]&0x0f|0x50, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
