// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/secret"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// jwt is a token with these claims, whose signature is nonsense.
func jwt(claims string) string {
	segment := base64.RawURLEncoding.EncodeToString
	return segment([]byte(`{"alg":"RS256"}`)) + "." + segment([]byte(claims)) + ".c2lnbmF0dXJl"
}

func TestTokensAreJudgedByTheirExpirationDate(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct{ token, want string }{
		"no token":                      {"", ""},
		"a static token":                {"not.a.token", ""},
		"no JSON web token":             {"abc", ""},
		"without an expiration date":    {jwt(`{"sub":"x"}`), ""},
		"an expiration date of null":    {jwt(`{"exp":null}`), ""},
		"an expiration date as a text":  {jwt(`{"exp":"tomorrow"}`), ""},
		"beyond any calendar":           {jwt(`{"exp":1e300}`), ""},
		"a year from now":               {jwt(fmt.Sprintf(`{"exp":%d}`, now.AddDate(1, 0, 0).Unix())), ""},
		"31 days from now":              {jwt(fmt.Sprintf(`{"exp":%d}`, now.AddDate(0, 0, 31).Unix())), ""},
		"29 days from now":              {jwt(fmt.Sprintf(`{"exp":%d}`, now.AddDate(0, 0, 29).Unix())), "warning: 2026-12-24 12:00 UTC"},
		"29 days from now as a decimal": {jwt(fmt.Sprintf(`{"exp":%d.5}`, now.AddDate(0, 0, 29).Unix())), "warning: 2026-12-24 12:00 UTC"},
		"a second from now":             {jwt(fmt.Sprintf(`{"exp":%d}`, now.Unix()+1)), "warning: 2026-11-25 12:00 UTC"},
		"now":                           {jwt(fmt.Sprintf(`{"exp":%d}`, now.Unix())), "error: 2026-11-25 12:00 UTC"},
		"a year ago":                    {jwt(fmt.Sprintf(`{"exp":%d}`, now.AddDate(-1, 0, 0).Unix())), "error: 2025-11-25 12:00 UTC"},
		"the year 1970":                 {jwt(`{"exp":0}`), "error: 1970-01-01 00:00 UTC"},
		"before any calendar":           {jwt(`{"exp":-1e300}`), "error: 1970-01-01 00:00 UTC"},
		"with padding":                  {strings.Replace(jwt(`{"exp":0}`), ".c2ln", "==.c2ln", 1), "error: 1970-01-01 00:00 UTC"},
	} {
		diags := judgeToken(test.token, pathBearerToken, now)
		severity, date, _ := strings.Cut(test.want, ": ")
		switch {
		case test.want == "" && len(diags) == 0:
		case len(diags) != 1, !strings.EqualFold(diags[0].Severity().String(), severity), !strings.Contains(diags[0].Detail(), date):
			t.Errorf("%s: got %v, want %q", name, diags, test.want)
		case strings.Contains(diags[0].Detail(), test.token):
			t.Errorf("%s: the message quotes the token", name)
		}
	}
}

func TestServiceAccountOfAToken(t *testing.T) {
	t.Parallel()
	for claims, want := range map[string]string{
		`{"sub":"system:serviceaccount:devtroncd:cd-user"}`: "devtroncd:cd-user",
		`{"sub":"system:serviceaccount:cd-user"}`:           "NAMESPACE:NAME",
		`{"sub":"somebody@example.com"}`:                    "NAMESPACE:NAME",
		`{}`:                                                "NAMESPACE:NAME",
	} {
		c, ok := claimsOf(jwt(claims))
		namespace, name := c.serviceAccount()
		if got := namespace + ":" + name; !ok || got != want {
			t.Errorf("%s: got %s", claims, got)
		}
	}
}

