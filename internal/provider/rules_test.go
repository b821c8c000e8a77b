// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"
)

// expects fails the test unless the rules say all the words about the value, or accept it where there are none.
func expects(t *testing.T, r rules, a argument, value string, words ...string) {
	t.Helper()
	p := r.judge(a, value)
	if p == nil {
		if len(words) > 0 {
			t.Errorf("%s: %q is accepted, wanted %q", a.name, value, words)
		}
		return
	}
	text := p.Summary + "\n" + p.Detail
	if len(words) == 0 {
		t.Errorf("%s: %q is refused: %s", a.name, value, text)
	}
	for _, word := range words {
		if !strings.Contains(text, word) {
			t.Errorf("%s: %q: %q is missing in:\n%s", a.name, value, word, text)
		}
	}
}

const jsonWebToken = "eyJhbGciOiJIUzI1NiJ9.eyJlbWFpbCI6IkFQSS1UT0tFTjp4In0.c2ln_bmF0-dXJl"

func TestAPITokenIsRefusedForWhatIsAroundIt(t *testing.T) {
	configured, variable := argument{name: "api_token"}, argument{name: "api_token", variable: "DEVTRON_API_TOKEN"}
	expects(t, apiTokenRules, configured, jsonWebToken)
	expects(t, apiTokenRules, configured, "not-a-token/with+signs=")
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
		expects(t, apiTokenRules, configured, value, words...)
		p := apiTokenRules.judge(variable, value)
		if p == nil || !strings.Contains(p.Detail, "The environment variable DEVTRON_API_TOKEN") {
			t.Errorf("%q: the variable is not named: %v", value, p)
			continue
		}
		if strings.Contains(p.Detail, "file(") || strings.Contains(p.Summary+p.Detail, jsonWebToken) {
			t.Errorf("%q: unfit for a variable, or shows the token: %s", value, p.Detail)
		}
	}
	expects(t, apiTokenRules, configured, jsonWebToken+"\n", `trimspace(file("..."))`)
	expects(t, apiTokenRules, configured, "\ufeff"+jsonWebToken, `trimspace(trimprefix(file("..."), "\ufeff"))`)
	expects(t, apiTokenRules, variable, jsonWebToken+"\n", `export DEVTRON_API_TOKEN="$(printf %s "$DEVTRON_API_TOKEN" | LC_ALL=C tr -cd '[:graph:]')"`)
}

func TestOtherProviderArgumentsAreRefusedForWhatIsAroundThem(t *testing.T) {
	u, level, insecure := argument{name: "url"}, argument{name: "git_token_check"}, argument{name: "insecure_skip_tls_verify", variable: "DEVTRON_INSECURE_SKIP_TLS_VERIFY"}
	for _, value := range []string{"https://h", "http://10.0.0.1:8080/sub/orchestrator/", "https://[::1]:8443", "https://h/dashboard/app/list?x=1#/y"} {
		expects(t, urlRules, u, value)
	}
	expects(t, urlRules, u, "https://h\n", "White space around url", "line break", "trimspace")
	expects(t, urlRules, u, "\ufeffhttps://h", "Byte order mark in front of url")
	expects(t, urlRules, u, `"https://h"`, "Quotation marks around url")
	expects(t, urlRules, u, "h.example.com:8080", "Invalid Devtron URL", `"h.example.com:8080"`, "write https://h.example.com:8080")
	expects(t, urlRules, u, "", "Devtron URL is missing")
	for _, value := range checkLevels {
		expects(t, levelRules, level, value)
	}
	expects(t, levelRules, level, "warn\n", "White space around git_token_check")
	expects(t, levelRules, level, `'warn'`, "Quotation marks around git_token_check")
	expects(t, levelRules, level, "WARN", "Invalid git_token_check", `Write it as "warn"`)
	expects(t, levelRules, level, "strict", "Invalid git_token_check", `"strict"`, "error, warn, off")
	for _, value := range []string{"true", "false", "1", "0", "TRUE", "f"} {
		expects(t, flagRules, insecure, value)
	}
	expects(t, flagRules, insecure, "true\r", "White space around insecure_skip_tls_verify", "carriage return", "DEVTRON_INSECURE_SKIP_TLS_VERIFY")
	expects(t, flagRules, insecure, "maybe", "Invalid insecure_skip_tls_verify", "DEVTRON_INSECURE_SKIP_TLS_VERIFY", "true or false")
}

