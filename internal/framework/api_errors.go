// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// HowToGenerateAPIToken is the advice for an API token that is missing or cannot be used.
const HowToGenerateAPIToken = "Generate one in Devtron under Global Configurations, Authorization, API Tokens, with the permission \"Super admin\"."

// Explain returns why a request about an object, such as "GitOps configuration", failed, and what
// to do about it.
func (d *Data) Explain(e *devtron.Error, object string) (reason, advice string) {
	switch e.Kind {
	case devtron.Unsendable:
		return "the API token cannot be sent", "The API token from " + d.Origins.APIToken + " contains a line break or another control character. Nothing was sent. Remove the character."
	case devtron.Unauthorized:
		return "the API token was not accepted",
			"Devtron does not know the API token from " + d.Origins.APIToken + ": it is wrong, expired, deleted or was generated again. " + HowToGenerateAPIToken
	case devtron.Forbidden:
		return "the API token is not super-admin",
			"The API token from " + d.Origins.APIToken + " is valid, but only a super-admin can manage " + withArticle(object) + ". " +
				"Edit the token in Devtron under Global Configurations, Authorization, API Tokens, and give it the permission \"Super admin\"."
	case devtron.Intercepted:
		return "something in front of Devtron answered",
			"The answer does not have the form of Devtron's API, so it is no verdict on the API token. It comes from a proxy, an ingress, a login page or a firewall between this machine and Devtron, or from another server.\n" +
				"URL of the request: " + e.URL + "\nConfigured URL: " + d.Origins.URL + "\n\n" + interceptedAdvice(e.Status)
	case devtron.NotDevtron:
		advice = "The server at " + e.URL + " does not answer like Devtron's API. Check the URL from " + d.Origins.URL + ": opened in a browser, it shows Devtron. " +
			"If it does, check whether a login page stands in front of Devtron; requests with the header \"token\" have to pass it."
		if e.Location != "" {
			advice = e.URL + " redirects to " + e.Location + ". The provider does not follow redirects: a write would become a read, and the API token must not reach another server. " +
				"Check the URL from " + d.Origins.URL + "; you may have to set it to the target of the redirect. If the target is a login page, requests with the header \"token\" have to pass it."
		}
		return "this is not Devtron's API", advice
	case devtron.Dropped:
		return "the server dropped the request",
			"The connection was closed without a complete answer. Devtron does this to an API token of another system, for example of Argo CD: check the API token from " +
				d.Origins.APIToken + ". A restart of Devtron or of a proxy in front of it does it too: try again."
	case devtron.Unreachable:
		return d.explainUnreachable(e)
	case devtron.Canceled:
		return "canceled", "The run was interrupted."
	case devtron.Timeout:
		if e.Method == http.MethodGet {
			return "the request timed out", "Devtron did not answer in time. Check whether it is overloaded, and try again. " +
				"To allow more time for a resource, set its timeouts, for example { read = \"5m\" }. Data sources, imports, and queries wait one minute."
		}
		return "the request timed out", "Devtron did not answer in time. To allow more time, set timeouts of the resource, for example { create = \"20m\", update = \"20m\" }."
	case devtron.NotFound:
		return "Devtron has no such " + object, "It may have been removed after the plan. Plan again."
	case devtron.Conflict:
		return "Devtron already has such " + withArticle(object), "Another run may have created it. Plan again: the plan shows it and how to import it."
	case devtron.InUse:
		return "the " + object + " is still in use", "Remove what uses it first. Devtron says below what that is."
	case devtron.NotStorable:
		return "Devtron's database refused a value", "Devtron does not say which. " + suspectList(e.Suspects) + "Nothing was stored."
	case devtron.Rejected:
		return "Devtron rejected the request", "Devtron does not accept a value of the request, or its version has another API than this provider expects. Check the value that Devtron names below."
	default:
		return "Devtron failed", "This is an error on Devtron's side. The log of its orchestrator pod says more."
	}
}

// withArticle returns a noun with its indefinite article.
func withArticle(noun string) string {
	if strings.ContainsAny(noun[:1], "aeioAEIO") {
		return "an " + noun
	}
	return "a " + noun
}

