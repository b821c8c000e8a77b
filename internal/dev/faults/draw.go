// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// run is everything that is drawn from a seed.
type run struct {
	seed        uint64
	from        setup // applied before the run
	to          setup
	step        step
	command     string // "plan", "apply" or "destroy"
	parallelism int    // 0 is the default of the CLI
	fault       fault
	argoCD      bool // with Argo CD, Devtron tests tokens with dry runs
	retries     int
}

// step is how a run meets the GitHub configuration or an object a second time, or learns a token
// only on the way.
type step string

const (
	once    step = ""
	replace step = "-replace"
	taint   step = "taint"
	rename  step = "rename"
	move    step = "rename with moved"
	rekey   step = "another for_each key"
	rotate  step = "token rotated by another resource"
)

var (
	gitOpsSteps   = []step{replace, taint, rename, move, rekey, rotate}
	platformSteps = []step{replace, taint, move} // a plan with any other rename is refused
)

// draw returns the same run for the same seed.
func draw(seed uint64) run {
	r := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // G404: runs must be repeatable
	drawn := run{seed: seed, argoCD: r.IntN(2) == 0, retries: r.IntN(3), parallelism: r.IntN(2)}
	if r.IntN(2) == 0 {
		drawn.drawPlatform(r)
	} else {
		drawn.drawGitOps(r)
	}
	return drawn
}

// drawPlatform draws a change of some objects of the platform around GitOps.
func (r *run) drawPlatform(random *rand.Rand) {
	for i := range objects {
		r.from.platform[i], r.to.platform[i] = level(random.IntN(2)), level(random.IntN(3))
	}
	one := random.IntN(len(objects)) // at least
	r.from.platform[one] = present
	r.from.platform, r.to.platform = r.from.platform.completed(), r.to.platform.completed()
	r.command = []string{"plan", "apply", "apply", "apply", "apply", "destroy"}[random.IntN(6)]
	if random.IntN(4) > 0 {
		r.step, r.from.target, r.to.target = platformSteps[random.IntN(len(platformSteps))], one, one
		r.to.platform[one] = max(r.to.platform[one], present)
		r.to.platform = r.to.platform.completed()
		r.to.renamed, r.to.moved = r.step == move, r.step == move
	}
	writes := r.writes()
	r.fault = drawFault(random, []string{"cluster"}, writes[random.IntN(len(writes))])
}

// drawGitOps draws a change of GitOps configurations.
func (r *run) drawGitOps(random *rand.Rand) {
	second := 1 + random.IntN(3)
	switch random.IntN(4) {
	case 0:
	case 1:
		r.from = setup{github: true, second: second}
	default:
		r.from = setup{github: true}
	}
	r.to = setup{
		github: true, custom: random.IntN(2) == 0, otherToken: random.IntN(3) == 0,
	}
	if random.IntN(2) == 0 {
		r.to.second = second
		r.to.switched = random.IntN(3) == 0
	}
	if r.from.github && random.IntN(4) > 0 {
		r.take(gitOpsSteps[random.IntN(len(gitOpsSteps))], random.IntN(2) == 0, random.IntN(2) == 0)
	}
	r.command = []string{"plan", "apply", "apply", "apply", "destroy"}[random.IntN(5)]
	if r.command == "destroy" && !r.from.github {
		r.command = "apply"
	}
	writes := r.writes()
	write := writes[random.IntN(len(writes))]
	r.fault = drawFault(random, []string{"github", "github", []string{"", "gitlab", "azure", "bitbucket"}[second]}, write)
}

// take makes the run take a step, alone or together with the other changes.
func (r *run) take(s step, alone, createFirst bool) {
	if r.step = s; alone {
		r.to = r.from
	}
	r.from.createFirst, r.to.createFirst = createFirst, createFirst
	switch s {
	case rename, move:
		r.to.renamed, r.to.moved = true, s == move
	case rekey:
		r.from.key, r.to.key = "old", "new"
	case rotate:
		r.from.revision, r.to.revision = 1, 2
	case once, replace, taint: // The configuration stays as it is written.
	}
}

// onPlatform reports whether the run changes the platform around GitOps.
func (r run) onPlatform() bool { return r.from.onPlatform() || r.to.onPlatform() }

// commandLine returns the arguments of the command.
func (r run) commandLine() []string {
	arguments := []string{r.command}
	if r.command != "plan" {
		arguments = append(arguments, "-auto-approve")
	}
	if r.step == replace && r.command != "destroy" {
		arguments = append(arguments, "-replace="+r.from.address())
	}
	return append(arguments, r.parallel()...)
}

func (r run) parallel() []string {
	if r.parallelism == 0 {
		return nil
	}
	return []string{fmt.Sprintf("-parallelism=%d", r.parallelism)}
}

// writes returns the methods with which the command writes to Devtron, or GET if it does not write.
func (r run) writes() []string {
	var list []string
	if r.onPlatform() {
		return r.platformWrites()
	}
	if r.command == "apply" && (!r.from.github || r.to.second > 0 && r.from.second == 0) {
		list = append(list, "POST")
	}
	written := r.to.custom || r.to.otherToken || r.to.switched || r.step != once && r.step != move
	if r.command == "apply" && r.from.github && written || r.command == "destroy" {
		list = append(list, "PUT")
	}
	if list == nil {
		return []string{"GET"}
	}
	return list
}

func (r run) platformWrites() (list []string) {
	switch r.command {
	case "apply":
		list = r.from.platform.methods(r.to.platform)
		if r.step == replace || r.step == taint {
			list = append(list, "DELETE", "POST")
		}
	case "destroy":
		list = []string{"DELETE"}
	}
	if list == nil {
		return []string{"GET"}
	}
	return list
}

// deactivates reports whether the run may leave the configuration inactive that was in use before
// it.
func (r run) deactivates() bool { return r.command == "destroy" || r.to.switched }

// orphans reports whether the run may lose a configuration from the state. Where the provider is
// killed after the destroy half of a replacement, nothing is left that could put the configuration
// back. The next apply takes it over.
func (r run) orphans() bool {
	twice := r.step != once && r.step != move && r.step != rotate
	return twice && !r.from.createFirst && r.fault.kind.name == providerKilled
}

func (r run) String() string {
	return fmt.Sprintf("seed %d: %s of [%s] after [%s], step %q, Argo CD %t, %d retries; %s",
		r.seed, strings.Join(r.commandLine(), " "), r.to, r.from, r.step, r.argoCD, r.retries, r.fault)
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

// drawFault draws a fault of Devtron or of one of the other servers.
func drawFault(r *rand.Rand, others []string, write string) fault {
	f := fault{server: "devtron", kind: &kinds[r.IntN(len(kinds))]}
	if r.IntN(3) == 0 && !f.kind.devtronOnly {
		f.server = others[r.IntN(len(others))]
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
