// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package chartrepository

import (
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// explain says what a failed request about a chart repository means, and which argument it is
// about. Devtron fetches the index before it stores anything.
func explain(e *devtron.Error) (at path.Path, reason, advice string) {
	const always = " Devtron fetches the index on every write, also where only another argument changes. Nothing was stored."
	switch e.IndexProblem() {
	case devtron.IndexMissing:
		return pathURL, "the server has no index.yaml at this address",
			"Devtron fetches index.yaml below url, at the address that it names below. Check the path in url; \"helm repo add\" needs the same address." + always
	case devtron.IndexUnreachable:
		return pathURL, "Devtron cannot fetch the index",
			"Check url, and that the network of Devtron lets it connect to this server: Devtron connects from its own cluster, not from this machine." + always
	case devtron.IndexUntrusted:
		return pathURL, "Devtron does not trust the certificate of the chart repository",
			"Use a certificate of an authority that Devtron's orchestrator trusts, or add the CA certificate to its pod. allow_insecure_connection makes no difference here: it concerns only Argo CD." + always
	case devtron.IndexInvalid:
		return pathURL, "the index cannot be read", "The server answers at this address, but not with a usable index.yaml. Check url; \"helm repo add\" needs the same address." + always
	case devtron.IndexWithoutCredentials:
		return pathURL, "the chart repository requires credentials",
			"The server does not let Devtron read index.yaml without signing in. Set username, and password or password_wo (Terraform 1.11 or newer), to an account that may read it." + always
	case devtron.IndexUnauthorized:
		return pathPassword, "the chart repository does not accept the credentials",
			"The user name or the password is wrong or has expired, or the account may not read index.yaml. Check both, for example with \"helm repo add --username ... --password-stdin\"." + always
	}
	switch deletes := e.Method == http.MethodDelete; {
	case e.Kind == devtron.InUse && deletes:
		return pathName, "charts of the chart repository are deployed",
			"Devtron does not delete a chart repository while charts of it are deployed. Delete the Helm applications that use them in Devtron first. " + howToForget
	case e.Kind == devtron.InUse:
		return pathURL, "charts of the chart repository are deployed",
			"Devtron does not change the URL of a chart repository while charts of it are deployed. Set url back, and add a second " + typeName + " with another name for the new address; " +
				"or delete the Helm applications that use its charts in Devtron first."
	case e.IsJobProblem() && deletes:
		return pathName, "Devtron could not synchronize the charts", "Another synchronization was still running. Apply again in a minute."
	case e.IsJobProblem():
		return pathName, "Devtron could not synchronize the charts",
			"Another synchronization was still running. The charts may not show in Devtron until the next one: open Chart Store, Source in Devtron and refresh the charts, or wait for the regular synchronization."
	case e.IsSecretProblem() && deletes:
		return pathName, "Argo CD's secret for it does not exist",
			"Devtron deletes the Kubernetes secret with the name of the chart repository together with it, and finds none. This happens after somebody renamed the chart repository in Devtron, " +
				"and to chart repositories that came with Devtron. For a renamed one, create an empty secret with this name, and apply again:\n\n" +
				"  kubectl --namespace devtroncd create secret generic NAME\n\n" +
				"Argo CD may still have a secret with the old name; these are its secrets for repositories:\n\n" +
				"  kubectl --namespace devtroncd get secrets --selector argocd.argoproj.io/secret-type=repository\n\n" + howToForget
	case e.IsSecretProblem():
		return pathName, "Argo CD's secret for it cannot be written",
			"Devtron writes a Kubernetes secret with the name of the chart repository. Most likely, the namespace devtroncd already has a secret with this name, which a chart repository that was renamed can leave behind. " +
				"Choose another name, or look at the secret and delete it if nothing needs it:\n\n  kubectl --namespace devtroncd get secret NAME --show-labels"
	}
	return path.Empty(), "", ""
}

// given is the argument that a configuration sets the password with.
func given(config model, at path.Path) path.Path {
	if at.Equal(pathPassword) && !config.PasswordWO.IsNull() {
		return path.Root("password_wo")
	}
	return at
}
