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
	planTarget       = 1.10 // times the floor
	roundTripsTarget = 1.5
	// latency is long compared with the variation between two runs.
	latency = 100 * time.Millisecond
)

// plural returns "1 configuration" or "4 configurations".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// measurePlans measures unchanged plans with the token check, and the round trips that they wait for.
func measurePlans(ctx context.Context, b *bench) error {
	for _, n := range []int{1, 4} {
		provider, err := b.configurations(ctx, b.provider, n)
		if err != nil {
			return err
		}
		floor, err := b.nothings(ctx, b.floor, n)
		if err != nil {
			return err
		}
		var cpu [2]sample
		plan := func(i int, f *cli.Folder) func() error {
			return func() error {
				seconds, err := planUnchanged(ctx, f)
				cpu[i] = append(cpu[i], seconds)
				return err
			}
		}
		wall, err := alternate(b.repetitions(21, 9), plan(0, floor), plan(1, provider))
		if err != nil {
			return err
		}
		ratio := ratios(wall[1], wall[0])
		b.table.add(row{
			measured: "unchanged plan, " + plural(n, "configuration"), provider: milliseconds(wall[1]), floor: milliseconds(wall[0]),
			ratio: ratio.String(), target: fmt.Sprintf("%.2f", planTarget), met: met(ratio.median() <= planTarget),
		})
		b.table.add(row{
			measured: "its CPU time, with the CLI", provider: milliseconds(cpu[1]), floor: milliseconds(cpu[0]), ratio: ratios(cpu[1], cpu[0]).String(),
		})
		if err := b.measureRoundTrips(ctx, provider); err != nil {
			return err
		}
	}
	return nil
}

// measureRoundTrips measures how much longer a plan takes when every response is delayed.
func (b *bench) measureRoundTrips(ctx context.Context, f *cli.Folder) error {
	plan := func() error {
		_, err := planUnchanged(ctx, f)
		return err
	}
	var trips sample
	wall, err := alternate(b.repetitions(9, 2), plan, func() error {
		b.delayResponses(latency)
		defer b.delayResponses(0)
		b.box.Log.Reset()
		err := plan()
		trips = append(trips, b.span().Seconds()/latency.Seconds())
		return err
	})
	if err != nil {
		return err
	}
	longer := differences(wall[1], wall[0])
	b.table.add(row{
		measured: fmt.Sprintf("its round trips one after another, with %d ms added to each", latency.Milliseconds()),
		provider: fmt.Sprintf("%s; %.0f ms longer", trips, 1000*longer.median()), floor: "0",
		target: fmt.Sprintf("%.1f", roundTripsTarget), met: met(trips.median() <= roundTripsTarget),
	})
	return nil
}

// span is the time from the first request to the last response of a plan with delayed responses. It
// depends on the order of the requests, and little on other load on the machine.
func (b *bench) span() time.Duration {
	requests := b.box.Log.All()
	if len(requests) == 0 {
		return 0
	}
	return requests[len(requests)-1].Time.Sub(requests[0].Time) + latency
}

// delayResponses delays the responses of all servers.
func (b *bench) delayResponses(delay time.Duration) {
	for _, server := range stage.Servers(b.box) {
		server.ClearFaults()
		if delay > 0 {
			server.Inject(sandbox.Fault{Delay: delay})
		}
	}
}

func milliseconds(s sample) string { return fmt.Sprintf("%.0f ms", 1000*s.median()) }
