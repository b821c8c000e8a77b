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
	gray   = "\x1b[90m"

	clearScreen = "\x1b[2J\x1b[H"
)

// screen formats the demo for a terminal of 100 columns.
type screen struct {
	w     io.Writer
	color bool
	step  int
	// pace is the pause after each thing to read in a recording, where each step clears the screen.
	// It is 0 outside recordings.
	pace time.Duration
}

func newScreen(w io.Writer) *screen { return &screen{w: w, color: wantsColor(w)} }

// wantsColor follows no-color.org: terminals have colors unless NO_COLOR is set.
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

// title starts the next step.
func (s *screen) title(text string) {
	s.step++
	start := "\n"
	if s.pace > 0 {
		start = clearScreen
	}
	fmt.Fprintf(s.w, "%s%s\n", start, s.paint(bold+cyan, fmt.Sprintf("%d. %s", s.step, text)))
}

// wait pauses a recording, in units of the pace.
func (s *screen) wait(units float64) {
	time.Sleep(time.Duration(float64(s.pace) * units))
}

// say prints an explanation.
func (s *screen) say(format string, args ...any) {
	for line := range strings.SplitSeq(fmt.Sprintf(format, args...), "\n") {
		s.line(line)
	}
}

// line prints one indented line.
func (s *screen) line(text string) {
	fmt.Fprintln(s.w, strings.TrimRight("   "+text, " "))
}

// command prints a command as a user types it.
func (s *screen) command(line string) {
	fmt.Fprintf(s.w, "\n   %s\n", s.paint(bold, "$ "+line))
	s.wait(0.3)
}

// file prints a file of the configuration.
func (s *screen) file(name, text string) {
	fmt.Fprintf(s.w, "\n   %s\n", s.paint(gray, "# "+name))
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		s.line(line)
	}
	s.wait(0.3)
}

// output prints the output of the CLI without its hints.
func (s *screen) output(text string) {
	for line := range strings.SplitSeq(withoutHints(text), "\n") {
		s.line(s.paint(gray, "│ ") + s.highlight(line))
	}
	s.wait(1)
}

// verified prints a result that the demo has checked.
func (s *screen) verified(format string, args ...any) {
	for i, line := range strings.Split(fmt.Sprintf(format, args...), "\n") {
		mark := s.paint(green, "✓")
		if i > 0 {
			mark = " "
		}
		s.line(mark + " " + line)
	}
}

func (s *screen) paint(code, text string) string {
	if !s.color {
		return text
	}
	return code + text + reset
}

// highlight colors a line as the CLI does on a terminal. The changes of a plan are indented. Lines
// of init also start with "- ", but without an indent.
func (s *screen) highlight(line string) string {
	plain := strings.TrimLeft(line, " │╷╵")
	indented := strings.HasPrefix(line, "  ")
	switch {
	case strings.HasPrefix(plain, "Error:"):
		return s.paint(bold+red, line)
	case strings.HasPrefix(plain, "Warning:"):
		return s.paint(bold+yellow, line)
	case indented && strings.HasPrefix(plain, "+ "):
		return s.paint(green, line)
	case indented && strings.HasPrefix(plain, "~ "):
		return s.paint(yellow, line)
	case indented && strings.HasPrefix(plain, "- "):
		return s.paint(red, line)
	case strings.HasPrefix(plain, "Plan:"), strings.HasPrefix(plain, "No changes."), strings.Contains(plain, " complete! "):
		return s.paint(bold, line)
	}
	return line
}
