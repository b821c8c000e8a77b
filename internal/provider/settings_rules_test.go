// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule/ruletest"
)

const jsonWebToken = "eyJhbGciOiJIUzI1NiJ9.eyJlbWFpbCI6IkFQSS1UT0tFTjp4In0.c2ln_bmF0-dXJl"

func TestAPITokenRules(t *testing.T) {
	configured, variable := rule.Argument{Name: "api_token"}, rule.Argument{Name: "api_token", Variable: "DEVTRON_API_TOKEN"}
	ruletest.Expect(t, apiTokenRules, configured, jsonWebToken)
	ruletest.Expect(t, apiTokenRules, configured, "not-a-token/with+signs=")
	for value, words := range map[string][]string{
		jsonWebToken + "\n":                        {"White space around api_token", "ends with a line break"},
		jsonWebToken + "\r\n":                      {"White space around api_token", "ends with a Windows line break"},
		jsonWebToken + "\r":                        {"White space around api_token", "ends with a carriage return"},
		" " + jsonWebToken:                         {"White space around api_token", "begins with a space"},
		"\t" + jsonWebToken + " ":                  {"White space around api_token", "begins with a tab and ends with a space"},
		jsonWebToken + "\u00a0":                    {"White space around api_token", "U+00A0"},
		"\u200b" + jsonWebToken:                    {"White space around api_token", "U+200B"},
		jsonWebToken + "\x00":                      {"White space around api_token", "U+0000"},
		"\ufeff" + jsonWebToken:                    {"Byte order mark in front of api_token", "byte order mark"},
		"\n \n":                                    {"White space around api_token", "white space only"},
		`"` + jsonWebToken + `"`:                   {"Quotation marks around api_token"},
		`'` + jsonWebToken + `'`:                   {"Quotation marks around api_token"},
		"“" + jsonWebToken + "”":                   {"Quotation marks around api_token"},
		`"` + jsonWebToken:                         {"Quotation marks around api_token"},
		"Bearer " + jsonWebToken:                   {"Prefix in front of api_token", `begins with "Bearer"`},
		"bearer  " + jsonWebToken:                  {"Prefix in front of api_token", `begins with "bearer"`},
		"Authorization: Bearer " + jsonWebToken:    {"Prefix in front of api_token", `"Authorization: Bearer"`},
		"token: " + jsonWebToken:                   {"Prefix in front of api_token", `"token:"`},
		"token:" + jsonWebToken:                    {"Prefix in front of api_token", `"token:"`},
		"https://devtron.example.com":              {"A URL in place of api_token", "swapped"},
		jsonWebToken + " " + jsonWebToken:          {"Invalid character in api_token", "a space"},
		jsonWebToken + "\n" + jsonWebToken:         {"Invalid character in api_token", "a line break"},
		jsonWebToken + `\n`:                        {"Invalid character in api_token", "backslash"},
		strings.Replace(jsonWebToken, ".", "…", 1): {"Invalid character in api_token", "not ASCII"},
		"": {"Devtron API token is missing", "DEVTRON_API_TOKEN"},
	} {
		ruletest.Expect(t, apiTokenRules, configured, value, words...)
		p := apiTokenRules.Validate(variable, value)
		if p == nil || !strings.Contains(p.Detail, "The environment variable DEVTRON_API_TOKEN") {
			t.Errorf("%q: the message does not name the variable: %v", value, p)
			continue
		}
		if strings.Contains(p.Detail, "file(") || strings.Contains(p.Summary+p.Detail, jsonWebToken) {
			t.Errorf("%q: the advice is not for a variable, or the message shows the token: %s", value, p.Detail)
		}
	}
	ruletest.Expect(t, apiTokenRules, configured, jsonWebToken+"\n", `trimspace(file("..."))`)
	ruletest.Expect(t, apiTokenRules, configured, "\ufeff"+jsonWebToken, `trimspace(trimprefix(file("..."), "\ufeff"))`)
	ruletest.Expect(t, apiTokenRules, variable, jsonWebToken+"\n", `export DEVTRON_API_TOKEN="$(printf %s "$DEVTRON_API_TOKEN" | LC_ALL=C tr -cd '[:graph:]')"`)
}

func TestRulesOfOtherArguments(t *testing.T) {
	u, level, insecure := rule.Argument{Name: "url"}, rule.Argument{Name: "git_token_check"}, rule.Argument{Name: "insecure_skip_tls_verify", Variable: "DEVTRON_INSECURE_SKIP_TLS_VERIFY"}
	for _, value := range []string{"https://h", "http://10.0.0.1:8080/sub/orchestrator/", "https://[::1]:8443", "https://h/dashboard/app/list?x=1#/y"} {
		ruletest.Expect(t, urlRules, u, value)
	}
	ruletest.Expect(t, urlRules, u, "https://h\n", "White space around url", "line break", "trimspace")
	ruletest.Expect(t, urlRules, u, "\ufeffhttps://h", "Byte order mark in front of url")
	ruletest.Expect(t, urlRules, u, `"https://h"`, "Quotation marks around url")
	ruletest.Expect(t, urlRules, u, "h.example.com:8080", "Invalid Devtron URL", `"h.example.com:8080"`, "write https://h.example.com:8080")
	ruletest.Expect(t, urlRules, u, "", "Devtron URL is missing")
	for _, value := range framework.CheckLevels {
		ruletest.Expect(t, levelRules, level, value)
	}
	ruletest.Expect(t, levelRules, level, "warn\n", "White space around git_token_check")
	ruletest.Expect(t, levelRules, level, `'warn'`, "Quotation marks around git_token_check")
	ruletest.Expect(t, levelRules, level, "WARN", "Invalid git_token_check", `Write it as "warn"`)
	ruletest.Expect(t, levelRules, level, "strict", "Invalid git_token_check", `"strict"`, "error, warn, off")
	for _, value := range []string{"true", "false", "1", "0", "TRUE", "f"} {
		ruletest.Expect(t, flagRules, insecure, value)
	}
	ruletest.Expect(t, flagRules, insecure, "true\r", "White space around insecure_skip_tls_verify", "carriage return", "DEVTRON_INSECURE_SKIP_TLS_VERIFY")
	ruletest.Expect(t, flagRules, insecure, "maybe", "Invalid insecure_skip_tls_verify", "DEVTRON_INSECURE_SKIP_TLS_VERIFY", "true or false")
}
