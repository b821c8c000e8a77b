// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// connect checks the connection to a cluster and sets the version of the row. The errors have the
// texts of a real Devtron.
//
// The check continues if the client closes its connection, so that the cluster is stored after a
// timeout of the client.
func (s *Service) connect(row *Row) error {
	c, err := s.connection(*row)
	if err != nil {
		return fmt.Errorf("Validation failed : %w", err)
	}
	alive, err := c.send(http.MethodGet, "/livez", nil)
	var incorrect *url.Error
	var status *statusError
	switch {
	case errors.As(err, &incorrect):
		return fmt.Errorf("Incorrect server url : %w", err)
	case errors.As(err, &status) && status.status == http.StatusUnauthorized:
		return errors.New("Unauthorized : token seems invalid or does not have sufficient permissions")
	case errors.As(err, &status):
		return status
	case err != nil:
		return fmt.Errorf("Validation failed : %w", err)
	case string(alive) != "ok":
		return fmt.Errorf("Validation failed with response : %s", alive)
	}
	body, err := c.send(http.MethodGet, "/version", nil)
	if err != nil {
		return err
	}
	var version struct{ GitVersion string }
	if err := json.Unmarshal(body, &version); err != nil {
		return err
	}
	row.Version = version.GitVersion
	return nil
}

// Reachable reports whether Devtron can connect to a cluster.
func (s *Service) Reachable(row Row) bool { return s.connect(&row) == nil }

// Namespaces lists the namespaces of a cluster. The list is empty if the cluster is unreachable or
// the token has no permission to list them.
func (s *Service) Namespaces(row Row) []string {
	names := []string{}
	c, err := s.connection(row)
	if err != nil {
		return names
	}
	var found struct {
		Items []struct{ Metadata struct{ Name string } }
	}
	if body, err := c.send(http.MethodGet, "/api/v1/namespaces", nil); err != nil || json.Unmarshal(body, &found) != nil {
		return names
	}
	for _, item := range found.Items {
		names = append(names, item.Metadata.Name)
	}
	return names
}

// CreateNamespace creates a namespace unless it exists.
func (s *Service) CreateNamespace(row Row, name string) error {
	c, err := s.connection(row)
	if err != nil {
		return err
	}
	_, err = c.send(http.MethodGet, "/api/v1/namespaces/"+url.PathEscape(name), nil)
	var status *statusError
	if !errors.As(err, &status) || status.status != http.StatusNotFound {
		return err
	}
	_, err = c.send(http.MethodPost, "/api/v1/namespaces", map[string]any{"metadata": map[string]any{"name": name}})
	return err
}

// connection is a client for an API server.
type connection struct {
	context context.Context
	client  *http.Client
	base    *url.URL
	token   string
}

// connection creates a client for a cluster. For the default cluster, Devtron uses its own service
// account.
func (s *Service) connection(row Row) (*connection, error) {
	if row.ID == DefaultID && row.Name == DefaultName {
		row.ServerURL, row.Config = s.home.URL(), Config{BearerToken: s.home.Token()}
	}
	base, err := url.Parse(row.ServerURL)
	if err != nil {
		return nil, err
	}
	base.RawQuery, base.Fragment = "", ""
	config := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: row.Insecure} //nolint:gosec // the user requests it
	if !row.Insecure {
		if err := row.Config.trust(config); err != nil {
			return nil, err
		}
	}
	transport := &http.Transport{DialContext: server.DialLoopback, DisableKeepAlives: true, TLSClientConfig: config}
	return &connection{s.lifetime(), &http.Client{Transport: transport}, base, row.Config.BearerToken}, nil
}

// trust applies the CA and the client certificate. A certificate without a key is ignored.
func (c Config) trust(config *tls.Config) error {
	if c.CACertificate != "" {
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM([]byte(c.CACertificate)) {
			return errors.New("unable to load root certificates: unable to parse bytes as PEM block")
		}
	}
	if c.ClientCertificate != "" && c.ClientKey != "" {
		pair, err := tls.X509KeyPair([]byte(c.ClientCertificate), []byte(c.ClientKey))
		if err != nil {
			return err
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return nil
}

// send sends a request, with a JSON body unless body is nil.
func (c *connection) send(method, at string, body any) ([]byte, error) {
	target := *c.base
	target.Path = path.Join("/", target.Path, at)
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		content = strings.NewReader(string(text))
	}
	request, err := http.NewRequestWithContext(c.context, method, target.String(), content)
	if err != nil {
		return nil, err
	}
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	response, err := c.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode > 299 {
		err = &statusError{response.StatusCode, response.Header.Get("Content-Type")}
	}
	return text, err
}

// statusError is an error response, with the text of the Kubernetes client library.
type statusError struct {
	status      int
	contentType string
}

func (e *statusError) Error() string {
	message := "unknown" // the library does not keep the body
	if kind, _, _ := mime.ParseMediaType(e.contentType); kind == "" || strings.HasPrefix(kind, "text/") {
		message = ""
	}
	reason := ""
	switch {
	case e.status == http.StatusBadRequest:
		reason, message = "BadRequest", "the server rejected our request for an unknown reason"
	case e.status == http.StatusForbidden:
		reason = "Forbidden"
	case e.status == http.StatusNotFound:
		reason, message = "NotFound", "the server could not find the requested resource"
	case e.status == http.StatusTooManyRequests:
		reason = "TooManyRequests"
		message = "the server has received too many requests and has asked us to try again later"
	case e.status == http.StatusServiceUnavailable:
		reason, message = "ServiceUnavailable", "the server is currently unable to handle the request"
	case e.status == http.StatusGatewayTimeout:
		reason = "Timeout"
		message = "the server was unable to return a response in the time allotted, but may still be processing the request"
	case e.status >= http.StatusInternalServerError:
		reason, message = "InternalError", fmt.Sprintf("an error on the server (%q) has prevented the request from succeeding", message)
	}
	return reason + " : " + message
}
