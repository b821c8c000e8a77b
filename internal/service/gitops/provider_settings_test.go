// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestInvalidProviderArguments(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	_, certificate, key := acctest.Certificates(t)
	_, foreign, _ := acctest.Certificates(t)
	admin := box.Devtron.AdminToken()
	resource := githubArgs(box).At(github)
	for name, c := range map[string]struct {
		block string
		env   []string
		words []string
	}{
		"no url":                   {"", []string{"DEVTRON_URL", ""}, []string{"Devtron URL is missing", "DEVTRON_URL", "provider \"devtron\""}},
		"no token":                 {"", []string{"DEVTRON_API_TOKEN", ""}, []string{"API token is missing", "DEVTRON_API_TOKEN", "Super admin"}},
		"url without scheme":       {`url = "devtron.example.com"`, nil, []string{"Invalid Devtron URL", `"devtron.example.com"`, "write https://devtron.example.com"}},
		"url of another scheme":    {`url = "ftp://devtron.example.com"`, nil, []string{"Invalid Devtron URL", `"ftp"`}},
		"url without host":         {`url = "https://"`, nil, []string{"Invalid Devtron URL", "no host"}},
		"url in the environment":   {"", []string{"DEVTRON_URL", "devtron.example.com"}, []string{"Invalid Devtron URL", "DEVTRON_URL"}},
		"certificate without key":  {"client_certificate = " + acctest.Quote(certificate), nil, []string{"Client key is missing", "DEVTRON_CLIENT_KEY"}},
		"key without certificate":  {"client_key = " + acctest.Quote(key), nil, []string{"Client certificate is missing"}},
		"CA that is no PEM":        {`ca_certificate = "ca.pem"`, nil, []string{"Invalid PEM text"}},
		"CA in the environment":    {"", []string{"DEVTRON_CA_CERTIFICATE", "ca.pem"}, []string{"Invalid PEM text", "DEVTRON_CA_CERTIFICATE", `"$(cat ca.pem)"`}},
		"level in the environment": {"", []string{"DEVTRON_GIT_TOKEN_CHECK", "strict"}, []string{"Invalid git_token_check", "DEVTRON_GIT_TOKEN_CHECK"}},
		"insecure that is no bool": {"", []string{"DEVTRON_INSECURE_SKIP_TLS_VERIFY", "maybe"}, []string{"Invalid insecure_skip_tls_verify", "DEVTRON_INSECURE_SKIP_TLS_VERIFY", "true or false"}},
		"CA that is cut off":       {"ca_certificate = " + acctest.Quote(certificate[:200]), nil, []string{"Invalid PEM text", "cut off", "ca_certificate ="}},
		"key in the environment":   {"", []string{"DEVTRON_CLIENT_CERTIFICATE", certificate, "DEVTRON_CLIENT_KEY", key[:100]}, []string{"Invalid PEM text", "DEVTRON_CLIENT_KEY", "cut off"}},
		"pair of two":              {"client_certificate = " + acctest.Quote(foreign) + "\n  client_key = " + acctest.Quote(key), nil, []string{"Client certificate cannot be used", "does not match"}},
		"blanks around the url":    {`url = "https://devtron.example.com "`, nil, []string{"White space around url", "a space"}},
		"url with a line break":    {"", []string{"DEVTRON_URL", box.Devtron.URL() + "\n"}, []string{"White space around url", "DEVTRON_URL", "line break"}},
		"level with a line break":  {"", []string{"DEVTRON_GIT_TOKEN_CHECK", "warn\n"}, []string{"White space around git_token_check", "DEVTRON_GIT_TOKEN_CHECK"}},
		"bool with a line break":   {"", []string{"DEVTRON_INSECURE_SKIP_TLS_VERIFY", "true\n"}, []string{"White space around insecure_skip_tls_verify", "DEVTRON_INSECURE_SKIP_TLS_VERIFY"}},
		"token from a file":        {`api_token = file("token.txt")`, nil, []string{"White space around api_token", "line break", `trimspace(file("..."))`, "api_token = file"}},
		"token from a variable":    {"api_token = var.token\n}\nvariable \"token\" {\n  default = \"eyJ.a.b\\r\"", nil, []string{"White space around api_token", "carriage return"}},
		"token with a line break":  {"", []string{"DEVTRON_API_TOKEN", admin + "\n"}, []string{"White space around api_token", "DEVTRON_API_TOKEN", "line break", "export DEVTRON_API_TOKEN="}},
		"token with a byte order":  {"", []string{"DEVTRON_API_TOKEN", "\ufeff" + admin}, []string{"Byte order mark in front of api_token", "DEVTRON_API_TOKEN"}},
		"token in quotes":          {"", []string{"DEVTRON_API_TOKEN", `"` + admin + `"`}, []string{"Quotation marks around api_token", "DEVTRON_API_TOKEN"}},
		"token with a prefix":      {"", []string{"DEVTRON_API_TOKEN", "Bearer " + admin}, []string{"Prefix in front of api_token", `"Bearer"`}},
		"retries out of range":     {"max_retries = -1", nil, []string{"max_retries", "at least 0"}},
	} {
		w := acctest.NewWorkspace(t, box, "provider \"devtron\" {\n  "+c.block+"\n}\n"+resource, c.env...)
		w.File("token.txt", admin+"\n")
		e := w.Plan()
		if e.Err == nil || !e.HasDiagnostic("error", c.words) {
			t.Errorf("%s: want an error with %q, got:\n%s", name, c.words, e.Listing())
		}
		for _, d := range e.Diagnostics {
			if strings.Contains(d.Summary+d.Detail, admin) || strings.Contains(d.Detail, "was not accepted") {
				t.Errorf("%s: the message shows the token, or says that Devtron rejected it: %s", name, d.Detail)
			}
		}
	}
	if n := len(box.Log.To("devtron")); n != 0 {
		t.Errorf("sent %d requests", n)
	}
}

