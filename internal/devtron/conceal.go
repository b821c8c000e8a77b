// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"slices"
)

type concealedKey struct{}

// Conceal returns a context for calls whose failures contain none of the secrets. Those of a
// request are concealed in any case; these are others that Devtron has stored, and may repeat when
// it fails.
func Conceal(ctx context.Context, secrets ...string) context.Context {
	return context.WithValue(ctx, concealedKey{}, append(slices.Clone(concealed(ctx)), secrets...))
}

func concealed(ctx context.Context) []string {
	secrets, _ := ctx.Value(concealedKey{}).([]string)
	return secrets
}
