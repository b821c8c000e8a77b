// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Command matrix runs the tests that use a CLI under every CLI version that
// matters and prints, as a table, how each of them fared. The support table of
// the README is its output.
//
//	go run ./internal/matrix                  # all
//	go run ./internal/matrix tofu-1.12.6      # some
//
// A CLI that is not installed is downloaded or built, once, into the user's
// cache folder or into the one that CLI_CACHE names. One that cannot be had is
// named as not tested; it never counts as passed.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "matrix:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, names []string, table, progress io.Writer) error {
	chosen, err := choose(names)
	if err != nil {
		return err
	}
	cache, err := cacheFolder()
	if err != nil {
		return err
	}
	var rows []row
	for _, c := range chosen {
		path, err := c.get(ctx, cache, progress)
		if err != nil {
			rows = append(rows, row{release: c, missing: err})
			fmt.Fprintf(progress, "%s: not to be had: %v\n", c, err)
			continue
		}
		fmt.Fprintf(progress, "%s: testing ...\n", c)
		result, err := c.test(ctx, path)
		if err != nil {
			return err
		}
		rows = append(rows, row{release: c, result: result})
		fmt.Fprint(progress, result.failures())
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	fmt.Fprint(table, render(rows))
	return verdict(rows)
}

// choose finds the releases by name, as in "terraform-1.5.7"; no name is all of them.
func choose(names []string) ([]release, error) {
	if len(names) == 0 {
		return wanted, nil
	}
	var chosen []release
	for _, name := range names {
		i := slices.IndexFunc(wanted, func(c release) bool { return c.name() == name })
		if i < 0 {
			var known []string
			for _, c := range wanted {
				known = append(known, c.name())
			}
			return nil, fmt.Errorf("there is no %q among %s", name, strings.Join(known, ", "))
		}
		chosen = append(chosen, wanted[i])
	}
	return chosen, nil
}

// verdict fails where a test failed, and where nothing was tested at all.
func verdict(rows []row) error {
	failed, tested := 0, 0
	for _, r := range rows {
		if r.missing == nil {
			tested++
			failed += len(r.result.failed)
		}
	}
	switch {
	case tested == 0:
		return errors.New("no CLI was to be had: nothing was tested")
	case failed > 0:
		return fmt.Errorf("%d tests failed", failed)
	}
	return nil
}
