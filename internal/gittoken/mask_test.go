// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"encoding/base64"
	"net/url"
	"strings"
	"testing"
)

func TestMask(t *testing.T) {
	token := "glpat-x/y+z=Ab0123456789"
	m := newMasker(token)
	for _, text := range []string{
		token, strings.ToLower(token), url.QueryEscape(token), url.PathEscape(token),
		base64.StdEncoding.EncodeToString([]byte(token)), base64.URLEncoding.EncodeToString([]byte(token)),
		base64.StdEncoding.EncodeToString([]byte("u:" + token)), base64.StdEncoding.EncodeToString([]byte("us:" + token)),
		base64.StdEncoding.EncodeToString([]byte("use:" + token)),
	} {
		if got := m.clean("before " + text + " after"); !strings.HasPrefix(got, "before ") || !strings.HasSuffix(got, " after") ||
			!strings.Contains(got, hidden) || len(got) > len("before  after")+len(hidden)+10 {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	if got := m.clean("two\nlines\tand\x1b[31m colour"); got != "two lines and [31m colour" {
		t.Errorf("control characters are left: %q", got)
	}
	if got := []rune(m.clean(strings.Repeat("é", 1000))); len(got) != longestText+4 {
		t.Errorf("%d characters are left of a long text", len(got))
	}
	if got := newMasker("abc").clean("abc is short"); strings.Contains(got, "abc") {
		t.Errorf("a short token is shown: %q", got)
	}
	if got := newMasker("").clean("nothing to hide"); got != "nothing to hide" {
		t.Errorf("%q", got)
	}
}
