// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package hosturl

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/reconcile"
)

// area is what the resources of the area share in one walk.
type area struct {
	*framework.Data
	lock reconcile.WriteLock
	// instances counts the resources of the configuration.
	instances atomic.Int32
}

// Open implements the constraint of framework.AreaOf.
func (a *area) Open(d *framework.Data) {
	a.Data = d
	if d.Client != nil {
		a.lock = reconcile.LockOf(d.Client.BaseURL().String() + " host URL")
	}
}

// read returns the host URL; "" where none is set.
func (a *area) read(ctx context.Context) (string, error) {
	stored, err := a.Client.GetHostURL(ctx)
	if devtron.IsKind(err, devtron.NotFound) {
		return "", nil
	}
	return stored.URL, err
}

// write sets the host URL unless it is set already. A reply that was lost is settled by reading,
// and returned.
func (a *area) write(ctx context.Context, wanted string) (lost *devtron.Error, err error) {
	if err := a.lock.Hold(ctx); err != nil {
		return nil, reconcile.Ended(ctx, "host URL", a.Client.BaseURL().String())
	}
	defer a.lock.Release()
	stored, err := a.read(ctx)
	if err != nil || same(stored, wanted) {
		return nil, err
	}
	started := time.Now()
	_, err = a.Client.SetHostURL(ctx, wanted)
	lost, maybe := reconcile.MaybeHandled(err)
	switch {
	case err == nil:
		return nil, a.confirm(ctx, wanted)
	case !maybe:
		return nil, err
	}
	reads := reconcile.NewList(func(ctx context.Context) ([]string, error) {
		stored, err := a.read(ctx)
		return []string{stored}, err
	})
	return lost, reads.Settle(ctx, lost, time.Since(started), a.Patience, func(_ context.Context, stored []string) (bool, error) {
		return same(stored[0], wanted), nil
	})
}

// confirm reads the host URL after it was set. Another process may have set it at the same moment,
// after which Devtron can have two.
func (a *area) confirm(ctx context.Context, wanted string) error {
	ctx, cancel := a.Patience.Afterwards(ctx)
	defer cancel()
	stored, err := a.read(ctx)
	var failure *devtron.Error
	switch {
	case errors.As(err, &failure) && hasTwo(failure):
		return err
	case err != nil:
		return nil // Devtron has confirmed the write.
	case !same(stored, wanted):
		return fmt.Errorf("Devtron has the host URL %q and not the one that was set: another process set it at the same moment", stored)
	}
	return nil
}

// hasTwo reports whether Devtron says that it has two host URLs.
func hasTwo(e *devtron.Error) bool {
	return e.Kind == devtron.ServerError && strings.Contains(e.Message, "multiple rows")
}

// planCreation warns of another host URL, which a creation takes over.
func (a *area) planCreation(ctx context.Context, wanted string) diag.Diagnostics {
	stored, err := a.read(ctx)
	switch {
	case err != nil:
		return a.failure("Devtron could not be asked for its host URL", "Nothing was changed.", err)
	case stored != "" && !same(stored, wanted):
		return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(pathURL, "The existing host URL will be overwritten", fmt.Sprintf("The host URL of Devtron is %q. Applying this plan overwrites it with %q.", stored, wanted))}
	}
	return nil
}

// compareHosts warns of a host URL that is not where the provider reaches Devtron.
func (a *area) compareHosts(wanted string) diag.Diagnostics {
	u, err := url.Parse(wanted)
	here := a.Client.BaseURL().Hostname()
	if err != nil || strings.EqualFold(u.Hostname(), here) {
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(pathURL, "The host URL differs from the URL of the provider",
		fmt.Sprintf("url names the host %q, and the provider reaches Devtron at %q. This is right if users reach Devtron under another name than this machine.", u.Hostname(), here))}
}

func (a *area) failure(summary, consequence string, err error) diag.Diagnostics {
	return a.Failure(framework.Operation{Summary: summary, Consequence: consequence, Object: "host URL", Explain: explain}, err)
}

// explain knows what Devtron does after two writes at the same moment: every read and write fails.
func explain(e *devtron.Error) (at path.Path, reason, advice string) {
	if !hasTwo(e) {
		return path.Empty(), "", ""
	}
	return path.Empty(), "Devtron has stored two host URLs", "Two processes set the host URL at the same moment. Devtron cannot read or change it anymore: " +
		"in its database, set active to false for all but one of the rows of the table attributes with the key \"url\"."
}
