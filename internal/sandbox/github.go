// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import "net/http"

// GitHub is the sandbox's GitHub.
type GitHub struct {
	*Server
}

func newGitHub(s *Server) *GitHub { return &GitHub{Server: s} }

// ServeHTTP implements http.Handler.
func (g *GitHub) ServeHTTP(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }
