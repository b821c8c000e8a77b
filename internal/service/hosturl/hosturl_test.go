// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package hosturl_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/dev/cli"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

func TestMain(m *testing.M) { os.Exit(cli.Main(m)) }

const (
	key  = "url" // of the attribute
	this = "devtron_host_url.this"
	// wanted is not where the sandbox listens.
	wanted   = "https://devtron.acme.example"
	differs  = "The host URL differs from the URL of the provider"
	takeOver = "The existing host URL will be overwritten"
)

func config(url string, more ...string) string {
	return fmt.Sprintf("resource \"devtron_host_url\" \"this\" {\n  url = %q\n  %s\n}\n", url, strings.Join(more, "\n"))
}

func expect(t *testing.T, box *sandbox.Sandbox, url string) {
	t.Helper()
	if stored, _ := box.Devtron.Attributes.Value(key); stored != url {
		t.Errorf("the host URL is %q, want %q", stored, url)
	}
}

// writes counts all requests that could change something; only the upsert may.
func writes(t *testing.T, box *sandbox.Sandbox) int {
	t.Helper()
	n := box.Log.Count("devtron", "POST", "")
	if n != box.Log.Count("devtron", "POST", "/orchestrator/attributes/create") || box.Log.Count("devtron", "PUT", "")+box.Log.Count("devtron", "DELETE", "") != 0 {
		t.Error("something else than the upsert was written")
	}
	return n
}

func TestHostURLLifeCycle(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, config(wanted))
	w.Apply().Ok().Warns(differs, "devtron.acme.example", "127.0.0.1")
	expect(t, box, wanted)
	w.Plan().Empty().Quiet()

	// A trailing slash makes no difference, on either side.
	for _, url := range []string{wanted + "/", wanted + "//", wanted} {
		w.Write(config(url))
		w.Plan().Empty().Quiet()
	}
	box.Devtron.Attributes.Set(key, wanted+"/")
	w.Plan().Empty().Quiet()
	if n := writes(t, box); n != 1 {
		t.Errorf("%d writes", n)
	}

	const next = "https://devtron.acme.example/path"
	w.Write(config(next))
	w.Apply().Ok()
	expect(t, box, next)
	box.Devtron.Attributes.Set(key, "http://somewhere.else")
	if !w.Plan().Ok().Changes {
		t.Error("the drift is not noticed")
	}
	w.Apply().Ok()
	expect(t, box, next)
	box.Devtron.Attributes.Remove(key)
	w.Apply().Ok()
	expect(t, box, next)

	for range 2 {
		w.Destroy().Ok().WarnsOfDestroy("The host URL stays in Devtron")
		expect(t, box, next)
		w.Apply().Ok()
		w.Plan().Empty().Quiet()
	}
	if n := writes(t, box); n != 4 {
		t.Errorf("%d writes", n)
	}
}

// Devtron's web page sets the host URL when a super-admin first signs in.
func TestExistingHostURLIsTakenOver(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	here := box.Devtron.URL()
	box.Devtron.Attributes.Set(key, here)
	w := acctest.NewWorkspace(t, box, config(here+"/"))
	w.Apply().Ok().Quiet()
	w.Plan().Empty().Quiet()
	if writes(t, box) != 0 {
		t.Error("the same value was written")
	}
	w.Destroy().Ok()
	w.Write(config(wanted))
	w.Plan().Ok().Warns(takeOver, here)
	w.Apply().Ok().Warns(takeOver, here)
	expect(t, box, wanted)
}

func TestInvalidAndRepeatedHostURLsAreRefused(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, "")
	for _, url := range []string{"", " " + wanted, wanted + "?a=b"} {
		w.Write(config(url))
		w.Plan().Fails("url")
	}
	w.Write(config(wanted) + strings.Replace(config(wanted), "this", "second", 1))
	w.Plan().Fails("Two resources for one host URL")
}

func TestHostURLImportAndReading(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, config(wanted))
	none := []string{"Devtron has no host URL"}
	if output, err := w.Run("import", "-no-color", this, key); err == nil || !acctest.HasAll(output, none) {
		t.Errorf("%v\n%s", err, output)
	}
	const data = "data \"devtron_host_url\" \"this\" {}\noutput \"url\" {\n  value = data.devtron_host_url.this.url\n}\n"
	w.Write(data)
	w.Plan().Fails(none...)

	box.Devtron.Attributes.Set(key, wanted+"/")
	w.Apply().Ok()
	if output, err := w.Run("output", "-raw", "url"); err != nil || output != wanted+"/" {
		t.Errorf("%v\n%s", err, output)
	}
	w.Write(config(wanted))
	for _, id := range []string{key, wanted, "whatever"} {
		if output, err := w.Run("import", "-no-color", this, id); err != nil {
			t.Fatal(output)
		}
		w.Plan().Empty().Quiet()
		if output, err := w.Run("state", "rm", this); err != nil {
			t.Fatal(output)
		}
	}
	if acctest.Has(t, acctest.ImportBlocks) {
		w.Write("import {\n  to = " + this + "\n  id = \"url\"\n}\n")
		if output, err := w.Run("plan", "-no-color", "-generate-config-out=generated.tf"); err != nil {
			t.Fatal(output)
		}
		w.Apply().Ok()
		w.Plan().Empty().Quiet()
	}
	if writes(t, box) != 0 {
		t.Error("importing wrote")
	}
}

