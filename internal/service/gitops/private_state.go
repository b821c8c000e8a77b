// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

// Keys of the private state.
const (
	// privateStoredTLS is the key of what an import found, see storedTLS.
	privateStoredTLS = "stored_tls"
	// privateRestore is the key of the id of the configuration that was active before a standby
	// configuration was created, and that could not be reactivated. Devtron does not record it.
	privateRestore = "restore"
	// privateSuccessor is the key of the git provider whose configuration another instance of the
	// run manages. The plan sets it for the object that it destroys or replaces, so that the
	// destroy changes nothing in Devtron.
	privateSuccessor = "successor"
)
