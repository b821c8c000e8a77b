// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// initialized is a folder in which "init" has run for a configuration that requires nothing but the
// provider.
type initialized struct {
	once sync.Once
	dir  string
	err  error
}

func (i *initialized) initialize(ctx context.Context, c *CLI) {
	if i.err = os.MkdirAll(i.dir, 0o700); i.err != nil {
		return
	}
	config := fmt.Sprintf("terraform {\n  required_providers {\n    provider = {\n      source = %q\n    }\n  }\n}\n", Provider.Source)
	if i.err = os.WriteFile(filepath.Join(i.dir, "main.tf"), []byte(config), 0o600); i.err != nil {
		return
	}
	folder, err := c.Folder(ctx, i.dir, nil)
	if err != nil {
		i.err = err
		return
	}
	if run := folder.Init(ctx); run.Err != nil {
		i.err = fmt.Errorf("init: %w\n%s", run.Err, run.Output)
		return
	}
	i.err = os.Remove(filepath.Join(i.dir, "main.tf"))
}

// InitCopy makes the folder as "init" leaves it for a configuration that requires nothing but the
// provider of this repository. "init" itself runs once for all folders.
func (f *Folder) InitCopy(ctx context.Context) error {
	i := &f.cli.initialized
	i.once.Do(func() { i.initialize(context.WithoutCancel(ctx), f.cli) })
	if i.err != nil {
		return i.err
	}
	return os.CopyFS(f.Dir, os.DirFS(i.dir))
}
