// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import "github.com/hashicorp/terraform-plugin-framework/path"

// Paths of the arguments that diagnostics point at.
var (
	pathGitProvider    = path.Root("git_provider")
	pathHost           = path.Root("host")
	pathUsername       = path.Root("username")
	pathToken          = path.Root("token")
	pathTokenWO        = path.Root("token_wo")
	pathActive         = path.Root("active")
	pathDeletionPolicy = path.Root("deletion_policy")
	pathAdoptExisting  = path.Root("adopt_existing")
	pathLastValidation = path.Root("last_validation")
	pathTLS            = path.Root("tls")
)
