// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"slices"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestFieldsThatTheDatabaseRefusesAreNamed, for creations and updates.
func TestFieldsThatTheDatabaseRefusesAreNamed(t *testing.T) {
	long := strings.Repeat("ä", 251)
	for name, c := range map[string]struct {
		width  int
		change func(*Config)
		want   []Suspect
	}{
		"username empty":          {0, func(c *Config) { c.Username = "" }, []Suspect{{"username", "is empty"}}},
		"username too long":       {0, func(c *Config) { c.Username = long }, []Suspect{{"username", "has 251 characters; Devtron stores at most 250"}}},
		"host too long":           {0, func(c *Config) { c.Host = long }, []Suspect{{"host", "has 251 characters; Devtron stores at most 250"}}},
		"organization too long":   {0, func(c *Config) { c.GitHubOrgID = long }, []Suspect{{"gitHubOrgId", "has 251 characters; Devtron stores at most 250"}}},
		"two of them":             {0, func(c *Config) { c.Username, c.GitLabGroupID = "", long }, []Suspect{{"username", "is empty"}, {"gitLabGroupId", "has 251 characters; Devtron stores at most 250"}}},
		"token of 158 bytes":      {0, func(c *Config) { c.Token = strings.Repeat("t", 158) }, nil},
		"token of 159 bytes":      {0, func(c *Config) { c.Token = strings.Repeat("t", 159) }, []Suspect{{"token", "has 159 bytes; Devtron up to v2.2.0 stores at most 158"}}},
		"token of 384 bytes":      {0, func(c *Config) { c.Token = strings.Repeat("t", 384) }, []Suspect{{"token", "has 384 bytes; Devtron up to v2.2.0 stores at most 158"}}},
		"384 bytes, newer column": {2000, func(c *Config) { c.Token = strings.Repeat("t", 384) }, nil},
		"1472, newer column":      {2000, func(c *Config) { c.Token = strings.Repeat("t", 1472) }, nil},
		"1473, newer column":      {2000, func(c *Config) { c.Token = strings.Repeat("t", 1473) }, []Suspect{{"token", "has 1473 bytes; no Devtron stores more than 1472"}}},
	} {
		box := sandbox.ForTest(t)
		if c.width != 0 {
			box.Devtron.SetTokenColumn(c.width)
		}
		client := sandboxClient(t, box)
		row := Config{Provider: "GITHUB", Username: "u", Token: "t", Host: "https://github.com/", GitHubOrgID: "o", Active: true}
		c.change(&row)
		_, err := client.CreateGitOpsConfig(t.Context(), row)
		refused(t, name+", creation", err, c.want)

		row.ID = box.Devtron.Put(sandbox.Row{ID: 7, Provider: "GITHUB", Username: "u", Token: "t", Active: true}).ID
		_, err = client.UpdateGitOpsConfig(t.Context(), row)
		refused(t, name+", update", err, c.want)
	}
}

func refused(t *testing.T, name string, err error, want []Suspect) {
	t.Helper()
	if want == nil {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return
	}
	e := failure(t, err)
	if e.Kind != NotStorable || e.MaybeHandled() || !slices.Equal(e.Suspects, want) {
		t.Errorf("%s: got kind %d, %v, want %v", name, e.Kind, e.Suspects, want)
	}
}

// TestNothingIsBlamedWhereTheRequestIsFine: the same reply can have another reason, such as a full
// database.
func TestNothingIsBlamedWhereTheRequestIsFine(t *testing.T) {
	if found := (Config{Username: "u", Token: strings.Repeat("t", 158), Host: strings.Repeat("ä", 250)}).suspects(); found != nil {
		t.Errorf("got %v", found)
	}
	if found := (Config{Username: "u"}).suspects(); found != nil {
		t.Errorf("a token that is to be kept: got %v", found)
	}
}
