// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
)

// process runs commands of a CLI with full logs, and knows the running one by its process ID.
type process struct {
	folder *cli.Folder
	tool   *cli.CLI
	pid    atomic.Int64
}

const logFile = "provider.log"

// run returns the output of the command and the log of the provider.
func (p *process) run(ctx context.Context, arguments ...string) (output string, err error) {
	log := filepath.Join(p.folder.Dir, logFile)
	_ = os.Remove(log)
	cmd := exec.CommandContext(ctx, p.tool.Path, append(arguments, "-no-color", "-input=false")...)
	cmd.Dir = p.folder.Dir
	cmd.Env = append(p.folder.Env(), "TF_LOG_PROVIDER=TRACE", "TF_LOG_PATH="+log)
	var printed bytes.Buffer
	cmd.Stdout, cmd.Stderr = &printed, &printed
	if err := cmd.Start(); err != nil {
		return "", err
	}
	p.pid.Store(int64(cmd.Process.Pid))
	err = cmd.Wait()
	p.pid.Store(0)
	logged, _ := os.ReadFile(log)
	return printed.String() + string(logged), err
}

// killProvider kills the provider of the running command and reports whether there was one.
func (p *process) killProvider() bool { return cli.KillProvider(int(p.pid.Load())) }

// exitCode returns the exit code of a finished command.
func exitCode(err error) int {
	if err == nil {
		return 0
	}
	if exit, ok := err.(*exec.ExitError); ok { //nolint:errorlint // exec returns it bare
		return exit.ExitCode()
	}
	return -1
}

// failure is an error with the output of a command.
func failure(problem, output string) error {
	const most = 6000
	if len(output) > most {
		output = output[:most] + " ..."
	}
	return fmt.Errorf("%s\n%s", problem, output)
}
