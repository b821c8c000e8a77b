// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// Serve starts the provider with the environment of the folder, as for a debugger. Plan, Apply,
// Destroy, and Import then use this process until ctx ends. A CLI that starts the provider itself
// needs three processes and as many new keys for each command, which is three quarters of the
// processor time that a command takes. All other commands still start it.
func (f *Folder) Serve(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, f.cli.Provider, "-debug")
	cmd.Env = f.Env()
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		_, info, found := strings.Cut(lines.Text(), "TF_REATTACH_PROVIDERS='")
		if !found {
			continue
		}
		var printed tfexec.ReattachInfo
		if err := json.Unmarshal([]byte(strings.TrimSuffix(info, "'")), &printed); err != nil {
			return fmt.Errorf("read what the provider prints for a debugger: %w", err)
		}
		f.served = tfexec.ReattachInfo{}
		for _, config := range printed {
			f.served[f.cli.address] = config
		}
		go func() {
			for lines.Scan() {
			}
			_ = cmd.Wait()
		}()
		return nil
	}
	return errors.Join(errors.New("the provider does not print how to attach to it"), cmd.Wait())
}

// Separate ends the effect of Serve: each command starts the provider, as it does for users.
func (f *Folder) Separate() { f.served = nil }
