// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

// Command rusage takes the place of a provider: it runs the real one as a child process and records
// its peak memory.
//
// The system attributes to a process the memory that it used before it executed another program, so
// this program has to be smaller than any provider.
package main

import (
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strconv"
	"syscall"
)

func main() {
	program, report := os.Getenv("RUSAGE_PROGRAM"), os.Getenv("RUSAGE_REPORT")
	cmd := exec.Command(program, os.Args[1:]...) //nolint:noctx // the CLI ends it
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	signal.Ignore(os.Interrupt) // the provider handles it, and this process must outlive the provider
	err := cmd.Run()
	if cmd.ProcessState == nil {
		os.Exit(1) // the program does not exist
	}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		kilobytes := int64(usage.Maxrss) //nolint:unconvert // int32 on some systems
		if runtime.GOOS == "darwin" {
			kilobytes /= 1024
		}
		if f, err := os.OpenFile(report, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
			_, _ = f.WriteString(strconv.FormatInt(kilobytes, 10) + "\n")
			_ = f.Close()
		}
	}
	if err != nil {
		os.Exit(1)
	}
}
