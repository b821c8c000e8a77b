// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
)

// ChartRepository is a Helm chart repository.
type ChartRepository struct {
	// ID is chosen by Devtron.
	ID int `json:"id"`
	// Name has at least 3 characters and no upper case (26-10). It is the name of a Kubernetes
	// secret for Argo CD, so that a new one has to be a DNS label. It is unique, except after
	// parallel creations and renames (26-42).
	Name string `json:"name"`
	// URL is the address below which index.yaml is, up to 250 characters, stored byte for byte.
	// Several repositories can have the same one (26-09).
	URL string `json:"url"`
	// AuthMode is AuthAnonymous or AuthPassword; empty for some that Devtron ships (26-01). Writes
	// derive it from Username.
	AuthMode string `json:"authMode"`
	Username string `json:"userName"`
	// Password is written and never read, although the list contains it in clear (26-22). An update
	// stores an empty one, too (26-35).
	Password string `json:"-"`
	// Active is ignored by a creation, which stores true (26-18). An inactive repository is still
	// listed (26-44).
	Active bool `json:"active"`
	// Default is read-only.
	Default bool `json:"default"`
	// AllowInsecureConnection makes Argo CD accept any certificate. Devtron itself does not when it
	// fetches the index (source).
	AllowInsecureConnection bool `json:"allow_insecure_connection"`
}

// Values of ChartRepository.AuthMode, and of GitAccount.AuthMode together with those beside it.
// Devtron knows more for chart repositories, and does not use them (source).
const (
	AuthAnonymous = "ANONYMOUS"
	AuthPassword  = "USERNAME_PASSWORD"
)

func (r ChartRepository) plausible() bool { return r.ID > 0 && r.Name != "" }

// User is the username that Devtron signs in with; empty if it does not sign in.
func (r ChartRepository) User() string {
	if r.AuthMode != AuthPassword {
		return ""
	}
	return r.Username
}

// shippedChartRepositories are those of a new Devtron, which have the ids 1 to 15 (26-01).
var shippedChartRepositories = []string{
	"default-chartmuseum", "devtron", "jetstack", "elastic", "autoscaler", "fluent", "nginx-ingress", "metrics-server",
	"prometheus-community", "bitnami", "external-secrets", "kedacore", "opencost", "gpu-helm-charts", "vmware-tanzu",
}

// IsShippedChartRepository reports whether a chart repository came with Devtron. Since v1.2.1,
// Devtron cannot delete such a repository (source), and its list does not tell it from others:
// isEditable is always true (26-01).
func IsShippedChartRepository(id int, name string) bool {
	return id > 0 && id <= len(shippedChartRepositories) && slices.Contains(shippedChartRepositories, name)
}

// chartRepositoryBody is a chart repository as it is written. An absent "active" is false (26-43).
type chartRepositoryBody struct {
	ID                      int    `json:"id"`
	Name                    string `json:"name"`
	URL                     string `json:"url"`
	AuthMode                string `json:"authMode"`
	Username                string `json:"userName"`
	Password                string `json:"password"`
	Active                  bool   `json:"active"`
	AllowInsecureConnection bool   `json:"allow_insecure_connection"`
}

func newChartRepositoryBody(r ChartRepository) chartRepositoryBody {
	mode := AuthAnonymous
	if r.Username != "" {
		mode = AuthPassword
	}
	return chartRepositoryBody{
		ID: r.ID, Name: r.Name, URL: r.URL, AuthMode: mode, Username: r.Username, Password: r.Password, Active: r.Active,
		AllowInsecureConnection: r.AllowInsecureConnection,
	}
}

func (b chartRepositoryBody) secrets() []string { return []string{b.Password} }

// detail is the authMode, which tells missing credentials from wrong ones, see Error.IndexProblem.
func (b chartRepositoryBody) detail() string { return b.AuthMode }

