// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// KillProvider kills the provider of a running CLI, which has the process ID, and reports whether
// there was one.
func KillProvider(pid int) bool {
	killed := false
	for _, provider := range providersBelow(pid) {
		if child, err := os.FindProcess(provider); err == nil && child.Kill() == nil {
			killed = true
		}
	}
	return killed
}

// providersBelow finds providers among all descendants of a process, because a script may start the
// CLI.
func providersBelow(root int) []int {
	if root == 0 {
		return nil
	}
	output, err := exec.Command("ps", "-A", "-o", "pid=", "-o", "ppid=", "-o", "args=").Output() //nolint:noctx // it ends by itself
	if err != nil {
		return nil
	}
	parents, providers := map[int]int{}, []int{}
	for line := range strings.Lines(string(output)) {
		fields := strings.Fields(line)
		if len(fields) < 3 {
			continue
		}
		pid, _ := strconv.Atoi(fields[0])
		parents[pid], _ = strconv.Atoi(fields[1])
		if strings.Contains(fields[2], "terraform-provider-devtron") {
			providers = append(providers, pid)
		}
	}
	var found []int
	for _, pid := range providers {
		for parent := parents[pid]; parent > 1; parent = parents[parent] {
			if parent == root {
				found = append(found, pid)
				break
			}
		}
	}
	return found
}
