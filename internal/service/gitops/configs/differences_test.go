// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"reflect"
	"slices"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// base has a value in every field, so that a test can change each of them.
var base = devtron.Config{
	ID: 1, Provider: "BITBUCKET_CLOUD", Username: "u", Token: "t", GitLabGroupID: "g", GitHubOrgID: "o", Host: "https://bitbucket.org/", Active: true,
	AzureProjectName: "a", BitBucketWorkspaceID: "w", BitBucketProjectKey: "KEY",
	TLSSettings: devtron.TLSSettings{EnableTLSVerification: true, TLS: devtron.TLSConfig{CAData: "ca"}, IsCADataPresent: true},
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
			t.Errorf("%s, reversed: got %+v", c.name, got)
		}
	}
}

// TestDifferencesComparesEveryField tests that a new field of the API is compared, or listed here
// as not comparable.
func TestDifferencesComparesEveryField(t *testing.T) {
	// The flag of the key always equals the flag of the certificate.
	ignored := []string{"ID", "Provider", "Token", "Active", "TLS", "IsTLSKeyDataPresent"}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[devtron.Config]()) {
		if f.Anonymous {
			continue
		}
		wanted := base
		field := reflect.ValueOf(&wanted).Elem().FieldByIndex(f.Index)
		switch field.Kind() {
		case reflect.String:
			field.SetString("changed")
		case reflect.Bool:
			field.SetBool(!field.Bool())
		case reflect.Int:
			field.SetInt(99)
		default:
		}
		if compared := len(Differences(base, wanted)) == 1; compared == slices.Contains(ignored, f.Name) {
			t.Errorf("%s: compared %t", f.Name, compared)
		}
	}
}
