// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// testCertificates returns PEM texts that are valid, of a sandbox's own CA.
func testCertificates(t *testing.T) (ca, certificate, key string) {
	t.Helper()
	box := sandbox.ForTest(t, sandbox.Options{TLS: true})
	return box.CACertificate, box.ClientCertificate, box.ClientKey
}

// heredoc renders a text of several lines in HCL, as it is.
func heredoc(text string) string { return acctest.Quote(text) }
