// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"bytes"
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

// azureKinds are the forms of tokens that Azure DevOps and Microsoft Entra ID generate.
var azureKinds = []tokenKind{
	{match: azureSigned.MatchString, kind: KindPersonal},
	{match: azureOlder.MatchString, kind: KindPersonal, weak: true},
	{match: isEntraToken, kind: KindEntra, weak: true, unusable: "it expires within hours, and Devtron stores the token permanently"},
}

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
			"Devtron would look for the API at "+web+path+"/_apis. The project belongs in azure_project.\nWrite host = \""+web+"/"+organization+"\".")}
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
	return &azureHost{restClient{session: s, header: header}}, nil
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
		failure = Failure{Class: FailUnauthorized, Message: "the host accepted the request without a valid token"}
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

// ask recognizes the sign-in pages that Azure DevOps sends in place of 401.
func (h *azureHost) ask(ctx context.Context, path string, into any) Failure {
	answer, failure := h.get(ctx, path, into)
	signIn := strings.Contains(answer.path, "/_signin")
	switch {
	case failure.Class == FailRedirect && signIn && isAzureName(answer.to):
		return Failure{Class: FailUnauthorized, Message: "a redirect to the sign-in page of " + failure.Message}
	case failure.Class == FailNotAPI && (signIn || answer.status == http.StatusNonAuthoritativeInfo) && isAzurePage(answer.header, answer.refused):
		return Failure{Class: FailUnauthorized, Status: answer.status, Message: "a sign-in page"}
	}
	return failure
}

// isAzureName tells the origins of Azure DevOps Services and of its sign-in.
func isAzureName(origin string) bool {
	u, err := url.Parse(origin)
	if err != nil {
		return false
	}
	owner, _ := publicHost(u.Hostname())
	return owner == AzureDevOps || u.Hostname() == "login.microsoftonline.com"
}

// isAzureHeader tells the answers of Azure DevOps by their headers.
func isAzureHeader(header http.Header) bool {
	for _, name := range []string{"X-Tfs-Processid", "X-Tfs-Session", "X-Vss-E2eid", "X-Vss-Userdata"} {
		if header.Get(name) != "" {
			return true
		}
	}
	for _, way := range header.Values("Www-Authenticate") {
		if strings.Contains(way, azureSuffix) || strings.HasPrefix(way, "TFS-Federated") || strings.Contains(way, "authorization_uri=https://login.microsoftonline.com/") {
			return true
		}
	}
	return false
}

// isAzurePage tells the pages of Azure DevOps for browsers.
func isAzurePage(header http.Header, body []byte) bool {
	return isAzureHeader(header) || bytes.Contains(body, []byte("Azure DevOps"))
}

// refusal knows {"$id":"1","message":...,"typeKey":...}, and answers without JSON that have a header or the title of Azure DevOps: the
// 401 of a token that it does not accept has no body at all.
func (azureInspector) refusal(_ int, header http.Header, body []byte) refusal {
	var said struct {
		Message  string `json:"message"`
		TypeKey  string `json:"typeKey"`
		TypeName string `json:"typeName"`
	}
	if json.Unmarshal(body, &said) != nil {
		return refusal{own: isAzurePage(header, body)}
	}
	return refusal{own: isAzureHeader(header) || said.Message != "" && said.TypeKey+said.TypeName != "", message: said.Message}
}
