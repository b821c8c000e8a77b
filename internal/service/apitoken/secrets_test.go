// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestTokensAreInNoOutputAtAnyLogLevel, and those of others, which Devtron's list shows in clear
// text, are nowhere at all.
func TestTokensAreInNoOutputAtAnyLogLevel(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	foreign := box.Devtron.APITokens.Put(sandbox.APIToken{Name: "foreign"}).Token
	read := "data \"devtron_api_token\" \"foreign\" {\n  name = \"foreign\"\n}\noutput \"foreign\" {\n  value = data.devtron_api_token.foreign\n}\n"
	config := func(changes ...string) string { return acctest.NoRetries + read + args(changes...).At(this) }
	w := acctest.NewWorkspace(t, box, config("super_admin", "true"))
	secrets := func() []string {
		all := []string{foreign, box.Devtron.AdminToken()}
		if row, ok := box.Devtron.APITokens.Named("ci-payments"); ok {
			all = append(all, row.Token)
		}
		return all
	}
	step := func(name, output, want string) {
		t.Helper()
		if found := acctest.Leaks(output, secrets()...); len(found) > 0 {
			t.Errorf("%s shows %.30q", name, found)
		}
		if !strings.Contains(output, want) {
			t.Errorf("%s: the output has no %q, so the step is not what the test means", name, want)
		}
	}
	step("plan", w.Trace("plan", "-out="+acctest.PlanFile), "Devtron API request")
	step("apply", w.Trace("apply", acctest.PlanFile), "Apply complete!")
	w.AssertNoSecrets(foreign)
	step("unchanged plan", w.Trace("plan"), "No changes.")
	step("state", w.Trace("state", "show", this), "(sensitive value)")

	// Devtron, or a proxy, repeats its list.
	old := secrets()
	list, _ := json.Marshal("list with " + strings.Join(secrets(), " and "))
	for name, fault := range map[string]sandbox.Fault{
		"an error that quotes tokens": {Status: 500, ContentType: "application/json", Body: `{"code":500,"status":"Internal Server Error","errors":[{"code":"000","internalMessage":"x","userMessage":` + string(list) + `}]}`},
		"a page that quotes tokens":   {Status: 502, ContentType: "text/html", Body: "<html>" + string(list) + "</html>"},
		"another form of list":        {Status: 200, ContentType: "application/json", Body: `{"code":200,"result":{"token":` + string(list) + `}}`},
		"a reply that is cut off":     {Handle: true, Truncate: 700},
	} {
		fault.Method, fault.Path = "GET", route
		box.Devtron.Inject(fault)
		step(name, w.Trace("plan"), "Error: ")
		box.Devtron.ClearFaults()
		fault.Method, fault.Times = "PUT", 1
		w.Write(config("super_admin", "true", "description", acctest.Quote(name)))
		box.Devtron.Inject(fault)
		step(name+" to a write", w.Trace("apply", "-auto-approve"), "Devtron API request")
		box.Devtron.ClearFaults()
	}
	w.Write(config("super_admin", "true", "expires_at", `"2099-01-31T10:00:00Z"`))
	step("a new token", w.Trace("apply", "-auto-approve"), "Apply complete!")
	if output := w.Trace("destroy", "-auto-approve"); len(acctest.Leaks(output, append(secrets(), old...)...)) > 0 || !strings.Contains(output, "Destroy complete!") {
		t.Error("destroy shows a token")
	}
}
