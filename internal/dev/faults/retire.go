// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/stage"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// retire takes rows out of use that neither run has in its state: imported by number, and removed again. The second run, which
// does it, is the one that has the last word.
func (c *crowd) retire(ctx context.Context, other, v *visitor, wanted []stage.Resource, box *sandbox.Sandbox) error {
	known := map[int]bool{}
	for _, folder := range []*cli.Folder{other.folder, v.folder} {
		ids, err := (&worker{folder: folder}).state()
		if err != nil {
			return err
		}
		for _, id := range ids {
			known[id] = true
		}
	}
	spare := false
	for _, row := range box.Devtron.Rows() {
		if known[row.ID] {
			continue
		}
		spare = true
		for _, r := range stage.Resources(box) {
			if r.Provider != row.Provider {
				continue
			}
			extra := r
			extra.Name = "spare"
			if err := v.write(append(slices.Clone(wanted), extra.With("active", "false")), box); err != nil {
				return err
			}
			if imported := v.folder.Import(ctx, extra.Address(), fmt.Sprint(row.ID)); imported.Err != nil {
				return failure("the import of a superfluous row failed", imported.Output)
			}
			if err := v.write(slices.Clone(wanted), box); err != nil {
				return err
			}
			if v.output, v.err = v.run(ctx, commandLine("apply")...); v.err != nil {
				return failure("taking a superfluous row out of use failed", withoutLog(v.output))
			}
		}
	}
	if !spare {
		return nil
	}
	c.toRetire++
	v.look(c, box)
	if v.output, v.err = v.run(ctx, commandLine("apply")...); v.err != nil {
		return failure("the last apply failed", withoutLog(v.output))
	}
	_, err := v.run(ctx, "plan", "-detailed-exitcode")
	_, active := table(box)
	count(&c.retired, err == nil && active == 1)
	return nil
}
