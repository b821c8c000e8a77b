// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import "strings"

// reasons say why functions are covered by no test: of a package, or of one function of it ("package: function").
var reasons = map[string]string{
	"internal/bench":               "measures; run by \"make bench\", its arithmetic is tested",
	"internal/bench/floor":         "is what \"make bench\" compares with",
	"internal/bench/rusage":        "is what \"make bench\" measures memory with",
	"internal/cover":               "is this command",
	"internal/docs: main":          "the flags of a command",
	"internal/demo: main":          "the flags of a command",
	"internal/release: main":       "the flags of a command",
	"internal/faults: main":        "the flags of a command",
	"internal/cli: download":       "needs the internet: tests must not",
	"internal/faults: measureLoad": "measures; run by \"make load\"",
}

func reason(f function) string {
	if why, ok := reasons[f.pkg+": "+f.name]; ok {
		return why
	}
	if why, ok := reasons[f.pkg]; ok {
		return why
	}
	if f.name == "main" && strings.Contains(f.pkg, "/cmd/") {
		return "the flags of a command"
	}
	// The framework demands both descriptions; the pages are made from one of them.
	if strings.HasSuffix(f.name, ".Description") || strings.HasSuffix(f.name, ".MarkdownDescription") {
		return "demanded by the framework, which shows one of the two"
	}
	return ""
}
