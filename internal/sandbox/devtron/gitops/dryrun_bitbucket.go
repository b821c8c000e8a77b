// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
)

// bitbucketHost replaces every host before a dry run. Devtron also stores it.
const bitbucketHost = "https://bitbucket.org/"

// bitbucketRepository is a repository in a Bitbucket workspace.
type bitbucketRepository struct {
	api                  *gitAPI
	workspace, name, key string
}

// connectBitbucket ignores the host of the configuration and always uses
// https://api.bitbucket.org.
func (s *Service) connectBitbucket(row Row, name string) (sampleRepository, error) {
	client, err := s.gitClient(row)
	if err != nil {
		return nil, err
	}
	credential := base64.StdEncoding.EncodeToString([]byte(row.Username + ":" + row.Token))
	return &bitbucketRepository{
		workspace: row.BitBucketWorkspaceID, name: name, key: row.BitBucketProjectKey,
		api: &gitAPI{
			context: s.lifetime(), client: client, base: &url.URL{Scheme: "https", Host: "api.bitbucket.org", Path: "/2.0/"},
			newError: newBitbucketError, header: http.Header{"Authorization": {"Basic " + credential}},
		},
	}, nil
}

func (r *bitbucketRepository) path() string { return "repositories/" + r.workspace + "/" + r.name }

func (r *bitbucketRepository) find() (bool, error) { return r.api.exists(r.path()) }

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

// newBitbucketError returns an error with the text of Devtron's library, which is only the status.
func newBitbucketError(_ string, _ *url.URL, status int, _ []byte) error {
	return &statusError{fmt.Sprintf("%d %s", status, http.StatusText(status)), status}
}
