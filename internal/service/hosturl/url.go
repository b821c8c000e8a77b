// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package hosturl

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"

	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// same reports whether two host URLs are equal. Trailing slashes make no difference.
func same(a, b string) bool { return strings.TrimRight(a, "/") == strings.TrimRight(b, "/") }

// sameURL keeps the earlier spelling of a host URL that is the same.
type sameURL struct{}

// Description implements planmodifier.String.
func (sameURL) Description(context.Context) string { return "trailing slashes make no difference" }

// MarkdownDescription implements planmodifier.String.
func (m sameURL) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyString implements planmodifier.String.
func (sameURL) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if !req.StateValue.IsNull() && !req.PlanValue.IsUnknown() && same(req.StateValue.ValueString(), req.PlanValue.ValueString()) {
		resp.PlanValue = req.StateValue
	}
}

func validURL(a rule.Argument, value string) *rule.Problem {
	u, err := url.Parse(value)
	switch {
	case strings.Contains(value, "@"):
		// What is in front of it may be a password, so that the message does not show the value.
		return rule.New("Invalid host URL", a.Subject()+" has a user name. Write the address alone, for example \"https://devtron.example.com\".")
	case err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" || !validPort(u.Port()):
		return rule.New("Invalid host URL", fmt.Sprintf("%s is %q. Write an address with http or https, for example \"https://devtron.example.com\".", a.Subject(), value))
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.HasSuffix(value, "#"):
		return rule.New("Invalid host URL", a.Subject()+" has a query or a fragment. Write the address alone, for example \"https://devtron.example.com\".")
	}
	return nil
}

func validPort(port string) bool {
	_, err := strconv.ParseUint(port, 10, 16)
	return port == "" || err == nil
}
