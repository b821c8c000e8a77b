// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// validateAction renders the action with its arguments, as literals or as variables.
func validateAction(a acctest.Args, variables bool) string {
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

// invokeAction runs the action and returns its output in one line.
func invokeAction(w *acctest.Workspace) (string, error) {
	w.T.Helper()
	output, err := w.Invoke("action.devtron_gitops_validate.try")
	return acctest.Unwrap(output), err
}

// The action has the same rules as the resource, for literals and for variables. It sends nothing
// that breaks them.
func TestActionValidatesArguments(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.Actions)
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	ca, certificate, key := acctest.Certificates(t)
	_, foreign, _ := acctest.Certificates(t)
	gh, gl := githubArgs(box), gitlabArgs(box)
	w := acctest.NewWorkspace(t, box, "")
	for name, c := range map[string]struct {
		args  acctest.Args
		words []string
	}{
		"token with a line break":       {gl.With("token", acctest.Quote(box.GitLab.Token()+"\n")), []string{"The value is not a", "line break", "trimspace"}},
		"empty token":                   {gh.With("token", `""`), []string{"token is empty"}},
		"token that is too long":        {gh.With("token", acctest.Quote(strings.Repeat("t", 1473))), []string{"too long", "1472"}},
		"token of a GitHub App":         {gh.With("token", acctest.Quote("ghs_"+strings.Repeat("t", 400))), []string{"GitHub App installation token"}},
		"host without scheme":           {gh.With("host", `"git.example.com"`), []string{"Invalid git host", "https://git.example.com"}},
		"host with white space":         {gh.With("host", acctest.Quote(box.GitHub.URL()+" ")), []string{"White space around host"}},
		"organization with a slash":     {gh.With("organization", `"acme/x"`), []string{"Slash in organization"}},
		"organization of GitLab":        {gl.With("organization", `"acme"`), []string{"organization does not belong to GITLAB"}},
		"group with a line break":       {gl.With("group_id", `"1\n"`), []string{"White space around group_id"}},
		"long username":                 {gh.With("username", acctest.Quote(strings.Repeat("u", 251))), []string{"username is too long"}},
		"empty username":                {gh.With("username", `""`), []string{"username is empty"}},
		"null username":                 {gh.With("username", `null`), []string{"username is missing"}},
		"null organization":             {gh.With("organization", `null`), []string{"organization is missing"}},
		"unknown git provider":          {gh.With("git_provider", `"GITEA"`), []string{"Invalid git_provider", "GITEA"}},
		"CA that is a file name":        {gh.With("tls", `{ ca_certificate = "ca.pem", client_certificate = null, client_key = null }`), []string{"Invalid PEM text", "tls.ca_certificate", `file("ca.pem")`}},
		"CA that is cut off":            {gh.With("tls", "{ ca_certificate = "+acctest.Quote(ca[:200])+", client_certificate = null, client_key = null }"), []string{"Invalid PEM text", "cut off"}},
		"empty tls":                     {gh.With("tls", "{ ca_certificate = null, client_certificate = null, client_key = null }"), []string{"tls is empty"}},
		"certificate without key":       {gh.With("tls", "{ ca_certificate = null, client_certificate = "+acctest.Quote(certificate)+", client_key = null }"), []string{"client_key is missing"}},
		"key of another certificate":    {gh.With("tls", "{ ca_certificate = null, client_certificate = "+acctest.Quote(foreign)+", client_key = "+acctest.Quote(key)+" }"), []string{"does not belong to client_certificate"}},
		"another Bitbucket":             {acctest.Args{"git_provider": `"BITBUCKET_CLOUD"`, "host": `"https://bitbucket.example.com"`, "bitbucket_workspace_id": `"w"`, "username": `"u"`}, []string{"Bitbucket Cloud has one host"}},
		"Azure DevOps without its host": {acctest.Args{"git_provider": `"AZURE_DEVOPS"`, "azure_project": `"p"`, "username": `"u"`}, []string{"host is missing"}},
	} {
		for _, variables := range []bool{false, true} {
			w.Write(validateAction(c.args, variables))
			output, err := invokeAction(w)
			if err == nil || !acctest.HasAll(output, c.words) {
				t.Errorf("%s, variables %v: want %q, got %v\n%s", name, variables, c.words, err, output)
			}
			if strings.Count(output, c.words[0]) > 2 {
				t.Errorf("%s, variables %v: reported too often:\n%s", name, variables, output)
			}
		}
	}
	if sent := box.Log.To("devtron"); len(sent) != 0 {
		t.Errorf("sent %v", sent)
	}
}

// Whether a long token fits depends on the version of Devtron, so the action warns and runs the dry
// run.
func TestActionWarnsAboutLongToken(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.Actions)
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	token := "ghp_" + strings.Repeat("a", 380)
	box.GitHub.AddToken(sandbox.GitHubToken{Token: token, Login: sandbox.Username, Scopes: []string{"repo", "admin:org", "delete_repo"}, Roles: map[string]string{sandbox.Organization: "admin"}})
	w := acctest.NewWorkspace(t, box, validateAction(githubArgs(box).With("token", acctest.Quote(token)), true))
	if output, err := invokeAction(w); err != nil || !acctest.HasAll(output, []string{"Warning", "384 bytes", "v2.2.0", "The configuration works"}) {
		t.Errorf("%v\n%s", err, output)
	}
}

