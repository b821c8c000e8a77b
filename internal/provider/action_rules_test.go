// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// validateAction renders the action with the arguments, each of which comes from a variable where asked for.
func validateAction(a args, variables bool) string {
	var b, head strings.Builder
	b.WriteString("action \"devtron_gitops_validate\" \"try\" {\n  config {\n")
	for name, value := range a {
		switch {
		case value == "":
		case variables:
			head.WriteString("variable \"" + name + "\" {\n  default = " + value + "\n}\n")
			b.WriteString("    " + name + " = var." + name + "\n")
		default:
			b.WriteString("    " + name + " = " + value + "\n")
		}
	}
	return head.String() + b.String() + "  }\n}\n"
}

var lineEnds = regexp.MustCompile(`[\s│╷╵]+`)

// invokeAction runs the action and returns its output, unwrapped.
func invokeAction(w *workspace) (string, error) {
	w.t.Helper()
	output, err := w.run("apply", "-no-color", "-auto-approve", "-invoke=action.devtron_gitops_validate.try")
	return lineEnds.ReplaceAllString(output, " "), err
}

// The rules of the action are the resource's, wherever the values come from, and nothing is sent.
func TestActionRefusesTheSameFromVariables(t *testing.T) {
	t.Parallel()
	needs(t, actions)
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	ca, certificate, key := testCertificates(t)
	_, foreign, _ := testCertificates(t)
	gh, gl := githubArgs(box), gitlabArgs(box)
	w := newWorkspace(t, box, "")
	for name, c := range map[string]struct {
		args  args
		words []string
	}{
		"token with a line break":       {gl.with("token", quote(box.GitLab.Token()+"\n")), []string{"White space around", "token", "trimspace"}},
		"empty token":                   {gh.with("token", `""`), []string{"token is empty"}},
		"token that is too long":        {gh.with("token", quote(strings.Repeat("t", 1473))), []string{"too long", "1472"}},
		"token of a GitHub App":         {gh.with("token", quote("ghs_"+strings.Repeat("t", 400))), []string{"GitHub App installation token"}},
		"host without scheme":           {gh.with("host", `"git.example.com"`), []string{"Invalid git host", "https://git.example.com"}},
		"host with white space":         {gh.with("host", quote(box.GitHub.URL()+" ")), []string{"White space around host"}},
		"organization with a slash":     {gh.with("organization", `"acme/x"`), []string{"Slash in organization"}},
		"organization of GitLab":        {gl.with("organization", `"acme"`), []string{"organization does not belong to GITLAB"}},
		"group with a line break":       {gl.with("group_id", `"1\n"`), []string{"White space around group_id"}},
		"long username":                 {gh.with("username", quote(strings.Repeat("u", 251))), []string{"username is too long"}},
		"empty username":                {gh.with("username", `""`), []string{"username is empty"}},
		"null username":                 {gh.with("username", `null`), []string{"username is missing"}},
		"null organization":             {gh.with("organization", `null`), []string{"organization is missing"}},
		"unknown git provider":          {gh.with("git_provider", `"GITEA"`), []string{"Invalid git_provider", "GITEA"}},
		"CA that is a file name":        {gh.with("tls", `{ ca_certificate = "ca.pem", client_certificate = null, client_key = null }`), []string{"Invalid PEM text", "tls.ca_certificate", `file("ca.pem")`}},
		"CA that is cut off":            {gh.with("tls", "{ ca_certificate = "+quote(ca[:200])+", client_certificate = null, client_key = null }"), []string{"Invalid PEM text", "cut off"}},
		"empty tls":                     {gh.with("tls", "{ ca_certificate = null, client_certificate = null, client_key = null }"), []string{"tls is empty"}},
		"certificate without key":       {gh.with("tls", "{ ca_certificate = null, client_certificate = "+quote(certificate)+", client_key = null }"), []string{"client_key is missing"}},
		"key of another certificate":    {gh.with("tls", "{ ca_certificate = null, client_certificate = "+quote(foreign)+", client_key = "+quote(key)+" }"), []string{"does not belong to client_certificate"}},
		"another Bitbucket":             {args{"git_provider": `"BITBUCKET_CLOUD"`, "host": `"https://bitbucket.example.com"`, "bitbucket_workspace_id": `"w"`, "username": `"u"`}, []string{"Bitbucket Cloud has one host"}},
		"Azure DevOps without its host": {args{"git_provider": `"AZURE_DEVOPS"`, "azure_project": `"p"`, "username": `"u"`}, []string{"host is missing"}},
	} {
		for _, variables := range []bool{false, true} {
			w.write(validateAction(c.args, variables))
			output, err := invokeAction(w)
			if err == nil || !hasAll(output, c.words) {
				t.Errorf("%s, variables %v: wanted %q, got %v\n%s", name, variables, c.words, err, output)
			}
			if strings.Count(output, c.words[0]) > 2 {
				t.Errorf("%s, variables %v: said too often:\n%s", name, variables, output)
			}
		}
	}
	if sent := box.Log.To("devtron"); len(sent) != 0 {
		t.Errorf("requests were sent: %v", sent)
	}
}

