// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

const howToMakeAPIToken = "Generate one in Devtron under Global Configurations, Authorization, API Tokens, with the permission \"Super admin\"."

// explain says what a failed call means and what to do about it.
func (d *providerData) explain(e *devtron.Error) (reason, advice string) {
	switch e.Kind {
	case devtron.Unsendable:
		return "the API token cannot be sent", "The API token from " + d.tokenOrigin + " contains a line break or another control character. Nothing was sent. Remove the character."
	case devtron.Unauthorized:
		return "the API token was not accepted",
			"Devtron does not know the API token from " + d.tokenOrigin + ": it is wrong, expired, deleted or was generated again. " + howToMakeAPIToken
	case devtron.Forbidden:
		return "the API token is not super-admin",
			"The API token from " + d.tokenOrigin + " is valid, but only a super-admin can manage GitOps configurations. " +
				"Edit the token in Devtron under Global Configurations, Authorization, API Tokens, and give it the permission \"Super admin\"."
	case devtron.Intercepted:
		return "something in front of Devtron answered",
			"The answer does not have the form of Devtron's API, so it is no verdict on the API token. It comes from a proxy, an ingress, a login page or a firewall between this machine and Devtron, or from another server.\n" +
				"URL of the request: " + e.URL + "\nConfigured URL: " + d.urlOrigin + "\n\n" + interceptedAdvice(e.Status)
	case devtron.NotDevtron:
		advice = "The server at " + e.URL + " does not answer like Devtron's API. Check the URL from " + d.urlOrigin + ": opened in a browser, it shows Devtron. " +
			"If it does, check whether a login page stands in front of Devtron; requests with the header \"token\" have to pass it."
		if e.Location != "" {
			advice = e.URL + " redirects to " + e.Location + ". The provider does not follow redirects: a write would become a read, and the API token must not reach another server. " +
				"Check the URL from " + d.urlOrigin + "; you may have to set it to the target of the redirect. If the target is a login page, requests with the header \"token\" have to pass it."
		}
		return "this is not Devtron's API", advice
	case devtron.Dropped:
		return "the server dropped the request",
			"The connection was closed without a complete answer. Devtron does this to an API token of another system, for example of Argo CD: check the API token from " +
				d.tokenOrigin + ". A restart of Devtron or of a proxy in front of it does it too: try again."
	case devtron.Unreachable:
		return d.explainUnreachable(e)
	case devtron.Timeout:
		return "the request timed out",
			"Devtron did not answer in time. A write that includes a dry run takes a minute or two, longer if a git host is slow. To allow more time, set timeouts of the resource, for example { create = \"20m\", update = \"20m\" }."
	case devtron.Canceled:
		return "canceled", "The run was interrupted."
	case devtron.NotFound:
		return "Devtron has no such configuration", "It may have been removed after the plan. Plan again."
	case devtron.Conflict:
		return "Devtron already has a configuration of this git provider", "Another run may have created it. Plan again: the plan shows it and how to import it."
	case devtron.TLSIncomplete:
		return "the TLS settings are incomplete",
			"Devtron needs a CA certificate, or a client certificate together with its key, and it cannot keep what it has not stored. Check tls; set all of it again. The request contained: " + e.TLSFields + "."
	case devtron.NotStorable:
		return "Devtron's database refused a value", unstorableAdvice(e.Suspects)
	case devtron.Rejected:
		return "Devtron rejected the request", "Devtron does not accept a value of the request, or its version has another API than this provider expects. Check the value that Devtron names below."
	default:
		return "Devtron failed", serverAdvice(e)
	}
}

