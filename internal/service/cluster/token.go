// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// claims are what a token says about itself. Nobody has verified its signature.
type claims struct {
	// Expires is in seconds since 1970; nil if the token does not expire.
	Expires *float64 `json:"exp"`
	// Subject is "system:serviceaccount:NAMESPACE:NAME" in the token of a service account.
	Subject string `json:"sub"`
}

// claimsOf reads the claims of a JSON web token. Other tokens, such as those of a static token
// file, have none.
func claimsOf(token string) (c claims, ok bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return c, false
	}
	var header struct{}
	for i, into := range []any{&header, &c} {
		content, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[i], "="))
		if err != nil || json.Unmarshal(content, into) != nil {
			return claims{}, false
		}
	}
	return c, true
}

// expiry is when a token expires. A date after the year 9999 counts as none.
func (c claims) expiry() (at time.Time, expires bool) {
	const endOfCalendar = 253402300799 // the year 9999
	if c.Expires == nil || *c.Expires > endOfCalendar {
		return at, false
	}
	return time.Unix(int64(max(*c.Expires, 0)), 0).UTC(), true
}

// serviceAccount is the account in the form of kubectl; placeholders where the token does not name
// it.
func (c claims) serviceAccount() (namespace, name string) {
	parts := strings.Split(c.Subject, ":")
	if len(parts) != 4 || parts[0] != "system" || parts[1] != "serviceaccount" {
		return "NAMESPACE", "NAME"
	}
	return parts[2], parts[3]
}

// soon is how long before its expiration date a token is worth a warning.
const soon = 30 * 24 * time.Hour

// judgeToken reports a token that has expired or will soon.
func judgeToken(token string, at path.Path, now time.Time) diag.Diagnostics {
	c, _ := claimsOf(token)
	expiry, expires := c.expiry()
	if !expires || expiry.Sub(now) > soon {
		return nil
	}
	namespace, name := c.serviceAccount()
	advice := fmt.Sprintf("Create a token that lasts longer, for example with a Secret of the type kubernetes.io/service-account-token, whose token does not expire, or with:\n\n  kubectl create token %s --namespace %s --duration 8760h", name, namespace)
	date := expiry.Format("2006-01-02 15:04 MST")
	if expiry.After(now) {
		return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(at, "The bearer token expires soon",
			fmt.Sprintf("The token in %s expires on %s. From then on, Devtron cannot deploy to the cluster.\n\n%s", at, date, advice))}
	}
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "The bearer token has expired",
		fmt.Sprintf("The token in %s expired on %s. The API server does not accept it. Nothing was sent.\n\n%s", at, date, advice))}
}
