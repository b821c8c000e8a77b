// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

// target is a line of .goreleaser.yml that names a platform.
var target = regexp.MustCompile(`(?m)^      - ([a-z]+_[a-z0-9]+)\n`)

func configuration(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(root + "/.goreleaser.yml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// forThisMachine leaves only this machine's platform in a configuration.
func forThisMachine(t *testing.T, text string) string {
	t.Helper()
	mine := runtime.GOOS + "_" + runtime.GOARCH
	kept := 0
	text = target.ReplaceAllStringFunc(text, func(line string) string {
		if strings.TrimSpace(line) != "- "+mine {
			return ""
		}
		kept++
		return line
	})
	if kept != 1 {
		t.Fatalf(".goreleaser.yml names %s in %d lines", mine, kept)
	}
	return text
}

func TestThePlatformsThatTheRegistryAsksForAreReleased(t *testing.T) {
	output, err := exec.CommandContext(t.Context(), "go", "tool", "dist", "list").Output()
	if err != nil {
		t.Fatal(err)
	}
	known := strings.Fields(strings.ReplaceAll(string(output), "/", "_"))

	var released []string
	for _, match := range target.FindAllStringSubmatch(configuration(t), -1) {
		released = append(released, match[1])
		if !slices.Contains(known, match[1]) {
			t.Errorf("Go does not build for %s", match[1])
		}
	}
	// The registry's recommendation for providers, and what HCP Terraform runs on.
	for _, want := range []string{
		"darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64", "linux_arm", "windows_amd64",
		"linux_386", "windows_386", "freebsd_386", "freebsd_amd64",
	} {
		if !slices.Contains(released, want) {
			t.Errorf("%s is not released", want)
		}
	}
}

func TestOnePlatformCanBeTakenOutOfTheConfiguration(t *testing.T) {
	whole := configuration(t)
	one := forThisMachine(t, whole)
	if got := len(target.FindAllString(one, -1)); got != 1 {
		t.Errorf("%d platforms are left", got)
	}
	if target.ReplaceAllString(one, "") != target.ReplaceAllString(whole, "") {
		t.Error("more than platforms was taken out")
	}
}
