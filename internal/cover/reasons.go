// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import "strings"

// reasons say why functions are covered by no test: all of a package, or one of them ("package: function").
var reasons = map[string]string{
	"internal/bench":                           "measures: `make bench`; its arithmetic is tested",
	"internal/bench/floor":                     "is what `make bench` compares with",
	"internal/bench/rusage":                    "is what `make bench` measures memory with",
	"internal/cover":                           "is this command; what it makes of a profile is tested",
	"internal/faults":                          "happens in faults that the short form of `make test` does not draw: `make faults`, `make load`",
	"internal/matrix":                          "downloads and builds: `make test-matrix`; what it decides is tested",
	"internal/docs: generate":                  "needs the tools' module: `make docs-check`, in CI",
	"internal/docs: run":                       "needs the tools' module: `make docs-check`, in CI",
	"internal/demo: run":                       "`make demo`; the chapters that it tells are tested",
	"internal/gittoken: Severity.String":       "prints what a failing test has found",
	"internal/stage: Resource.Address":         "`make load` imports superfluous rows with it",
	"internal/release: run":                    "`make release-check`, in CI",
	"internal/cli: NewFromArchive":             "`make release-check`, in CI",
	"internal/cli: download":                   "needs the internet, which tests must not",
	"internal/cli: (*Folder).Validate":         "`make bench` counts its requests",
	"internal/sandbox/server: (*tunnels).Addr": "demanded by net.Listener, asked for by nobody",
}

func reason(f function) string {
	if why, ok := reasons[f.pkg+": "+f.name]; ok {
		return why
	}
	if why, ok := reasons[f.pkg]; ok {
		return why
	}
	switch {
	case f.pkg == "internal/provider" && hasAny(f.name, "gitOpsConfigList", "gitOpsValidate", "importedModel", "listResult", "notConnected", "validationDiagnostics"):
		return "list resource and action: tested with Terraform 1.14 and newer, `make test-matrix`"
	case f.name == "main":
		return "flags and exit of a command"
	case strings.HasSuffix(f.name, "Error).Error"):
		return "errors are told apart by their type; what a user reads is made from their fields"
	case strings.HasSuffix(f.name, ".Description"), strings.HasSuffix(f.name, ".MarkdownDescription"):
		return "demanded by the framework, which shows one of the two"
	}
	return ""
}

func hasAny(name string, parts ...string) bool {
	for _, part := range parts {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}
