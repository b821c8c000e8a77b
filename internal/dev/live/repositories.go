// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package live

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// dryRunPrefix is the prefix of the repositories that dry runs of Devtron create.
const dryRunPrefix = "devtron-sample-repo-dryrun-"

// pageSize is the maximum of both git hosts.
const pageSize = 100

var client = &http.Client{
	Timeout:   time.Minute,
	Transport: &http.Transport{Proxy: http.ProxyFromEnvironment},
	// A redirect could send the token to another host.
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// dryRunRepositories returns the repositories that dry runs have left, by name, with the API paths
// that delete them.
func (a Account) dryRunRepositories(ctx context.Context) (map[string]string, error) {
	found := map[string]string{}
	for page := 1; ; page++ {
		var list []struct {
			ID   int    `json:"id"`
			Name string `json:"name"`
		}
		path := fmt.Sprintf("/orgs/%s/repos?per_page=%d&page=%d", url.PathEscape(a.Owner), pageSize, page)
		if a.Provider == "GITLAB" {
			path = fmt.Sprintf("/groups/%s/projects?search=%s&per_page=%d&page=%d", url.PathEscape(a.Owner), dryRunPrefix, pageSize, page)
		}
		if err := a.call(ctx, http.MethodGet, path, &list); err != nil {
			return nil, fmt.Errorf("list the repositories of %s: %w", a.Owner, err)
		}
		for _, r := range list {
			if !strings.HasPrefix(r.Name, dryRunPrefix) {
				continue
			}
			found[r.Name] = "/repos/" + url.PathEscape(a.Owner) + "/" + url.PathEscape(r.Name)
			if a.Provider == "GITLAB" {
				found[r.Name] = fmt.Sprint("/projects/", r.ID)
			}
		}
		if len(list) < pageSize {
			return found, nil
		}
	}
}

// delete deletes a repository by its API path.
func (a Account) delete(ctx context.Context, path string) error {
	return a.call(ctx, http.MethodDelete, path, nil)
}

// api returns the URL of the REST API.
func (a Account) api() string {
	host := strings.TrimRight(a.Host, "/")
	switch {
	case a.Provider == "GITLAB":
		return host + "/api/v4"
	case strings.EqualFold(host, "https://github.com"):
		return "https://api.github.com"
	}
	return host + "/api/v3"
}

func (a Account) call(ctx context.Context, method, path string, result any) error {
	request, err := http.NewRequestWithContext(ctx, method, a.api()+path, http.NoBody)
	if err != nil {
		return err
	}
	if a.Provider == "GITLAB" {
		request.Header.Set("PRIVATE-TOKEN", a.Token)
	} else {
		request.Header.Set("Authorization", "Bearer "+a.Token)
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 16<<20))
	switch {
	case err != nil:
		return err
	case response.StatusCode/100 != 2:
		return fmt.Errorf("%s %s%s: %s", method, a.api(), path, response.Status)
	case result == nil:
		return nil
	}
	return json.Unmarshal(body, result)
}
