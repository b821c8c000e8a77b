// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
)

// bitbucketHost is what Devtron puts in the place of any host before a dry run, and stores after it.
const bitbucketHost = "https://bitbucket.org/"

// bitbucketRepository is the sample repository in a Bitbucket workspace.
type bitbucketRepository struct {
	api                  *gitAPI
	workspace, name, key string
}

// connectBitbucket talks to https://api.bitbucket.org whatever the host of the row.
func (d *Service) connectBitbucket(row Row, name string) (dryRunRepository, error) {
	client, err := d.gitClient(row)
	if err != nil {
		return nil, err
	}
	credential := base64.StdEncoding.EncodeToString([]byte(row.Username + ":" + row.Token))
	return &bitbucketRepository{
		workspace: row.BitBucketWorkspaceID, name: name, key: row.BitBucketProjectKey,
		api: &gitAPI{
			context: d.lifetime(), client: client, base: &url.URL{Scheme: "https", Host: "api.bitbucket.org", Path: "/2.0/"},
			failure: bitbucketFailure, header: http.Header{"Authorization": {"Basic " + credential}},
		},
	}, nil
}

func (r *bitbucketRepository) path() string { return "repositories/" + r.workspace + "/" + r.name }

func (r *bitbucketRepository) find() (bool, error) {
	err := r.api.do(http.MethodGet, r.path(), nil, &struct{}{})
	if errors.Is(err, errNotFound) {
		return false, nil
	}
	return err == nil, err
}

func (r *bitbucketRepository) create() error {
	body := map[string]any{"scm": "git", "is_private": true, "description": "helm chart for " + r.name}
	if r.key != "" {
		body["project"] = map[string]any{"key": r.key}
	}
	return r.api.do(http.MethodPost, r.path(), body, &struct{}{})
}

func (r *bitbucketRepository) commit(file string) error {
	var form bytes.Buffer
	writer := multipart.NewWriter(&form)
	part, err := writer.CreateFormFile(file, file)
	if err != nil {
		return err
	}
	_, _ = part.Write([]byte("@devtron"))
	_ = writer.WriteField("message", "pushing readme")
	_ = writer.WriteField("branch", "master")
	if err := writer.Close(); err != nil {
		return err
	}
	if err := r.api.send(http.MethodPost, r.path()+"/src", writer.FormDataContentType(), &form, nil); err != nil {
		return err
	}
	return r.api.do(http.MethodGet, r.path()+"/commits/master", nil, &struct{}{})
}

func (r *bitbucketRepository) remove() error { return r.api.do(http.MethodDelete, r.path(), nil, nil) }

// bitbucketFailure words an error as Devtron's library does: the status line alone.
func bitbucketFailure(_ string, _ *url.URL, status int, _ []byte) error {
	if status == http.StatusNotFound {
		return errNotFound
	}
	return fmt.Errorf("%d %s", status, http.StatusText(status))
}
