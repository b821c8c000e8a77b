// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-devtron is the Terraform provider for Devtron.
package main

import (
	"flag"
	"log"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/devtron-labs/terraform-provider-devtron/internal/provider"
)

// version is set by the release build.
var version = "dev"

func main() {
	attach := flag.Bool("debug", false, "run until interrupted, for a debugger to attach to; prints TF_REATTACH_PROVIDERS")
	flag.Parse()
	quiet()
	collectLate()
	var options []tf6server.ServeOpt
	if *attach {
		options = append(options, tf6server.WithManagedDebug())
	}
	server, err := provider.NewServer(version)
	if err == nil {
		err = tf6server.Serve("registry.terraform.io/devtron-labs/devtron", func() tfprotov6.ProviderServer { return server }, options...)
		provider.Shutdown(server)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// quiet keeps the framework from logging each of its steps where nobody has asked for logs. It
// would write them all, and the CLI read them all and throw them away: a fifth of the time that a
// plan takes.
func quiet() {
	for _, entry := range os.Environ() {
		if name, value, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "TF_LOG") && value != "" {
			return
		}
	}
	_ = os.Setenv("TF_LOG_SDK", "OFF")
}

// collectLate lets the heap grow to 8 MB instead of 4 before the first collection, unless GOGC is
// set. Most processes need less: they live for a second. Collections from then on are the usual
// ones.
func collectLate() {
	if _, set := os.LookupEnv("GOGC"); set {
		return
	}
	usual := debug.SetGCPercent(200)
	runtime.AddCleanup(new([64]byte), func(percent int) { debug.SetGCPercent(percent) }, usual)
}
