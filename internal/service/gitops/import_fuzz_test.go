// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"strconv"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

// FuzzImportID: an import takes the row that was named, by number or by git provider in any case, or none, and then says what
// there is.
func FuzzImportID(f *testing.F) {
	for _, seed := range []string{"GITHUB", "github", " GitLab\n", "3", "+3", "03", "-3", "0", "", "9223372036854775808", "3 ", "３", "BITBUCKET_CLOUD", "ﬀ", "gıthub", "\xff"} {
		f.Add(seed)
	}
	rows := []devtron.Config{
		{ID: 3, Provider: "GITHUB", Active: true}, {ID: 7, Provider: "GITLAB"}, {ID: 8, Provider: "GITLAB", Active: true}, {ID: 12, Provider: "BITBUCKET_CLOUD"},
	}
	f.Fuzz(func(t *testing.T, id string) {
		row, ok := findImport(rows, id)
		if !ok {
			if row.ID != 0 {
				t.Errorf("%q finds nothing, and %+v", id, row)
			}
			for _, row := range rows {
				if strings.EqualFold(strings.TrimSpace(id), row.Provider) && id == strings.ToValidUTF8(id, "") && isASCII(id) || id == strconv.Itoa(row.ID) {
					t.Errorf("%q does not find %+v", id, row)
				}
			}
			if said := describeMissing(rows, id); !strings.Contains(said, strconv.Quote(id)) || !strings.Contains(said, "BITBUCKET_CLOUD") {
				t.Errorf("%q: %s", id, said)
			}
			return
		}
		number, err := strconv.Atoi(strings.TrimSpace(id))
		if err == nil && number != row.ID || err != nil && !strings.EqualFold(strings.TrimSpace(id), row.Provider) {
			t.Errorf("%q finds %+v", id, row)
		}
		for _, other := range []string{strings.ToLower(id), " " + id + "\t", row.Provider} {
			again, ok := findImport(rows, other)
			if !ok || again.Provider != row.Provider {
				t.Errorf("%q finds %+v, and %q %+v", id, row, other, again)
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