// explainUnreachable returns why no connection was made, and what to do about it.
func (d *Data) explainUnreachable(e *devtron.Error) (reason, advice string) {
	var (
		authority x509.UnknownAuthorityError
		name      x509.HostnameError
		invalid   x509.CertificateInvalidError
		network   *net.OpError
	)
	const untrusted = "Devtron's certificate is not trusted"
	switch {
	case errors.As(e, &authority):
		return untrusted, "An authority that this machine does not know has signed the certificate of " + e.URL + ". " + d.trustAdvice()
	case errors.As(e, &name):
		return untrusted, "The certificate of " + e.URL + " is for another host name. Set the URL from " + d.Origins.URL + " to a name that the certificate includes."
	case errors.As(e, &invalid):
		return untrusted, "The certificate of " + e.URL + " is not valid, for example because it has expired. Renew it, and check the clock of this machine."
	case errors.As(e, &network) && network.Op == "remote error":
		return "the server refused the TLS connection", "The server at " + e.URL + " ended the TLS handshake. If it demands a client certificate, set client_certificate and client_key of the provider, or check the ones that are set."
	}
	return "Devtron cannot be reached", "No connection to " + e.URL + " could be made. Check the URL from " + d.Origins.URL + ", the network, and the proxy settings (HTTPS_PROXY, NO_PROXY)."
}

// trustAdvice returns how to trust Devtron's certificate. A user who has set ca_certificate needs
// other advice than one who has not.
func (d *Data) trustAdvice() string {
	if d.Origins.CACertificate != "" {
		return "The certificates from " + d.Origins.CACertificate + " do not include that authority. Add its certificate there; PEM texts can follow one another."
	}
	return "Set the provider argument ca_certificate (or DEVTRON_CA_CERTIFICATE) to the certificate of that authority."
}

// interceptedAdvice returns what to check where something in front of Devtron responded, by the
// statuses that proxies use.
func interceptedAdvice(status int) string {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusProxyAuthRequired:
		return "Check whether a login proxy, the authentication of an ingress, or a firewall (WAF) protects Devtron. It has to let requests to /orchestrator with the header \"token\" pass. " +
			"If the network demands a proxy for outgoing requests, check HTTPS_PROXY and NO_PROXY."
	case http.StatusBadRequest, http.StatusMisdirectedRequest:
		return "Check the scheme and the port of the URL, and whether the ingress demands a client certificate (client_certificate and client_key of the provider)."
	case http.StatusTooManyRequests:
		return "It limits the number of requests. Wait, and run Terraform again; -parallelism=1 sends fewer requests at a time."
	case http.StatusRequestEntityTooLarge, http.StatusRequestHeaderFieldsTooLarge, http.StatusRequestTimeout:
		return "It limits the size or the duration of requests. Raise the limit in the ingress."
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return "It got no answer from Devtron. Check that the pod of Devtron's orchestrator is running, and that the ingress waits long enough: a write that includes a dry run takes a minute or two."
	default:
		return "Check the URL, and look into the log of the ingress or proxy for this request."
	}
}

// Quote returns which request failed and what the server said.
func Quote(e *devtron.Error) string {
	request := e.Method + " " + e.URL
	if e.Attempts > 1 {
		request += fmt.Sprintf(", %d attempts", e.Attempts)
	}
	speaker := "Devtron"
	if !e.Envelope {
		speaker = "The server" // It may be a proxy in front of Devtron, or another program.
	}
	switch {
	case e.Kind == devtron.Unsendable:
		return ""
	case e.Status != 0 && e.Message != "":
		return fmt.Sprintf("%s\n%s said (HTTP %d): %s", request, speaker, e.Status, e.Message)
	case e.Status != 0:
		return fmt.Sprintf("%s\n%s answered HTTP %d.", request, speaker, e.Status)
	case e.Attempts == 0:
		return Sentence(e.Message)
	case e.Message != "":
		return request + "\nThe network said: " + e.Message
	default:
		return request
	}
}

// suspectList names the fields that can be the reason why the database refused a request.
func suspectList(suspects []devtron.Suspect) string {
	list := ""
	for _, s := range suspects {
		list += "The cause is most likely that " + s.Field + " " + s.Problem + ". "
	}
	return list
}
