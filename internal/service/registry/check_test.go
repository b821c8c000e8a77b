// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const (
	refused   = "The registry does not accept the credentials"
	unchecked = "The credentials of the registry could not be checked"
	this      = "devtron_container_registry.this"
)

// checked are arguments of a registry in the sandbox whose credentials are right.
func checked(box *sandbox.Sandbox) acctest.Args {
	return required("tf-reg").With("url", acctest.Quote(box.Registry.URL()), "connection_type", `"insecure"`, "registry_check", "",
		"username", acctest.Quote(sandbox.RegistryUsername), "password", acctest.Quote(box.Registry.Password()))
}

// tries counts the requests with credentials since the last call.
func tries(box *sandbox.Sandbox) int {
	n := 0
	for _, r := range box.Log.To("registry") {
		if r.Header.Get("Authorization") != "" {
			n++
		}
	}
	box.Log.Reset()
	return n
}

func wantTries(t *testing.T, box *sandbox.Sandbox, want int) {
	t.Helper()
	if got := tries(box); got != want {
		t.Errorf("credentials were tried %d times, want %d", got, want)
	}
}

func TestOnlyCredentialsThatAreAboutToBeWrittenAreTried(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	args := checked(box)
	w := acctest.NewWorkspace(t, box, args.At(this))
	w.Plan().Ok().Quiet()
	wantTries(t, box, 1)
	w.Apply().Ok().Quiet()
	wantTries(t, box, 2) // in the plan, and right before they are sent
	w.Plan().Empty().Quiet()
	w.Plan(tfexec.Refresh(false)).Empty().Quiet()
	w.Write(args.With("pull_secret", `{ clusters = ["all"] }`).At(this))
	w.Apply().Ok().Quiet()
	wantTries(t, box, 0)

	wrong := args.With("password", `"wrong"`)
	w.Write(wrong.At(this))
	w.Plan(tfexec.Refresh(false)).Ok().Warns(refused, "HTTP 401", sandbox.RegistryUsername)
	wantTries(t, box, 1)
	// The same credentials of several registries are tried once.
	second := wrong.With("name", `"tf-second"`).At("devtron_container_registry.second")
	w.Write(wrong.At(this) + second)
	w.Plan().Ok().Warns(refused)
	wantTries(t, box, 1)
	w.Write(args.With("username", `"nobody"`).At(this))
	w.Plan().Ok().Warns(refused, "nobody")
	wantTries(t, box, 1)
	w.Write(args.With("type", `"acr"`, "password", `"wrong"`).At(this))
	w.Plan().Ok()
	wantTries(t, box, 0)
}

func TestLevelsOfTheRegistryCheck(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	provider := func(level string) string {
		return fmt.Sprintf("provider \"devtron\" {\n  registry_check = %q\n}\n", level)
	}
	wrong := checked(box).With("password", `"wrong"`)
	w := acctest.NewWorkspace(t, box, provider("error")+wrong.At(this))
	w.Plan().Fails(refused, `registry_check = "warn"`, `password`)
	w.Write(provider("error") + wrong.With("registry_check", `"warn"`).At(this))
	w.Plan().Ok().Warns(refused, `registry_check = "off"`)
	tries(box)
	w.Write(provider("off") + wrong.At(this))
	w.Plan().Ok().Quiet()
	wantTries(t, box, 0)
	w.Write(provider("off") + wrong.With("registry_check", `"error"`).At(this))
	w.Plan().Fails(refused)
	w.Write(provider("nonsense") + wrong.At(this))
	w.Plan().Fails("registry_check", "warn")

	// A registry that cannot be reached is no error, and worth a warning only where somebody wants
	// the check.
	box.Registry.Stop()
	w.Write(provider("warn") + wrong.At(this))
	w.Plan().Ok().Quiet()
	w.Write(provider("error") + wrong.At(this))
	w.Plan().Ok().Warns(unchecked, "cannot be reached")
}

// TestRefusalIsShownInThePlanOfAReplacement: of the two calls for it, Terraform shows the warnings
// of the first only.
func TestRefusalIsShownInThePlanOfAReplacement(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	args := checked(box)
	w := acctest.NewWorkspace(t, box, args.At(this))
	w.Apply().Ok().Quiet()
	tries(box)
	w.Write(args.With("type", `"quay"`, "password", `"wrong"`).At(this))
	w.Plan().Ok().Warns(refused, "HTTP 401")
	wantTries(t, box, 1)
}

// TestUnknownCredentialsAreTriedInTheApply, which writes nothing if they are refused.
func TestUnknownCredentialsAreTriedInTheApply(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.TerraformData)
	box := sandbox.ForTest(t)
	w := acctest.NewWorkspace(t, box, acctest.UnknownValue("password", `"wrong"`)+
		checked(box).With("password", "terraform_data.password.output", "registry_check", `"error"`).At(this))
	w.Plan().Ok().Quiet()
	wantTries(t, box, 0)
	w.Apply().Fails(refused)
	wantTries(t, box, 1)
	if rows := box.Devtron.Registries.Rows(); len(rows) != 0 {
		t.Errorf("stored: %+v", rows)
	}
}

func TestCertificateIsUsedByTheRegistryCheck(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t, sandbox.Options{TLS: true})
	args := checked(box).With("connection_type", "", "registry_check", `"error"`)
	w := acctest.NewWorkspace(t, sandbox.ForTest(t), args.At(this))
	w.Plan().Ok().Warns(unchecked, "certificate")
	w.Write(args.With("connection_type", `"secure-with-cert"`, "ca_certificate", acctest.Quote(box.CACertificate)).At(this))
	w.Apply().Ok().Quiet()
	if tries(box) == 0 {
		t.Error("nothing was tried")
	}
}

// TestWriteOnlyPasswordIsTriedWithItsVersion, and is in no output, plan or state.
func TestWriteOnlyPasswordIsTriedWithItsVersion(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	box := sandbox.ForTest(t)
	args := checked(box).With("password", "", "password_wo", "var.secret", "registry_check", `"error"`)
	config := func(version string) string {
		return acctest.EphemeralVariable + args.With("password_wo_version", version).At(this)
	}
	w := acctest.NewWorkspace(t, box, config("1"))
	w.SetVariable("secret", box.Registry.Password())
	w.Apply().Ok().Quiet()
	wantTries(t, box, 2)
	w.Plan().Empty().Quiet()
	w.AssertNoSecrets(box.Registry.Password())
	w.SetVariable("secret", "wrong-secret")
	w.Plan().Empty()
	wantTries(t, box, 0)
	w.Write(config("2"))
	w.Plan().Fails(refused, "password_wo")
	wantTries(t, box, 1)
	row, _ := get(box, "tf-reg")
	if row.Password != box.Registry.Password() {
		t.Error("the password changed")
	}
	if leaks := acctest.Leaks(w.Trace("plan"), "wrong-secret", box.Registry.Password()); len(leaks) > 0 {
		t.Errorf("the log contains %q", leaks)
	}
}
