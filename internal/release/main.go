// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Command release prints the release notes of a version, which are its section
// of CHANGELOG.md:
//
//	go run ./internal/release v1.2.3
//
// The tests of this package hold the release's configuration, the snapshot that
// "make release-check" builds with it, and the workflows.
package main

import (
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("wants one argument, the version")
	}
	changelog, err := os.ReadFile("CHANGELOG.md")
	if err != nil {
		return err
	}
	text, err := notes(string(changelog), args[0])
	if err != nil {
		return err
	}
	_, err = fmt.Println(text)
	return err
}
