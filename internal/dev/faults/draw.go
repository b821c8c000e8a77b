// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// setup is a configuration: GitHub, and optionally another git host.
type setup struct {
	github bool
	second int // 0 is none, otherwise an index of stage.Resources
	// Changes: another setting, another token, the other configuration is active.
	custom, otherToken, switched bool
}

// run is everything that is drawn from a seed.
type run struct {
	seed    uint64
	from    setup // applied before the run
	to      setup
	command string // "plan", "apply" or "destroy"
	fault   fault
	argoCD  bool // with Argo CD, Devtron tests tokens with dry runs
	retries int
}

// draw returns the same run for the same seed.
func draw(seed uint64) run {
	r := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // G404: runs must be repeatable
	drawn := run{seed: seed, argoCD: r.IntN(2) == 0, retries: r.IntN(3)}
	second := 1 + r.IntN(3)
	switch r.IntN(3) {
	case 1:
		drawn.from = setup{github: true}
	case 2:
		drawn.from = setup{github: true, second: second}
	}
	drawn.to = setup{
		github: true, custom: r.IntN(2) == 0, otherToken: r.IntN(3) == 0,
	}
	if r.IntN(2) == 0 {
		drawn.to.second = second
		drawn.to.switched = r.IntN(3) == 0
	}
	drawn.command = []string{"plan", "apply", "apply", "apply", "destroy"}[r.IntN(5)]
	if drawn.command == "destroy" && !drawn.from.github {
		drawn.command = "apply"
	}
	writes := drawn.writes()
	write := writes[r.IntN(len(writes))]
	drawn.fault = drawFault(r, second, write)
	return drawn
}

// writes returns the methods with which the command writes to Devtron, or GET if it does not write.
func (r run) writes() []string {
	var list []string
	if r.command == "apply" && (!r.from.github || r.to.second > 0 && r.from.second == 0) {
		list = append(list, "POST")
	}
	if r.command == "apply" && r.from.github && (r.to.custom || r.to.otherToken || r.to.switched) || r.command == "destroy" {
		list = append(list, "PUT")
	}
	if list == nil {
		return []string{"GET"}
	}
	return list
}

func (r run) String() string {
	return fmt.Sprintf("seed %d: %s of [%s] after [%s], Argo CD %t, %d retries; %s", r.seed, r.command, r.to, r.from, r.argoCD, r.retries, r.fault)
}

func (s setup) String() string {
	if !s.github {
		return "nothing"
	}
	words := []string{"github"}
	if s.second > 0 {
		words = append(words, []string{"", "gitlab", "azure", "bitbucket"}[s.second])
	}
	for _, change := range []struct {
		word    string
		applies bool
	}{{"custom", s.custom}, {"other-token", s.otherToken}, {"switched", s.switched}} {
		if change.applies {
			words = append(words, change.word)
		}
	}
	return strings.Join(words, " ")
}

// fault is what fails, and how.
type fault struct {
	kind   *kind
	server string // by its name in the log of the sandbox
	method string // "" is any method
	skip   int    // number of requests before it
	times  int    // 0 is always
	handle bool   // the server handles the request before it fails
	delay  time.Duration
	status int
	retry  string // header Retry-After
	body   string
	bytes  int // length of a truncated response
}

func (f fault) String() string {
	return fmt.Sprintf("%s: %s, method %q, skip %d, times %d, handle %t, delay %s, status %d, retry-after %q, body %q, bytes %d",
		f.server, f.kind.name, f.method, f.skip, f.times, f.handle, f.delay, f.status, f.retry, f.body, f.bytes)
}

// onDevtron reports whether Devtron fails, not a git host.
func (f fault) onDevtron() bool { return f.server == "devtron" }

func drawFault(r *rand.Rand, second int, write string) fault {
	f := fault{server: "devtron", kind: &kinds[r.IntN(len(kinds))]}
	if r.IntN(3) == 0 && !f.kind.devtronOnly {
		f.server = []string{"github", "gitlab", "azure", "bitbucket"}[[]int{0, 0, second}[r.IntN(3)]]
	}
	// Failing writes do the most harm, so most faults affect them.
	f.method = []string{"", "GET", write, write, write}[r.IntN(5)]
	if !f.onDevtron() {
		f.method = []string{"", "GET"}[r.IntN(2)]
	}
	f.skip = []int{0, 0, 0, 0, 1, 2}[r.IntN(6)]
	f.times = []int{1, 1, 2, 3, 0}[r.IntN(5)]
	f.handle = r.IntN(2) == 0
	f.kind.details(r, &f)
	return f
}
