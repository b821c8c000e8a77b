// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"strconv"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// FuzzImportID tests that an import id selects a configuration by its id or by its git provider, in
// any case. For any other id, the message lists the existing configurations.
func FuzzImportID(f *testing.F) {
	for _, seed := range []string{"GITHUB", "github", " GitLab\n", "3", "+3", "03", "-3", "0", "", "9223372036854775808", "3 ", "３", "BITBUCKET_CLOUD", "ﬀ", "gıthub", "\xff"} {
		f.Add(seed)
	}
	stored := []devtron.Config{
		{ID: 3, Provider: "GITHUB", Active: true}, {ID: 7, Provider: "GITLAB"}, {ID: 8, Provider: "GITLAB", Active: true}, {ID: 12, Provider: "BITBUCKET_CLOUD"},
	}
	f.Fuzz(func(t *testing.T, id string) {
		config, ok := findImport(stored, id)
		if !ok {
			if config.ID != 0 {
				t.Errorf("%q finds nothing and returns %+v", id, config)
			}
			for _, config := range stored {
				if strings.EqualFold(strings.TrimSpace(id), config.Provider) && id == strings.ToValidUTF8(id, "") && isASCII(id) || id == strconv.Itoa(config.ID) {
					t.Errorf("%q does not find %+v", id, config)
				}
			}
			if message := describeMissing(stored, id); !strings.Contains(message, strconv.Quote(id)) || !strings.Contains(message, "BITBUCKET_CLOUD") {
				t.Errorf("%q: %s", id, message)
			}
			return
		}
		number, err := strconv.Atoi(strings.TrimSpace(id))
		if err == nil && number != config.ID || err != nil && !strings.EqualFold(strings.TrimSpace(id), config.Provider) {
			t.Errorf("%q finds %+v", id, config)
		}
		for _, other := range []string{strings.ToLower(id), " " + id + "\t", config.Provider} {
			again, ok := findImport(stored, other)
			if !ok || again.Provider != config.Provider {
				t.Errorf("%q finds %+v, and %q %+v", id, config, other, again)
			}
		}
	})
}

func isASCII(s string) bool {
	for _, r := range s {
		if r > 127 {
			return false
		}
	}
	return true
}
