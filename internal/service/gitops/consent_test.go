// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
	"github.com/devtron-labs/terraform-provider-devtron/internal/service/gitops/configs"
)

// areaOf returns the area of a provider that is configured for a Devtron. It sends no requests.
func areaOf(t *testing.T, url string) *area {
	t.Helper()
	client, err := devtron.New(devtron.Options{URL: url, APIToken: "token"})
	if err != nil {
		t.Fatal(err)
	}
	return &area{store: configs.New(client, reconcile.DefaultPatience), ledger: newLedger()}
}

// useCache gives the test a cache folder of its own, and returns it.
func useCache(t *testing.T) string {
	t.Helper()
	cache := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", cache)
	t.Setenv("HOME", cache)
	return cache
}

func testConfig(change func(*devtron.Config)) devtron.Config {
	c := devtron.Config{ID: 1, Provider: "GITHUB", Username: "bot", Token: "secret-token", Host: "https://github.com/", GitHubOrgID: "acme", Active: true}
	c.TLS.TLSKeyData = "secret-key"
	if change != nil {
		change(&c)
	}
	return c
}

func TestConsentDependsOnReadableFields(t *testing.T) {
	base := newConsent(testConfig(nil), testConfig(nil), true)
	for name, c := range map[string]struct {
		change func(*devtron.Config)
		equal  bool
	}{
		"id":           {func(c *devtron.Config) { c.ID = 2 }, true},
		"token":        {func(c *devtron.Config) { c.Token = "another" }, true},
		"TLS material": {func(c *devtron.Config) { c.TLS = devtron.TLSConfig{} }, true},
		"username":     {func(c *devtron.Config) { c.Username = "another" }, false},
		"organization": {func(c *devtron.Config) { c.GitHubOrgID = "another" }, false},
		"active":       {func(c *devtron.Config) { c.Active = false }, false},
		"TLS flag":     {func(c *devtron.Config) { c.IsCADataPresent = true }, false},
	} {
		if got := newConsent(testConfig(c.change), testConfig(nil), true); (got == base) != c.equal {
			t.Errorf("%s of the existing configuration: equal %t", name, got == base)
		}
		if got := newConsent(testConfig(nil), testConfig(c.change), true); (got == base) != c.equal {
			t.Errorf("%s of the wanted configuration: equal %t", name, got == base)
		}
	}
}

func TestConsentOfPlanCoversApply(t *testing.T) {
	existing, other := testConfig(nil), testConfig(func(c *devtron.Config) { c.Username = "another" })
	wanted := testConfig(func(c *devtron.Config) { c.AllowCustomRepository = true })
	for name, c := range map[string]struct {
		saved, needed consent
		want          bool
	}{
		"the same":                       {newConsent(existing, wanted, true), newConsent(existing, wanted, true), true},
		"another existing configuration": {newConsent(existing, wanted, true), newConsent(other, wanted, true), false},
		"another wanted configuration":   {newConsent(existing, wanted, true), newConsent(existing, other, true), false},
		"unknown in the plan":            {newConsent(existing, wanted, false), newConsent(existing, wanted, true), true},
		"unknown in the plan, another":   {newConsent(existing, wanted, false), newConsent(other, wanted, true), false},
		"unknown in the apply":           {newConsent(existing, wanted, true), newConsent(existing, wanted, false), false},
	} {
		useCache(t)
		planning, applying := areaOf(t, "https://devtron.example.com"), areaOf(t, "https://devtron.example.com/orchestrator/")
		if applying.hasConsent("GITHUB", c.needed) {
			t.Errorf("%s: there is a consent before the plan", name)
		}
		planning.saveConsent(t.Context(), "GITHUB", c.saved)
		if got := applying.hasConsent("GITHUB", c.needed); got != c.want {
			t.Errorf("%s: got %t", name, got)
		}
		if applying.hasConsent("GITLAB", c.needed) || areaOf(t, "https://other.example.com").hasConsent("GITHUB", c.needed) {
			t.Errorf("%s: the consent counts for another git provider or for another Devtron", name)
		}
		applying.removeConsent("GITHUB")
		if planning.hasConsent("GITHUB", c.saved) {
			t.Errorf("%s: the consent was not removed", name)
		}
		applying.removeConsent("GITHUB") // Removing a missing file is no failure.
	}
}

func TestConsentFile(t *testing.T) {
	cache := useCache(t)
	a := areaOf(t, "https://devtron.example.com")
	a.saveConsent(t.Context(), "GITHUB", newConsent(testConfig(nil), testConfig(nil), true))
	file, err := a.consentFile("GITHUB")
	if err != nil || !strings.HasPrefix(file, cache) {
		t.Fatalf("%s, %v", file, err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"secret-token", "secret-key", "acme", "devtron.example.com"} {
		if strings.Contains(file+string(text), secret) {
			t.Errorf("the file contains %q", secret)
		}
	}
	for path, want := range map[string]os.FileMode{file: 0o600, filepath.Dir(file): 0o700} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
}

// A file that cannot be used means that there is no consent: the apply then refuses to overwrite the configuration.
func TestUnusableConsentFile(t *testing.T) {
	cache := useCache(t)
	a := areaOf(t, "https://devtron.example.com")
	c := newConsent(testConfig(nil), testConfig(nil), true)
	a.saveConsent(t.Context(), "GITHUB", c)
	file, err := a.consentFile("GITHUB")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if a.hasConsent("GITHUB", c) {
		t.Error("a damaged file is a consent")
	}

	t.Setenv("XDG_CACHE_HOME", filepath.Join(cache, "file"))
	if err := os.WriteFile(filepath.Join(cache, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	a.saveConsent(t.Context(), "GITHUB", c)
	if a.hasConsent("GITHUB", c) {
		t.Error("there is a consent although it could not be saved")
	}
}
