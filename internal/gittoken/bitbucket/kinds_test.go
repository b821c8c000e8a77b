// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package bitbucket_test

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/checktest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/inspect"
)

func TestKindsOfTokensThatLookAlike(t *testing.T) {
	checktest.CheckKinds(t, map[string]checktest.Token{
		"20 characters of an OAuth token": checktest.NewToken(
			checktest.With(checktest.BitbucketQuestion(strings.Repeat("a1B2", 5), ""), func(q *inspect.Question) { q.Username = checktest.AccessTokenUser }),
			checktest.ServeBitbucketAccess("oauth", "repository:write", "repository:admin", "repository:delete"), inspect.KindOAuth, inspect.Unverifiable,
			[]string{"bitbucket_oauth"}),
	})
}
