// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"slices"
	"time"
)

// sample holds repeated measurements of one quantity.
type sample []float64

// quantile interpolates between the two nearest values.
func (s sample) quantile(share float64) float64 {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	position := share * float64(len(sorted)-1)
	low := int(position)
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (position-float64(low))*(sorted[high]-sorted[low])
}

func (s sample) median() float64 { return s.quantile(0.5) }

// String returns the median and the interquartile range.
func (s sample) String() string {
	return fmt.Sprintf("%.3f (IQR %.2f to %.2f)", s.median(), s.quantile(0.25), s.quantile(0.75))
}

// alternate runs the functions in turn, warm+n times, and reverses the order every second time, so
// that no function profits from its position. It returns the durations in seconds without those of
// the first turns, which warm up caches.
func alternate(warm, n int, functions ...func(turn int) error) ([]sample, error) {
	durations := make([]sample, len(functions))
	for turn := range warm + n {
		for i := range functions {
			if turn%2 == 1 {
				i = len(functions) - 1 - i
			}
			start := time.Now()
			if err := functions[i](turn); err != nil {
				return nil, err
			}
			if turn >= warm {
				durations[i] = append(durations[i], time.Since(start).Seconds())
			}
		}
	}
	return durations, nil
}

// ratios divides measurements of the same turns.
func ratios(a, b sample) sample {
	r := make(sample, len(a))
	for i := range a {
		r[i] = a[i] / b[i]
	}
	return r
}

// differences subtracts measurements of the same turns.
func differences(a, b sample) sample {
	d := make(sample, len(a))
	for i := range a {
		d[i] = a[i] - b[i]
	}
	return d
}

// over divides all measurements by a number.
func (s sample) over(n float64) sample {
	quotients := make(sample, len(s))
	for i, value := range s {
		quotients[i] = value / n
	}
	return quotients
}
