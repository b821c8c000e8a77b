// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package devtron is a client of the GitOps part of the Devtron orchestrator's
// HTTP API. It knows nothing of Terraform.
//
// The API answers HTTP 200 to a configuration that it refused, returns no id
// for one that it stored, has no DELETE and no lock. This package reports what
// the server said, as typed values; the sequences of calls that make those
// answers safe to build on are in package gitops.
package devtron
