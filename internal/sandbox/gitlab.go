// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import "net/http"

// GitLab is the sandbox's GitLab.
type GitLab struct {
	*Server
}

func newGitLab(s *Server) *GitLab { return &GitLab{Server: s} }

// ServeHTTP implements http.Handler.
func (g *GitLab) ServeHTTP(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }
