// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// connectAzure asks for the list of Azure DevOps' resources, which is all that the sandbox can do with one.
func (d *Devtron) connectAzure(row Row) error {
	base, err := url.Parse(strings.TrimSuffix(row.Host, "/") + "/")
	if err != nil {
		return err
	}
	return d.connectElsewhere(row, base, http.MethodOptions, "_apis")
}

// connectBitbucket asks Bitbucket Cloud, whatever the host; from here it cannot be reached.
func (d *Devtron) connectBitbucket(row Row, name string) error {
	base := &url.URL{Scheme: "https", Host: "api.bitbucket.org", Path: "/2.0/"}
	return d.connectElsewhere(row, base, http.MethodGet, "repositories/"+row.BitBucketWorkspaceID+"/"+name)
}

func (d *Devtron) connectElsewhere(row Row, base *url.URL, method, path string) error {
	client, err := gitClient(row)
	if err != nil {
		return err
	}
	api := &gitAPI{
		context: d.lifetime(), client: client, base: base, header: http.Header{},
		failure: func(_ string, _ *url.URL, status int, body []byte) error {
			// Azure's client decodes the body before it looks at the status: a sign-in page is a JSON error.
			if err := json.Unmarshal(body, &struct{}{}); err != nil {
				return err
			}
			return errors.New(http.StatusText(status))
		},
	}
	if err := api.do(method, path, nil, &struct{}{}); err != nil {
		return err
	}
	return errors.New("the sandbox has no dry run for " + row.Provider)
}
