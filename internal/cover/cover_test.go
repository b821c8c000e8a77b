// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestABlockCountsOnceWhoeverReachedIt(t *testing.T) {
	file := filepath.Join(t.TempDir(), "profile")
	text := "mode: set\nx/a.go:1.2,3.4 5 0\nx/a.go:1.2,3.4 5 1\nx/a.go:4.1,5.1 2 0\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	blocks, err := readProfile(file)
	if err != nil || len(blocks["x/a.go"]) != 2 || !blocks["x/a.go"][0].covered || blocks["x/a.go"][1].covered {
		t.Errorf("got %+v, %v", blocks, err)
	}
}

func TestAFunctionThatNothingReachesNeedsAReason(t *testing.T) {
	var w strings.Builder
	known := function{pkg: "internal/cli", name: "download", statements: 3}
	if err := report(&w, []function{{pkg: "internal/x", name: "f", statements: 4, covered: 3}, known}); err != nil {
		t.Error(err)
	}
	for _, want := range []string{"| internal/x | 4 | 75.0 % |", "| all | 7 | 42.9 % |", "internal/cli: download"} {
		if !strings.Contains(w.String(), want) {
			t.Errorf("%q is not in\n%s", want, w.String())
		}
	}
	if err := report(&w, []function{{pkg: "internal/x", name: "g", statements: 1}}); err == nil {
		t.Error("a function without a reason is let through")
	}
}
