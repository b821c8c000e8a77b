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
	const fromHere = "This was tried from the machine that runs Terraform; Devtron itself may well reach the host."
	switch f.Class {
	case FailRateLimited:
		lifts := "The host did not tell when the limit lifts."
		if !f.Until.IsZero() {
			lifts = "The limit lifts at " + f.Until.UTC().Format("2006-01-02 15:04:05") + " UTC."
		}
		j.doubt(AttributeToken, "rate_limited", summary+": rate limit", could+f.said()+".", lifts, "Plan again after that.")
	case FailUnknownCA:
		j.doubt(AttributeCACertificate, "unknown_ca", summary+": unknown certificate authority", could+f.Message+".",
			"Put the PEM of the authority that signed the certificate of the host into tls.ca_certificate; Devtron needs it as well.")
	case FailClientCert:
		j.doubt(AttributeClientCertificate, "client_certificate", summary+": the host wants a client certificate", could+f.Message+".",
			"Set tls.client_certificate and tls.client_key, or check that the host still accepts them.")
	case FailCAInvalid:
		j.fail(AttributeCACertificate, "ca_invalid", "tls.ca_certificate is not a PEM certificate", upperFirst(f.Message)+".",
			"It begins with -----BEGIN CERTIFICATE-----.")
	case FailClientInvalid:
		j.fail(AttributeClientCertificate, "client_certificate_invalid", "tls.client_certificate and tls.client_key cannot be used", upperFirst(f.Message)+".")
	case FailTLS:
		j.doubt(AttributeHost, "tls", summary+": TLS", could+f.Message+".", "Check the certificate of the host and that host names it rightly.", fromHere)
	case FailRedirect:
		lines := []string{could + "it redirects to " + f.Message + ", and the token is not sent there."}
		if f.Message != j.web {
			lines = append(lines, fmt.Sprintf("If that is the host, write host = %q.", f.Message))
		}
		j.doubt(AttributeHost, "redirect", summary+": redirect", lines...)
	case FailNotAPI:
		j.doubt(AttributeHost, "not_the_api", summary+": no "+j.name()+" API there",
			fmt.Sprintf("%sthe answer is not one of %s's API (%s).", could, j.name(), f.said()),
			fmt.Sprintf("Check that host is the web address of your %s, and that no login page or proxy stands in between.", j.name()))
	case FailServer:
		j.doubt(AttributeHost, "server_error", summary+": the host has a fault", could+"it answered "+f.said()+".", "Plan again when it has recovered.")
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
