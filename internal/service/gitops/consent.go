// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// consent records that a plan has shown that it overwrites one configuration with another, because
// this state manages it. Terraform passes no data from the plan of a creation to its apply, which
// runs in another process and, with create_before_destroy, before the provider sees the object that
// is replaced. The plan therefore saves a file in the cache folder of the user, in this case only.
// If the apply runs on another machine, the file is missing, and the apply refuses to overwrite the
// configuration.
type consent struct {
	Existing string `json:"row"`
	Wanted   string `json:"wanted"` // empty where not all of it was known
}

// newConsent returns the consent to overwrite a configuration. It contains digests, which do not
// depend on secrets.
func newConsent(existing, wanted devtron.Config, known bool) consent {
	digest := func(c devtron.Config) string {
		c.ID, c.Token, c.TLS = 0, "", devtron.TLSConfig{}
		text, _ := json.Marshal(c) // It cannot fail for strings, numbers and booleans.
		sum := sha256.Sum256(text)
		return hex.EncodeToString(sum[:])
	}
	c := consent{Existing: digest(existing)}
	if known {
		c.Wanted = digest(wanted)
	}
	return c
}

// consentFile returns the file for the consent about the configuration of a git provider.
func (a *area) consentFile(gitProvider string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(a.store.Client().BaseURL().String() + " " + gitProvider))
	return filepath.Join(cache, "terraform-provider-devtron", hex.EncodeToString(sum[:8])+".json"), nil
}

// saveConsent saves a consent for the apply. If that fails, the apply may refuse to overwrite the
// configuration.
func (a *area) saveConsent(ctx context.Context, gitProvider string, c consent) {
	file, err := a.consentFile(gitProvider)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(file), 0o700)
	}
	var text []byte
	if err == nil {
		text, err = json.Marshal(c)
	}
	if err == nil {
		err = os.WriteFile(file, text, 0o600)
	}
	if err != nil {
		tflog.Debug(ctx, "The consent of this plan could not be saved", map[string]any{"error": err.Error()})
	}
}

// hasConsent reports whether a plan has saved a consent. A consent without the wanted configuration
// covers every wanted one.
func (a *area) hasConsent(gitProvider string, c consent) bool {
	var saved consent
	file, err := a.consentFile(gitProvider)
	if err != nil {
		return false
	}
	text, err := os.ReadFile(file) //nolint:gosec // G304: the name is a digest
	if err != nil || json.Unmarshal(text, &saved) != nil {
		return false
	}
	return saved.Existing == c.Existing && (saved.Wanted == c.Wanted || saved.Wanted == "")
}

// removeConsent removes the consent about the configuration of a git provider after the apply.
func (a *area) removeConsent(gitProvider string) {
	if file, err := a.consentFile(gitProvider); err == nil {
		_ = os.Remove(file) // Usually there is none.
	}
}
