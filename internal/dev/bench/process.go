// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

const (
	sizeTarget  = 26.0 // MB
	startTarget = 1.10 // times the floor
)

// measureSize measures the executables, which have no symbols and no debug information.
func measureSize(_ context.Context, b *bench) error {
	ofProvider, err := megabytes(b.contestants[provider].tool.Provider)
	if err != nil {
		return err
	}
	ofFloor, err := megabytes(b.contestants[floor].tool.Provider)
	if err != nil {
		return err
	}
	b.table.add(row{
		measured: "stripped binary", provider: fmt.Sprintf("%.2f MB", ofProvider), floor: fmt.Sprintf("%.2f MB", ofFloor),
		overFloor: fmt.Sprintf("%.2f", ofProvider/ofFloor), target: fmt.Sprintf("%.0f MB", sizeTarget), met: met(ofProvider <= sizeTarget),
	})
	return nil
}

func megabytes(file string) (float64, error) {
	info, err := os.Stat(file)
	if err != nil {
		return 0, err
	}
	return float64(info.Size()) / 1e6, nil
}

// measureStart measures the time from the start of the process to its handshake with the CLI.
func measureStart(ctx context.Context, b *bench) error {
	start := func(c *contestant) func(int) error {
		return func(turn int) error { return handshake(ctx, c.layouts[turn%len(c.layouts)].Provider, b.dir) }
	}
	durations, err := alternate(b.layouts(), b.repetitions(100, 3), start(b.contestants[floor]), start(b.contestants[provider]))
	if err != nil {
		return err
	}
	ratio := ratios(durations[1], durations[0])
	r := row{
		measured: "process start to handshake", provider: milliseconds(durations[1]), floor: milliseconds(durations[0]),
		overFloor: ratio.String(),
	}
	r.require(ratio.median(), startTarget)
	b.table.add(r)
	return nil
}

// handshake starts a provider as a CLI does, waits for its first line, and kills it. The socket of
// the provider remains in dir.
func handshake(ctx context.Context, program, dir string) error {
	cmd := exec.CommandContext(ctx, program)
	cmd.Env = append(os.Environ(), "TMPDIR="+dir, "PLUGIN_PROTOCOL_VERSIONS=6",
		"TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2")
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if err == nil && !strings.HasPrefix(line, "1|6|") {
		err = fmt.Errorf("the provider answers %q", line)
	}
	return err
}
