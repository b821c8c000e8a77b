// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package configs

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// post creates a configuration. If the reply is lost, it reads until the list shows the
// configuration: before the POST, the list had none of this git provider.
func (s *Store) post(ctx context.Context, wanted devtron.Config) (*devtron.Validation, []Warning, error) {
	defer s.list.Invalidate()
	wanted.ID = 0
	started := time.Now()
	validation, err := s.client.CreateGitOpsConfig(ctx, wanted)
	if err == nil {
		return checkDryRun(wanted, validation)
	}
	failure, ok := reconcile.MaybeHandled(err)
	if !ok {
		return nil, nil, err
	}
	err = s.list.Settle(ctx, failure, time.Since(started), s.patience, func(_ context.Context, stored []devtron.Config) (bool, error) {
		_, created := Find(stored, 0, wanted.Provider)
		return created, nil
	})
	if err != nil {
		return nil, nil, err
	}
	return nil, []Warning{{Code: ReplyLost, Err: failure, Config: wanted}}, nil
}

// put replaces a configuration. If the reply is lost, it reads until it can tell whether the write
// was done; before is the list as it was before the PUT.
func (s *Store) put(ctx context.Context, before []devtron.Config, wanted devtron.Config) (*devtron.Validation, []Warning, error) {
	defer s.list.Invalidate()
	wanted, err := s.withStoredToken(ctx, before, wanted)
	if err != nil {
		return nil, nil, err
	}
	started := time.Now()
	validation, err := s.client.UpdateGitOpsConfig(ctx, wanted)
	if err == nil {
		return checkDryRun(wanted, validation)
	}
	failure, ok := reconcile.MaybeHandled(err)
	if !ok {
		return nil, nil, err
	}
	err = s.list.Settle(ctx, failure, time.Since(started), s.patience, func(ctx context.Context, stored []devtron.Config) (bool, error) {
		return s.isStored(ctx, before, stored, wanted)
	})
	if err != nil {
		return nil, nil, err
	}
	return nil, []Warning{{Code: ReplyLost, Err: failure, Config: wanted}}, nil
}

// withStoredToken adds the stored token to a PUT that keeps it, where the git provider has two
// configurations, as parallel runs may leave behind. Devtron looks up a token that is not sent by
// git provider, finds two, and refuses every such write.
func (s *Store) withStoredToken(ctx context.Context, stored []devtron.Config, wanted devtron.Config) (devtron.Config, error) {
	hasTwin := slices.ContainsFunc(stored, func(c devtron.Config) bool { return c.Provider == wanted.Provider && c.ID != wanted.ID })
	if wanted.Token != "" || !hasTwin {
		return wanted, nil
	}
	full, err := s.client.GetGitOpsConfig(ctx, wanted.ID)
	wanted.Token = full.Token
	return wanted, err
}

// errTLSNotReadable means that a read cannot tell whether a write was done.
var errTLSNotReadable = errors.New("Devtron never returns TLS certificates and keys, so reading cannot tell whether the new ones were stored")

// isStored reports whether Devtron has stored what a PUT sent. The list does not contain the token,
// so a token that was sent is compared through the one route that returns it.
func (s *Store) isStored(ctx context.Context, before, stored []devtron.Config, wanted devtron.Config) (bool, error) {
	if !isListed(stored, wanted) {
		return false, nil
	}
	if wanted.Token != "" {
		full, err := s.client.GetGitOpsConfig(ctx, wanted.ID)
		if err != nil {
			return false, err
		}
		if full.Token != wanted.Token {
			return false, nil
		}
	}
	// A write is done as a whole or not at all, so another field that changed proves that the
	// certificates are stored, too. The token proves nothing: it may be the old one.
	if wanted.TLS != (devtron.TLSConfig{}) && isListed(before, wanted) {
		return false, errTLSNotReadable
	}
	return true, nil
}

// isListed reports whether a list contains the wanted configuration, as far as a list shows it.
func isListed(stored []devtron.Config, wanted devtron.Config) bool {
	config, ok := Find(stored, wanted.ID, wanted.Provider)
	return ok && config.Active == wanted.Active && len(Differences(config, wanted)) == 0
}

// checkDryRun turns the reply to a write into an error where the dry run failed: its HTTP status is
// 200 then, too.
func checkDryRun(wanted devtron.Config, validation devtron.Validation) (*devtron.Validation, []Warning, error) {
	if validation.Refused() {
		return &validation, nil, &DryRunError{GitProvider: wanted.Provider, Stages: validation.StageErrors}
	}
	if validation.DeleteRepoFailed {
		return &validation, []Warning{{Code: RepositoryLeft, Config: wanted}}, nil
	}
	return &validation, nil, nil
}
