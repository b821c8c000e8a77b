// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

const (
	reset  = "\x1b[0m"
	bold   = "\x1b[1m"
	red    = "\x1b[31m"
	green  = "\x1b[32m"
	yellow = "\x1b[33m"
	cyan   = "\x1b[36m"
	grey   = "\x1b[90m"

	emptyScreen = "\x1b[2J\x1b[H"
)

// screen writes the story down for a reader.
type screen struct {
	w     io.Writer
	color bool
	step  int
	// pace is how long a reader gets for each thing that is shown, in a recording;
	// each step begins on an empty screen then. 0 tells the story without waiting.
	pace time.Duration
}

func newScreen(w io.Writer) *screen { return &screen{w: w, color: wantsColor(w)} }

// wantsColor follows no-color.org: a terminal, unless NO_COLOR says otherwise.
func wantsColor(w io.Writer) bool {
	if os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// title starts the next step of the story.
func (s *screen) title(text string) {
	s.step++
	begin := "\n"
	if s.pace > 0 {
		begin = emptyScreen
	}
	fmt.Fprintf(s.w, "%s%s\n", begin, s.paint(bold+cyan, fmt.Sprintf("%d. %s", s.step, text)))
}

// wait gives a reader time, in units of the pace.
func (s *screen) wait(units float64) {
	time.Sleep(time.Duration(float64(s.pace) * units))
}

// say explains, in plain words.
func (s *screen) say(format string, args ...any) {
	for line := range strings.SplitSeq(fmt.Sprintf(format, args...), "\n") {
		s.line(line)
	}
}

// line writes a line of a step, without blanks at its end.
func (s *screen) line(text string) {
	fmt.Fprintln(s.w, strings.TrimRight("   "+text, " "))
}

// command shows what a user would type.
func (s *screen) command(line string) {
	fmt.Fprintf(s.w, "\n   %s\n", s.paint(bold, "$ "+line))
	s.wait(0.3)
}

// file shows a configuration, or a part of one.
func (s *screen) file(name, text string) {
	fmt.Fprintf(s.w, "\n   %s\n", s.paint(grey, "# "+name))
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		s.line(line)
	}
	s.wait(0.5)
}

// output shows what the CLI said, less the hints that are the same in every run.
func (s *screen) output(text string) {
	for line := range strings.SplitSeq(essence(text), "\n") {
		s.line(s.paint(grey, "│ ") + s.highlight(line))
	}
	s.wait(1)
}

// good says what was just proved.
func (s *screen) good(format string, args ...any) {
	fmt.Fprintf(s.w, "   %s %s\n", s.paint(green, "✓"), fmt.Sprintf(format, args...))
}

func (s *screen) paint(code, text string) string {
	if !s.color {
		return text
	}
	return code + text + reset
}

// highlight colours a line as a CLI does, which terraform-exec always asks not to.
func (s *screen) highlight(line string) string {
	plain := strings.TrimLeft(line, " │╷╵")
	switch {
	case strings.HasPrefix(plain, "Error:"):
		return s.paint(bold+red, line)
	case strings.HasPrefix(plain, "Warning:"):
		return s.paint(bold+yellow, line)
	case strings.HasPrefix(plain, "+ "):
		return s.paint(green, line)
	case strings.HasPrefix(plain, "~ "):
		return s.paint(yellow, line)
	case strings.HasPrefix(plain, "- "):
		return s.paint(red, line)
	case strings.HasPrefix(plain, "Plan:"), strings.HasPrefix(plain, "No changes."), strings.Contains(plain, " complete! "):
		return s.paint(bold, line)
	}
	return line
}
