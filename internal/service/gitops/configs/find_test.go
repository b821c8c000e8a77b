// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"reflect"
	"slices"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

func TestFind(t *testing.T) {
	rows := []devtron.Config{
		{ID: 4, Provider: "GITLAB"},
		{ID: 3, Provider: "GITHUB"},
		{ID: 2, Provider: "GITHUB", Active: true},
		{ID: 1, Provider: "GITHUB"},
	}
	for _, c := range []struct {
		id       int
		provider string
		want     int
	}{
		{4, "GITLAB", 4},
		{4, "GITHUB", 0},
		{4, "", 4},
		{1, "GITHUB", 1},
		{1, "", 1},
		{9, "GITHUB", 0},
		{-1, "GITHUB", 0},
		{0, "GITLAB", 4},
		{0, "GITHUB", 2},
		{0, "github", 0},
		{0, "AZURE_DEVOPS", 0},
		{0, "", 0},
	} {
		row, ok := Find(rows, c.id, c.provider)
		if row.ID != c.want || ok != (c.want != 0) {
			t.Errorf("%d, %q: got %d, %v", c.id, c.provider, row.ID, ok)
		}
	}
	if _, ok := Find(nil, 0, "GITHUB"); ok {
		t.Error("found something in nothing")
	}
	if row, _ := Find(rows[:2], 0, "GITHUB"); row.ID != 3 {
		t.Errorf("got %d", row.ID)
	}
}

func TestActive(t *testing.T) {
	rows := []devtron.Config{{ID: 1, Provider: "GITHUB"}, {ID: 2, Provider: "GITLAB", Active: true}}
	if row, ok := Active(rows); !ok || row.ID != 2 {
		t.Errorf("got %d, %v", row.ID, ok)
	}
	if _, ok := Active(rows[:1]); ok {
		t.Error("an inactive one counts as active")
	}
	if row, ok := OtherActive(rows, "GITHUB"); !ok || row.ID != 2 {
		t.Errorf("got %d, %v", row.ID, ok)
	}
	if _, ok := OtherActive(rows, "GITLAB"); ok {
		t.Error("it is the other of itself")
	}
}

// base has a value in every field, so that a table can change each alone.
var base = devtron.Config{
	ID: 1, Provider: "BITBUCKET_CLOUD", Username: "u", Token: "t", GitLabGroupID: "g", GitHubOrgID: "o", Host: "https://bitbucket.org/", Active: true,
	AzureProjectName: "a", BitBucketWorkspaceID: "w", BitBucketProjectKey: "KEY", EnableTLSVerification: true,
	TLS: devtron.TLSConfig{CAData: "ca"}, IsCADataPresent: true,
}

