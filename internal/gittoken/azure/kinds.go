// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package azure

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
	"github.com/devtron-labs/terraform-provider-devtron/internal/pattern"
)

// kinds are the forms of tokens that Azure DevOps and Microsoft Entra ID generate.
var kinds = []inspect.TokenKind{
	{Kind: inspect.KindPersonal, Match: signedForm.MatchString},
	{Kind: inspect.KindPersonal, Match: olderForm.MatchString, Ambiguous: true},
	{Kind: inspect.KindEntra, Match: isEntraToken, Ambiguous: true, Unusable: "it expires within hours, and Devtron stores the token permanently"},
}

// The forms of personal access tokens. The newer one contains the signature of its issuer.
var (
	signedForm = pattern.New(`^[0-9A-Za-z]{76}AZDO[0-9A-Za-z]{4}$`)
	olderForm  = pattern.New(`^[a-z2-7]{52}$`)
)

// isEntraToken reports whether a token is a JWT that names Microsoft Entra ID as its issuer.
func isEntraToken(token string) bool {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return false
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return false
	}
	var claims struct {
		Issuer string `json:"iss"`
	}
	if json.Unmarshal(payload, &claims) != nil {
		return false
	}
	return strings.HasPrefix(claims.Issuer, "https://sts.windows.net/") || strings.HasPrefix(claims.Issuer, "https://login.microsoftonline.")
}
