// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-devtron is the Terraform provider for Devtron.
package main

import (
	"flag"
	"log"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/devtron-labs/terraform-provider-devtron/internal/provider"
)

// version is set by the release build.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "run until interrupted, for a debugger to attach to; prints TF_REATTACH_PROVIDERS")
	flag.Parse()
	quiet()
	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	// What providerserver.Serve does for protocol 6. That function has a server of protocol 5 linked too, half a megabyte.
	err := tf6server.Serve("registry.terraform.io/devtron-labs/devtron", providerserver.NewProtocol6(provider.New(version)()), options...)
	if err != nil {
		log.Fatal(err)
	}
}

// quiet keeps the framework from logging each of its steps where nobody has asked for logs. It would write them all, and the CLI
// read them all and throw them away: a fifth of the time that a plan takes.
func quiet() {
	for _, entry := range os.Environ() {
		if name, value, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "TF_LOG") && value != "" {
			return
		}
	}
	_ = os.Setenv("TF_LOG_SDK", "OFF")
}
