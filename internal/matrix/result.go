// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
)

// packages hold the tests that run a CLI.
var packages = []string{"./internal/provider", "./internal/examples", "./internal/demo"}

// result is what the tests said under one CLI.
type result struct {
	passed  int
	skipped map[string]int // by reason
	failed  []failure
}

type failure struct{ test, output string }

// test runs the tests with the CLI at path.
func (c release) test(ctx context.Context, path string) (result, error) {
	cmd := exec.CommandContext(ctx, "go", append([]string{"test", "-json", "-count=1", "-timeout=30m"}, packages...)...)
	// The tests take the CLI from the first variable, terraform-plugin-testing from the others.
	cmd.Env = append(os.Environ(), "TF_CLI="+path, "TF_ACC_TERRAFORM_PATH="+path, "TF_ACC_TERRAFORM_VERSION=", "TF_CLI_CONFIG_FILE=")
	if c.product == tofu {
		// It asks for a Terraform's address of the provider otherwise.
		cmd.Env = append(cmd.Env, "TF_ACC_PROVIDER_NAMESPACE=hashicorp", "TF_ACC_PROVIDER_HOST=registry.opentofu.org")
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	output, err := cmd.Output()
	r, readErr := read(bytes.NewReader(output))
	switch {
	case readErr != nil:
		return r, readErr
	case err != nil && len(r.failed) == 0:
		return r, fmt.Errorf("%s: go test: %w\n%s", c, err, &stderr)
	}
	return r, nil
}

// read counts what "go test -json" tells of tests and of subtests.
func read(events io.Reader) (result, error) {
	r := result{skipped: map[string]int{}}
	type key struct{ pkg, test string }
	outputs := map[key]*strings.Builder{}
	failing := map[string]bool{} // packages with a failed test
	lines := bufio.NewScanner(events)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var event struct{ Action, Package, ImportPath, FailedBuild, Test, Output string }
		if err := json.Unmarshal(lines.Bytes(), &event); err != nil {
			return r, fmt.Errorf("read what go test said: %w: %q", err, lines.Text())
		}
		k := key{event.Package, event.Test}
		if event.ImportPath != "" { // of a build
			k = key{event.ImportPath, ""}
		}
		if outputs[k] == nil {
			outputs[k] = &strings.Builder{}
		}
		switch {
		case event.Output != "":
			outputs[k].WriteString(event.Output)
		case event.FailedBuild != "": // told already
		case event.Action == "fail" && (event.Test != "" || !failing[event.Package]), event.Action == "build-fail":
			// A package that fails although no test of it did was not built, or ended in the middle.
			failing[event.Package] = true
			name := strings.TrimSpace(k.pkg[strings.LastIndex(k.pkg, "/")+1:] + " " + event.Test)
			r.failed = append(r.failed, failure{name, outputs[k].String()})
		case event.Test == "":
		case event.Action == "pass":
			r.passed++
		case event.Action == "skip":
			r.skipped[reason(outputs[k].String())]++
		}
	}
	return r, lines.Err()
}

var (
	skipLine = regexp.MustCompile(`(?m)^\s+\w+\.go:\d+: (.*)$`)
	// thisCLI is the end of a reason that tells what the row of the table tells.
	thisCLI = regexp.MustCompile(`[;,] this is .*$`)
)

// reason is what a skipped test gave as its reason.
func reason(output string) string {
	found := skipLine.FindAllStringSubmatch(output, -1)
	if len(found) == 0 {
		return "no reason given"
	}
	return thisCLI.ReplaceAllString(found[len(found)-1][1], "")
}

// skips is the number of skipped tests.
func (r result) skips() int {
	n := 0
	for _, count := range r.skipped {
		n += count
	}
	return n
}

// failures tells of each failed test what it said last.
func (r result) failures() string {
	var b strings.Builder
	for _, f := range r.failed {
		const most = 3000
		fmt.Fprintf(&b, "--- %s\n%s\n", f.test, f.output[max(0, len(f.output)-most):])
	}
	return b.String()
}
