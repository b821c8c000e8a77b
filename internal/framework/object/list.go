// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package object

import (
	"context"
	"slices"
	"sort"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"

	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
)

// List answers "terraform query" (Terraform 1.14 and newer) for the objects of a kind.
type List[M, T any] struct{ Resource[M, T] }

// NewList returns a constructor of the list resource.
func NewList[M, T any](kind *Kind[M, T]) func() list.ListResource {
	return func() list.ListResource { return &List[M, T]{Resource[M, T]{kind: kind}} }
}

// ListResourceConfigSchema implements list.ListResource.
func (l *List[M, T]) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds every " + l.kind.Noun + " of Devtron, to manage it with Terraform from then on.",
	}
}

// List implements list.ListResource.
func (l *List[M, T]) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	objects := l.kind.walk(l.data).objects
	if objects == nil {
		stream.Results = list.ListResultsStreamDiagnostics(framework.NotConnected(framework.QueryWithLiteral))
		return
	}
	ctx, cancel := context.WithTimeout(ctx, framework.ReadTimeout)
	defer cancel()
	all, err := objects.List(ctx)
	if err != nil {
		stream.Results = list.ListResultsStreamDiagnostics(l.failure("Devtron could not be asked for its "+l.kind.plural(), "", err))
		return
	}
	sort.Slice(all, func(i, j int) bool { return l.kind.id(all[i]).Compare(l.kind.id(all[j])) < 0 })
	if req.Limit > 0 && int64(len(all)) > req.Limit {
		all = all[:req.Limit]
	}
	results := make([]list.ListResult, 0, len(all))
	for _, o := range all {
		result := req.NewListResult(ctx)
		result.DisplayName = l.kind.KeyOf(o)
		state := l.kind.Stored(l.kind.Imported(), o)
		result.Diagnostics.Append(l.identify(ctx, result.Identity, l.kind.Key(state))...)
		if req.IncludeResource {
			result.Diagnostics.Append(l.details(ctx, &state, true)...)
			result.Diagnostics.Append(result.Resource.Set(ctx, state)...)
		}
		results = append(results, result)
	}
	stream.Results = slices.Values(results)
}
