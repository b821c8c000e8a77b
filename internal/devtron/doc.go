// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package devtron is a client of the Devtron orchestrator's HTTP API. It knows nothing of
// Terraform.
//
// Each area of the API has a file of its own: gitops.go (with gitops_*.go), project.go, cluster.go,
// environment.go, host_url.go, api_token.go, user.go. Numbers such as 22-31 in their comments are
// those of recorded exchanges with a real Devtron (internal/sandbox/testdata).
//
// The API has no lock, no unique index and no version of an object. HTTP 200 is not always success,
// lists return less instead of refusing, an absent field deletes. This package reports what the
// server replied, as typed values and *Error; the sequences of calls that make those replies safe
// to build on are in the packages reconcile and gitops.
package devtron
