// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package chartrepo

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// outcome is the result of fetching an index.
type outcome struct {
	Custom string `json:"customErrMsg"`
	Actual string `json:"actualErrMsg"`

	ok bool
}

// fetch fetches the index of a repository with its credentials.
func (s *Service) fetch(sent ChartRepoDto) outcome {
	const retry = "Could not validate the repo. Please try again."
	u, err := url.Parse(sent.URL)
	if err != nil {
		return outcome{Custom: retry, Actual: err.Error()}
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return outcome{
			Custom: fmt.Sprintf("Protocol %q is not supported. Supported protocols are http/https.", u.Scheme),
			Actual: fmt.Sprintf("scheme %q not supported", u.Scheme),
		}
	}
	address := strings.TrimSuffix(sent.URL, "/") + "/index.yaml"
	status, body, err := s.get(address, sent)
	if err != nil {
		return outcome{Custom: retry, Actual: err.Error()}
	}
	failed := fmt.Sprintf("Failed to fetch %s : %d %s", address, status, http.StatusText(status))
	switch {
	case status == http.StatusNotFound:
		return outcome{Custom: "Could not find an index.yaml file in the repo directory. Please try another chart repo.", Actual: failed}
	case status == http.StatusUnauthorized:
		return outcome{Custom: "Invalid authentication credentials. Please verify.", Actual: failed}
	case status != http.StatusOK:
		return outcome{Custom: retry, Actual: failed}
	case !bytes.Contains(body, []byte("apiVersion:")):
		return outcome{Custom: retry, Actual: "no API version specified"}
	}
	return outcome{Custom: "Configurations are validated successfully", ok: true}
}

func (s *Service) get(address string, sent ChartRepoDto) (int, []byte, error) {
	request, err := http.NewRequestWithContext(s.lifetime(), http.MethodGet, address, nil)
	if err != nil {
		return 0, nil, err
	}
	if sent.UserName != "" && sent.Password != "" {
		request.SetBasicAuth(sent.UserName, sent.Password)
	}
	client := &http.Client{Transport: &http.Transport{DialContext: server.DialLoopback, DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	return response.StatusCode, body, err
}
