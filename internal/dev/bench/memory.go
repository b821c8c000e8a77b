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
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/stage"
)

const memoryTarget = 1.30 // times the floor

// measureMemory takes the highest peak of the processes that a CLI starts for an unchanged plan.
func measureMemory(ctx context.Context, b *bench) error {
	real, err := b.watched(ctx, b.real)
	if err != nil {
		// rusage is for systems that have such a thing.
		b.table.add(line{what: "peak memory", real: "not measured: " + firstLine(err.Error())})
		return nil
	}
	floor, err := b.watched(ctx, b.floor)
	if err != nil {
		return err
	}
	for _, n := range []int{1, 4} {
		b.box.Devtron.Empty()
		realFolder, err := real.folder(ctx, stage.Configuration("", stage.Resources(b.box)[:n]...))
		if err != nil {
			return err
		}
		floorFolder, err := floor.folder(ctx, stage.Preamble(floorSource, "")+
			fmt.Sprintf("\nresource \"floor_nothing\" \"x\" {\n  count = %d\n  id    = count.index\n}\n", n))
		if err != nil {
			return err
		}
		for _, f := range []*cli.Folder{realFolder, floorFolder} {
			if err := succeeded("apply", f.Apply(ctx)); err != nil {
				return err
			}
		}
		var peaks [2]sample
		for range b.times(7, 1) {
			for i, c := range []struct {
				*contestant
				folder *cli.Folder
			}{{real, realFolder}, {floor, floorFolder}} {
				peak, err := c.peak(func() error { return unchanged(ctx, c.folder) })
				if err != nil {
					return err
				}
				peaks[i] = append(peaks[i], peak)
			}
		}
		ratio := ratios(peaks[0], peaks[1])
		b.table.add(line{
			what: "peak memory in an unchanged plan, " + plural(n, "configuration"),
			real: fmt.Sprintf("%.1f MB", peaks[0].median()), floor: fmt.Sprintf("%.1f MB", peaks[1].median()),
			ratio: fmt.Sprintf("%.3f (%s)", ratio.median(), ratio.spread()), target: fmt.Sprintf("%.2f", memoryTarget), met: met(ratio.median() <= memoryTarget),
		})
	}
	return nil
}

// watched is a contestant whose provider is run by rusage.
func (b *bench) watched(ctx context.Context, c *contestant) (*contestant, error) {
	dir := filepath.Join(c.dir, "watched")
	env := maps.Clone(c.env)
	env["RUSAGE_PROGRAM"], env["RUSAGE_REPORT"] = c.tool.Provider, filepath.Join(dir, "peaks")
	return newContestant(ctx, dir, env, cli.Program{Source: c.source, Package: module + "/internal/dev/bench/rusage", Flags: releaseFlags})
}

// peak runs something and returns the highest peak of its providers, in millions of bytes.
func (c *contestant) peak(run func() error) (float64, error) {
	report := c.env["RUSAGE_REPORT"]
	_ = os.Remove(report)
	if err := run(); err != nil {
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

func firstLine(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	return first
}
