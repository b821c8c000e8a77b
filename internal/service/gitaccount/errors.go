// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount

import (
	"fmt"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// explain says what a failed request about a git account means, and which argument it is about.
func explain(e *devtron.Error) (at path.Path, reason, advice string) {
	switch {
	case e.Kind == devtron.Unsynced:
		return path.Empty(), "git-sensor does not have the change",
			"Devtron could not hand the git account on to git-sensor, which reads the repositories. Check that the pod of git-sensor is running. " +
				"After that, save the account in Devtron under Global Configurations, Git Accounts, or change an argument of this resource: Devtron hands it on with every write."
	case e.Kind == devtron.Dropped && e.Method == http.MethodPost && len(e.Suspects) > 0:
		suspect := e.Suspects[0]
		return suspectPath(suspect.Field), "Devtron closed the connection without an answer",
			fmt.Sprintf("Devtron does this when its database cannot store a value: %s %s. Use a shorter one.", suspectPath(suspect.Field), suspect.Problem)
	case e.Kind == devtron.Dropped && e.Method == http.MethodPost:
		return path.Empty(), "Devtron closed the connection without an answer",
			"Devtron does this when it cannot store a git account: the git host (git_host_id) was removed, or a value is too long for its database. It does this also to an API token of another system, and a restart of Devtron or of a proxy has the same effect. " +
				"Check the log of Devtron's orchestrator pod, and plan again."
	case e.Kind == devtron.Precondition:
		return pathTLS, "Devtron refuses the TLS material",
			"Devtron needs a CA certificate, or a client certificate together with its key, and cannot keep what it has not stored. Check tls. The request contained: " + e.Detail + "."
	case e.Kind == devtron.InUse:
		return pathURL, "applications use the git account",
			"Devtron does not delete a git account while repositories of applications use it. In the applications, choose another git account for them, or delete the applications."
	case e.Kind == devtron.NotStorable && len(e.Suspects) > 0:
		return suspectPath(e.Suspects[0].Field), "", ""
	}
	return path.Empty(), "", ""
}

// suspectPath is the argument behind a field of the API.
func suspectPath(field string) path.Path {
	switch field {
	case "userName":
		return pathUsername
	case "accessToken":
		return path.Root("access_token")
	default:
		return path.Root(field)
	}
}

// given is the form of a secret that a configuration sets.
func given(config model, at path.Path) path.Path {
	for _, c := range credentials {
		if at.Equal(path.Root(c.name)) {
			return c.of(config).Path(c.name)
		}
	}
	return at
}