// chartRepositoryReference is what a DELETE sends. Devtron requires authMode (26-50), deletes the
// Kubernetes secret with this name, and writes the URL and the credentials of the body into the
// deleted row (source): without them, the password is cleared.
type chartRepositoryReference struct {
	noSecrets
	ID                      int    `json:"id"`
	Name                    string `json:"name"`
	URL                     string `json:"url"`
	AuthMode                string `json:"authMode"`
	Active                  bool   `json:"active"`
	Default                 bool   `json:"default"`
	AllowInsecureConnection bool   `json:"allow_insecure_connection"`
}

const routeChartRepository = "chart-repo"

// ListChartRepositories returns all chart repositories in no particular order. It does not use the
// route that the web page uses, which counts visits (source). Both contain passwords in clear text.
func (c *Client) ListChartRepositories(ctx context.Context) ([]ChartRepository, error) {
	return sendForList[ChartRepository](ctx, c, &call{
		operation: "list the chart repositories", method: http.MethodGet, route: routeChartRepository + "/list/min",
		empty: emptyIsNone, secretReply: true,
	})
}

// CreateChartRepository fetches the index of a chart repository, stores it, and returns it with its
// id. It takes about 7 seconds (26-07). An index that cannot be fetched is a Precondition, although
// Devtron says 200 (26-11, 26-12, 26-14, 26-17), see Error.IndexProblem. A ServerError about the
// chart synchronization job comes after the repository was stored.
func (c *Client) CreateChartRepository(ctx context.Context, repository ChartRepository) (ChartRepository, error) {
	repository.ID = 0
	k := &call{
		operation: "create the chart repository " + repository.Name, method: http.MethodPost,
		route: routeChartRepository + "/create", body: newChartRepositoryBody(repository), secretReply: true,
	}
	// The reply has other names than the list (26-07), or is the failure.
	var reply struct {
		ID           int `json:"Id"`
		CustomErrMsg string
		ActualErrMsg string
	}
	if err := c.send(ctx, k, &reply); err != nil {
		return ChartRepository{}, err
	}
	switch {
	case reply.CustomErrMsg != "":
		failure := c.failed(k, Precondition, c.cleaned(customMessage(reply.CustomErrMsg, reply.ActualErrMsg), k))
		failure.Envelope, failure.Detail = true, newChartRepositoryBody(repository).detail()
		return ChartRepository{}, failure
	case reply.ID <= 0:
		return ChartRepository{}, c.failed(k, NotDevtron, "the reply has no id")
	}
	repository.ID = reply.ID
	return repository, nil
}

// UpdateChartRepository fetches the index and replaces a chart repository, including its password.
// It takes about 7 seconds (26-31). An index that cannot be fetched is a Precondition (26-35). A
// new URL of a repository whose charts are deployed is InUse. Devtron stores a name that another
// one has (26-42). One that does not exist is a ServerError (26-37).
func (c *Client) UpdateChartRepository(ctx context.Context, repository ChartRepository) error {
	return c.send(ctx, &call{
		operation: fmt.Sprintf("update the chart repository %s (id %d)", repository.Name, repository.ID), method: http.MethodPost,
		route: routeChartRepository + "/update", body: newChartRepositoryBody(repository), secretReply: true,
	}, nil)
}

// DeleteChartRepository deletes a chart repository, which must be as ListChartRepositories returned
// it. One whose charts are deployed is InUse (source); one that does not exist is NotFound (26-53).
// A ServerError about a config map means that the Kubernetes secret with its name does not exist,
// and nothing was deleted (26-55).
func (c *Client) DeleteChartRepository(ctx context.Context, stored ChartRepository) error {
	return c.send(ctx, &call{
		operation: fmt.Sprintf("delete the chart repository %s (id %d)", stored.Name, stored.ID), method: http.MethodDelete,
		route: routeChartRepository, body: chartRepositoryReference{
			ID: stored.ID, Name: stored.Name, URL: stored.URL, AuthMode: cmp.Or(stored.AuthMode, AuthAnonymous), Active: stored.Active,
			Default: stored.Default, AllowInsecureConnection: stored.AllowInsecureConnection,
		},
	}, nil)
}