// What git hosts take as names is accepted, and what can never work is refused.
func TestRulesOfOwnersHostsAndUsernames(t *testing.T) {
	rulesOf := func(attribute string) rules {
		for _, field := range ownerFields {
			if field.attribute == attribute {
				return field.validators()[0].(stringValidator).rules
			}
		}
		return map[string]rules{"host": gitHostRules, "username": textRules}[attribute]
	}
	for attribute, values := range map[string][]string{
		"organization":           {"acme", "acme-gitops", "acme_corp", "Acme.Inc", "ACME--old-", "1", "x-"},
		"group_id":               {"61512475", "acme", "acme/platform/gitops", "/acme/", "https://gitlab.com/acme", "acme gitops"},
		"azure_project":          {"GitOps", "My Project", "Проект – 設計", "a.b-c_d", "100%"},
		"bitbucket_workspace_id": {"acme", "acme_1-x", "{8d4b5f2e-0000-4000-8000-0123456789ab}"},
		"bitbucket_project_key":  {"GITOPS", "gitops_1"},
		"username":               {"acme-bot", "bot@example.com", "jane_doe_acme", "x-token-auth", "oauth2", "Jane Doe", "Жанна", "group_1_bot", `ACME\jane`, strings.Repeat("ä", 250)},
		"host": {
			"https://github.com", "https://github.com/", "http://git.example.com:8080", "https://[2001:db8::1]:8443/git", "https://10.0.0.1", "https://git.example.com/gitlab/",
			"https://dev.azure.com/My%20Organization", "HTTPS://Git.Example.com", "https://bücher.example",
		},
	} {
		for _, value := range values {
			expects(t, rulesOf(attribute), argument{name: attribute}, value)
		}
		for value, word := range map[string]string{
			"": "is empty", " ": "white space only", "x ": "ends with a space", "\tx": "begins with a tab", "x\n": "ends with a line break", "\ufeffx": "byte order mark",
			"x\u2060": "U+2060", "a\nb": "a line break in the middle", "a\x00b": "U+0000",
		} {
			expects(t, rulesOf(attribute), argument{name: attribute}, value, word)
		}
		if attribute != "host" {
			expects(t, rulesOf(attribute), argument{name: attribute}, strings.Repeat("ä", 251), "too long", "251 characters", "at most 250")
		}
	}
	for _, attribute := range []string{"organization", "azure_project", "bitbucket_workspace_id", "bitbucket_project_key"} {
		expects(t, rulesOf(attribute), argument{name: attribute}, "https://git.example.com/acme", "Slash in "+attribute, "name alone")
	}
	for _, value := range []string{"git.example.com", "git.example.com:8443/x", "https://u:p@git.example.com", "https://git.example.com/?a", "https://git.example.com/#a", "ssh://git.example.com", "https://"} {
		expects(t, rulesOf("host"), argument{name: "host"}, value, "Invalid git host")
	}
}

func TestDurationsOfTimeouts(t *testing.T) {
	a := argument{name: "timeouts.create"}
	for _, value := range []string{"10m", "90s", "1h30m", "500ms", "1.5h", "24h"} {
		expects(t, rules{duration}, a, value)
	}
	expects(t, rules{duration}, a, "10", "Invalid timeout", "timeouts.create", `"10m" or "10s"`)
	expects(t, rules{duration}, a, "soon", "timeouts.create", `"soon"`, "not a duration", `"1h30m"`)
	expects(t, rules{duration}, a, "1d", "not a duration")
	expects(t, rules{duration}, a, "", "not a duration")
	expects(t, rules{duration}, a, "0", "leaves no time")
	expects(t, rules{duration}, a, "0s", "leaves no time")
	expects(t, rules{duration}, a, "-5m", "leaves no time")
}
