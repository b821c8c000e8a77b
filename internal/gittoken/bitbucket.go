// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// bitbucketInspector is what is particular to Bitbucket Cloud, beside what is made of the answers.
type bitbucketInspector struct{}

const bitbucketWeb = "https://bitbucket.org"

// User names that are the same for everybody and say which kind of token follows.
const (
	bitbucketAnyAPIToken    = "x-bitbucket-api-token-auth"
	bitbucketAnyAccessToken = "x-token-auth"
)

const (
	bitbucketAPIPrefix    = "ATATT"
	bitbucketAccessPrefix = "ATCTT"
	noAppPasswords        = "Bitbucket has not accepted app passwords since mid-2026"
)

// bitbucketKinds are by experience; Atlassian documents no prefixes. Access tokens of repositories, projects and workspaces
// look alike.
var bitbucketKinds = []tokenKind{
	{prefix: bitbucketAPIPrefix, kind: KindAPI},
	{prefix: bitbucketAccessPrefix},
	{prefix: "ATBB", kind: KindAppPassword, unusable: noAppPasswords},
}

// bitbucketAppPassword is the form of app passwords from before they had a prefix, and of other things.
var bitbucketAppPassword = regexp.MustCompile(`^[0-9A-Za-z]{20}$`)

// bitbucketTypes are the values of X-Credential-Type.
var bitbucketTypes = map[string]string{
	"api_token": KindAPI, "repo_access_token": KindRepository, "project_access_token": KindProject,
	"workspace_access_token": KindWorkspace, "oauth2": KindOAuth, "apppassword": KindAppPassword,
}

// bitbucketScopes are the documented ones: repositories read, write, admin and delete. Name is what API tokens have, Older what
// access tokens and OAuth apps have.
var bitbucketScopes = []Scope{
	{
		Name: "read:repository:bitbucket", Older: "repository", Missing: Error, MissingWithCustomRepository: Error,
		Why: "find and clone the GitOps repositories",
	},
	{
		Name: "write:repository:bitbucket", Older: "repository:write", Missing: Error, MissingWithCustomRepository: Error,
		Why: "commit and push to the GitOps repositories",
	},
	{
		Name: "admin:repository:bitbucket", Older: "repository:admin", Missing: Error, MissingWithCustomRepository: Error,
		Why: "create the GitOps repositories in the workspace",
	},
	{
		Name: "delete:repository:bitbucket", Older: "repository:delete", Missing: Warning, MissingWithCustomRepository: Warning,
		Why: "delete the repository that Devtron's dry run creates; without it one is left behind by every save",
	},
}

// bitbucketImplied has the older vocabulary only: scopes of API tokens imply no others (Atlassian, "API token permissions").
// In the older one repository:write implies repository, and repository:admin implies neither (Atlassian, "Scopes for the
// Bitbucket Cloud REST API"). Each older scope brings its newer spelling along, so that one list is compared.
var bitbucketImplied = map[string][]string{
	"repository":        {"read:repository:bitbucket"},
	"repository:write":  {"repository", "write:repository:bitbucket"},
	"repository:admin":  {"admin:repository:bitbucket"},
	"repository:delete": {"delete:repository:bitbucket"},
	"pullrequest":       {"repository"},
	"pullrequest:write": {"pullrequest", "repository:write"},
	"project":           {"repository"},
	"account:write":     {"account"},
}

// address is the same for every host: Devtron talks to api.bitbucket.org whatever is written. A host that is not
// bitbucket.org is not asked, as the token may be for it alone.
func (bitbucketInspector) address(u *url.URL) address {
	if owner, found := publicHost(u.Hostname()); !found || owner != BitbucketCloud {
		return address{problem: hostProblem(Error, "bitbucket_host", "Bitbucket Cloud has one host",
			"Devtron always uses https://api.bitbucket.org, and a self-managed Bitbucket cannot be used.\nOmit host, or write host = \""+bitbucketWeb+"/\".")}
	}
	a := address{api: apiURL("https://api.bitbucket.org/2.0/"), web: bitbucketWeb}
	if !SameHost(u.String(), bitbucketWeb) {
		a.problem = hostProblem(Warning, "bitbucket_host", "Unusual Bitbucket host",
			"Devtron always uses https://api.bitbucket.org, and its dry run replaces the host with "+bitbucketWeb+"/.\nOmit host, or write host = \""+bitbucketWeb+"/\".")
	}
	return a
}

func (bitbucketInspector) credential(q Question) (header, value string) {
	if q.Username == "" || strings.Contains(q.Username, ":") {
		return "Authorization", ""
	}
	return "Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte(q.Username+":"+q.Token))
}

func (bitbucketInspector) accepted(f Facts) bool { return !unauthorized(f) }

func (bitbucketInspector) open(s *session) (host, error) {
	return &bitbucketHost{restClient{session: s}}, nil
}

// bitbucketHost asks Bitbucket Cloud with one token.
type bitbucketHost struct{ restClient }

func (h *bitbucketHost) close() { h.session.close() }

