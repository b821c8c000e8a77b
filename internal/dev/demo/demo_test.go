// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestMain(m *testing.M) { os.Exit(cli.Main(m)) }

// start returns a demo that writes to the builder.
func start(t *testing.T) (*demo, *strings.Builder) {
	t.Helper()
	var text strings.Builder
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	d, err := newDemo(t.Context(), newScreen(&text), box, cli.ForTest(t), filepath.Join(t.TempDir(), "work"))
	if err != nil {
		t.Fatal(err)
	}
	return d, &text
}

func TestDemo(t *testing.T) {
	d, text := start(t)
	if err := d.play(t.Context(), 0); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	d.farewell(0)
	for _, words := range []string{
		"admin:org", "read_api", "No changes.", "active    GITHUB", "inactive  GITLAB", "last_validation         = {...} ->", `environment = "prod-eu__payments"`,
		"export DEVTRON_URL=",
	} {
		if !strings.Contains(text.String(), words) {
			t.Errorf("the demo does not print %q:\n%s", words, text)
		}
	}
	for _, secret := range d.secrets() {
		if strings.Contains(text.String(), secret) {
			t.Errorf("the demo prints a token:\n%s", text)
		}
	}
	for line := range strings.Lines(text.String()) {
		if columns := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); columns > 100 {
			t.Errorf("a line has %d columns: %s", columns, line)
		}
	}
	if strings.Contains(text.String(), "\x1b") {
		t.Error("there are colors although the output is not a terminal")
	}
	checkPages(t, d, text.String())
}

// checkPages fails unless the pages that show the refused plan show what the provider prints,
// except for the host and line breaks.
func checkPages(t *testing.T, d *demo, text string) {
	t.Helper()
	_, refusal, found := strings.Cut(text, "Error: ")
	refusal, _, ended := strings.Cut("Error: "+refusal, "   ✓")
	if !found || !ended {
		t.Fatalf("the demo prints no refused plan:\n%s", text)
	}
	refusal = strings.ReplaceAll(strings.ReplaceAll(refusal, "│", ""), d.box.GitHub.URL(), "https://github.com")
	for _, page := range []string{"../../../README.md", "../../../templates/index.md.tmpl"} {
		shown, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(oneLine(string(shown)), oneLine(refusal)) {
			t.Errorf("%s does not show the refused plan as it is:\n%s", page, refusal)
		}
	}
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func TestDemoFailsWhenStepDoesNotEndAsDescribed(t *testing.T) {
	d, text := start(t)
	// With GitHub out of reach the token check only warns, so the plan succeeds.
	d.box.GitHub.Inject(sandbox.Fault{Status: 503})
	err := d.play(t.Context(), 0)
	if err == nil || !strings.Contains(err.Error(), "should have been refused") {
		t.Fatalf("the demo continues: %v\n%s", err, text)
	}
}

func TestHintsOfCLIAreOmitted(t *testing.T) {
	output := "\n\nTerraform used the selected providers to generate the following execution\nplan. Resource actions are indicated with the following symbols:\n" +
		"  + create\n\n\n\nTerraform will perform the following actions:\n\nPlan: 1 to add\n"
	want := "Terraform will perform the following actions:\n\nPlan: 1 to add"
	if got := withoutHints(output); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHighlight(t *testing.T) {
	s := &screen{color: true}
	for line, want := range map[string]string{
		"  - resource \"x\" \"y\" {":                   red,
		"      + id = (known after apply)":             green,
		"  ~ resource \"x\" \"y\" {":                   yellow,
		"Error: no":                                    red,
		"- Installing devtron-labs/devtron v0.1.0...":  "",
		"- Reusing previous version of devtron-labs/x": "",
	} {
		if got := s.highlight(line); want != "" && !strings.Contains(got, want) || want == "" && got != line {
			t.Errorf("%q: got %q", line, got)
		}
	}
}

func TestOnlyTerminalsHaveColors(t *testing.T) {
	terminal, err := os.Open("/dev/ptmx")
	if err != nil {
		t.Skipf("there is no pseudo-terminal: %v", err)
	}
	defer terminal.Close()
	for _, c := range []struct {
		noColor, term string
		want          bool
	}{
		{"", "xterm", true},
		{"1", "xterm", false},
		{"", "dumb", false},
	} {
		t.Setenv("NO_COLOR", c.noColor)
		t.Setenv("TERM", c.term)
		if got := wantsColor(terminal); got != c.want {
			t.Errorf("NO_COLOR=%q TERM=%q: %t", c.noColor, c.term, got)
		}
	}
	if wantsColor(&strings.Builder{}) {
		t.Error("a file has colors")
	}
}

func TestMaskedTokensDiffer(t *testing.T) {
	if got := masked("ghp_0123456789"); got != "ghp_...6789" {
		t.Errorf("got %q", got)
	}
	if got := masked("glpat-0123456789"); got != "glpat-...6789" {
		t.Errorf("got %q", got)
	}
}

func TestRecordingStartsWithRefusedPlan(t *testing.T) {
	d, text := start(t)
	d.screen.pace = time.Millisecond
	if err := d.play(t.Context(), 2); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if n := strings.Count(text.String(), clearScreen); n != 1 || !strings.HasPrefix(text.String(), clearScreen+"2. ") {
		t.Errorf("%d pages:\n%s", n, text)
	}
}
