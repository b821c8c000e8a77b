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

// consent is what a plan has shown: that a configuration of this content will be overwritten by the wanted one, because
// this state manages it. Terraform hands nothing from the plan of a creation to its apply, which runs in another process
// and, with create_before_destroy, before anything is heard of the object that is replaced. So the plan leaves a file in the
// user's cache folder, in this one case. Where plan and apply run on different machines the file is missing, and the apply
// refuses to overwrite what it cannot explain.
type consent struct {
	Existing string `json:"row"`
	Wanted   string `json:"wanted"` // "" where not all of it was known
}

// newConsent describes the two configurations by digests, without the secrets.
func newConsent(row, wanted devtron.Config, known bool) consent {
	digest := func(c devtron.Config) string {
		c.ID, c.Token, c.TLS = 0, "", devtron.TLSConfig{}
		text, _ := json.Marshal(c) // strings, numbers and booleans only: it cannot fail
		sum := sha256.Sum256(text)
		return hex.EncodeToString(sum[:])
	}
	c := consent{Existing: digest(row)}
	if known {
		c.Wanted = digest(wanted)
	}
	return c
}

// consentFile is the place for the consent about the configuration of a git provider.
func (d *area) consentFile(gitProvider string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(d.store.Client().BaseURL().String() + " " + gitProvider))
	return filepath.Join(cache, "terraform-provider-devtron", hex.EncodeToString(sum[:8])+".json"), nil
}

// saveConsent keeps a consent for the apply. Where it cannot, the apply may refuse.
func (d *area) saveConsent(ctx context.Context, gitProvider string, c consent) {
	file, err := d.consentFile(gitProvider)
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
		tflog.Debug(ctx, "The consent of this plan cannot be kept", map[string]any{"error": err.Error()})
	}
}

// hasConsent reports whether a plan has shown just this.
func (d *area) hasConsent(gitProvider string, c consent) bool {
	var saved consent
	file, err := d.consentFile(gitProvider)
	if err != nil {
		return false
	}
	text, err := os.ReadFile(file) //nolint:gosec // G304: the name is a digest
	if err != nil || json.Unmarshal(text, &saved) != nil {
		return false
	}
	return saved.Existing == c.Existing && (saved.Wanted == c.Wanted || saved.Wanted == "")
}

// removeConsent removes the consent about a git provider's configuration when it was made use of.
func (d *area) removeConsent(gitProvider string) {
	if file, err := d.consentFile(gitProvider); err == nil {
		_ = os.Remove(file) // most often there is none
	}
}
