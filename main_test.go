// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"runtime/debug"
	"strings"
	"testing"
)

func TestFrameworkLogsOnlyOnRequest(t *testing.T) {
	for _, entry := range os.Environ() {
		if name, _, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "TF_LOG") {
			t.Setenv(name, "")
		}
	}
	t.Setenv("TF_LOG_SDK", "")
	t.Setenv("TF_LOG_PROVIDER", "DEBUG")
	if quiet(); os.Getenv("TF_LOG_SDK") != "" {
		t.Error("the framework does not log although logs of the provider are enabled")
	}
	t.Setenv("TF_LOG_PROVIDER", "")
	if quiet(); os.Getenv("TF_LOG_SDK") != "OFF" {
		t.Error("the framework logs although no logs are enabled")
	}
}

func TestCollectorObeysGOGC(t *testing.T) {
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	t.Setenv("GOGC", "100")
	if collectLess(); debug.SetGCPercent(100) != 100 {
		t.Error("GOGC is overridden")
	}
	if err := os.Unsetenv("GOGC"); err != nil {
		t.Fatal(err)
	}
	if collectLess(); debug.SetGCPercent(100) != 150 {
		t.Error("the default of Go remains")
	}
}
