// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import "testing"

// The messages are recorded from a real Devtron, unless their name says otherwise.
func TestStageCause(t *testing.T) {
	const (
		github = "error in connecting with GITHUB"
		gitlab = "error in connecting with GITLAB"
		azure  = "error in connecting with AZURE_DEVOPS"
		repo   = "http://githost/m/api/v3/repos/my-org/devtron-sample-repo-dryrun-b5ziit"
	)
	for _, c := range []struct {
		name, stage, message string
		want                 Cause
	}{
		{"GitHub 401", github, "github client error: GET " + repo + ": 401 Bad credentials []", CauseToken},
		{"GitHub 403", github, "github client error: GET " + repo + ": 403 Resource not accessible by personal access token []", CausePermission},
		{"GitHub may not create", "Create Repo", "github client error: POST http://githost/api/v3/orgs/my-org/repos: 403 Must have admin rights to Repository. []", CausePermission},
		{"GitHub 404", "Create Repo", "github client error: POST http://githost/m404/api/v3/orgs/my-org/repos: 404 Not Found []", CauseOwner},
		{"GitHub 429", github, "github client error: GET " + repo + ": 429 Too Many Requests []", CauseLimit},
		{"GitHub rate limit", github, "github client error: GET " + repo + ": 403 API rate limit exceeded []", CauseLimit},
		{"GitHub 500", github, "github client error: GET " + repo + ": 500 500 Internal Server Error []", CauseGitHost},
		{"GitHub web page", github, "github client error: invalid character '<' looking for beginning of value", CauseWebPage},
		{"closed port", github, `github client error: Get "` + repo + `": dial tcp 127.0.0.1:1: connect: connection refused`, CauseNetwork},
		{"unknown name", gitlab, `gitlab client error: Get "https://gitlab.com/api/v4/groups/98765": dial tcp: lookup gitlab.com on 10.0.0.2: no such host`, CauseNetwork},
		{"certificate (not recorded)", gitlab, `gitlab client error: Get "https://git.example.com/api/v4/groups/1": tls: failed to verify certificate: x509: certificate signed by unknown authority`, CauseCertificate},
		{"CA", github, "github client error: failed to append certificates from file: /tmp/ca", CauseCA},
		{"no scheme", gitlab, `gitlab client error: parse "gitlab.example.com": invalid URI for request`, CauseHost},
		{"empty host", github, `github client error: Get "/api/v3/repos/my-org/x": unsupported protocol scheme ""`, CauseHost},
		{"GitLab 401", gitlab, "gitlab client error: {message: 401 Unauthorized}", CauseToken},
		{"a line break in the token", gitlab, `gitlab client error: Get "http://127.0.0.1:1/api/v4/groups/1": net/http: invalid header field value for "Private-Token"`, CauseToken},
		{"GitLab 403", gitlab, "gitlab client error: {message: 403 Forbidden}", CausePermission},
		{"GitLab 404", gitlab, "gitlab client error: 404 Not Found", CauseOwner},
		{"GitLab 404 of a write", "", "404 Not Found", CauseOwner},
		{"GitLab 429", gitlab, "gitlab client error: {message: Too Many Requests}", CauseLimit},
		{"GitLab 500", gitlab, "gitlab client error: {message: 500 Internal Server Error}", CauseGitHost},
		{"GitLab group by name", gitlab, "gitlab client error: no gitlab group id found", CauseOwner},
		{"GitLab may not create", "Create Repo", "gitlab client error: {message: 403 Forbidden - not allowed to create projects}", CausePermission},
		{"Azure sign-in page", azure, "azure devops client error: invalid character '<' looking for beginning of value", CauseWebPage},
		{"never visible", "Clone Http", "github client error: unable to validate project:devtron-sample-repo-dryrun-pipsai in given time", CauseClone},
		{"clone", "Clone", "error in git fetch command: exit status 128", CauseClone},
		{"delete", "Delete Repo", "github client error: DELETE " + repo + ": 403 Must have admin rights to Repository. []", CauseDelete},
		{"a group whose id is a status (not recorded)", gitlab, "gitlab client error: GET http://githost/api/v4/groups/401: boom", CauseUnknown},
		{"a port that is a status (not recorded)", gitlab, "gitlab client error: GET http://githost:401/api/v4/groups/1: boom", CauseUnknown},
		{"other words (not recorded)", "Push", "remote rejected", CauseUnknown},
		{"nothing", "", "", CauseUnknown},
	} {
		if got := StageCause(c.stage, c.message); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}
