// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"fmt"
	"strings"
	"time"
)

// said is the host's answer in a few words.
func (f Failure) said() string {
	text := strings.TrimRight(f.Message, ". ")
	if f.Status == 0 {
		return text
	}
	if code := fmt.Sprint(f.Status); text == "" || strings.HasPrefix(text, code) {
		return strings.TrimSpace(code + " " + strings.TrimSpace(strings.TrimPrefix(text, code)))
	}
	return fmt.Sprintf("%d %s", f.Status, text)
}

// unreachable explains why something could not be asked. subject is "the token", "the organization" and so on.
func (j *judgment) unreachable(f Failure, subject string) {
	summary := fmt.Sprintf("The %s token could not be checked", j.name())
	could := fmt.Sprintf("Could not ask %s about %s: ", j.web, subject)
	const fromHere = "This was tried from the machine that runs Terraform. Devtron itself may well reach the host."
	switch f.Class {
	case FailRateLimited:
		lifts := "The host did not say when the limit lifts."
		if !f.Until.IsZero() {
			lifts = "The limit lifts at " + f.Until.UTC().Format("2006-01-02 15:04:05") + " UTC."
		}
		j.doubt(AttributeToken, "rate_limited", summary+": rate limit", could+f.said()+".", lifts, "Plan again after that.")
	case FailUnknownCA:
		j.doubt(AttributeCACertificate, "unknown_ca", summary+": unknown certificate authority", could+f.Message+".", j.whichCA())
	case FailClientCert:
		j.doubt(AttributeClientCertificate, "client_certificate", summary+": the host requires a client certificate", could+f.Message+".", j.whichClientCertificate())
	case FailCAInvalid:
		j.fail(AttributeCACertificate, "ca_invalid", "tls.ca_certificate is not a PEM certificate", upperFirst(f.Message)+".",
			"It begins with -----BEGIN CERTIFICATE-----.")
	case FailClientInvalid:
		j.fail(AttributeClientCertificate, "client_certificate_invalid", "tls.client_certificate and tls.client_key cannot be used", upperFirst(f.Message)+".")
	case FailTLS:
		j.doubt(AttributeHost, "tls", summary+": TLS", could+f.Message+".", "Check the certificate of the host, and that it is for the name in host.", fromHere)
	case FailRedirect:
		lines := []string{could + "it redirects to " + f.Message + ", and the token is not sent there."}
		if f.Message != j.web && j.q.Provider != BitbucketCloud {
			lines = append(lines, fmt.Sprintf("If that is the host, write host = %q.", f.Message))
		}
		j.doubt(AttributeHost, "redirect", summary+": redirect", lines...)
	case FailNotAPI:
		j.doubt(AttributeHost, "not_the_api", summary+": no "+j.name()+" API there",
			fmt.Sprintf("%sthe answer does not have the form of %s's API: %s.", could, j.name(), f.said()), j.whoAnswered())
	case FailTooLong:
		j.doubt(AttributeHost, "answer_too_long", summary+": answer too long",
			fmt.Sprintf("%sthe answer is longer than %d MiB, which is more than this check reads. What it says was not checked.", could, largestBody>>20))
	case FailServer:
		j.serverError(f, summary, could)
	case FailTimeout:
		j.doubt(AttributeHost, "timeout", summary+": no answer in time",
			fmt.Sprintf("%sno answer within %d seconds.", could, int(DefaultBudget/time.Second)), fromHere)
	case FailCancelled:
		j.doubt(AttributeToken, "cancelled", summary+": interrupted", "The run was interrupted before the host answered.")
	case FailUnreachable:
		j.doubt(AttributeHost, "unreachable", summary+": host not reachable", could+f.Message+".", "HTTPS_PROXY and NO_PROXY are honored.", fromHere)
	default:
		j.doubt(AttributeToken, "unexpected_answer", summary+": unexpected answer", could+"it answered "+f.said()+".")
	}
}

// serverError is about a 5xx, which anything in front of the host may send as well.
func (j *judgment) serverError(f Failure, summary, could string) {
	if f.Foreign {
		j.doubt(AttributeHost, "server_error", fmt.Sprintf("%s: HTTP %d", summary, f.Status),
			fmt.Sprintf("%sthe answer does not have the form of %s's API: %s.", could, j.name(), f.said()),
			fmt.Sprintf("A proxy or load balancer in front of %s may have sent it.", j.name()),
			"Plan again when the host can be reached.")
		return
	}
	j.doubt(AttributeHost, "server_error", summary+": the host has a fault", could+"it answered "+f.said()+".", "Plan again when it has recovered.")
}

// whoAnswered says what may have sent an answer that is not the host's.
func (j *judgment) whoAnswered() string {
	if u, err := parseHost(j.q.Host); err == nil {
		if _, public := publicHost(u.Hostname()); public {
			return fmt.Sprintf("A login page, proxy or gateway between this machine and %s may have sent it: nothing is known about the token.", j.name())
		}
	}
	return fmt.Sprintf("A login page, proxy or gateway in front of %[1]s may have sent it: nothing is known about the token. Check that host is the web address of your %[1]s.", j.name())
}

// whichCA says what to do about a certificate whose issuer is not trusted.
func (j *judgment) whichCA() string {
	if j.q.TLS.CACertificate != "" {
		return "The certificate of the host is not signed by the CA in tls.ca_certificate. Replace it with the CA that signed the certificate; Devtron needs that one as well."
	}
	return "Set tls.ca_certificate to the PEM of the CA that signed the certificate of the host. Devtron needs it as well."
}

// whichClientCertificate says what to do about a host that asks for a client certificate.
func (j *judgment) whichClientCertificate() string {
	if j.q.TLS.ClientCertificate != "" {
		return "The host does not accept the certificate in tls.client_certificate: check that it has not expired, and that it was issued by the CA that the host requires."
	}
	return "Set tls.client_certificate and tls.client_key. Devtron needs them as well."
}
