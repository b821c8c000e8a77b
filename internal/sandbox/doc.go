// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package sandbox is an embedded Devtron for tests and for trying the provider. It includes all
// servers that Devtron talks to: git hosts, Kubernetes clusters, a container registry, and Helm
// chart repositories.
//
// A test starts a sandbox, prepares its state, and checks the requests that arrived:
//
//	s := sandbox.ForTest(t)                               // stops when the test ends
//	url, token := s.Devtron.URL(), s.Devtron.AdminToken() // for the provider or a client
//	s.Devtron.Projects.Put(sandbox.Project{Name: "payments", Active: true})
//	s.GitHub.AddToken(sandbox.GitHubToken{Token: "ghp_example", Revoked: true})
//	s.Devtron.Inject(sandbox.Fault{Method: "POST", Handle: true, Reset: true}) // loses the response
//	// ... run the code under test ...
//	if n := s.Log.Count("devtron", "POST", "/orchestrator/team"); n != 1 {
//		t.Errorf("got %d POST requests, want 1", n)
//	}
//
// [Options] adds TLS, Argo CD, and races. Put, Set, and Remove change the state without a request.
// A test fails if it sends a request that Devtron accepts but that has unintended effects; see
// [Devtron.Violations].
//
// The replies of Devtron are identical to those recorded from a real Devtron (devtron-labs/devtron
// after v2.2.0). TestContract replays the recordings in testdata/recordings.
//
// This package starts the servers. The subpackages implement them:
//
//   - devtron is the API server, with a package for each area of the API.
//   - githost contains the git hosts.
//   - kubernetes, registry, and charts are the other servers that Devtron talks to.
//   - server contains what all servers share: listeners, TLS, faults, the request log, and a proxy
//     for the public names of the git hosts.
//   - cmd/devtron-sandbox runs a sandbox as a command.
package sandbox