func TestUnusableCredentialsAndAddresses(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	website := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<html><title>Welcome to nginx!</title></html>"))
	}))
	t.Cleanup(website.Close)
	for name, c := range map[string]struct {
		env   []string
		words []string
	}{
		"unknown API token":        {[]string{"DEVTRON_API_TOKEN", "not-a-token"}, []string{"API token was not accepted", "DEVTRON_API_TOKEN", "Global Configurations"}},
		"deleted API token":        {[]string{"DEVTRON_API_TOKEN", box.Devtron.DeletedToken()}, []string{"API token was not accepted", "HTTP 401"}},
		"not super-admin":          {[]string{"DEVTRON_API_TOKEN", box.Devtron.PowerlessToken()}, []string{"not super-admin", "Super admin"}},
		"token of another system":  {[]string{"DEVTRON_API_TOKEN", box.Devtron.ForeignToken()}, []string{"dropped the request", "another system"}},
		"another web server":       {[]string{"DEVTRON_URL", website.URL}, []string{"not Devtron's API", website.URL + "/orchestrator/gitops/config", "DEVTRON_URL (" + website.URL + ")", "Welcome to nginx!"}},
		"a git host":               {[]string{"DEVTRON_URL", box.GitLab.URL()}, []string{"not Devtron's API", "text/html", "Sign in"}},
		"a name that is not there": {[]string{"DEVTRON_URL", "http://devtron.invalid"}, []string{"Devtron cannot be reached", "devtron.invalid"}},
	} {
		w := acctest.NewWorkspace(t, box, acctest.NoRetries+githubArgs(box).At(github), c.env...)
		e := w.Plan()
		if e.Err == nil || !e.HasDiagnostic("error", c.words) {
			t.Errorf("%s: want an error with %q, got:\n%s", name, c.words, e.Listing())
		}
		for i := 1; i < len(c.env); i += 2 {
			if c.env[i-1] == "DEVTRON_API_TOKEN" && strings.Contains(e.Output, c.env[i]) {
				t.Errorf("%s: the output shows the API token", name)
			}
		}
	}
}

