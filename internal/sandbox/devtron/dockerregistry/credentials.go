// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package dockerregistry

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// checkCredentials checks the credentials of a registry with charts, except for some types. Devtron
// never checks the credentials of other registries.
func (s *Service) checkCredentials(row Row) *api.Reply {
	if row.OCIConfig[chart] == "" || row.Public || slices.Contains([]string{"gcr", "artifact-registry", "other"}, row.Type) {
		return nil
	}
	err := s.login(row)
	if err == nil {
		return nil
	}
	return new(api.Error(http.StatusInternalServerError, api.ErrorEntry{
		InternalMessage: "rpc error: code = Unknown desc = " + err.Error(), UserMessage: "error in validating oci registry",
	}))
}

var challengePair = regexp.MustCompile(`(\w+)="([^"]*)"`)

// login signs in to a registry on this machine. Other registries accept every password except those
// of RefusePassword.
func (s *Service) login(row Row) error {
	base, err := url.Parse(row.URL)
	if err != nil || base.Host == "" {
		base = &url.URL{Scheme: "https", Host: row.URL}
	}
	if host := base.Hostname(); host != "localhost" && !net.ParseIP(host).IsLoopback() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.refused[row.Password] {
			return attemptFailed(http.StatusUnauthorized)
		}
		return nil
	}
	client, err := row.client()
	if err != nil {
		return err
	}
	status, header, err := s.request(client, base.JoinPath("v2/").String(), row)
	if err == nil && status == http.StatusUnauthorized {
		challenge := url.Values{}
		for _, pair := range challengePair.FindAllStringSubmatch(header.Get("WWW-Authenticate"), -1) {
			challenge.Set(pair[1], pair[2])
		}
		realm := challenge.Get("realm")
		challenge.Del("realm")
		status, _, err = s.request(client, realm+"?"+challenge.Encode(), row)
	}
	if err == nil && status != http.StatusOK {
		err = attemptFailed(status)
	}
	return err
}

func attemptFailed(status int) error {
	return fmt.Errorf("login attempt failed with status: %d %s", status, http.StatusText(status))
}

// client returns a client that verifies the certificate of the registry according to the
// connection.
func (r Row) client() (*http.Client, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: r.Connection == "insecure"} //nolint:gosec // the user requests it
	if r.Connection == withCertificate {
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM([]byte(r.Certificate)) {
			return nil, errors.New("failed to append certificates from PEM")
		}
	}
	return &http.Client{Transport: &http.Transport{
		DialContext: server.DialLoopback, DisableKeepAlives: true, TLSClientConfig: config,
	}}, nil
}

func (s *Service) request(client *http.Client, address string, row Row) (int, http.Header, error) {
	request, err := http.NewRequestWithContext(s.lifetime(), http.MethodGet, address, nil)
	if err != nil {
		return 0, nil, err
	}
	request.SetBasicAuth(row.Username, strings.Trim(row.Password, "'")) // Devtron stores JSON keys in quotes
	response, err := client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	return response.StatusCode, response.Header, response.Body.Close()
}
