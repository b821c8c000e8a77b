// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package inspect

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
	"github.com/devtron-labs/terraform-provider-devtron/internal/tlsconfig"
)

const otherNetwork = "The check runs on the machine that runs Terraform. Devtron itself may be able to reach the host."

// AddUnreachable reports a request that got no usable response. subject is "token", "organization",
// and so on.
func (r *Report) AddUnreachable(f gitapi.Failure, subject string) {
	summary := fmt.Sprintf("The %s token could not be checked", r.Name())
	failed := fmt.Sprintf("Checking the %s at %s failed: ", subject, r.WebURL)
	switch f.Class {
	case gitapi.RateLimited:
		r.AddUnverified(AttributeToken, "rate_limited", summary+": rate limit", failed+f.String()+".", limitNote(f), "Run the plan again after that.")
	case gitapi.UnknownCA, gitapi.ClientCertificateRequired, gitapi.InvalidCA, gitapi.InvalidClientCertificate, gitapi.TLSFailed:
		r.addTLSFailure(f, summary, failed)
	case gitapi.Redirected:
		r.addRedirect(f, summary, failed)
	case gitapi.NotTheAPI:
		r.AddUnverified(AttributeHost, "not_the_api", summary+": no "+r.Name()+" API at the host",
			fmt.Sprintf("%sthe response does not have the form of the %s API: %s.", failed, r.Name(), f), r.senderNote())
	case gitapi.TooLong:
		r.AddUnverified(AttributeHost, "answer_too_long", summary+": response too long",
			fmt.Sprintf("%sthe response is longer than %d MiB, which is more than the check reads. Its content was not checked.", failed, gitapi.MaxBody>>20))
	case gitapi.ServerError:
		r.addServerError(f, summary, failed)
	case gitapi.TimedOut:
		r.AddUnverified(AttributeHost, "timeout", summary+": request timed out", fmt.Sprintf("%sthe request timed out after %d seconds.", failed, int(DefaultBudget.Seconds())), otherNetwork)
	case gitapi.Canceled:
		r.AddUnverified(AttributeToken, "cancelled", summary+": interrupted", "The run was interrupted before the host answered.") //nolint:misspell // codes do not change
	case gitapi.Unreachable:
		r.AddUnverified(AttributeHost, "unreachable", summary+": host not reachable", failed+f.Message+".",
			"The check honors the environment variables HTTPS_PROXY and NO_PROXY.", otherNetwork)
	default:
		r.AddUnverified(AttributeToken, "unexpected_answer", summary+": unexpected response", failed+f.String()+".")
	}
}

func limitNote(f gitapi.Failure) string {
	if f.Until.IsZero() {
		return "The host does not report when the limit resets."
	}
	return "The limit resets at " + f.Until.UTC().Format("2006-01-02 15:04:05") + " UTC."
}

func (r *Report) addTLSFailure(f gitapi.Failure, summary, failed string) {
	given := r.Question.TLS
	switch f.Class {
	case gitapi.UnknownCA:
		r.AddUnverified(AttributeCACertificate, "unknown_ca", summary+": unknown certificate authority", failed+f.Message+".", caFix(given))
	case gitapi.ClientCertificateRequired:
		r.AddUnverified(AttributeClientCertificate, "client_certificate", summary+": the host requires a client certificate", failed+f.Message+".", clientCertificateFix(given))
	case gitapi.InvalidCA:
		r.AddError(AttributeCACertificate, "ca_invalid", "tls.ca_certificate is not a PEM certificate", Sentence(f.Message),
			"A PEM certificate begins with -----BEGIN CERTIFICATE-----.")
	case gitapi.InvalidClientCertificate:
		r.AddError(AttributeClientCertificate, "client_certificate_invalid", "tls.client_certificate and tls.client_key cannot be used", Sentence(f.Message))
	default:
		r.AddUnverified(AttributeHost, "tls", summary+": TLS error", failed+f.Message+".",
			"Check that the host's certificate is valid and that it names the host in the argument host.", otherNetwork)
	}
}

// caFix says what to do about a certificate whose issuer is not trusted.
func caFix(given tlsconfig.Material) string {
	if given.CACertificate != "" {
		return "The host's certificate is not signed by the CA in tls.ca_certificate. Replace it with the CA that signed the certificate; Devtron needs it too."
	}
	return "Set tls.ca_certificate to the PEM of the CA that signed the host's certificate. Devtron needs it too."
}

// clientCertificateFix says what to do about a host that requires a client certificate.
func clientCertificateFix(given tlsconfig.Material) string {
	if given.ClientCertificate != "" {
		return "The host does not accept the certificate in tls.client_certificate. Check that it has not expired and that it was issued by the CA that the host requires."
	}
	return "Set tls.client_certificate and tls.client_key. Devtron needs them too."
}

func (r *Report) addRedirect(f gitapi.Failure, summary, failed string) {
	detail := []string{failed + "it redirects to " + f.Message + ", where the token is not sent."}
	if f.Message != r.WebURL && r.Question.Provider != BitbucketCloud {
		detail = append(detail, fmt.Sprintf("If that is the git host, set host = %q.", f.Message))
	}
	r.AddUnverified(AttributeHost, "redirect", summary+": redirect", detail...)
}

// addServerError reports a 5xx status, which anything in front of the host may send as well.
func (r *Report) addServerError(f gitapi.Failure, summary, failed string) {
	if !f.Foreign {
		r.AddUnverified(AttributeHost, "server_error", summary+": server error", failed+f.String()+".", "Run the plan again when the host has recovered.")
		return
	}
	r.AddUnverified(AttributeHost, "server_error", fmt.Sprintf("%s: HTTP %d", summary, f.Status),
		fmt.Sprintf("%sthe response does not have the form of the %s API: %s.", failed, r.Name(), f),
		fmt.Sprintf("A proxy or load balancer in front of %s may have sent it.", r.Name()),
		"Run the plan again when the host is reachable.")
}

// senderNote says what may have sent a response that is not the host's.
func (r *Report) senderNote() string {
	const unknown = "This says nothing about the token."
	if u, err := url.Parse(strings.ToLower(r.WebURL)); err == nil && r.Definition.IsPublic(u.Hostname()) {
		return fmt.Sprintf("A login page, proxy, or gateway between this machine and %s may have sent it. %s", r.Name(), unknown)
	}
	return fmt.Sprintf("A login page, proxy, or gateway in front of %[1]s may have sent it. %[2]s Check that host is the web address of your %[1]s.", r.Name(), unknown)
}
