// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// azureInspector is what is particular to Azure DevOps, beside what is made of the answers.
type azureInspector struct{}

// The names of Azure DevOps Services. With the older one the organization is a part of the name.
const (
	azureName   = "dev.azure.com"
	azureSuffix = ".visualstudio.com"
)

// azureAnybody is the id of whoever comes without a credential.
const azureAnybody = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa"

// azureScopes are the documented ones: "Code", read, write and manage. No answer tells those of a token; that it cannot read
// shows when it tries.
var azureScopes = []Scope{
	{
		Name: "vso.code", Missing: Error, MissingWithCustomRepository: Error, ImpliedBy: "vso.code_manage",
		Why: "Code (Read): find and clone the GitOps repositories",
	},
	{
		Name: "vso.code_write", Missing: Warning, MissingWithCustomRepository: Warning, ImpliedBy: "vso.code_manage",
		Why: "Code (Read & write): push to the GitOps repositories; cannot be read, so that its lack shows on apply",
	},
	{
		Name: "vso.code_manage", Missing: Warning, MissingWithCustomRepository: Warning,
		Why: "Code (Read, write, & manage): create and delete repositories; cannot be read, so that its lack shows on apply",
	},
}

// azureImplied is from Microsoft's list of scopes for the Azure DevOps REST API.
var azureImplied = map[string][]string{
	"vso.code_full":   {"vso.code_manage"},
	"vso.code_manage": {"vso.code_write"},
	"vso.code_write":  {"vso.code"},
}

// address takes the host as it is for the organization: its API is at HOST/_apis.
func (azureInspector) address(u *url.URL) address {
	path, hasAPI := strings.CutSuffix(strings.TrimRight(u.EscapedPath(), "/"), "/_apis")
	path = strings.TrimRight(path, "/")
	web := origin(u)
	public := strings.EqualFold(u.Hostname(), azureName) && publicPort(u)
	named := strings.HasSuffix(strings.ToLower(u.Hostname()), azureSuffix) && publicPort(u)
	insecure := (public || named) && !strings.EqualFold(u.Scheme, "https")
	if public || named {
		web = "https://" + strings.ToLower(u.Hostname())
	}
	organization, deeper, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	a := address{web: web + path, api: apiURL(web + path + "/")}
	switch {
	case public && path == "":
		return address{web: web, problem: hostProblem(Error, "azure_host", "The Azure DevOps host must hold the organization",
			"Devtron takes the API to be at HOST/_apis, and dev.azure.com has one for each organization.\nWrite host = \"https://dev.azure.com/ORGANIZATION\".")}
	case public && deeper != "":
		return address{web: web + "/" + organization, problem: hostProblem(Error, "azure_host", "The Azure DevOps host must end with the organization",
			"Devtron would look for the API at "+web+path+"/_apis. The project belongs into azure_project.\nWrite host = \""+web+"/"+organization+"\".")}
	case hasAPI:
		a.problem = hostProblem(Error, "azure_host", "The Azure DevOps host must not end in /_apis",
			"Devtron adds /_apis itself.\nWrite host = \""+a.web+"\".")
	case insecure:
		a.problem = hostProblem(Warning, "azure_host", "The Azure DevOps host is not https", "Devtron would send the token in clear.\nWrite host = \""+a.web+"\".")
	case path == "" && !named:
		a.problem = hostProblem(Warning, "azure_host", "The Azure DevOps host holds no organization",
			"Azure DevOps Server keeps projects in a collection, which is a part of the address.\nWrite host = \""+web+"/COLLECTION\".")
	}
	return a
}

// credential leaves the user name out, as Devtron does.
func (azureInspector) credential(q Question) (header, value string) {
	return "Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte(":"+q.Token))
}

// accepted knows that the description of the organization may be refused where the project's repositories are not.
func (azureInspector) accepted(f Facts) bool {
	return !unauthorized(f) || (f.Target.OK() && f.Token.Failure.Status == http.StatusUnauthorized)
}