func TestRulesOfAddressesAndTokens(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 250-len("https://k8s.example/"))
	for _, test := range []struct {
		rules       rule.Rules
		value, want string
	}{
		{addressRules, "https://k8s.example", ""},
		{addressRules, "https://k8s.example:6443/", ""},
		{addressRules, "http://10.0.0.1:8080/k8s/clusters/c-1", ""},
		{addressRules, "https://[::1]:6443", ""},
		{addressRules, "HTTPS://K8S.EXAMPLE", ""},
		{addressRules, "https://k8s.example/" + long, ""},
		{addressRules, "https://k8s.example/a" + long, "at most 250"},
		{addressRules, "", "empty"},
		{addressRules, "https://k8s.example\n", "line break"},
		{addressRules, "k8s.example", `"https://k8s.example"`},
		{addressRules, "10.0.0.1", `"https://10.0.0.1"`},
		{addressRules, "10.0.0.1:6443", `"https://10.0.0.1:6443"`},
		{addressRules, "localhost:6443", `"https://localhost:6443"`},
		{addressRules, "ftp://k8s.example", "http or https"},
		{addressRules, "https://", "http or https"},
		{addressRules, "https://:6443", "http or https"},
		{addressRules, "https:/k8s.example", "http or https"},
		{addressRules, "https://k8s.example:port", "http or https"},
		{addressRules, "https://k8s.example:99999", "http or https"},
		{addressRules, "https://k8s.example:0", "http or https"},
		{addressRules, "https://a b.example", "http or https"},
		{addressRules, "https://user:hunter2@k8s.example", "user name"},
		{addressRules, "https://k8s.example?a=b", "query"},
		{addressRules, "https://k8s.example?", "query"},
		{addressRules, "https://k8s.example#top", "fragment"},
		{addressRules, "https://k8s.example/#", "fragment"},
		{addressRules, "user:hunter2@k8s.example", "http or https"},

		{bearerTokenRules, "abc", ""},
		{bearerTokenRules, jwt(`{"sub":"x"}`), ""},
		{bearerTokenRules, base64.StdEncoding.EncodeToString([]byte("something else")), ""},
		{bearerTokenRules, "", "empty"},
		{bearerTokenRules, "abc\n", "line break"},
		{bearerTokenRules, "a\x00c", "control character"},
		{bearerTokenRules, "Bearer abc", "the word Bearer"},
		{bearerTokenRules, "bearer abc", "the word Bearer"},
		{bearerTokenRules, "abc def", "white space"},
		{bearerTokenRules, base64.StdEncoding.EncodeToString([]byte(jwt(`{"sub":"x"}`))), "base64decode"},

		{rule.Rules{storable}, "two\nlines", ""},
		{rule.Rules{storable}, "a\x00c", "NUL"},
	} {
		problem := test.rules.Validate(rule.Argument{Name: "argument"}, test.value)
		switch text := fmt.Sprintf("%+v", problem); {
		case problem == nil && test.want == "":
		case problem == nil || test.want == "" || !strings.Contains(strings.ToLower(text), strings.ToLower(test.want)):
			t.Errorf("%q: got %s, want %q", test.value, text, test.want)
		case strings.Contains(text, "hunter2"):
			t.Errorf("%q is quoted: %s", test.value, text)
		}
	}
}

func TestErrorsAboutCredentialsPointAtTheArgumentThatIsSet(t *testing.T) {
	t.Parallel()
	token, key := types.StringValue("x"), secret.ObjectOf(secret.TLSTypes, tlsModel{})
	for name, test := range map[string]struct {
		config model
		at     path.Path
		want   string
	}{
		"token":                  {model{BearerToken: token, TLS: key}, pathBearerToken, "bearer_token"},
		"write-only token":       {model{BearerTokenWO: token, TLS: key}, pathBearerToken, "bearer_token_wo"},
		"client certificate":     {model{TLS: key}, pathBearerToken, "tls"},
		"none":                   {model{TLS: types.ObjectNull(secret.TLSTypes)}, pathBearerToken, "bearer_token"},
		"about another argument": {model{BearerTokenWO: token}, pathServerURL, "server_url"},
	} {
		if got := given(test.config, test.at).String(); got != test.want {
			t.Errorf("%s: got %s", name, got)
		}
	}
}
