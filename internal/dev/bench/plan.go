// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/stage"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const (
	planTarget  = 1.10 // times the floor
	tripsTarget = 1.5  // round trips
	// latency is added to every answer. It is long beside the differences between two runs of the same.
	latency = 100 * time.Millisecond
)

// plural is "1 configuration", "4 configurations".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// measurePlans times an unchanged plan, token check on, and how much longer it takes where every answer takes longer.
func measurePlans(ctx context.Context, b *bench) error {
	for _, n := range []int{1, 4} {
		real, err := b.configurations(ctx, n)
		if err != nil {
			return err
		}
		floor, err := b.nothings(ctx, n)
		if err != nil {
			return err
		}
		var processor [2]sample
		timed := func(i int, f *cli.Folder) func() error {
			return func() error {
				seconds, err := unchangedCPU(ctx, f)
				processor[i] = append(processor[i], seconds)
				return err
			}
		}
		durations, err := turns(b.times(21, 9), timed(0, floor), timed(1, real))
		if err != nil {
			return err
		}
		ratio, used := ratios(durations[1], durations[0]), ratios(processor[1], processor[0])
		b.table.add(line{
			what: "unchanged plan, " + plural(n, "configuration"),
			real: milliseconds(durations[1]), floor: milliseconds(durations[0]),
			ratio: fmt.Sprintf("%.3f (%s)", ratio.median(), ratio.spread()), target: fmt.Sprintf("%.2f", planTarget), met: met(ratio.median() <= planTarget),
		})

		b.table.add(line{
			what: "the same, time of a processor, Terraform's own included",
			real: milliseconds(processor[1]), floor: milliseconds(processor[0]), ratio: fmt.Sprintf("%.3f (%s)", used.median(), used.spread()),
		})

		var trips sample
		durations, err = turns(b.times(9, 2),
			func() error { return unchanged(ctx, real) },
			func() error {
				b.slow(latency)
				defer b.slow(0)
				b.box.Log.Reset()
				err := unchanged(ctx, real)
				trips = append(trips, b.span().Seconds()/latency.Seconds())
				return err
			},
		)
		if err != nil {
			return err
		}
		longer := differences(durations[1], durations[0])
		b.table.add(line{
			what: fmt.Sprintf("the same, %d ms added to every answer: round trips waited for", latency.Milliseconds()),
			real: fmt.Sprintf("%.2f (%s); %.0f ms longer", trips.median(), trips.spread(), 1000*longer.median()), floor: "0",
			target: fmt.Sprintf("%.1f", tripsTarget), met: met(trips.median() <= tripsTarget),
		})
	}
	return nil
}

// span is the time from the arrival of the first request to the answer of the last, while every answer waits. It depends on
// what was asked one after the other, and little on what else a machine does.
func (b *bench) span() time.Duration {
	requests := b.box.Log.All()
	if len(requests) == 0 {
		return 0
	}
	return requests[len(requests)-1].Time.Sub(requests[0].Time) + latency
}

// slow makes every answer of every server wait; 0 ends that.
func (b *bench) slow(delay time.Duration) {
	for _, server := range stage.Servers(b.box) {
		server.ClearFaults()
		if delay > 0 {
			server.Inject(sandbox.Fault{Delay: delay})
		}
	}
}

func milliseconds(s sample) string { return fmt.Sprintf("%.0f ms", 1000*s.median()) }
