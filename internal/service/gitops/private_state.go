// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

// Keys of the private state, which Terraform keeps beside the arguments.
const (
	// privateStoredTLS holds what an import found, see storedTLS.
	privateStoredTLS = "stored_tls"
	// privateRestore holds the id of the configuration that was active before a
	// stand-by was made and could not be activated again. Nothing in Devtron tells it.
	privateRestore = "restore"
	// privateSuccessor holds the git provider whose configuration another instance of the same run manages, so that a
	// destroy leaves it alone: set while planning, for the object that the plan destroys or replaces.
	privateSuccessor = "successor"
)
