// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
)

const (
	// many is the number of environments of a large installation.
	many         = 500
	growthTarget = 1.5 // milliseconds for each environment, more than the floor takes for a resource
)

// measureGrowth measures what each further environment costs in an unchanged plan. The floor has as
// many resources, so that the difference does not contain what a CLI does for each.
func measureGrowth(ctx context.Context, b *bench) error {
	one, err := b.stand(ctx, environments(1))
	if err != nil {
		return err
	}
	all, err := b.stand(ctx, environments(many))
	if err != nil {
		return err
	}
	small, _ := one.plans(ctx)
	large, _ := all.plans(ctx)
	wall, err := alternate(1, b.repetitions(9, 2), append(small[:], large[:]...)...)
	if err != nil {
		return err
	}
	times := row{measured: "unchanged plan, " + all.name}
	times.compare(milliseconds, wall[contestants+provider], wall[contestants+floor], wall[contestants+empty])
	b.table.add(times)

	var growth [contestants]sample
	for i := range growth {
		growth[i] = differences(wall[contestants+i], wall[i]).over(many - 1)
	}
	more := 1000 * differences(growth[provider], growth[floor]).median()
	b.table.add(row{
		measured: "its growth for each further environment",
		provider: perObject(growth[provider]), floor: perObject(growth[floor]), empty: perObject(growth[empty]),
		overFloor: fmt.Sprintf("%+.2f ms", more), target: fmt.Sprintf("%+.1f ms", growthTarget), met: met(more <= growthTarget),
	})
	return b.measureRoundTrips(ctx, all)
}

func perObject(s sample) string { return fmt.Sprintf("%.2f ms", 1000*s.median()) }
