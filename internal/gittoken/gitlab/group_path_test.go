// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitlab

import "testing"

func TestGroupPaths(t *testing.T) {
	for wanted, path := range map[string]string{
		"acme": "acme", "/acme/platform/": "acme/platform", " acme ": "acme", "Platform Team": "Platform Team", "123": "123",
		"https://corp/gitlab/acme": "acme", "https://corp/gitlab/groups/acme/x/-/settings": "acme/x", "corp/gitlab/groups/acme": "acme",
		"HTTPS://Corp/gitlab/acme?x=1#top": "acme", "https://corp/gitlab/acme%20x": "acme x", "corp/other": "corp/other", "https://corp/gitlab/groups/acme/-": "acme",
	} {
		if got := groupPath(wanted, "https://corp/gitlab"); got != path {
			t.Errorf("%q is %q, want %q", wanted, got, path)
		}
	}
}