// "terraform validate" reports problems of the API token that can be found without Devtron.
func TestValidateReportsLineBreakInAPIToken(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, "provider \"devtron\" {\n  api_token = file(\"token.txt\")\n}\ndata \"devtron_gitops_configs\" \"all\" {}\n")
	w.File("token.txt", box.Devtron.AdminToken()+"\n")
	output, err := w.Run("validate", "-no-color")
	if err == nil || !acctest.Wrapped("White space around api_token").MatchString(output) || !acctest.Wrapped(`use trimspace(file("..."))`).MatchString(output) {
		t.Errorf("%v\n%s", err, output)
	}
	w.File("token.txt", box.Devtron.AdminToken())
	if output, err := w.Run("validate", "-no-color"); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}

// Every PEM text and every number of retries that Go accepts is accepted, from the environment, too.
func TestProviderAcceptsWhatGoAccepts(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t, sandbox.Options{TLS: true, ClientAuth: true})
	windows := func(text string) string {
		return "Bag Attributes\r\n" + strings.ReplaceAll(text, "\n", "\r\n") + "\r\n"
	}
	both := "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + box.ClientKey + box.ClientCertificate
	w := acctest.NewWorkspace(t, box, "provider \"devtron\" {\n  max_retries = 1000\n}\ndata \"devtron_gitops_configs\" \"all\" {}\n",
		"DEVTRON_CA_CERTIFICATE", windows(box.CACertificate)+box.ClientKey, "DEVTRON_CLIENT_CERTIFICATE", both, "DEVTRON_CLIENT_KEY", both)
	w.Apply().Ok().Quiet()
}

func TestURLSpellings(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	for _, suffix := range []string{"", "/", "/orchestrator", "/orchestrator/", "/dashboard/app/list"} {
		w := acctest.NewWorkspace(t, box, githubArgs(box).At(github), "DEVTRON_URL", box.Devtron.URL()+suffix)
		w.Plan().Ok()
	}
}

func TestProviderWarnings(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	check := `data "devtron_git_token" "t" {
  git_provider = "GITHUB"
  host         = ` + acctest.Quote(box.GitHub.URL()) + `
  token        = ` + acctest.Quote(box.GitHub.Token()) + `
}
`
	w := acctest.NewWorkspace(t, box, check, "DEVTRON_URL", "http://devtron.example.com")
	w.Plan().Ok().Warns("without encryption", "http://devtron.example.com")
	w = acctest.NewWorkspace(t, box, "provider \"devtron\" {\n  insecure_skip_tls_verify = true\n}\n"+check)
	w.Plan().Ok().Warns("certificate of Devtron is not verified", "ca_certificate")
}

func TestProviderWithPrivateCAAndMutualTLS(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t, sandbox.Options{TLS: true, ClientAuth: true})
	tls := "{ ca_certificate = " + acctest.Quote(box.CACertificate) + ", client_certificate = " + acctest.Quote(box.ClientCertificate) + ", client_key = " + acctest.Quote(box.ClientKey) + " }"
	config := githubArgs(box).With("tls", tls)
	w := acctest.NewWorkspace(t, box, acctest.NoRetries+config.At(github))
	w.Plan().Fails("certificate is not trusted", "ca_certificate", "DEVTRON_CA_CERTIFICATE")

	pair := []string{"DEVTRON_CA_CERTIFICATE", box.CACertificate, "DEVTRON_CLIENT_CERTIFICATE", box.ClientCertificate, "DEVTRON_CLIENT_KEY", box.ClientKey}
	w = acctest.NewWorkspace(t, box, acctest.NoRetries+config.At(github), pair...)
	w.Apply().Ok().Quiet()
	w.Plan().Empty().Quiet()
}
