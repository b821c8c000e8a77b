// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/stage"
)

// Targets for unchanged configurations.
const (
	devtronTarget = 1
	gitHostTarget = 2 // each
)

// measureRequests counts the requests of each command, by server.
func measureRequests(ctx context.Context, b *bench) error {
	for _, n := range []int{1, 4} {
		b.box.Devtron.Empty()
		resources := stage.Resources(b.box)[:n]
		f, err := b.provider.folder(ctx, stage.Configuration("", resources...))
		if err != nil {
			return err
		}
		for _, step := range []struct {
			name      string
			run       func() cli.Run
			unchanged bool
		}{
			{"validate", func() cli.Run { return f.Validate(ctx) }, false},
			{"plan that creates", func() cli.Run { return f.Plan(ctx) }, false},
			{"apply that creates", func() cli.Run { return f.Apply(ctx) }, false},
			{"unchanged plan", func() cli.Run { return f.Plan(ctx) }, true},
			{"unchanged apply", func() cli.Run { return f.Apply(ctx) }, true},
			{"destroy", func() cli.Run { return f.Destroy(ctx) }, false},
		} {
			b.box.Log.Reset()
			run := step.run()
			if err := failed(step.name, run); err != nil {
				return err
			}
			if step.unchanged && run.Changes {
				return fmt.Errorf("%s: it has changes\n%s", step.name, run.Output)
			}
			counts, withinTarget := b.countRequests(resources)
			r := row{measured: fmt.Sprintf("requests of %s, %s", step.name, plural(n, "configuration")), provider: counts, floor: "0"}
			if step.unchanged {
				r.target, r.met = fmt.Sprintf("devtron %d, each git host %d", devtronTarget, gitHostTarget), met(withinTarget)
			}
			b.table.add(r)
		}
	}
	return nil
}

// countRequests lists the requests to each server.
func (b *bench) countRequests(resources []stage.Resource) (counts string, withinTarget bool) {
	devtron := b.fromProvider("devtron")
	list := []string{fmt.Sprint("devtron ", devtron)}
	withinTarget = devtron <= devtronTarget
	for _, r := range resources {
		n := b.fromProvider(r.Server)
		list = append(list, fmt.Sprint(r.Server, " ", n))
		withinTarget = withinTarget && n <= gitHostTarget
	}
	return strings.Join(list, ", "), withinTarget
}

// fromProvider counts the requests of the provider to a server. Devtron also sends requests to the git
// hosts.
func (b *bench) fromProvider(server string) int {
	n := 0
	for _, r := range b.box.Log.To(server) {
		if strings.HasPrefix(r.Header.Get("User-Agent"), "terraform-provider-devtron") {
			n++
		}
	}
	return n
}
