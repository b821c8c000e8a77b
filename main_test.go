// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"strings"
	"testing"
)

func TestStepsAreLoggedOnlyWhereLogsAreAskedFor(t *testing.T) {
	for _, entry := range os.Environ() {
		if name, _, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "TF_LOG") {
			t.Setenv(name, "")
		}
	}
	t.Setenv("TF_LOG_SDK", "")
	t.Setenv("TF_LOG_PROVIDER", "DEBUG")
	if quiet(); os.Getenv("TF_LOG_SDK") != "" {
		t.Error("quiet although somebody asked for the provider's logs")
	}
	t.Setenv("TF_LOG_PROVIDER", "")
	if quiet(); os.Getenv("TF_LOG_SDK") != "OFF" {
		t.Error("the steps of the framework are logged although nobody asked for them")
	}
}