// explainUnreachable says why there was no connection.
func (d *providerData) explainUnreachable(e *devtron.Error) (reason, advice string) {
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
		return untrusted, "The certificate of " + e.URL + " is for another host name. Set the URL from " + d.urlOrigin + " to a name that the certificate includes."
	case errors.As(e, &invalid):
		return untrusted, "The certificate of " + e.URL + " is not valid, for example because it has expired. Renew it, and check the clock of this machine."
	case errors.As(e, &network) && network.Op == "remote error":
		return "the server refused the TLS connection", "The server at " + e.URL + " ended the TLS handshake. If it demands a client certificate, set client_certificate and client_key of the provider, or check the ones that are set."
	}
	return "Devtron cannot be reached", "No connection to " + e.URL + " could be made. Check the URL from " + d.urlOrigin + ", the network, and the proxy settings (HTTPS_PROXY, NO_PROXY)."
}

// trustAdvice fits what is configured: advice that has been followed does not help.
func (d *providerData) trustAdvice() string {
	if d.caOrigin != "" {
		return "The certificates from " + d.caOrigin + " do not include that authority. Add its certificate there; PEM texts can follow one another."
	}
	return "Set the provider argument ca_certificate (or " + envCACertificate + ") to the certificate of that authority."
}

// interceptedAdvice says what to check, by the statuses that proxies use.
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

// unstorableAdvice names the fields that can be the cause.
func unstorableAdvice(suspects []devtron.Suspect) string {
	const stored = "Nothing was stored."
	if len(suspects) == 0 {
		return "Devtron's database did not take the configuration, and Devtron does not say why. No value of this configuration is known to be too long or empty: look for the error of the database in the log of Devtron's orchestrator pod. " + stored
	}
	var b strings.Builder
	b.WriteString("Devtron's database did not take the configuration, and Devtron does not say why. The cause is most likely:")
	advice := ""
	for _, s := range suspects {
		b.WriteString("\n  " + attributeOf(s.Field) + " " + s.Problem)
		if s.Field == tokenField {
			advice = "Use a shorter token, or upgrade Devtron. A personal access token of GitHub, GitLab or Azure DevOps is short enough for every version; " +
				"for Bitbucket Cloud, a workspace access token (username = \"x-token-auth\") may be."
		}
	}
	return paragraphs(b.String(), advice, stored)
}

// tokenField is the token's name in the API.
const tokenField = "token"

// serverAdvice recognizes the words of a git host: under Argo CD Devtron asks GitLab
// for the group whenever it writes, and passes a refusal on as a failure of its own.
func serverAdvice(e *devtron.Error) string {
	switch devtron.StageCause("", e.Message) {
	case devtron.CauseToken:
		return "Devtron asked the git host, which rejected the token: it is wrong, expired or revoked. Set token to a valid one."
	case devtron.CausePermission:
		return "Devtron asked the git host, which accepted the token but refused the request. Check the scopes of the token and the role of its owner."
	default:
		return "This is an error on Devtron's side. The log of its orchestrator pod says more."
	}
}

// apiPath is the argument that a failure is about, where it is about one.
func apiPath(e *devtron.Error) (path.Path, bool) {
	switch {
	case e.Kind == devtron.NotStorable && len(e.Suspects) > 0:
		return path.Root(attributeOf(e.Suspects[0].Field)), true
	case e.Kind == devtron.TLSIncomplete:
		return pathTLS, true
	case e.Kind == devtron.ServerError && devtron.StageCause("", e.Message) == devtron.CauseToken:
		return pathToken, true
	}
	return path.Empty(), false
}

// said quotes the server and says what was tried.
func said(e *devtron.Error) string {
	tried := e.Method + " " + e.URL
	if e.Attempts > 1 {
		tried += fmt.Sprintf(", %d attempts", e.Attempts)
	}
	who := "Devtron"
	if !e.Envelope {
		who = "The server" // which may be a proxy in front of it, or something else
	}
	switch {
	case e.Kind == devtron.Unsendable:
		return ""
	case e.Status != 0 && e.Message != "":
		return fmt.Sprintf("%s\n%s said (HTTP %d): %s", tried, who, e.Status, e.Message)
	case e.Status != 0:
		return fmt.Sprintf("%s\n%s answered HTTP %d.", tried, who, e.Status)
	case e.Attempts == 0:
		return sentence(e.Message)
	case e.Message != "":
		return tried + "\nThe network said: " + e.Message
	default:
		return tried
	}
}
