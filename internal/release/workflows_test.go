// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	uses   = regexp.MustCompile(`(?m)^[ -]+uses: (.*)$`)
	pinned = regexp.MustCompile(`^([\w.-]+/[\w./-]+)@([0-9a-f]{40}) # v[0-9.]+$`)
	// granted is a permissions block or line at the top level.
	granted = regexp.MustCompile(`(?m)^permissions:(.*)\n((?:  .*\n)*)`)
)

// Whoever takes over an action's repository can move its tags, but not make a
// commit with a given sum.
func TestWorkflowsPinActionsAndTakeNoMorePermissionsThanTheyNeed(t *testing.T) {
	files, err := filepath.Glob(root + "/.github/workflows/*.yml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no workflows: %v", err)
	}
	sums := map[string]string{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, name := string(content), filepath.Base(file)
		for _, use := range uses.FindAllStringSubmatch(text, -1) {
			if strings.HasPrefix(use[1], "./") {
				continue
			}
			match := pinned.FindStringSubmatch(use[1])
			if match == nil {
				t.Errorf("%s: %q is not pinned to a commit with its version behind it", name, use[1])
				continue
			}
			if sum := sums[match[1]]; sum != "" && sum != match[2] {
				t.Errorf("%s: %s is used at two commits", name, match[1])
			}
			sums[match[1]] = match[2]
		}
		switch match := granted.FindStringSubmatch(text); {
		case match == nil:
			t.Errorf("%s: has no permissions at the top level, and so the repository's default ones", name)
		case strings.Contains(match[1]+match[2], "write"):
			t.Errorf("%s: every job of it may write", name)
		}
	}
}
