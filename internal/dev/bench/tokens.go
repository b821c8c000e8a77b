// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"

	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/stage"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// measureTokens times plans with many data sources devtron_git_token: of one token, which is asked about once, and of as many
// tokens as there are data sources. The floor has as many resources.
func measureTokens(ctx context.Context, b *bench) error {
	for _, kind := range []struct {
		name     string
		distinct bool
	}{{"the same token", false}, {"distinct tokens", true}} {
		previous, before := 0, 0.0
		for _, n := range []int{1, 10, 100, 1000} {
			real, err := b.tokens(ctx, n, kind.distinct)
			if err != nil {
				return err
			}
			floor, err := b.nothings(ctx, n)
			if err != nil {
				return err
			}
			b.box.Log.Reset()
			repetitions := b.times(5, 1)
			if n == 1000 {
				repetitions = b.times(3, 1)
			}
			durations, err := turns(repetitions,
				func() error { return unchanged(ctx, floor) },
				func() error { return unchanged(ctx, real) },
			)
			if err != nil {
				return err
			}
			l := line{
				what:  fmt.Sprintf("plan with %d devtron_git_token, %s", n, kind.name),
				real:  fmt.Sprintf("%s, %d requests", milliseconds(durations[1]), b.box.Log.Count("github", "", "")/(repetitions+1)),
				floor: milliseconds(durations[0]), ratio: fmt.Sprintf("%.3f", ratios(durations[1], durations[0]).median()),
			}
			if n > 1 {
				l.real += fmt.Sprintf(", %.1f ms for each more", 1000*(durations[1].median()-before)/float64(n-previous))
			}
			previous, before = n, durations[1].median()
			b.table.add(l)
		}
	}
	return nil
}

// tokens is a folder with data sources. A list of tokens would be copied by Terraform for each of them, so that they are made of
// their numbers.
func (b *bench) tokens(ctx context.Context, n int, distinct bool) (*cli.Folder, error) {
	token := fmt.Sprintf("%q", b.box.GitHub.Token())
	if distinct {
		const form = "ghp_bench%031d"
		token = fmt.Sprintf("format(%q, count.index)", form)
		for i := range n {
			b.box.GitHub.AddToken(sandbox.GitHubToken{
				Token: fmt.Sprintf(form, i), Login: sandbox.Username, Scopes: []string{"repo", "admin:org", "delete_repo"},
				Roles: map[string]string{sandbox.Organization: "admin"},
			})
		}
	}
	return b.real.folder(ctx, stage.Preamble("devtron-labs/devtron", "")+fmt.Sprintf(`
data "devtron_git_token" "x" {
  count        = %d
  git_provider = "GITHUB"
  host         = %q
  organization = %q
  token        = %s

  lifecycle {
    postcondition {
      condition     = self.verdict == "sufficient"
      error_message = "The token was not found good."
    }
  }
}
`, n, b.box.GitHub.URL(), sandbox.Organization, token))
}
