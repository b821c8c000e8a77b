// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// story follows a part of a guide and runs its commands exactly as written.
type story struct {
	guide, name string
	needs       since
	commands    []string // in the order in which they are run
	play        func(*stage)
}

// stage is what a story works with: a folder, a sandbox, and the guide.
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

// write writes a file of the configuration.
func (s *stage) write(file, text string) {
	s.t.Helper()
	write(s.t, s.Dir, file, text)
}

// prepare initializes the folder with only the provider.
func (s *stage) prepare() {
	s.t.Helper()
	s.write("providers.tf", requiredProviders+"provider \"devtron\" {}\n")
	must(s.t, "init", s.Init(s.t.Context()))
}

// guideCommands returns the commands in the shell blocks of a guide.
func guideCommands(t *testing.T, page string) []string {
	t.Helper()
	var commands []string
	for _, block := range shellBlocks(t, page) {
		if strings.HasPrefix(block, "kubectl ") {
			continue // for the cluster of the reader
		}
		for line := range strings.Lines(block) {
			if line = strings.TrimSpace(line); strings.HasPrefix(line, "terraform ") || strings.HasPrefix(line, "TF_") {
				commands = append(commands, line)
			} else if !strings.HasPrefix(line, "export ") {
				t.Errorf("%s: this test cannot run %q", page, line)
			}
		}
	}
	return commands
}

func TestEveryCommandOfGuidesIsRun(t *testing.T) {
	for _, page := range guides(t) {
		name := strings.TrimSuffix(filepath.Base(page), ".md")
		documented := guideCommands(t, page)
		var run []string
		for _, s := range stories {
			if s.guide == name {
				run = append(run, s.commands...)
			}
		}
		for _, command := range documented {
			if !slices.Contains(run, command) {
				t.Errorf("no story runs the command of %s: %q", name, command)
			}
		}
		for _, command := range run {
			if !slices.Contains(documented, command) {
				t.Errorf("a story runs %q, which is not in %s", command, name)
			}
		}
	}
}

func TestStoriesOfGuides(t *testing.T) {
	useCLI(t)
	for _, story := range stories {
		t.Run(story.guide+"/"+story.name, func(t *testing.T) {
			t.Parallel()
			story.needs.skipBelow(t)
			s := &stage{folder: &folder{box: sandbox.ForTest(t)}, t: t, story: story}
			s.blocks = terraformBlocks(t, filepath.Join(guideFolder, story.guide+".md"))
			s.Folder = s.at(t, t.TempDir())
			story.play(s)
			if s.next != len(story.commands) {
				t.Errorf("%d of the %d commands were run", s.next, len(story.commands))
			}
		})
	}
}

// block returns the first block of configuration in the guide that contains text.
func (s *stage) block(text string) string {
	s.t.Helper()
	i := slices.IndexFunc(s.blocks, func(block string) bool { return strings.Contains(block, text) })
	if i < 0 {
		s.t.Fatalf("the guide has no block with %q", text)
	}
	return s.blocks[i]
}

// managed applies the configuration with which most guides start.
func (s *stage) managed() {
	s.t.Helper()
	s.prepare()
	s.write("main.tf", fmt.Sprintf("resource \"devtron_gitops_config\" \"github\" {\n  git_provider = \"GITHUB\"\n  host = %q\n  organization = %q\n  username = %q\n  token = %q\n}\n",
		s.box.GitHub.URL(), sandbox.Organization, sandbox.Username, s.box.GitHub.Token()))
	applyAndSettle(s.t, s.Folder)
}

// requestsThatWrite counts the requests that may change something in Devtron.
func requestsThatWrite(box *sandbox.Sandbox) int {
	return box.Log.Count("devtron", "POST", "") + box.Log.Count("devtron", "PUT", "")
}
