// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// story follows a part of a guide, and runs its commands as they are written.
type story struct {
	guide, name string
	needs       since
	commands    []string // in the order in which they are run
	play        func(*stage)
}

// stage is where a story is played: a folder, a sandbox, and the guide.
type stage struct {
	*folder
	t      *testing.T
	story  story
	next   int
	blocks []string // the guide's configuration
}

// run runs the story's next command and expects it to succeed.
func (s *stage) run(env ...string) cli.Run {
	s.t.Helper()
	command := s.story.commands[s.next]
	run := s.try(env...)
	if run.Err != nil {
		s.t.Fatalf("%s: %v\n%s", command, run.Err, run.Output)
	}
	return run
}

func (s *stage) try(env ...string) cli.Run {
	s.t.Helper()
	command := s.story.commands[s.next]
	s.next++
	run := shell(s.t, s.Folder, command, env...)
	if strings.Contains(run.Output, s.box.GitHub.Token()) || strings.Contains(run.Output, s.box.Devtron.AdminToken()) {
		s.t.Errorf("%s shows a token:\n%s", command, run.Output)
	}
	return run
}

// write puts configuration into the folder and makes it ready for use.
func (s *stage) write(file, text string) {
	s.t.Helper()
	write(s.t, s.Dir, file, text)
}

// prepare makes a folder with nothing but the provider.
func (s *stage) prepare() {
	s.t.Helper()
	s.write("providers.tf", requiredProviders+"provider \"devtron\" {}\n")
	must(s.t, "init", s.Init(s.t.Context()))
}

// guideCommands are the commands that a guide tells to run.
func guideCommands(t *testing.T, page string) []string {
	t.Helper()
	var commands []string
	for _, block := range shellBlocks(t, page) {
		for line := range strings.Lines(block) {
			if line = strings.TrimSpace(line); strings.HasPrefix(line, "terraform ") || strings.HasPrefix(line, "TF_") {
				commands = append(commands, line)
			} else if !strings.HasPrefix(line, "export ") {
				t.Errorf("%s: this test does not know what to do with %q", page, line)
			}
		}
	}
	return commands
}

func TestEveryCommandOfTheGuidesIsRun(t *testing.T) {
	for _, page := range guides(t) {
		name := strings.TrimSuffix(filepath.Base(page), ".md")
		told := guideCommands(t, page)
		var played []string
		for _, s := range stories {
			if s.guide == name {
				played = append(played, s.commands...)
			}
		}
		for _, command := range told {
			if !slices.Contains(played, command) {
				t.Errorf("%s tells to run %q, and no story does", name, command)
			}
		}
		for _, command := range played {
			if !slices.Contains(told, command) {
				t.Errorf("a story runs %q, and %s does not tell so", command, name)
			}
		}
	}
}

func TestStoriesOfTheGuides(t *testing.T) {
	for _, told := range stories {
		t.Run(told.guide+"/"+told.name, func(t *testing.T) {
			t.Parallel()
			told.needs.skipBelow(t)
			s := &stage{folder: &folder{box: sandbox.ForTest(t)}, t: t, story: told}
			s.blocks = terraformBlocks(t, filepath.Join(guideFolder, told.guide+".md"))
			s.Folder = s.at(t, t.TempDir())
			told.play(s)
			if s.next != len(told.commands) {
				t.Errorf("%d of the %d commands were run", s.next, len(told.commands))
			}
		})
	}
}

// block is the guide's block of configuration that has some text.
func (s *stage) block(text string) string {
	s.t.Helper()
	i := slices.IndexFunc(s.blocks, func(block string) bool { return strings.Contains(block, text) })
	if i < 0 {
		s.t.Fatalf("the guide has no block with %q", text)
	}
	return s.blocks[i]
}

// managed is a configuration that Terraform has, as the reader of a guide does.
func (s *stage) managed() {
	s.t.Helper()
	s.prepare()
	s.write("main.tf", fmt.Sprintf("resource \"devtron_gitops_config\" \"github\" {\n  git_provider = \"GITHUB\"\n  host = %q\n  organization = %q\n  username = %q\n  token = %q\n}\n",
		s.box.GitHub.URL(), sandbox.Organization, sandbox.Username, s.box.GitHub.Token()))
	applyAndSettle(s.t, s.Folder)
}

// requestsThatWrite counts what changes something in Devtron.
func requestsThatWrite(box *sandbox.Sandbox) int {
	return box.Log.Count("devtron", "POST", "") + box.Log.Count("devtron", "PUT", "")
}
