// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"slices"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

func TestFind(t *testing.T) {
	all := []devtron.Config{
		{ID: 4, Provider: "GITLAB"},
		{ID: 3, Provider: "GITHUB"},
		{ID: 2, Provider: "GITHUB", Active: true},
		{ID: 1, Provider: "GITHUB"},
	}
	for _, c := range []struct {
		id          int
		gitProvider string
		want        int
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
		config, ok := Find(all, c.id, c.gitProvider)
		if config.ID != c.want || ok != (c.want != 0) {
			t.Errorf("%d, %q: got %d, %v", c.id, c.gitProvider, config.ID, ok)
		}
	}
	if _, ok := Find(nil, 0, "GITHUB"); ok {
		t.Error("found a configuration in an empty list")
	}
	if config, _ := Find(all[:2], 0, "GITHUB"); config.ID != 3 {
		t.Errorf("got %d", config.ID)
	}
}

func TestActive(t *testing.T) {
	all := []devtron.Config{{ID: 1, Provider: "GITHUB"}, {ID: 2, Provider: "GITLAB", Active: true}}
	if config, ok := Active(all); !ok || config.ID != 2 {
		t.Errorf("got %d, %v", config.ID, ok)
	}
	if _, ok := Active(all[:1]); ok {
		t.Error("an inactive configuration counts as active")
	}
	if config, ok := OtherActive(all, "GITHUB"); !ok || config.ID != 2 {
		t.Errorf("got %d, %v", config.ID, ok)
	}
	if _, ok := OtherActive(all, "GITLAB"); ok {
		t.Error("a configuration counts as another one")
	}
}

func TestSortedByID(t *testing.T) {
	all := []devtron.Config{{ID: 3}, {ID: 1}, {ID: 2}}
	var ids []int
	for _, config := range SortedByID(all) {
		ids = append(ids, config.ID)
	}
	if !slices.Equal(ids, []int{1, 2, 3}) || all[0].ID != 3 {
		t.Errorf("got %v, and the list is %v", ids, all)
	}
}
