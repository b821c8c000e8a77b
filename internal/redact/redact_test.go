// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package redact

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

func withoutHTMLEscapes(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

func TestASecretIsMaskedInEveryEncoding(t *testing.T) {
	for _, secret := range []string{"glpat-x/y+z=Ab0123456789", "glpat-ä/ö +\\\"=", "line one\nline two\n", "eyJhbGciOiJIUzI1NiJ9.e30.sig\n", "abcd", "a<b>&c"} {
		plain := strings.TrimSpace(secret)
		quoted, err := json.Marshal(plain)
		if err != nil {
			t.Fatal(err)
		}
		r := New("another secret", secret)
		for name, text := range map[string]string{
			"plain":                     plain,
			"another case":              strings.ToUpper(plain),
			"query":                     url.QueryEscape(plain),
			"path":                      url.PathEscape(plain),
			"JSON":                      strings.Trim(string(quoted), `"`),
			"JSON without escaped HTML": strings.Trim(withoutHTMLEscapes(t, plain), `"`),
		} {
			if got, want := r.Mask("before "+text+" after "+text), "before (sensitive) after (sensitive)"; got != want {
				t.Errorf("%s form of %q: got %q", name, secret, got)
			}
		}
		for _, before := range []string{"", "u", "us", "use", "user"} {
			for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
				text := encoding.EncodeToString([]byte(before + plain))
				got := r.Mask("Basic " + text + " end")
				// A few digits that the secret shares with its neighbors may stay.
				if !strings.HasPrefix(got, "Basic ") || !strings.HasSuffix(got, " end") || !strings.Contains(got, Placeholder) || len(got) > len("Basic  end"+Placeholder)+12 {
					t.Errorf("%q in base64: %q becomes %q", before+plain, text, got)
				}
			}
		}
	}
}

func TestALineOfAKeyIsMaskedByItself(t *testing.T) {
	key := "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\r\nc2Vjb25kIGxpbmUgb2Yga2V5\n-----END PRIVATE KEY-----\n"
	got := New(key).Mask("-----BEGIN PRIVATE KEY----- MC4CAQAwBQYDK2VwBCIEIA c2Vjb25kIGxpbmUgb2Yga2V5")
	if got != "-----BEGIN PRIVATE KEY----- (sensitive) (sensitive)" {
		t.Errorf("got %q", got)
	}
}

func TestTheLongerOfTwoSecretsIsMaskedFirst(t *testing.T) {
	for _, secrets := range [][]string{{"abcd", "abcdefgh"}, {"abcdefgh", "abcd"}} {
		if got := New(secrets...).Mask("x abcdefgh y abcd"); got != "x (sensitive) y (sensitive)" {
			t.Errorf("got %q", got)
		}
	}
}

func TestTextIsLeftAloneWithoutAUsefulSecret(t *testing.T) {
	const text = "a text about abc and nothing else"
	for _, r := range []Redactor{{}, New(), New("", "a", "abc", "   ", "\n")} {
		if got := r.Mask(text); got != text {
			t.Errorf("got %q", got)
		}
	}
}

func TestATooShortSecretIsReported(t *testing.T) {
	for secret, want := range map[string]bool{"": false, "  ": false, "a": true, "abc\n": true, "abcd": false} {
		if got := New("a long secret", secret).TooShort(); got != want {
			t.Errorf("%q: %t", secret, got)
		}
	}
}

func TestServerTextIsShortenedAfterMasking(t *testing.T) {
	const secret = "0123456789abcdef"
	r := New(secret)
	for name, show := range map[string]func(string) string{"Line": r.Line, "Block": r.Block} {
		// The secret stands across the place where the text is cut.
		got := show(strings.Repeat("x", MaxText-10) + secret + strings.Repeat("y", MaxText))
		if strings.Contains(got, secret[:5]) || !strings.HasSuffix(got, " ... (shortened)") || utf8.RuneCountInString(got) != MaxText+len(" ... (shortened)") {
			t.Errorf("%s: %q", name, got)
		}
		for i := range 4 {
			got := show(strings.Repeat("x", MaxText-i) + "ä€𝄞ä€𝄞")
			if !utf8.ValidString(got) || !strings.HasSuffix(got, "(shortened)") {
				t.Errorf("%s, %d: %q", name, i, got)
			}
		}
		if got := show(" a\xffb \n"); got != "a?b" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestALineHasNoControlCharacters(t *testing.T) {
	r := New("secret-token")
	if got := r.Line("two\nlines\tand\x1b[31m color, secret-token"); got != "two lines and [31m color, (sensitive)" {
		t.Errorf("got %q", got)
	}
	if got := r.Block("two\n  lines, secret-token\n"); got != "two\n  lines, (sensitive)" {
		t.Errorf("got %q", got)
	}
}

// FuzzMask holds that no secret is left, whatever stands around it.
func FuzzMask(f *testing.F) {
	f.Add("glpat-0123456789", "before", "after")
	f.Add("\xff\x00ab", "\xff", "")
	f.Add("(sensitive)", "(", ")")
	f.Fuzz(func(t *testing.T, secret, before, after string) {
		plain := strings.TrimSpace(secret)
		got := New(secret).Mask(before + plain + after)
		if len(plain) >= minSecret && !strings.Contains(Placeholder, plain) && strings.Contains(strings.ReplaceAll(got, Placeholder, "\n"), plain) {
			t.Errorf("%q is left in %q", plain, got)
		}
	})
}
