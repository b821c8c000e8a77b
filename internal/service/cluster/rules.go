// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// addressRules are the rules of the address of an API server or of Prometheus.
var addressRules = rule.Rules{rule.NotEmpty, rule.Trimmed, rule.Printable, rule.Fits, address}

// address accepts an address with a host, and without a user name, a query, or a fragment. It does
// not quote the value, which may contain a password.
func address(a rule.Argument, value string) *rule.Problem {
	const invalid = "Invalid address"
	u, err := url.Parse(value)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" || !validPort(u.Port()) {
		hint := "for example \"https://k8s.example.com:6443\"."
		if !strings.Contains(value, "://") {
			if u, err := url.Parse("https://" + value); err == nil && u.Hostname() != "" && u.User == nil {
				hint = fmt.Sprintf("for example %q.", "https://"+value)
			}
		}
		return rule.New(invalid, a.Subject()+" is not an address with a host. Write it with http or https, "+hint)
	}
	if u.User != nil || u.RawQuery != "" || u.ForceQuery || strings.Contains(value, "#") {
		return rule.New(invalid, a.Subject()+" has a user name, a query, or a fragment. Write the address alone.")
	}
	return nil
}

func validPort(port string) bool {
	number, err := strconv.Atoi(port)
	return port == "" || err == nil && number > 0 && number < 1<<16
}

// storable accepts what PostgreSQL can store.
func storable(a rule.Argument, value string) *rule.Problem {
	if !strings.ContainsRune(value, 0) {
		return nil
	}
	return rule.New("NUL character in "+a.Name, a.Subject()+" contains the character NUL, which Devtron's database cannot store. Remove it.")
}

// bearerTokenRules are the rules of a bearer token. They never quote it.
var bearerTokenRules = rule.Rules{rule.NotEmpty, rule.Trimmed, rule.Printable, bareToken, decodedToken}

// bareToken refuses white space, at which an API server cuts a token off.
func bareToken(a rule.Argument, value string) *rule.Problem {
	const scheme = "bearer "
	switch {
	case len(value) > len(scheme) && strings.EqualFold(value[:len(scheme)], scheme):
		return rule.New("Invalid bearer token", a.Subject()+" begins with the word Bearer. Write the token alone: Devtron adds the word.")
	case strings.ContainsFunc(value, unicode.IsSpace):
		return rule.New("Invalid bearer token", a.Subject()+" contains white space. Check that it is one token and nothing else.")
	}
	return nil
}

// decodedToken refuses a token as it stands in the data of a Kubernetes secret.
func decodedToken(a rule.Argument, value string) *rule.Problem {
	decoded, err := base64.StdEncoding.DecodeString(value)
	if err != nil {
		return nil
	}
	if _, ok := claimsOf(string(decoded)); !ok {
		return nil
	}
	return rule.New("The bearer token is encoded", a.Subject()+" is a token in base64, as the data of a Kubernetes secret contains it. Decode it with base64decode(...).")
}
