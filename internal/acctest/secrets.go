// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"encoding/base64"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// Leaks returns the secrets that a text contains, in the forms in which they may appear.
func Leaks(text string, secrets ...string) []string {
	var found []string
	for _, secret := range secrets {
		for _, form := range []string{secret, url.QueryEscape(secret), base64.StdEncoding.EncodeToString([]byte(secret))} {
			if strings.Contains(text, form) {
				found = append(found, form)
				break
			}
		}
	}
	return found
}

// Trace runs a command with all logs and returns its complete output. The command may fail.
func (w *Workspace) Trace(args ...string) string {
	w.T.Helper()
	cmd := w.Command(args...)
	cmd.Env = append(cmd.Env, "TF_LOG=TRACE")
	output, _ := cmd.CombinedOutput()
	return string(output)
}

// AssertNoSecrets plans, and searches the output, the saved plan, the state and all other files of
// the workspace for secrets. The configuration and the values of variables may contain them.
func (w *Workspace) AssertNoSecrets(secrets ...string) {
	w.T.Helper()
	texts := map[string]string{"the output of the plan": w.Plan(tfexec.Out(PlanFile)).Output}
	err := filepath.WalkDir(w.Folder.Dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == mainFile || entry.Name() == VariablesFile || strings.Contains(path, ".terraform") {
			return err
		}
		data, err := os.ReadFile(path) //nolint:gosec // G304: A file of the test.
		texts[entry.Name()] = string(data)
		return err
	})
	if err != nil {
		w.T.Fatal(err)
	}
	if plan, err := w.Folder.ShowPlan(w.T.Context(), PlanFile); err == nil {
		texts["the plan as JSON"] = plan
	}
	for name, text := range texts {
		if len(Leaks(text, secrets...)) > 0 {
			w.T.Errorf("%s contains a secret", name)
		}
	}
}