// light asks for the workspace's repositories, which takes no scope but a required one and tells all scopes, and for the
// project, at once.
func (h *bitbucketHost) light(ctx context.Context, q Question) Facts {
	var facts Facts
	named := q.Workspace != "" && validSegment(q.Workspace) == ""
	var both sync.WaitGroup
	both.Go(func() { h.repositories(ctx, q.Workspace, named, &facts) })
	if named && q.ProjectKey != "" && validSegment(q.ProjectKey) == "" {
		both.Go(func() {
			var project struct {
				Key string `json:"key"`
			}
			path := "workspaces/" + url.PathEscape(q.Workspace) + "/projects/" + url.PathEscape(strings.ToUpper(q.ProjectKey))
			_, failure := h.get(ctx, path+"?fields=key", &project)
			if failure.Class == "" && project.Key == "" {
				failure = Failure{Class: FailNotAPI, Message: "the answer describes no project"}
			}
			facts.Target.Project = Reply{Asked: true, Failure: failure}
		})
	}
	both.Wait()
	return facts
}

func (h *bitbucketHost) repositories(ctx context.Context, workspace string, named bool, facts *Facts) {
	path := "repositories"
	if named {
		path += "/" + url.PathEscape(workspace)
	}
	var page struct {
		Length int `json:"pagelen"`
	}
	answer, failure := h.get(ctx, path+"?pagelen=1&fields=pagelen", &page)
	if failure.Class == "" && page.Length == 0 {
		failure = Failure{Class: FailNotAPI, Message: "the answer is no list of repositories"}
	}
	reply := Reply{Asked: true, Failure: failure}
	if named {
		facts.Target.Reply, facts.Target.Name = reply, workspace
	}
	if reply.Failed(FailForbidden, FailScope, FailNotFound) {
		reply = Reply{Asked: true} // the token itself was accepted
	}
	facts.Token.Reply = reply
	if reply.OK() {
		facts.Token.Scopes, facts.Token.ScopesKnown = scopesHeader(answer.header, h.masker)
		facts.Token.Type = h.masker.clean(answer.header.Get("X-Credential-Type"))
	}
}

// thorough asks for the owner, where the token may tell it, and looks the project up among the repositories, where it may
// not be asked for.
func (h *bitbucketHost) thorough(ctx context.Context, q Question, facts Facts) Facts {
	var both sync.WaitGroup
	if slices.ContainsFunc(facts.Token.Scopes, func(s string) bool {
		return s == "account" || s == "account:write" || s == "read:user:bitbucket"
	}) {
		both.Go(func() {
			var user struct {
				Nickname string `json:"nickname"`
			}
			_, failure := h.get(ctx, "user?fields=nickname", &user)
			facts.Owner = OwnerFacts{Reply: Reply{Asked: true, Failure: failure}, Login: h.masker.clean(user.Nickname)}
		})
	}
	if facts.Target.OK() && facts.Target.Project.Failed(FailScope, FailForbidden) {
		both.Go(func() {
			if h.projectInUse(ctx, q.Workspace, strings.ToUpper(q.ProjectKey)) {
				facts.Target.Project.Failure = Failure{}
			}
		})
	}
	both.Wait()
	return facts
}

// projectInUse tells whether a repository of the project can be seen. That there is none proves nothing.
func (h *bitbucketHost) projectInUse(ctx context.Context, workspace, key string) bool {
	var page struct {
		Values []struct {
			Project struct {
				Key string `json:"key"`
			} `json:"project"`
		} `json:"values"`
	}
	query := url.Values{"q": {`project.key="` + strings.ReplaceAll(key, `"`, "") + `"`}, "pagelen": {"1"}, "fields": {"values.project.key"}}
	_, failure := h.get(ctx, "repositories/"+url.PathEscape(workspace)+"?"+query.Encode(), &page)
	if failure.Class != "" {
		return false
	}
	for _, repository := range page.Values {
		if repository.Project.Key == key {
			return true
		}
	}
	return false
}

// refusal knows {"type":"error","error":{"message":...,"detail":{"required":[...]}}}, in which detail is there where scopes are lacking
// and may be a text as well; the 401 of an unknown user, which may have no body; and the plain text of a rate limit.
func (bitbucketInspector) refusal(status int, header http.Header, body []byte) refusal {
	var said struct {
		Type  string `json:"type"`
		Error struct {
			Message string          `json:"message"`
			Detail  json.RawMessage `json:"detail"`
		} `json:"error"`
	}
	if json.Unmarshal(body, &said) != nil {
		text := strings.TrimSpace(string(body))
		limited := status == http.StatusTooManyRequests && strings.HasPrefix(text, "Rate limit for this resource")
		challenged := strings.Contains(header.Get("Www-Authenticate"), "Bitbucket.org")
		return refusal{own: limited || challenged, message: text}
	}
	r := refusal{own: said.Type == "error" && said.Error.Message != "", message: said.Error.Message}
	var detail struct {
		Required []string `json:"required"`
	}
	if json.Unmarshal(said.Error.Detail, &detail) == nil && len(detail.Required) > 0 {
		r.message, r.class = strings.TrimRight(r.message, ". ")+" (required: "+strings.Join(detail.Required, ", ")+")", FailScope
	}
	return r
}

// validSegment says what keeps a name from being a part of a URL's path; "" = nothing.
func validSegment(name string) string {
	switch {
	case strings.TrimSpace(name) != name:
		return "it begins or ends with a blank"
	case name == "." || name == ".." || strings.ContainsAny(name, "/\\"):
		return "it contains a slash, or is no name at all"
	case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return "it contains control characters"
	}
	return ""
}
