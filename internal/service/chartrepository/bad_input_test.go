// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package chartrepository_test

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestArguments: each is refused while planning, at the argument.
func TestArguments(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, "")
	for _, c := range []struct {
		change []string
		words  []string
	}{
		{[]string{"name", `"Acme"`}, []string{"Invalid chart repository name", "3 to 63 characters", "name ="}},
		{[]string{"name", `"ab"`}, []string{"Invalid chart repository name"}},
		{[]string{"url", `"oci://ghcr.io/acme"`}, []string{"OCI registry in url", "devtron_container_registry", "url ="}},
		{[]string{"url", `"https://reader:passw0rd@charts.example.com"`}, []string{"Invalid address", "set username"}},
		{[]string{"url", `"https://charts.example.com/index.yaml"`}, []string{"Invalid address", "Remove it"}},
		{[]string{"password", ""}, []string{"The password is missing", "username =", "password_wo (Terraform 1.11 or newer)"}},
		{[]string{"username", ""}, []string{"username is missing", "password ="}},
		{[]string{"password", `"p\n"`}, []string{"White space around password", "trimspace"}},
		{[]string{"password_wo_version", "1"}, []string{"password_wo is missing", "password_wo_version ="}},
	} {
		w.Write(private(box).With(c.change...).At(acme))
		w.Plan().Fails(c.words...)
	}
	if acctest.Has(t, acctest.WriteOnly) {
		w.Write(private(box).With("password_wo", `"p"`).At(acme))
		w.Plan().Fails("Two arguments for one value", "password_wo")
		w.Write(private(box).With("username", "", "password", "", "password_wo", `"p"`).At(acme))
		w.Plan().Fails("username is missing", "password_wo =")
	}
	expectWrites(t, box)

	// What is unknown while validating is checked before anything is sent.
	if !acctest.Has(t, acctest.TerraformData) {
		return
	}
	const value = "terraform_data.value.output"
	for argument, c := range map[string]struct {
		value string
		words []string
	}{
		"name":     {`"Acme"`, []string{"Invalid chart repository name"}},
		"username": {"null", []string{"username is missing"}},
		"password": {"null", []string{"The password is missing"}},
	} {
		w.Write(acctest.UnknownValue("value", c.value) + private(box).With(argument, value).At(acme))
		w.Apply().Fails(c.words...)
		expectWrites(t, box)
	}
}

// TestIndexThatCannotBeFetchedIsAnErrorAtItsArgument: a creation reports it with HTTP 200, an
// update with 412, and nothing is stored.
func TestIndexThatCannotBeFetchedIsAnErrorAtItsArgument(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, "")
	cases := map[string]struct {
		change []string
		words  []string
	}{
		"no index.yaml": {[]string{"url", acctest.Quote(box.Charts.URL() + "/typo")}, []string{
			"the server has no index.yaml at this address", "url =", "/typo/index.yaml : 404 Not Found", "helm repo add",
		}},
		"no server": {[]string{"url", `"http://127.0.0.1:1/charts"`}, []string{
			"Devtron cannot fetch the index", "url =", "connection refused", "not from this machine",
		}},
		"wrong password": {[]string{"password", `"wrong-passw0rd"`}, []string{
			"the chart repository does not accept the credentials", "password =", "Invalid authentication credentials",
		}},
		"no credentials": {[]string{"username", "", "password", ""}, []string{
			"the chart repository requires credentials", "url =", "Set username, and password",
		}},
	}
	if acctest.Has(t, acctest.WriteOnly) {
		c := cases["wrong password"]
		c.change = []string{"password", "", "password_wo", `"wrong-passw0rd"`}
		c.words = append(c.words[:1:1], "password_wo =")
		cases["wrong write-only password"] = c
	}
	for name, c := range cases {
		t.Log(name)
		w.Write(private(box).With(c.change...).At(acme))
		w.Apply().Fails(append(c.words, "The chart repository could not be created", "Nothing was stored", "HTTP 200")...)
		expectWrites(t, box, create)
	}
	if n := len(box.Devtron.ChartRepositories.Rows()); n != 15 {
		t.Fatalf("Devtron has %d chart repositories", n)
	}

	w.Write(private(box).At(acme))
	w.Apply().Ok()
	want := stored(t, box)
	box.Log.Reset()
	for name, c := range cases {
		t.Log(name)
		w.Write(private(box).With(c.change...).With("active", "false").At(acme))
		w.Apply().Fails(append(c.words, "The chart repository could not be updated", "HTTP 412")...)
		expectWrites(t, box, update)
		expectStored(t, box, want)
	}
	w.Write(private(box).At(acme))
	w.Plan().Empty().Quiet()
}

// TestLeftOverSecretIsExplained: Devtron cannot create a chart repository where Kubernetes has a
// secret with its name (source).
func TestLeftOverSecretIsExplained(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, public(box).At(acme))
	box.Devtron.Inject(sandbox.Fault{
		Method: "POST", Path: createRoute, Times: 1, Status: 500, ContentType: "application/json",
		Body: `{"code":500,"status":"Internal Server Error","errors":[{"code":"000","internalMessage":"[{resouce version not matched with config map attempted 3 times}]","userMessage":"resouce version not matched with config map attempted 3 times"}]}`, //nolint:misspell // Devtron's text
	})
	w.Apply().Fails("could not be created: Argo CD's secret for it cannot be written", "name =", "Choose another name", "Reading showed that nothing was stored")
	w.Apply().Ok()
}
