// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

// Command rusage stands in for a provider: it runs the real one as its child and notes the most memory that it had.
//
// The system counts what a process used before it became another program to the other program. It is small so that this
// is less than any provider needs.
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
	cmd := exec.Command(program, os.Args[1:]...) //nolint:noctx // it ends when the CLI says so
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	signal.Ignore(os.Interrupt) // the CLI asks the provider to stop; this must outlive it
	err := cmd.Run()
	if cmd.ProcessState == nil {
		os.Exit(1) // there is no such program
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