func TestHostURLIdentityAndQuery(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.ListResources)
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, "")
	w.File("all.tfquery.hcl", "list \"devtron_host_url\" \"all\" {\n  provider         = devtron\n  include_resource = true\n}\n")
	if output, err := w.Run("query", "-no-color"); err != nil || strings.Contains(output, "key=") {
		t.Errorf("%v\n%s", err, output)
	}
	box.Devtron.Attributes.Set(key, wanted)
	if output, err := w.Run("query", "-no-color", "-generate-config-out=generated.tf"); err != nil || !strings.Contains(output, "key=url") {
		t.Errorf("%v\n%s", err, output)
	}
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
	w.File("generated.tf", "")
	for identity, fails := range map[string]bool{"url": false, "other": true} {
		w.File("terraform.tfstate", `{"version":4,"serial":9,"lineage":"x","outputs":{},"resources":[]}`)
		w.Write(config(wanted) + "import {\n  to = " + this + "\n  identity = { key = \"" + identity + "\" }\n}\n")
		if run := w.Plan(); fails {
			run.Fails("No such host URL")
		} else {
			run.Ok()
		}
	}
	if writes(t, box) != 0 {
		t.Error("it wrote")
	}
}

func TestRefreshNeverDropsTheHostURL(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, config(wanted))
	w.Apply().Ok()
	w.Write(fmt.Sprintf("provider \"devtron\" {\n  api_token = %q\n}\n", box.Devtron.PowerlessToken()) + config(wanted))
	w.Apply().Fails("The host URL could not be read: the API token is not super-admin", "The Terraform state is left as it was")
	w.Write(config(wanted))
	w.Plan().Empty().Quiet()

	// Another process wrote at the same moment: Devtron fails for every reader.
	box.Devtron.SetRace(time.Second)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for box.Log.Count("devtron", "POST", "") == 1 {
			time.Sleep(10 * time.Millisecond)
		}
		box.Devtron.Attributes.Set(key, "https://elsewhere.example")
	}()
	w.Write(config(wanted + "/new"))
	w.Apply()
	<-done
	w.Plan().Fails("Devtron has stored two host URLs", "The Terraform state is left as it was")
}

func TestLostRepliesToHostURLWritesAreSettled(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sandbox.Fault{
		"reset before handling": {Reset: true},
		"EOF after handling":    {Handle: true, Close: true},
		"reset after handling":  {Handle: true, Reset: true},
		"502 after handling":    {Handle: true, Status: 502, Body: "<html>bad gateway</html>", ContentType: "text/html"},
		"504 after handling":    {Handle: true, Status: 504, Body: "upstream timed out", ContentType: "text/plain"},
		"time-out":              {Handle: true, Delay: 4 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			fault.Method, fault.Times = "POST", 1
			box.Devtron.Inject(fault)
			w := acctest.NewWorkspace(t, box, config(wanted, `timeouts = { create = "2s" }`))
			if run := w.Apply(); fault.Handle {
				run.Ok().Warns("Devtron's answer was lost")
			} else {
				run.Fails("The host URL could not be set", "nothing was stored")
				w.Apply().Ok()
			}
			expect(t, box, wanted)
			w.Plan().Empty().Quiet()
		})
	}
}

// Another process may set the host URL at the same moment, which Devtron does not prevent.
func TestHostURLIsReadAfterItWasSet(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status int
		body   string
		want   []string
	}{
		"two rows":   {500, `{"code":500,"status":"Internal Server Error","errors":[{"userMessage":"pg: multiple rows in result set"}]}`, []string{"Devtron has stored two host URLs"}},
		"other row":  {200, `{"code":200,"status":"OK","result":{"id":9,"key":"url","value":"https://other.example","active":true}}`, []string{"another process", "https://other.example"}},
		"not read":   {500, `{"error":"internal server error"}`, nil},
		"not as set": {200, `{"code":200,"status":"OK","result":null}`, []string{"another process"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.ForTest(t)
			w := acctest.NewWorkspace(t, box, acctest.NoRetries+config(wanted))
			// The plan, the plan within the apply, and the creation read the host URL before.
			box.Devtron.Inject(sandbox.Fault{Method: "GET", Path: "/orchestrator/attributes", Skip: 3, Times: 1, Status: c.status, ContentType: "application/json", Body: c.body})
			if c.want == nil {
				w.Apply().Ok()
			} else {
				w.Apply().Fails(c.want...)
			}
			expect(t, box, wanted)
			box.Devtron.ClearFaults()
			w.Apply().Ok()
			w.Plan().Empty().Quiet()
		})
	}
}
