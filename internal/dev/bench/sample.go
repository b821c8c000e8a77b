// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"slices"
	"time"
)

// sample is a quantity that was measured several times.
type sample []float64

// quantile is the value below which that share of the sample lies, between neighbors in proportion.
func (s sample) quantile(share float64) float64 {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	at := share * float64(len(sorted)-1)
	low := int(at)
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (at-float64(low))*(sorted[high]-sorted[low])
}

func (s sample) median() float64 { return s.quantile(0.5) }

// spread is the range of the middle half.
func (s sample) spread() string {
	return fmt.Sprintf("IQR %.2f to %.2f", s.quantile(0.25), s.quantile(0.75))
}

// turns runs functions one after the other, and all of them again, in the other direction every second time, so that none
// is favored by its place. The durations are in seconds: the i-th of each were measured in the same turn.
func turns(n int, runs ...func() error) ([]sample, error) {
	durations := make([]sample, len(runs))
	for turn := range n + 1 {
		for i := range runs {
			if turn%2 == 1 {
				i = len(runs) - 1 - i
			}
			began := time.Now()
			if err := runs[i](); err != nil {
				return nil, err
			}
			if turn > 0 { // the first one warms caches up
				durations[i] = append(durations[i], time.Since(began).Seconds())
			}
		}
	}
	return durations, nil
}

// ratios divides what was measured in the same turns.
func ratios(a, b sample) sample {
	r := make(sample, len(a))
	for i := range a {
		r[i] = a[i] / b[i]
	}
	return r
}

// differences subtracts what was measured in the same turns.
func differences(a, b sample) sample {
	d := make(sample, len(a))
	for i := range a {
		d[i] = a[i] - b[i]
	}
	return d
}
