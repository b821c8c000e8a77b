// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/stage"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// worker makes runs one after another, in its own folder and with its own sandbox.
type worker struct {
	tool       *cli.CLI
	box        *sandbox.Sandbox
	servers    map[string]*sandbox.Server
	folder     *cli.Folder
	otherToken string // for GitHub, with the same permissions
	// otherClusterToken has the same rights as that of the cluster.
	otherClusterToken string
	secrets           []string
	starts            map[setup]snapshot
}

// snapshot is the state and the configurations in Devtron after an apply.
type snapshot struct {
	state []byte
	rows  []sandbox.Row
}

const stateFile = "terraform.tfstate"

func newWorker(ctx context.Context, tool *cli.CLI, dir string) (*worker, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	box, err := sandbox.Start(sandbox.Options{})
	if err != nil {
		return nil, err
	}
	w := &worker{
		tool: tool, box: box, servers: stage.Servers(box), otherToken: "ghp_other0123456789abcdefghijklmnopqrst", starts: map[setup]snapshot{},
	}
	box.GitHub.AddToken(sandbox.GitHubToken{
		Token: w.otherToken, Login: sandbox.Username, Scopes: []string{"repo", "admin:org", "delete_repo"},
		Roles: map[string]string{sandbox.Organization: "admin"},
	})
	w.otherClusterToken = box.Cluster.IssueToken(true, time.Time{})
	w.servers["cluster"] = box.Cluster.Server
	box.Charts.AddRepository(otherChartsPath, sandbox.ChartsUsername, otherChartsPassword)
	w.secrets = append(stage.Secrets(box), w.otherToken, box.Cluster.Token(), w.otherClusterToken, box.Charts.Password(), otherChartsPassword,
		registryPassword, otherRegistryPassword, gitAccountPasswords[present], gitAccountPasswords[changed])
	env, err := stage.Environment(box, dir)
	if err == nil {
		w.folder, err = tool.Folder(ctx, dir, env)
	}
	if err == nil {
		err = w.write(setup{}, 0)
	}
	if err == nil {
		if init := w.folder.Init(ctx); init.Err != nil {
			err = failure("init failed", init.Output)
		}
	}
	if err != nil {
		box.Close()
		return nil, err
	}
	return w, nil
}

func (w *worker) close() { w.box.Close() }

// start brings the state and Devtron to where they are after an apply of the setup. It applies each
// setup once and then restores a snapshot.
func (w *worker) start(ctx context.Context, of setup) error {
	w.box.Devtron.Empty()
	if err := os.RemoveAll(stage.CacheFolder(w.folder.Dir)); err != nil {
		return err
	}
	file := filepath.Join(w.folder.Dir, stateFile)
	for _, name := range []string{file, file + ".backup", filepath.Join(w.folder.Dir, ".terraform.tfstate.lock.info")} {
		if err := os.Remove(name); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	if of.onPlatform() {
		return w.apply(ctx, of)
	}
	if !of.github {
		return nil
	}
	known, ok := w.starts[of]
	if !ok {
		if err := w.apply(ctx, of); err != nil {
			return err
		}
		state, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		w.starts[of] = snapshot{state, w.box.Devtron.Rows()}
		return nil
	}
	for _, row := range known.rows {
		w.box.Devtron.Put(row)
	}
	return os.WriteFile(file, known.state, 0o600)
}

// apply applies a setup without faults.
func (w *worker) apply(ctx context.Context, of setup) error {
	if err := w.write(of, 0); err != nil {
		return err
	}
	if applied := w.folder.Apply(ctx); applied.Err != nil {
		return failure("the apply before the run failed", applied.Output)
	}
	return nil
}

// makeRuns distributes the runs among workers.
func makeRuns(ctx context.Context, o options) ([]outcome, error) {
	dir, err := os.MkdirTemp("", "devtron-faults")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	tool, err := cli.New(ctx, dir)
	if err != nil {
		return nil, err
	}
	outcomes, errs := make([]outcome, o.runs), make([]error, o.workers)
	next := make(chan int)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var all sync.WaitGroup
	for i := range o.workers {
		all.Go(func() {
			if errs[i] = work(ctx, tool, filepath.Join(dir, fmt.Sprint("worker", i)), o, next, outcomes); errs[i] != nil {
				cancel()
			}
		})
	}
	for i := range o.runs {
		select {
		case next <- i:
		case <-ctx.Done():
		}
	}
	close(next)
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return outcomes, ctx.Err()
}

// work makes runs, with a new worker after each run that may have left something behind: a bad one,
// and one whose requests Devtron may carry out only after the run.
func work(ctx context.Context, tool *cli.CLI, dir string, o options, next <-chan int, outcomes []outcome) error {
	w, err := newWorker(ctx, tool, dir)
	if err != nil {
		return err
	}
	defer func() { w.close() }()
	for i := range next {
		drawn := draw(o.seed + uint64(i))
		result, err := w.do(ctx, drawn)
		if err != nil {
			return fmt.Errorf("%s: %w", drawn, err)
		}
		outcomes[i] = result
		if o.verbose || !result.good() {
			fmt.Fprintf(os.Stderr, "%s\n  %s\n", drawn, result)
		}
		if !result.good() || drawn.fault.delay > commandTimeout {
			fresh, err := newWorker(ctx, tool, fmt.Sprint(dir, "-", i))
			if err != nil {
				return err
			}
			w.close()
			w = fresh
		}
	}
	return nil
}
