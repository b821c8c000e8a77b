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

// The target of an unchanged plan.
const (
	devtronTarget = 1
	gitHostTarget = 2 // each
)

// measureRequests counts what reaches each server, by command.
func measureRequests(ctx context.Context, b *bench) error {
	for _, n := range []int{1, 4} {
		b.box.Devtron.Empty()
		resources := stage.Resources(b.box)[:n]
		f, err := b.real.folder(ctx, stage.Configuration("", resources...))
		if err != nil {
			return err
		}
		for _, step := range []struct {
			name      string
			run       func(context.Context, *cli.Folder) error
			unchanged bool
		}{
			{"validate", func(ctx context.Context, f *cli.Folder) error { return succeeded("validate", f.Validate(ctx)) }, false},
			{"plan that creates", func(ctx context.Context, f *cli.Folder) error { return succeeded("plan", f.Plan(ctx)) }, false},
			{"apply that creates", func(ctx context.Context, f *cli.Folder) error { return succeeded("apply", f.Apply(ctx)) }, false},
			{"unchanged plan", unchanged, true},
			{"unchanged apply", func(ctx context.Context, f *cli.Folder) error { return succeeded("apply", f.Apply(ctx)) }, true},
			{"destroy", func(ctx context.Context, f *cli.Folder) error { return succeeded("destroy", f.Destroy(ctx)) }, false},
		} {
			b.box.Log.Reset()
			if err := step.run(ctx, f); err != nil {
				return err
			}
			l := line{what: fmt.Sprintf("requests of %s, %s", step.name, plural(n, "configuration")), floor: "0"}
			l.real, l.met = b.requests(resources)
			if step.unchanged {
				l.target = fmt.Sprintf("devtron %d, each git host %d", devtronTarget, gitHostTarget)
			} else {
				l.met = ""
			}
			b.table.add(l)
		}
	}
	return nil
}

// requests lists how many requests each server got, and whether that is within the target.
func (b *bench) requests(resources []stage.Resource) (counts, withinTarget string) {
	devtron := b.fromProvider("devtron")
	list := []string{fmt.Sprint("devtron ", devtron)}
	ok := devtron <= devtronTarget
	for _, r := range resources {
		n := b.fromProvider(r.Server)
		list = append(list, fmt.Sprint(r.Server, " ", n))
		ok = ok && n <= gitHostTarget
	}
	return strings.Join(list, ", "), met(ok)
}

// fromProvider counts what the provider itself asked a server: Devtron talks to the git hosts too, for every write.
func (b *bench) fromProvider(server string) int {
	n := 0
	for _, r := range b.box.Log.To(server) {
		if strings.HasPrefix(r.Header.Get("User-Agent"), "terraform-provider-devtron") {
			n++
		}
	}
	return n
}
