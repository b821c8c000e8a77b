// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
)

// shell runs a script as a reader of the documentation does: "terraform" is the CLI, and the answer
// to its questions is "yes". The output contains both streams.
func shell(t *testing.T, folder *cli.Folder, script string, env ...string) cli.Run {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the documentation's commands are for a POSIX shell")
	}
	bin := t.TempDir()
	if err := os.Symlink(tool.Path, filepath.Join(bin, "terraform")); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "sh", "-eu", "-c", script)
	cmd.Dir = folder.Dir
	cmd.Stdin = strings.NewReader("yes\nyes\n")
	cmd.Env = append(folder.Env(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "TF_CLI_ARGS=-no-color")
	cmd.Env = append(cmd.Env, env...)
	output, err := cmd.CombinedOutput()
	return cli.Run{Output: string(output), Err: err}
}
