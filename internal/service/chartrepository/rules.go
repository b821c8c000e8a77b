// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package chartrepository

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

var (
	urlRules     = rule.Rules{rule.NotEmpty, rule.Trimmed, rule.Printable, rule.Fits, address}
	accountRules = rule.Rules{rule.NotEmpty, lineBreaks, rule.Printable, rule.Fits}
)

// address accepts the address of a folder with an index.yaml. It does not quote the value, which
// may contain a password.
func address(a rule.Argument, value string) *rule.Problem {
	const invalid = "Invalid address"
	u, err := url.Parse(value)
	switch {
	case strings.HasPrefix(strings.ToLower(value), "oci://"):
		return rule.New("OCI registry in url", a.Subject()+" begins with oci://, so it is a registry and has no index.yaml. Use the resource devtron_container_registry with charts instead.")
	case err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https":
		return rule.New(invalid, a.Subject()+" is not an address with a host. Write it with http or https, "+example(value))
	case u.User != nil:
		return rule.New(invalid, a.Subject()+" contains a user name. Write the address alone, and set username, and password or password_wo.")
	case strings.HasSuffix(u.Path, "/index.yaml"):
		return rule.New(invalid, a.Subject()+" ends with /index.yaml, which Devtron appends itself. Remove it.")
	}
	return nil
}

// lineBreaks refuses line breaks at the ends of a user name or a password, where spaces can belong
// to it.
func lineBreaks(a rule.Argument, value string) *rule.Problem {
	if rule.Printable(a, value) == nil {
		return nil
	}
	return rule.Trimmed(a, value)
}

func example(value string) string {
	if u, err := url.Parse("https://" + value); err == nil && !strings.Contains(value, "://") && u.Hostname() != "" && u.User == nil {
		return fmt.Sprintf("for example %q.", "https://"+value)
	}
	return "for example \"https://charts.example.com/stable\"."
}

var dnsLabel = pattern.New(`^[a-z0-9]([a-z0-9-]{1,61}[a-z0-9])$`)

// nameProblem says what is wrong with the name of a new chart repository, which becomes the name of
// a Kubernetes secret; nil if it is valid.
func nameProblem(name string) *rule.Problem {
	if dnsLabel.MatchString(name) {
		return nil
	}
	return rule.New("Invalid chart repository name",
		fmt.Sprintf("The name %q is not valid in Devtron. A name has 3 to 63 characters: lower-case letters, digits, and hyphens, no hyphen at the ends, for example \"acme-charts\".", name))
}
