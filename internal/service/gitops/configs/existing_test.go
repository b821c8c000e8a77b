// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

func TestFindExisting(t *testing.T) {
	inactive, other := base, base
	inactive.Active = false
	other.Username = "somebody"
	inactiveOther := other
	inactiveOther.Active = false
	for name, c := range map[string]struct {
		stored      []devtron.Config
		want        ExistingStatus
		differences int
	}{
		"nothing":                {nil, Absent, 0},
		"another git provider":   {[]devtron.Config{{ID: 5, Provider: "GITHUB", Active: true}}, Absent, 0},
		"inactive":               {[]devtron.Config{inactive}, Inactive, 0},
		"inactive and different": {[]devtron.Config{inactiveOther}, Inactive, 1},
		"matching":               {[]devtron.Config{base}, Matching, 0},
		"different":              {[]devtron.Config{other}, Different, 1},
		"two, one active":        {[]devtron.Config{inactive, other}, Different, 1},
	} {
		for _, active := range []bool{false, true} {
			wanted := base
			wanted.Active, wanted.ID = active, 0
			got := FindExisting(c.stored, wanted)
			if got.Status != c.want || len(got.Differences) != c.differences || (got.Config.ID != 0) != (c.want != Absent) {
				t.Errorf("%s: got %+v", name, got)
			}
		}
	}
}
