// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package githost contains what the git hosts of the sandbox share. Each git host has its own
// package below this one, with the same files: the server and its data, tokens, routes, and
// repositories.
package githost

const (
	// Username is the owner of the predefined token of each git host.
	Username = "acme-bot"
	// Organization is the GitHub organization and the GitLab group that the predefined tokens
	// administer.
	Organization = "acme-gitops"
	// CreationTime is the creation time of all objects.
	CreationTime = "2024-03-01T09:30:00Z"
	// CreationTimeMillis is CreationTime with milliseconds.
	CreationTimeMillis = "2024-03-01T09:30:00.000Z"
)
