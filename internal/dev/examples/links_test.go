// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// home is the address of the repository, for links from the registries to files outside of docs/.
const home = "https://github.com/devtron-labs/terraform-provider-devtron/"

var (
	link         = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading      = regexp.MustCompile(`(?m)^#+ (.+)$`)
	anchor       = regexp.MustCompile(`<a id="([^"]+)">`)
	fencedBlock  = regexp.MustCompile("(?ms)^```.*?\n```$")
	notInAnchor  = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
	linkOfMarkup = regexp.MustCompile(`\[([^\]]+)\]\([^)]*\)`)
)

// A link to a page needs the extension on GitHub, and the registries accept it.
func TestLinksLeadToFilesAndHeadings(t *testing.T) {
	all := append(pages(t), repository+"/CONTRIBUTING.md", repository+"/CHANGELOG.md", repository+"/.github/SECURITY.md", repository+"/examples/README.md")
	checked := 0
	for _, page := range all {
		for _, match := range link.FindAllStringSubmatch(prose(t, page), -1) {
			target, fragment, _ := strings.Cut(match[1], "#")
			file := filepath.Join(filepath.Dir(page), filepath.FromSlash(target))
			switch {
			case target == "":
				file = page
			case strings.HasPrefix(target, home+"blob/main/"), strings.HasPrefix(target, home+"tree/main/"):
				_, path, _ := strings.Cut(target, "/main/")
				file = filepath.Join(repository, filepath.FromSlash(path))
			case strings.Contains(target, "://"), strings.HasPrefix(target, "mailto:"):
				continue
			}
			checked++
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s links to %s, which does not exist", page, match[1])
				continue
			}
			if fragment != "" && !hasAnchor(t, file, fragment) {
				t.Errorf("%s links to %s, but there is no such heading", page, match[1])
			}
		}
	}
	if checked < 50 {
		t.Errorf("only %d links were checked", checked)
	}
}

// The start pages lead to every guide.
func TestStartPagesLinkEveryGuide(t *testing.T) {
	for page, folder := range map[string]string{repository + "/README.md": "docs/guides/", docs + "/index.md": "guides/"} {
		text := prose(t, page)
		for _, guide := range guides(t) {
			if !strings.Contains(text, "]("+folder+filepath.Base(guide)+")") {
				t.Errorf("%s does not link %s", page, filepath.Base(guide))
			}
		}
	}
}

// prose returns a page without its code blocks.
func prose(t *testing.T, page string) string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	return fencedBlock.ReplaceAllString(string(text), "")
}

// hasAnchor reports whether a page has an anchor, or a heading from which GitHub and the registries
// derive it.
func hasAnchor(t *testing.T, page, fragment string) bool {
	t.Helper()
	text := prose(t, page)
	for _, match := range anchor.FindAllStringSubmatch(text, -1) {
		if match[1] == fragment {
			return true
		}
	}
	for _, match := range heading.FindAllStringSubmatch(text, -1) {
		title := notInAnchor.ReplaceAllString(linkOfMarkup.ReplaceAllString(match[1], "$1"), "")
		if strings.ReplaceAll(strings.ToLower(title), " ", "-") == fragment {
			return true
		}
	}
	return false
}
