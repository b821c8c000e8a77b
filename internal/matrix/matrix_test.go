// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const events = `{"Action":"start","Package":"x/provider"}
{"Action":"output","Package":"x/provider","Test":"TestA","Output":"=== RUN   TestA\n"}
{"Action":"pass","Package":"x/provider","Test":"TestA"}
{"Action":"output","Package":"x/provider","Test":"TestB","Output":"    b_test.go:7: needs actions\n"}
{"Action":"output","Package":"x/provider","Test":"TestB","Output":"--- SKIP: TestB (0.00s)\n"}
{"Action":"skip","Package":"x/provider","Test":"TestB"}
{"Action":"output","Package":"x/provider","Test":"TestC","Output":"    c_test.go:9: needs actions; this is Terraform 1.5.7\n"}
{"Action":"skip","Package":"x/provider","Test":"TestC"}
{"Action":"output","Package":"x/provider","Test":"TestD","Output":"    d_test.go:9: needs | more\n"}
{"Action":"skip","Package":"x/provider","Test":"TestD"}
{"Action":"output","Package":"x/provider","Test":"TestE/of","Output":"    e_test.go:9: boom\n"}
{"Action":"fail","Package":"x/provider","Test":"TestE/of"}
{"Action":"fail","Package":"x/provider"}
{"ImportPath":"x/demo","Action":"build-output","Output":"demo.go:1: syntax error\n"}
{"ImportPath":"x/demo","Action":"build-fail"}
{"Action":"fail","Package":"x/demo","FailedBuild":"x/demo"}
{"Action":"output","Package":"x/examples","Output":"panic: no CLI\n"}
{"Action":"fail","Package":"x/examples"}
`

func TestResultsAreCounted(t *testing.T) {
	r, err := read(strings.NewReader(events))
	if err != nil {
		t.Fatal(err)
	}
	if r.passed != 1 || r.skips() != 3 || r.skipped["needs actions"] != 2 || r.skipped["needs | more"] != 1 {
		t.Errorf("passed %d, skipped %v", r.passed, r.skipped)
	}
	said := r.failures()
	for _, words := range []string{"provider TestE/of", "boom", "demo", "syntax error", "examples", "panic: no CLI"} {
		if !strings.Contains(said, words) {
			t.Errorf("nothing about %q in:\n%s", words, said)
		}
	}
	if len(r.failed) != 3 {
		t.Errorf("%d failures:\n%s", len(r.failed), said)
	}
	if _, err := read(strings.NewReader("no JSON")); err == nil {
		t.Error("took something else for events")
	}
}

func TestTableSaysWhatWasNotTested(t *testing.T) {
	r, err := read(strings.NewReader(events))
	if err != nil {
		t.Fatal(err)
	}
	rows := []row{{release: wanted[0], missing: errors.New("no\nnetwork")}, {release: release{tofu, "1.12.6"}, result: r}}
	want := "| CLI | passed | failed | skipped |\n|---|---|---|---|\n" +
		"| Terraform 1.0.11 | not tested | not tested | it could not be had: no network |\n" +
		"| OpenTofu 1.12.6 | 1 | 3 | 3 |\n" +
		"\n| skipped, as the test | Terraform 1.0.11 | OpenTofu 1.12.6 |\n|---|---|---|\n" +
		"| needs actions | | 2 |\n| needs \\| more | | 1 |\n"
	if got := render(rows); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if err := verdict(rows); err == nil || !strings.Contains(err.Error(), "3 tests failed") {
		t.Errorf("got %v", err)
	}
	if err := verdict(rows[:1]); err == nil || !strings.Contains(err.Error(), "nothing was tested") {
		t.Errorf("got %v", err)
	}
	if err := verdict([]row{rows[0], {release: wanted[1]}}); err != nil {
		t.Errorf("a CLI that is not to be had made the others fail: %v", err)
	}
}

func TestACLIInTheCacheIsTakenOnlyIfItIsTheOne(t *testing.T) {
	cache := t.TempDir()
	c := release{tofu, "1.12.6"}
	path := filepath.Join(cache, "tofu-1.12.6", "tofu")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	pretend := func(says string) {
		if err := os.WriteFile(path, []byte("#!/bin/sh\necho '"+says+"'\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", "/usr/bin:/bin")
	pretend("OpenTofu v1.12.6")
	if got, err := c.get(t.Context(), cache, io.Discard); err != nil || got != path {
		t.Errorf("got %q, %v", got, err)
	}
	// Another version there is replaced, for which there is no go command here.
	pretend("OpenTofu v1.12.5")
	if got, err := c.get(t.Context(), cache, io.Discard); err == nil || !strings.Contains(err.Error(), "not built") {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestReleasesAreChosenByName(t *testing.T) {
	if all, err := choose(nil); err != nil || len(all) != len(wanted) {
		t.Errorf("%v, %v", all, err)
	}
	if one, err := choose([]string{"tofu-1.12.6"}); err != nil || len(one) != 1 || one[0].String() != "OpenTofu 1.12.6" {
		t.Errorf("%v, %v", one, err)
	}
	if _, err := choose([]string{"terraform-0.11"}); err == nil || !strings.Contains(err.Error(), "terraform-1.0.11") {
		t.Error(err)
	}
}

func TestBackendsOfCloudsAreDropped(t *testing.T) {
	got, err := dropBackends([]byte(`package init

import (
	"sync"

	backendLocal "github.com/hashicorp/terraform/internal/backend/local"
	backendAzure "github.com/hashicorp/terraform/internal/backend/remote-state/azure"
	backendHTTP "github.com/hashicorp/terraform/internal/backend/remote-state/http"
)

var backends map[string]func() backend.Backend

func Init() {
	backends = map[string]func() backend.Backend{
		"local":   func() backend.Backend { return backendLocal.New() },
		"http":    func() backend.Backend { return backendHTTP.New() },
		"azurerm": func() backend.Backend { return backendAzure.New() },
		// Deprecated ones.
		"azure": func() backend.Backend {
			return deprecate(
				backendAzure.New(),
			)
		},
	}
}
`))
	if err != nil {
		t.Fatal(err)
	}
	text := string(got)
	if strings.Contains(text, "zure") || !strings.Contains(text, "backendHTTP.New()") || !strings.Contains(text, "backendLocal.New()") {
		t.Error(text)
	}
}
