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
	routeGitOpsConfig     = "gitops/config"
	routeGitOpsByProvider = "gitops/config-by-provider"
	routeGitOpsConfigured = "gitops/configured"
	routeGitOpsValidate   = "gitops/validate"
)

// ListGitOpsConfigs returns every configuration, inactive ones included, newest change first.
// Tokens are blank in it.
func (c *Client) ListGitOpsConfigs(ctx context.Context) ([]Config, error) {
	return sendForList[Config](ctx, c, &call{
		operation: "list the GitOps configurations", method: http.MethodGet, route: routeGitOpsConfig,
	})
}

// GetGitOpsConfig returns one configuration with its git token in clear. Where it does not exist,
// the error is of kind NotFound.
func (c *Client) GetGitOpsConfig(ctx context.Context, id int) (Config, error) {
	return sendForObject[Config](ctx, c, &call{
		operation: "read the GitOps configuration " + strconv.Itoa(id), method: http.MethodGet,
		route: routeGitOpsConfig + "/" + strconv.Itoa(id), secretReply: true,
	})
}

// GetGitOpsConfigByProvider returns the configuration of a git provider with its git token in
// clear. The server fails (500) where a git provider has two configurations, which older versions
// allowed; the list does not.
func (c *Client) GetGitOpsConfigByProvider(ctx context.Context, provider string) (Config, error) {
	return sendForObject[Config](ctx, c, &call{
		operation: "read the GitOps configuration of " + provider, method: http.MethodGet,
		route: routeGitOpsByProvider + "?" + url.Values{"provider": {provider}}.Encode(), secretReply: true,
	})
}

// CreateGitOpsConfig sends a new configuration. The server makes it active whatever it says and
// returns no id. A Validation that is Refused means that nothing was stored.
func (c *Client) CreateGitOpsConfig(ctx context.Context, config Config) (Validation, error) {
	return c.sendGitOpsConfig(ctx, "create the GitOps configuration of "+config.Provider, http.MethodPost, routeGitOpsConfig, config)
}

// UpdateGitOpsConfig replaces the configuration config.ID in every field but an empty token. A
// Validation that is Refused means that nothing was changed.
func (c *Client) UpdateGitOpsConfig(ctx context.Context, config Config) (Validation, error) {
	operation := fmt.Sprintf("update the GitOps configuration %d of %s", config.ID, config.Provider)
	return c.sendGitOpsConfig(ctx, operation, http.MethodPut, routeGitOpsConfig, config)
}

// ValidateGitOpsConfig runs the server's dry run without storing anything. With an empty token, the
// stored one of the same git provider is used; where there is none, the error is of kind NotFound.
func (c *Client) ValidateGitOpsConfig(ctx context.Context, config Config) (Validation, error) {
	return c.sendGitOpsConfig(ctx, "validate a GitOps configuration of "+config.Provider, http.MethodPost, routeGitOpsValidate, config)
}

func (c *Client) sendGitOpsConfig(ctx context.Context, operation, method, route string, config Config) (Validation, error) {
	k := &call{operation: operation, method: method, route: route, body: config}
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

// GitOpsConfigured asks whether there is an active configuration.
func (c *Client) GitOpsConfigured(ctx context.Context) (Configured, error) {
	var v Configured
	err := c.send(ctx, &call{operation: "ask whether GitOps is configured", method: http.MethodGet, route: routeGitOpsConfigured}, &v)
	return v, err
}
