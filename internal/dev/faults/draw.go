// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// wish is a configuration that somebody may write: GitHub, and perhaps another git host beside it.
type wish struct {
	github bool
	second int // 0: none, else the place in stage.Resources
	// What may change of a configuration: a setting, the token, which one is active.
	custom, otherToken, switched bool
}

// run is all that is drawn from a seed.
type run struct {
	seed    uint64
	from    wish // what is applied when it begins
	to      wish
	command string // "plan", "apply" or "destroy"
	fault   fault
	argoCD  bool // with it Devtron tries tokens at the git host
	retries int
}

// draw makes the same run from the same seed.
func draw(seed uint64) run {
	r := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // G404: it is to be repeatable
	drawn := run{seed: seed, argoCD: r.IntN(2) == 0, retries: r.IntN(3)}
	second := 1 + r.IntN(3)
	switch r.IntN(3) {
	case 1:
		drawn.from = wish{github: true}
	case 2:
		drawn.from = wish{github: true, second: second}
	}
	drawn.to = wish{
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

// writes are the methods with which the command writes to Devtron, or GET where it does not.
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

func (w wish) String() string {
	if !w.github {
		return "nothing"
	}
	words := []string{"github"}
	if w.second > 0 {
		words = append(words, []string{"", "gitlab", "azure", "bitbucket"}[w.second])
	}
	for _, change := range []struct {
		word string
		made bool
	}{{"custom", w.custom}, {"other-token", w.otherToken}, {"switched", w.switched}} {
		if change.made {
			words = append(words, change.word)
		}
	}
	return strings.Join(words, " ")
}

// fault is what goes wrong, and with what.
type fault struct {
	kind   *kind
	server string // its name in the sandbox's log
	method string // "" is any
	skip   int    // so many requests pass before
	times  int    // 0 is for ever
	handle bool   // the server does its work although its answer is lost
	delay  time.Duration
	status int
	retry  string // the header Retry-After, where it is not empty
	body   string
	bytes  int // that are sent of an answer
}

func (f fault) String() string {
	return fmt.Sprintf("%s: %s, method %q, skip %d, times %d, handle %t, delay %s, status %d, retry-after %q, body %q, bytes %d",
		f.server, f.kind.name, f.method, f.skip, f.times, f.handle, f.delay, f.status, f.retry, f.body, f.bytes)
}

// onDevtron tells in which half of the table the fault is.
func (f fault) onDevtron() bool { return f.server == "devtron" }

func drawFault(r *rand.Rand, second int, write string) fault {
	f := fault{server: "devtron", kind: &kinds[r.IntN(len(kinds))]}
	if r.IntN(3) == 0 && !f.kind.devtronOnly {
		f.server = []string{"github", "gitlab", "azure", "bitbucket"}[[]int{0, 0, second}[r.IntN(3)]]
	}
	// Writes are what this is about: most faults meet those, where the command makes any.
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
