// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// exchange writes the request to a bare connection, as an HTTP client would trim headers and clean
// paths.
func exchange(d *Devtron, method, path string, headers map[string]string, body *string) (int, http.Header, string, error) {
	conn, err := net.Dial("tcp", strings.TrimPrefix(d.URL(), "http://"))
	if err != nil {
		return 0, nil, "", err
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	text := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: %s\r\n", method, path, conn.RemoteAddr())
	for k, v := range headers {
		text += k + ": " + v + "\r\n"
	}
	if body != nil {
		text += fmt.Sprintf("Content-Length: %d\r\n", len(*body))
	}
	text += "\r\n"
	if body != nil {
		text += *body
	}
	if _, err := io.WriteString(conn, text); err != nil {
		return 0, nil, "", err
	}
	reader := bufio.NewReader(conn)
	if _, err := reader.Peek(1); err != nil {
		return 0, nil, "", err
	}
	response, err := http.ReadResponse(reader, &http.Request{Method: method})
	if err != nil {
		return 0, nil, "", err
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	return response.StatusCode, response.Header, string(answer), err
}

// post creates a row as the administrator.
func post(t *testing.T, d *Devtron, body string) (int, string) {
	t.Helper()
	return ask(t, d, http.MethodPost, "/orchestrator/gitops/config", body)
}

// ask sends a request as the administrator.
func ask(t *testing.T, d *Devtron, method, path, body string) (int, string) {
	t.Helper()
	status, _, answer, err := exchange(d, method, path, map[string]string{"token": d.AdminToken()}, &body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return status, answer
}