// What depends on the version of Devtron is a warning, and the dry run is made.
func TestActionWarnsOfALongToken(t *testing.T) {
	t.Parallel()
	needs(t, actions)
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	token := "ghp_" + strings.Repeat("a", 380)
	box.GitHub.AddToken(sandbox.GitHubToken{Token: token, Login: sandbox.Username, Scopes: []string{"repo", "admin:org", "delete_repo"}, Roles: map[string]string{sandbox.Organization: "admin"}})
	w := newWorkspace(t, box, validateAction(githubArgs(box).with("token", quote(token)), true))
	if output, err := invokeAction(w); err != nil || !hasAll(output, []string{"Warning", "384 bytes", "v2.2.0", "The configuration works"}) {
		t.Errorf("%v\n%s", err, output)
	}
}

// An action that a resource triggers has values that are known only after the plan.
func TestActionRefusesWhatBecomesKnownInTheApply(t *testing.T) {
	t.Parallel()
	needs(t, actions)
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	w := newWorkspace(t, box, validateAction(gitlabArgs(box).with("token", "\"${terraform_data.token.output}\\n\""), false)+
		"resource \"terraform_data\" \"token\" {\n  input = "+quote(box.GitLab.Token())+"\n}\n"+
		"resource \"terraform_data\" \"trigger\" {\n  lifecycle {\n    action_trigger {\n      events  = [after_create]\n      actions = [action.devtron_gitops_validate.try]\n    }\n  }\n}\n")
	output, err := w.run("apply", "-no-color", "-auto-approve")
	if output = lineEnds.ReplaceAllString(output, " "); err == nil || !hasAll(output, []string{"White space around", "token"}) {
		t.Errorf("%v\n%s", err, output)
	}
	if sent := box.Log.Count("devtron", "POST", ""); sent != 0 {
		t.Errorf("%d requests were sent", sent)
	}
}

// Advice for a data source does not help an action or a query.
func TestUnconfiguredProviderIsExplainedToEachCaller(t *testing.T) {
	t.Parallel()
	needs(t, actions)
	box := sandbox.ForTest(t)
	unknown := "resource \"terraform_data\" \"url\" {\n  input = " + quote(box.Devtron.URL()) + "\n}\nprovider \"devtron\" {\n  url = terraform_data.url.output\n}\n"
	w := newWorkspace(t, box, unknown+validateAction(args{"git_provider": `"GITHUB"`}, false))
	if output, err := invokeAction(w); err == nil || !hasAll(output, []string{"The provider is not configured yet", "invoke the action after that"}) || strings.Contains(output, "data source") {
		t.Errorf("%v\n%s", err, output)
	}
	w.write(unknown + "data \"devtron_gitops_configs\" \"all\" {}\n")
	w.plan().fails("The provider is not configured yet", "Make this data source depend on")
}

func TestUnconfiguredProviderIsExplainedToAQuery(t *testing.T) {
	t.Parallel()
	needs(t, listResources)
	box := sandbox.ForTest(t)
	w := newWorkspace(t, box, "resource \"terraform_data\" \"url\" {\n  input = "+quote(box.Devtron.URL())+"\n}\nprovider \"devtron\" {\n  url = terraform_data.url.output\n}\n")
	w.file("all.tfquery.hcl", "list \"devtron_gitops_config\" \"all\" {\n  provider = devtron\n}\n")
	output, err := w.run("query", "-no-color")
	if output = lineEnds.ReplaceAllString(output, " "); err == nil || !hasAll(output, []string{"The provider is not configured yet", "A query cannot wait for an apply"}) || strings.Contains(output, "data source") {
		t.Errorf("%v\n%s", err, output)
	}
}
