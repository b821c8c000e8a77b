// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"
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
	if collectLate(); collectorPercent() != 100 {
		t.Error("GOGC is overridden")
	}
}

func TestFirstCollectionIsLate(t *testing.T) {
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	t.Setenv("GOGC", "")
	if err := os.Unsetenv("GOGC"); err != nil {
		t.Fatal(err)
	}
	collectLate()
	if percent := collectorPercent(); percent != 200 {
		t.Errorf("before the first collection: %d percent", percent)
	}
	runtime.GC()
	for deadline := time.Now().Add(10 * time.Second); collectorPercent() != 100; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("collections remain rare after the first one")
		}
	}
}

func collectorPercent() uint64 {
	percent := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(percent)
	return percent[0].Value.Uint64()
}
