// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
)

// gitHostTarget is the number of requests to each git host in an unchanged run.
const gitHostTarget = 2

// measureRequests counts the requests of each command, by server.
func measureRequests(ctx context.Context, b *bench) error {
	for _, s := range scenarios {
		opened, err := b.open(s)
		if err != nil {
			return err
		}
		f, err := b.contestants[provider].folder(ctx, opened.env, opened.configuration())
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
			if err := b.count(opened, step.name, step.run, step.unchanged); err != nil {
				return err
			}
		}
	}
	ready, err := b.stand(ctx, environments(many))
	if err != nil {
		return err
	}
	f := ready.folders[provider][0]
	return b.count(ready, "unchanged plan", func() cli.Run { return f.Plan(ctx) }, true)
}

// count counts the requests of one command.
func (b *bench) count(s *stand, name string, command func() cli.Run, unchanged bool) error {
	s.box.Log.Reset()
	run := command()
	if err := failed(name, run); err != nil {
		return err
	}
	if unchanged && run.Changes {
		return fmt.Errorf("%s: it has changes\n%s", name, run.Output)
	}
	counts, withinTarget := s.countRequests()
	r := row{measured: fmt.Sprintf("requests of %s, %s", name, s.name), provider: counts}
	if unchanged {
		r.floor, r.empty = "devtron 1", "none"
		r.target, r.met = fmt.Sprintf("devtron %d", s.lists()), met(withinTarget)
		if s.gitHosts > 0 {
			r.target += fmt.Sprintf(", each git host %d", gitHostTarget)
		}
	}
	b.table.add(r)
	return nil
}

// countRequests lists the requests to each server.
func (s *stand) countRequests() (counts string, withinTarget bool) {
	devtron := s.fromProvider("devtron")
	list := []string{fmt.Sprint("devtron ", devtron)}
	withinTarget = devtron <= s.lists()
	for _, r := range s.gitops() {
		n := s.fromProvider(r.Server)
		list = append(list, fmt.Sprint(r.Server, " ", n))
		withinTarget = withinTarget && n <= gitHostTarget
	}
	return strings.Join(list, ", "), withinTarget
}

// fromProvider counts the requests of the provider to a server. Devtron also sends requests to the
// git hosts.
func (s *stand) fromProvider(server string) int {
	n := 0
	for _, r := range s.box.Log.To(server) {
		if strings.HasPrefix(r.Header.Get("User-Agent"), "terraform-provider-devtron") {
			n++
		}
	}
	return n
}
