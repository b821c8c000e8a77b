// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/stage"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// latency is long compared with the variation between two runs.
const latency = 100 * time.Millisecond

// plural returns "1 environment" or "500 environments".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// measurePlans measures unchanged plans with the token check, and the round trips that they wait
// for.
func measurePlans(ctx context.Context, b *bench) error {
	for _, s := range scenarios {
		ready, err := b.stand(ctx, s)
		if err != nil {
			return err
		}
		plans, cpu := ready.plans(ctx)
		wall, err := alternate(b.layouts(), b.repetitions(36, 9), plans[:]...)
		if err != nil {
			return err
		}
		times := row{measured: "unchanged plan, " + s.name}
		times.compare(milliseconds, wall[provider], wall[floor], wall[empty])
		times.require(ratios(wall[provider], wall[floor]).median(), s.target)
		b.table.add(times)
		processor := row{measured: "its CPU time, with the CLI"}
		processor.compare(milliseconds, cpu[provider], cpu[floor], cpu[empty])
		b.table.add(processor)
		if err := b.measureRoundTrips(ctx, ready); err != nil {
			return err
		}
	}
	return nil
}

// measureRoundTrips measures how long a plan waits when every response is delayed.
func (b *bench) measureRoundTrips(ctx context.Context, s *stand) error {
	s.delayResponses(latency)
	defer s.delayResponses(0)
	var trips sample
	for range b.repetitions(9, 2) {
		s.box.Log.Reset()
		if _, err := planUnchanged(ctx, s.folders[provider][0]); err != nil {
			return err
		}
		trips = append(trips, s.span().Seconds()/latency.Seconds())
	}
	r := row{
		measured: fmt.Sprintf("its round trips one after another, with %d ms added to each", latency.Milliseconds()),
		provider: fmt.Sprintf("%.1f", trips.median()), floor: "1", empty: "0",
	}
	if s.tripsTarget > 0 {
		// A plan does more than wait between the first request and the last response.
		r.target, r.met = fmt.Sprint(s.tripsTarget), met(trips.median() < float64(s.tripsTarget)+0.5)
	}
	b.table.add(r)
	return nil
}

// span is the time from the first request to the last response of a plan with delayed responses. It
// depends on the order of the requests, and little on other load on the machine.
func (s *stand) span() time.Duration {
	requests := s.box.Log.All()
	if len(requests) == 0 {
		return 0
	}
	return requests[len(requests)-1].Time.Sub(requests[0].Time) + latency
}

// delayResponses delays the responses of all servers.
func (s *stand) delayResponses(delay time.Duration) {
	for _, server := range stage.Servers(s.box) {
		server.ClearFaults()
		if delay > 0 {
			server.Inject(sandbox.Fault{Delay: delay})
		}
	}
}

func milliseconds(s sample) string { return fmt.Sprintf("%.0f ms", 1000*s.median()) }
