// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// exchange sends a request over a plain connection, because an HTTP client changes headers and
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
	reply, err := io.ReadAll(response.Body)
	return response.StatusCode, response.Header, string(reply), err
}

// postConfig creates a GitOps configuration as the administrator.
func postConfig(t *testing.T, d *Devtron, body string) (int, string) {
	t.Helper()
	return send(t, d, http.MethodPost, gitOpsConfig, body)
}

// send sends a request as the administrator and returns the status and the body.
func send(t *testing.T, d *Devtron, method, path, body string) (int, string) {
	t.Helper()
	status, _, reply, err := exchange(d, method, path, map[string]string{"token": d.AdminToken()}, &body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return status, reply
}

// mustSend fails the test unless the status is 200.
func mustSend(t *testing.T, d *Devtron, method, path, body string) string {
	t.Helper()
	status, reply := send(t, d, method, path, body)
	if status != http.StatusOK {
		t.Fatalf("%s %s: got %d %s", method, path, status, reply)
	}
	return reply
}

// sendWithTimeout sends a request as the administrator and fails the test unless it times out.
func sendWithTimeout(t *testing.T, d *Devtron, timeout time.Duration, path, body string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, d.URL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("token", d.AdminToken())
	if _, err := http.DefaultClient.Do(request); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("POST %s: got %v, want a timeout", path, err)
	}
}

// eventually fails the test unless the condition becomes true.
func eventually(t *testing.T, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !condition(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("timed out")
		}
	}
}

const gitOpsConfig = "/orchestrator/gitops/config"

// configBodies returns POST bodies for the predefined tokens: one for GitHub and one for GitLab.
func (s *Sandbox) configBodies() []string {
	return []string{
		fmt.Sprintf(`{"provider":"GITHUB","username":%q,"token":%q,"gitHubOrgId":%q,"host":%q}`,
			Username, s.GitHub.Token(), Organization, s.GitHub.URL()),
		fmt.Sprintf(`{"provider":"GITLAB","username":%q,"token":%q,"gitLabGroupId":"%d","host":%q}`,
			Username, s.GitLab.Token(), GroupID, s.GitLab.URL()),
	}
}

// azureBody returns a POST body for the predefined organization.
func (s *Sandbox) azureBody(project, token string) string {
	return fmt.Sprintf(`{"provider":"AZURE_DEVOPS","username":"x","token":%q,"azureProjectName":%q,"host":%q}`,
		token, project, s.Azure.URL()+"/"+AzureOrganization)
}

// bitbucketBody returns a POST body. Its host is arbitrary, because Devtron replaces it.
func (s *Sandbox) bitbucketBody(username, token, workspace, key string) string {
	return fmt.Sprintf(`{"provider":"BITBUCKET_CLOUD","username":%q,"token":%q,"bitBucketWorkspaceId":%q,"bitBucketProjectKey":%q,"host":"https://anything.example.com/"}`,
		username, token, workspace, key)
}