func TestDifferences(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*devtron.Config)
		want   []Difference
	}{
		{"nothing", func(*devtron.Config) {}, nil},
		{"id", func(c *devtron.Config) { c.ID = 2 }, nil},
		{"active", func(c *devtron.Config) { c.Active = false }, nil},
		{"token", func(c *devtron.Config) { c.Token = "" }, nil},
		{"TLS material", func(c *devtron.Config) { c.TLS = devtron.TLSConfig{} }, nil},
		{"host without slash", func(c *devtron.Config) { c.Host = "https://bitbucket.org" }, nil},
		{"host in another case", func(c *devtron.Config) { c.Host = "HTTPS://BitBucket.org:443/" }, nil},
		{"another host", func(c *devtron.Config) { c.Host = "https://git.example.com" }, []Difference{{"host", "https://bitbucket.org/", "https://git.example.com"}}},
		{"no host", func(c *devtron.Config) { c.Host = "" }, []Difference{{"host", "https://bitbucket.org/", ""}}},
		{"organization", func(c *devtron.Config) { c.GitHubOrgID = "O" }, []Difference{{"gitHubOrgId", "o", "O"}}},
		{"group", func(c *devtron.Config) { c.GitLabGroupID = "" }, []Difference{{"gitLabGroupId", "g", ""}}},
		{"project", func(c *devtron.Config) { c.AzureProjectName = "b" }, []Difference{{"azureProjectName", "a", "b"}}},
		{"workspace", func(c *devtron.Config) { c.BitBucketWorkspaceID = "v" }, []Difference{{"bitBucketWorkspaceId", "w", "v"}}},
		{"key in another case", func(c *devtron.Config) { c.BitBucketProjectKey = "key" }, nil},
		{"another key", func(c *devtron.Config) { c.BitBucketProjectKey = "k" }, []Difference{{"bitBucketProjectKey", "KEY", "k"}}},
		{"username", func(c *devtron.Config) { c.Username = "U" }, []Difference{{"username", "u", "U"}}},
		{"custom repositories", func(c *devtron.Config) { c.AllowCustomRepository = true }, []Difference{{"allowCustomRepository", false, true}}},
		{"TLS off", func(c *devtron.Config) { c.EnableTLSVerification, c.IsCADataPresent = false, false }, []Difference{{"enableTLSVerification", true, false}}},
		{"CA flag", func(c *devtron.Config) { c.IsCADataPresent = false }, []Difference{{"isCADataPresent", true, false}}},
		{"certificate flags", func(c *devtron.Config) { c.IsTLSCertDataPresent, c.IsTLSKeyDataPresent = true, true }, []Difference{{"isTLSCertDataPresent", false, true}}},
		{"two", func(c *devtron.Config) { c.Username, c.GitHubOrgID = "x", "y" }, []Difference{{"gitHubOrgId", "o", "y"}, {"username", "u", "x"}}},
	} {
		wanted := base
		c.change(&wanted)
		if got := Differences(base, wanted); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
		if got := Differences(wanted, base); len(got) != len(c.want) {
			t.Errorf("%s, the other way round: got %+v", c.name, got)
		}
	}
}

// TestDifferencesLooksAtEveryField: a field that is added to the API's row must be
// compared, or be among those that cannot be.
func TestDifferencesLooksAtEveryField(t *testing.T) {
	// The key's flag is always that of the certificate.
	silent := []string{"ID", "Provider", "Token", "Active", "TLS", "IsTLSKeyDataPresent"}
	kind := reflect.TypeFor[devtron.Config]()
	for i := range kind.NumField() {
		wanted := base
		field := reflect.ValueOf(&wanted).Elem().Field(i)
		switch field.Kind() {
		case reflect.String:
			field.SetString("changed")
		case reflect.Bool:
			field.SetBool(!field.Bool())
		case reflect.Int:
			field.SetInt(99)
		default:
		}
		name := kind.Field(i).Name
		if told := len(Differences(base, wanted)) == 1; told == slices.Contains(silent, name) {
			t.Errorf("%s: told %v", name, told)
		}
	}
}

func TestAssess(t *testing.T) {
	inactive, other := base, base
	inactive.Active = false
	other.Username = "somebody"
	inactiveOther := other
	inactiveOther.Active = false
	for name, c := range map[string]struct {
		rows        []devtron.Config
		want        ExistingStatus
		differences int
	}{
		"no rows":                {nil, Absent, 0},
		"a row of another":       {[]devtron.Config{{ID: 5, Provider: "GITHUB", Active: true}}, Absent, 0},
		"inactive":               {[]devtron.Config{inactive}, Inactive, 0},
		"inactive and different": {[]devtron.Config{inactiveOther}, Inactive, 1},
		"same":                   {[]devtron.Config{base}, Matching, 0},
		"different":              {[]devtron.Config{other}, Different, 1},
		"two, one active":        {[]devtron.Config{inactive, other}, Different, 1},
	} {
		for _, standing := range []bool{false, true} {
			wanted := base
			wanted.Active, wanted.ID = !standing, 0
			got := FindExisting(c.rows, wanted)
			if got.Status != c.want || len(got.Differences) != c.differences || (got.Config.ID != 0) != (c.want != Absent) {
				t.Errorf("%s: got %+v", name, got)
			}
		}
	}
}
