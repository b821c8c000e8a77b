// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

var tool *cli.CLI

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "devtron-demo")
	if err == nil {
		tool, err = cli.New(context.Background(), dir)
	}
	code := 1
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	} else {
		code = m.Run()
	}
	os.RemoveAll(dir)
	os.Exit(code)
}

// begin makes a story that is written into the returned builder.
func begin(t *testing.T) (*story, *strings.Builder) {
	t.Helper()
	var text strings.Builder
	s, err := newStory(t.Context(), newScreen(&text), sandbox.ForTest(t, sandbox.Options{ArgoCD: true}), tool, filepath.Join(t.TempDir(), "work"))
	if err != nil {
		t.Fatal(err)
	}
	return s, &text
}

func TestTheStoryHolds(t *testing.T) {
	s, text := begin(t)
	if err := s.tell(t.Context(), 0); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	s.farewell(0)
	for _, words := range []string{
		"GitHub token lacks scopes that Devtron needs",
		"Missing: admin:org",
		"GitLab token lacks scopes that Devtron needs",
		"No changes.",
		"[✓] GITHUB",
		"[ ] GITLAB",
		"export DEVTRON_URL=",
	} {
		if !strings.Contains(text.String(), words) {
			t.Errorf("the story does not say %q:\n%s", words, text)
		}
	}
	for _, secret := range s.secrets() {
		if strings.Contains(text.String(), secret) {
			t.Errorf("the story shows a token:\n%s", text)
		}
	}
	expectShown(t, s, text.String())
	if strings.Contains(text.String(), "\x1b") {
		t.Error("there is colour although this is no terminal")
	}
}

// expectShown fails unless the pages that show the refused plan show what a
// user gets today, but for the host and the places where lines are broken.
func expectShown(t *testing.T, s *story, text string) {
	t.Helper()
	_, refusal, found := strings.Cut(text, "Error: GitHub token lacks")
	refusal, _, ended := strings.Cut("Error: GitHub token lacks"+refusal, "   ✓")
	if !found || !ended {
		t.Fatalf("where is the refused plan?\n%s", text)
	}
	refusal = strings.ReplaceAll(strings.ReplaceAll(refusal, "│", ""), s.box.GitHub.URL(), "https://github.com")
	for _, page := range []string{"../../README.md", "../../../templates/index.md.tmpl"} {
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

func TestTheStoryEndsWhereItDoesNotHold(t *testing.T) {
	s, text := begin(t)
	// GitHub cannot be asked: the check only warns, and the plan that should be refused goes through.
	s.box.GitHub.Inject(sandbox.Fault{Status: 503})
	err := s.tell(t.Context(), 0)
	if err == nil || !strings.Contains(err.Error(), "should have been refused") {
		t.Fatalf("the story goes on: %v\n%s", err, text)
	}
}

func TestHintsOfTheCLIAreLeftOut(t *testing.T) {
	said := "\n\nTerraform used the selected providers to generate the following execution\nplan. Resource actions are indicated with the following symbols:\n" +
		"  + create\n\n\n\nTerraform will perform the following actions:\n\nPlan: 1 to add\n"
	want := "Terraform will perform the following actions:\n\nPlan: 1 to add"
	if got := essence(said); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestColourIsForTerminals(t *testing.T) {
	terminal, err := os.Open("/dev/ptmx")
	if err != nil {
		t.Skipf("no pseudo terminal to try it on: %v", err)
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
		t.Error("a file has no colours")
	}
}

func TestARecordingIsShorterAndHasPages(t *testing.T) {
	s, text := begin(t)
	s.screen.pace = time.Millisecond
	if err := s.tell(t.Context(), 2); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if n := strings.Count(text.String(), emptyScreen); n != 2 {
		t.Errorf("%d pages:\n%s", n, text)
	}
}