func (azureInspector) open(s *session) (host, error) {
	// As Microsoft's libraries do: 401 in place of a redirect to the sign-in page.
	header := http.Header{"X-Tfs-Fedauthredirect": {"Suppress"}}
	return &azureHost{restClient{session: s, header: header, refusal: azureRefusal}}, nil
}

// azureHost asks Azure DevOps with one token.
type azureHost struct{ restClient }

func (h *azureHost) close() { h.session.close() }

// light asks for the organization, which every valid token may, and for the project's repositories, at once.
func (h *azureHost) light(ctx context.Context, q Question) Facts {
	var facts Facts
	var both sync.WaitGroup
	both.Go(func() { h.organization(ctx, &facts.Token, &facts.Owner) })
	if q.Project != "" && validSegment(q.Project) == "" {
		both.Go(func() {
			failure := h.ask(ctx, url.PathEscape(q.Project)+"/_apis/git/repositories", beginsWith{"value", "count"})
			facts.Target.Reply = Reply{Asked: true, Failure: failure}
		})
	}
	both.Wait()
	return facts
}

func (h *azureHost) organization(ctx context.Context, token *TokenFacts, owner *OwnerFacts) {
	var data struct {
		InstanceID string `json:"instanceId"`
		User       struct {
			ID         string `json:"id"`
			Name       string `json:"providerDisplayName"`
			Properties struct {
				Account struct {
					Value string `json:"$value"`
				} `json:"Account"`
			} `json:"properties"`
		} `json:"authenticatedUser"`
	}
	failure := h.ask(ctx, "_apis/connectionData", &data)
	switch {
	case failure.Class != "":
	case data.User.ID == azureAnybody:
		failure = Failure{Class: FailUnauthorized, Status: http.StatusOK, Message: "to anybody, as if there were no token"}
	case data.InstanceID == "":
		failure = Failure{Class: FailNotAPI, Message: "the answer describes no organization"}
	}
	token.Reply = Reply{Asked: true, Failure: failure}
	*owner = OwnerFacts{Reply: token.Reply}
	if failure.Class != "" {
		return
	}
	owner.Login = h.masker.clean(data.User.Properties.Account.Value)
	if owner.Login == "" {
		owner.Login = h.masker.clean(data.User.Name)
	}
}

// thorough asks whether a project is there of which no repositories are shown.
func (h *azureHost) thorough(ctx context.Context, q Question, facts Facts) Facts {
	if facts.Target.Failed(FailNotFound) {
		failure := h.ask(ctx, "_apis/projects/"+url.PathEscape(q.Project), &struct{}{})
		facts.Target.Account = AccountFacts{Reply: Reply{Asked: true, Failure: failure}}
	}
	return facts
}

// ask sorts also what Azure DevOps answers in pages for browsers.
func (h *azureHost) ask(ctx context.Context, path string, into any) Failure {
	answer, failure := h.get(ctx, path, into)
	switch {
	case failure.Class == FailRedirect && strings.Contains(answer.path, "/_signin"):
		return Failure{Class: FailUnauthorized, Message: "a redirect to the sign-in page of " + failure.Message}
	case failure.Class != FailNotAPI || !answer.html():
		return failure
	case answer.status == http.StatusNonAuthoritativeInfo, strings.Contains(answer.path, "/_signin"):
		return Failure{Class: FailUnauthorized, Status: answer.status, Message: "a sign-in page"}
	case !h.isAzure(answer):
		return failure
	}
	switch answer.status {
	case http.StatusUnauthorized:
		failure.Class = FailUnauthorized
	case http.StatusForbidden:
		failure.Class = FailForbidden
	case http.StatusNotFound:
		failure.Class = FailNotFound
	}
	return failure
}

// isAzure tells pages of Azure DevOps from those of whatever else may stand at the host.
func (h *azureHost) isAzure(a restAnswer) bool {
	owner, found := publicHost(h.api.Hostname())
	return a.header.Get("X-Tfs-Processid") != "" || (found && owner == AzureDevOps)
}

func azureRefusal(body []byte) (message string, class FailureClass) {
	var refused struct {
		Message string `json:"message"`
	}
	if json.Unmarshal(body, &refused) != nil {
		return "", ""
	}
	return refused.Message, ""
}
