// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
)

const memoryTarget = 1.30 // times the floor

// measureMemory measures the peak memory of the provider's processes in an unchanged plan.
func measureMemory(ctx context.Context, b *bench) error {
	provider, err := b.withRusage(ctx, b.provider)
	if err != nil {
		// The command rusage exists only for Unix.
		first, _, _ := strings.Cut(err.Error(), "\n")
		b.table.add(row{measured: "peak memory", provider: "not measured: " + first})
		return nil
	}
	floor, err := b.withRusage(ctx, b.floor)
	if err != nil {
		return err
	}
	for _, n := range []int{1, 4} {
		providerFolder, err := b.configurations(ctx, provider, n)
		if err != nil {
			return err
		}
		floorFolder, err := b.nothings(ctx, floor, n)
		if err != nil {
			return err
		}
		var peaks [2]sample
		for range b.repetitions(7, 1) {
			for i, run := range []struct {
				contestant *contestant
				folder     *cli.Folder
			}{{provider, providerFolder}, {floor, floorFolder}} {
				peak, err := run.contestant.peak(ctx, run.folder)
				if err != nil {
					return err
				}
				peaks[i] = append(peaks[i], peak)
			}
		}
		ratio := ratios(peaks[0], peaks[1])
		b.table.add(row{
			measured: "peak memory of an unchanged plan, " + plural(n, "configuration"),
			provider: fmt.Sprintf("%.1f MB", peaks[0].median()), floor: fmt.Sprintf("%.1f MB", peaks[1].median()),
			ratio: ratio.String(), target: fmt.Sprintf("%.2f", memoryTarget), met: met(ratio.median() <= memoryTarget),
		})
	}
	return nil
}

// withRusage returns a contestant whose provider runs as a child of the command rusage.
func (b *bench) withRusage(ctx context.Context, c *contestant) (*contestant, error) {
	dir := filepath.Join(c.dir, "rusage")
	env := maps.Clone(c.env)
	env["RUSAGE_PROGRAM"], env["RUSAGE_REPORT"] = c.tool.Provider, filepath.Join(dir, "peaks")
	return newContestant(ctx, dir, env, cli.Program{Source: c.source, Package: packages + "/rusage"})
}

// peak runs an unchanged plan and returns the highest peak of its providers in MB.
func (c *contestant) peak(ctx context.Context, f *cli.Folder) (float64, error) {
	report := c.env["RUSAGE_REPORT"]
	if err := os.Remove(report); err != nil && !os.IsNotExist(err) {
		return 0, err
	}
	if _, err := planUnchanged(ctx, f); err != nil {
		return 0, err
	}
	text, err := os.ReadFile(report)
	if err != nil {
		return 0, err
	}
	highest := 0.0
	for field := range strings.FieldsSeq(string(text)) {
		kibibytes, err := strconv.ParseFloat(field, 64)
		if err != nil {
			return 0, err
		}
		highest = max(highest, kibibytes*1024/1e6)
	}
	return highest, nil
}