// An action that a resource triggers may have values that are known only after the plan.
func TestActionValidatesValuesThatTheApplyReveals(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.Actions)
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	w := acctest.NewWorkspace(t, box, validateAction(gitlabArgs(box).With("token", "\"${terraform_data.token.output}\\n\""), false)+
		"resource \"terraform_data\" \"token\" {\n  input = "+acctest.Quote(box.GitLab.Token())+"\n}\n"+
		"resource \"terraform_data\" \"trigger\" {\n  lifecycle {\n    action_trigger {\n      events  = [after_create]\n      actions = [action.devtron_gitops_validate.try]\n    }\n  }\n}\n")
	output, err := w.Run("apply", "-no-color", "-auto-approve")
	if output = acctest.Unwrap(output); err == nil || !acctest.HasAll(output, []string{"The value is not a GitLab token", "line break"}) {
		t.Errorf("%v\n%s", err, output)
	}
	if sent := box.Log.Count("devtron", "POST", ""); sent != 0 {
		t.Errorf("%d requests were sent", sent)
	}
}

// The advice for a data source would not help the user of an action or of a query.
func TestUnconfiguredProviderInActionAndDataSource(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.Actions)
	box := sandbox.ForTest(t)
	unknown := "resource \"terraform_data\" \"url\" {\n  input = " + acctest.Quote(box.Devtron.URL()) + "\n}\nprovider \"devtron\" {\n  url = terraform_data.url.output\n}\n"
	w := acctest.NewWorkspace(t, box, unknown+validateAction(acctest.Args{"git_provider": `"GITHUB"`}, false))
	if output, err := invokeAction(w); err == nil || !acctest.HasAll(output, []string{"The provider is not configured yet", "invoke the action after that"}) || strings.Contains(output, "data source") {
		t.Errorf("%v\n%s", err, output)
	}
	w.Write(unknown + "data \"devtron_gitops_configs\" \"all\" {}\n")
	w.Plan().Fails("The provider is not configured yet", "Make this data source depend on")
}

func TestValidateAction(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.Actions)
	box := sandbox.ForTest(t, sandbox.Options{ArgoCD: true})
	action := func(body string) string {
		return "action \"devtron_gitops_validate\" \"try\" {\n  config {\n" + body + "\n  }\n}\n"
	}
	arguments := "git_provider = \"GITHUB\"\nhost = " + acctest.Quote(box.GitHub.URL()) + "\norganization = \"acme-gitops\"\nusername = \"acme-bot\"\ntoken = var.secret\n"
	w := acctest.NewWorkspace(t, box, acctest.SensitiveVariable+action(arguments))
	w.SetVariable("secret", box.GitHub.Token())
	invoke := func() (string, error) { return w.Invoke("action.devtron_gitops_validate.try") }

	output, err := invoke()
	if err != nil || !acctest.HasAll(output, []string{"nothing is saved", "Passed: Create Repo", "Passed: Delete Repo", "The configuration works"}) {
		t.Errorf("%v\n%s", err, output)
	}
	if found := acctest.Leaks(output, box.GitHub.Token()); len(found) > 0 {
		t.Error("the output contains the token")
	}
	if len(box.Devtron.Rows()) != 0 || box.Log.Count("devtron", "POST", configRoute) != 0 {
		t.Error("the dry run stored a configuration")
	}

	// Validate the stored configuration with its stored token.
	box.Devtron.Put(githubRow(box))
	w.Write(action(`git_provider = "GITHUB"`))
	w.UnsetVariables()
	if output, err = invoke(); err != nil || !strings.Contains(output, "The configuration works") {
		t.Errorf("%v\n%s", err, output)
	}
	revokeGitHubToken(box)
	if output, err = invoke(); err == nil || !acctest.HasAll(output, []string{"dry run failed", "401 Bad credentials"}) {
		t.Errorf("%v\n%s", err, output)
	}
	w.Write(action(`git_provider = "GITLAB"`))
	if output, err = invoke(); err == nil || !acctest.HasAll(output, []string{"No such GitOps configuration", "GITHUB configuration (id 1"}) {
		t.Errorf("%v\n%s", err, output)
	}
	box.Devtron.SetArgoCD(false)
	w.Write(action(`git_provider = "GITHUB"`))
	if output, err = invoke(); err != nil || !strings.Contains(output, "Devtron did no dry run") {
		t.Errorf("%v\n%s", err, output)
	}
	w.Write(action("git_provider = \"GITHUB\"\ngroup_id = \"1\""))
	if output, err = invoke(); err == nil || !strings.Contains(output, "group_id does not belong to GITHUB") {
		t.Errorf("%v\n%s", err, output)
	}
}
