// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

const (
	routeConfig     = "gitops/config"
	routeByProvider = "gitops/config-by-provider"
	routeConfigured = "gitops/configured"
	routeValidate   = "gitops/validate"
	routeVerify     = "devtron/auth/verify/v2"
)

// List returns every configuration, inactive ones included, newest change first.
// Tokens are blank in it. A list that holds something else than configurations
// is an error: it must never look like "nothing is configured".
func (c *Client) List(ctx context.Context) ([]Config, error) {
	k := &call{operation: "list the GitOps configurations", method: http.MethodGet, route: routeConfig}
	var rows []Config
	if err := c.send(ctx, k, &rows); err != nil {
		return nil, err
	}
	for _, row := range rows {
		if err := c.plausible(k, row); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// Get returns one configuration with its git token in clear. A row that is not
// there is an *Error of kind NotFound.
func (c *Client) Get(ctx context.Context, id int) (Config, error) {
	return c.one(ctx, "read the GitOps configuration "+strconv.Itoa(id), routeConfig+"/"+strconv.Itoa(id))
}

// GetByProvider returns the configuration of a provider with its git token in
// clear. The server fails (500) where a provider has two rows, which older
// versions allowed; the list does not.
func (c *Client) GetByProvider(ctx context.Context, provider string) (Config, error) {
	return c.one(ctx, "read the GitOps configuration of "+provider, routeByProvider+"?"+url.Values{"provider": {provider}}.Encode())
}

func (c *Client) one(ctx context.Context, operation, route string) (Config, error) {
	k := &call{operation: operation, method: http.MethodGet, route: route}
	var row Config
	if err := c.send(ctx, k, &row); err != nil {
		return Config{}, err
	}
	return row, c.plausible(k, row)
}

// Create sends a new configuration. The server makes it active whatever it says
// and returns no id. A Validation that is Refused means that nothing was stored.
func (c *Client) Create(ctx context.Context, row Config) (Validation, error) {
	return c.write(ctx, "create the GitOps configuration of "+row.Provider, http.MethodPost, routeConfig, row)
}

// Update replaces the configuration row.ID in every field but an empty token. A
// Validation that is Refused means that nothing was changed.
func (c *Client) Update(ctx context.Context, row Config) (Validation, error) {
	return c.write(ctx, fmt.Sprintf("update the GitOps configuration %d of %s", row.ID, row.Provider), http.MethodPut, routeConfig, row)
}

// Validate runs the server's dry run without storing anything. With an empty
// token the stored one of the same provider is used (NotFound if there is none).
func (c *Client) Validate(ctx context.Context, row Config) (Validation, error) {
	return c.write(ctx, "validate a GitOps configuration of "+row.Provider, http.MethodPost, routeValidate, row)
}

func (c *Client) write(ctx context.Context, operation, method, route string, row Config) (Validation, error) {
	k := &call{operation: operation, method: method, route: route, body: &row}
	var v Validation
	if err := c.send(ctx, k, &v); err != nil {
		return Validation{}, err
	}
	stages := make(map[string]string, len(v.StageErrors))
	for stage, message := range v.StageErrors {
		stages[c.cleaned(stage, k)] = c.cleaned(message, k)
	}
	v.StageErrors = stages
	for i, stage := range v.SuccessfulStages {
		v.SuccessfulStages[i] = c.cleaned(stage, k)
	}
	return v, nil
}

// Configured asks what any authenticated user may ask.
func (c *Client) Configured(ctx context.Context) (Configured, error) {
	var v Configured
	err := c.send(ctx, &call{operation: "ask whether GitOps is configured", method: http.MethodGet, route: routeConfigured}, &v)
	return v, err
}

// Verify asks whom the API token belongs to.
func (c *Client) Verify(ctx context.Context) (Identity, error) {
	var v Identity
	err := c.send(ctx, &call{operation: "verify the API token", method: http.MethodGet, route: routeVerify}, &v)
	return v, err
}

// plausible guards against a well-formed answer of something else.
func (c *Client) plausible(k *call, row Config) error {
	if row.ID > 0 && row.Provider != "" {
		return nil
	}
	return &Error{
		Kind: NotDevtron, Operation: k.operation, Method: k.method, URL: c.base.Route(k.route),
		Status: http.StatusOK, Message: "the answer holds an entry without id or provider", Attempts: k.attempts,
	}
}
