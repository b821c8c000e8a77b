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

const memoryTarget = 1.35 // times the floor

// measureMemory measures the peak memory of the provider's processes in an unchanged plan.
func measureMemory(ctx context.Context, b *bench) error {
	var watched [contestants]*contestant
	for i, c := range b.contestants {
		var err error
		if watched[i], err = b.withRusage(ctx, c, i); err != nil {
			// The command rusage exists only for Unix.
			first, _, _ := strings.Cut(err.Error(), "\n")
			b.table.add(row{measured: "peak memory", provider: "not measured: " + first})
			return nil
		}
	}
	for _, s := range scenarios {
		peaks, err := b.peaks(ctx, s, watched)
		if err != nil {
			return err
		}
		r := row{measured: "peak memory of an unchanged plan, " + s.name}
		r.compare(inMegabytes, peaks[provider], peaks[floor], peaks[empty])
		r.require(ratios(peaks[provider], peaks[floor]).median(), memoryTarget)
		b.table.add(r)
	}
	small, err := b.peaks(ctx, environments(1), watched)
	if err != nil {
		return err
	}
	large, err := b.peaks(ctx, environments(many), watched)
	if err != nil {
		return err
	}
	peak := row{measured: "peak memory of an unchanged plan, " + environments(many).name}
	peak.compare(inMegabytes, large[provider], large[floor], large[empty])
	b.table.add(peak)
	r := row{measured: "its growth for each further environment"}
	for i, cell := range []*string{&r.provider, &r.floor, &r.empty} {
		*cell = fmt.Sprintf("%.1f kB", 1000*differences(large[i], small[i]).over(many-1).median())
	}
	b.table.add(r)
	return nil
}

func inMegabytes(s sample) string { return fmt.Sprintf("%.1f MB", s.median()) }

// peaks measures the peak memory of each contestant in MB.
func (b *bench) peaks(ctx context.Context, s scenario, watched [contestants]*contestant) (peaks [contestants]sample, err error) {
	ready, err := b.stand(ctx, s)
	if err != nil {
		return peaks, err
	}
	var folders [contestants]*cli.Folder
	for i, c := range watched {
		if folders[i], err = c.copyOf(ctx, c.tool, ready.folders[i][0], ready.env); err != nil {
			return peaks, err
		}
	}
	for range b.repetitions(5, 1) {
		for i, c := range watched {
			peak, err := c.peak(ctx, folders[i])
			if err != nil {
				return peaks, err
			}
			peaks[i] = append(peaks[i], peak)
		}
	}
	return peaks, nil
}

// withRusage returns a contestant whose provider runs as a child of the command rusage.
func (b *bench) withRusage(ctx context.Context, c *contestant, i int) (*contestant, error) {
	dir := filepath.Join(b.dir, fmt.Sprint("rusage", i))
	watched, err := newContestant(ctx, dir, cli.Program{Source: c.program.Source, Package: packages + "/rusage"}, 1)
	if err != nil {
		return nil, err
	}
	watched.env = map[string]string{"RUSAGE_PROGRAM": c.tool.Provider, "RUSAGE_REPORT": filepath.Join(dir, "peaks")}
	maps.Copy(watched.env, c.env)
	return watched, nil
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
