// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

// TestWriteOnlyPasswordIsSentWithItsUser, also where nobody has thought of its version: Devtron
// would keep the old password for the new user. The same holds for the address, and for the keys of
// AWS.
func TestWriteOnlyPasswordIsSentWithItsUser(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.WriteOnly)
	box := sandbox.ForTest(t)
	box.Devtron.Registries.Put(other)
	args := required("tf-reg").With("password", "", "password_wo", "var.secret", "password_wo_version", "1")
	ecr := func(id string) string {
		return at("ecr", "type", `"ecr"`, "username", "", "password", "",
			"aws", fmt.Sprintf(`{ region = "eu-west-1", access_key_id = %q, secret_access_key_wo = var.secret, secret_access_key_wo_version = 1 }`, id))
	}
	w := acctest.NewWorkspace(t, box, acctest.EphemeralVariable+args.At(this)+ecr("AKIA1"))
	w.SetVariable("secret", "secret-1")
	w.Apply().Ok()
	w.SetVariable("secret", "secret-2")
	w.Write(acctest.EphemeralVariable + args.With("pull_secret", `{ clusters = ["all"] }`).At(this) + ecr("AKIA1"))
	w.Apply().Ok()
	if r, _ := get(box, "tf-reg"); r.Password != "secret-1" {
		t.Errorf("another argument sends the password %q", r.Password)
	}
	args = args.With("username", `"alice"`)
	w.Write(acctest.EphemeralVariable + args.At(this) + ecr("AKIA2"))
	w.Apply().Ok()
	w.Plan().Empty()
	if r, _ := get(box, "tf-reg"); r.Password != "secret-2" {
		t.Errorf("the password is %q", r.Password)
	}
	if r, _ := get(box, "ecr"); r.AWSSecretAccessKey != "secret-2" {
		t.Errorf("the secret access key is %q", r.AWSSecretAccessKey)
	}
	w.SetVariable("secret", "secret-3")
	w.Write(acctest.EphemeralVariable + args.With("url", `"new.example"`).At(this) + ecr("AKIA2"))
	w.Apply().Ok()
	if r, _ := get(box, "tf-reg"); r.Password != "secret-3" {
		t.Errorf("the password is %q", r.Password)
	}
}

// TestRegistryThatHadNoCredentialsNeedsSome when it is not public anymore, or gets the id of a key.
func TestRegistryThatHadNoCredentialsNeedsSome(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Registries.Put(other)
	pull := []string{"username", "", "password", "", "charts", `{ action = "PULL", repositories = ["demo"] }`}
	ecr := []string{"type", `"ecr"`, "username", "", "password", "", "aws", `{ region = "eu-west-1" }`}
	w := acctest.NewWorkspace(t, box, at("tf-public", append(pull, "public", "true")...)+at("tf-ecr", ecr...))
	w.Apply().Ok()
	w.Write(at("tf-public", pull...) + at("tf-ecr", ecr...))
	w.Plan().Fails("Credentials are missing", "username", "password_wo")
	w.Write(at("tf-public", append(pull, "username", `"bob"`)...) + at("tf-ecr", ecr...))
	w.Plan().Fails("Credentials are missing", "password_wo")
	w.Write(at("tf-public", append(pull, "public", "true")...) + at("tf-ecr", append(ecr, "aws", `{ region = "eu-west-1", access_key_id = "AKIA" }`)...))
	w.Plan().Fails("secret_access_key is missing")
	// Nothing stays valid where there were no credentials.
	w.Write("")
	w.Plan().Ok().Quiet()
}

// TestRegistryLosesNoPartOfItsCredentials: Devtron would store it, and keep the other part.
func TestRegistryLosesNoPartOfItsCredentials(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Registries.Put(other)
	ecr := func(id string) string {
		aws := fmt.Sprintf(`{ region = "eu-west-1", access_key_id = %q }`, id)
		return at("tf-ecr", "type", `"ecr"`, "username", "", "password", "", "registry_check", "", "aws", aws)
	}
	google := func(changes ...string) string {
		return at("tf-gar", append([]string{"type", `"artifact-registry"`, "registry_check", "", "password", ""}, changes...)...)
	}
	stored := row("tf-ecr")
	stored.Type, stored.Username, stored.Password, stored.AWSRegion = "ecr", "", "", "eu-west-1"
	stored.AWSAccessKeyID, stored.AWSSecretAccessKey = "AKIA1", "secret-of-AKIA1"
	box.Devtron.Registries.Put(stored)
	stored = row("tf-gar")
	stored.Type, stored.Username = "artifact-registry", "_json_key"
	box.Devtron.Registries.Put(stored)
	rest := ecr("AKIA1") + google("username", `"_json_key"`)
	w := acctest.NewWorkspace(t, box, required("tf-reg").At(this)+rest)
	w.Import("devtron_container_registry.tf-ecr", "tf-ecr").Ok()
	w.Import("devtron_container_registry.tf-gar", "tf-gar").Ok()
	w.Apply().Ok()
	for _, changes := range [][]string{{"username", ""}, {"username", "", "password", ""}} {
		w.Write(required("tf-reg").With(changes...).At(this) + rest)
		w.Plan().Fails("Credentials are missing", "username")
	}
	w.Write(required("tf-reg").At(this) + ecr("AKIA2") + google("username", `"alice"`))
	w.Plan().Fails("secret_access_key is missing", "access_key_id changes")
	// The default is the user name that Devtron has.
	w.Write(required("tf-reg").At(this) + ecr("AKIA1") + google("username", ""))
	w.Apply().Ok()
	w.Plan().Empty().Quiet()
}

// TestIgnoredChangesAreNotSent together with a change that is not ignored: Terraform passes ignored
// arguments to the apply as they are written.
func TestIgnoredChangesAreNotSent(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Registries.Put(other)
	ecr := []string{"type", `"ecr"`, "username", "", "password", ""}
	aws := func(id string) string {
		return fmt.Sprintf(`{ region = "eu-west-1", access_key_id = %q, secret_access_key = "secret-of-%s" }`, id, id)
	}
	config := func(changes, ecrChanges []string) string {
		ignoring := func(arguments string) string { return "lifecycle {\n    ignore_changes = [" + arguments + "]\n  }" }
		return required("tf-reg").With(changes...).At(this, ignoring("password, default, pull_secret")) +
			required("tf-ecr").With(ecr...).With(ecrChanges...).At("devtron_container_registry.ecr", ignoring("aws.access_key_id, aws.secret_access_key"))
	}
	w := acctest.NewWorkspace(t, box, config(nil, []string{"aws", aws("AKIA1")}))
	w.Apply().Ok()
	before, _ := get(box, "tf-reg")
	w.Write(config(
		[]string{"password", `"reg-secret-2"`, "default", "true", "pull_secret", `{ clusters = ["all"] }`, "connection_type", `"insecure"`},
		[]string{"aws", aws("AKIA2"), "connection_type", `"insecure"`},
	))
	w.Apply().Ok()
	w.Plan().Empty()
	wantDefault(t, box, other.Name)
	after, _ := get(box, "tf-reg")
	if after.Connection != "insecure" || after.Password != before.Password || after.PullSecret.AppliedClusterIDs != before.PullSecret.AppliedClusterIDs {
		t.Errorf("Devtron has %+v", after)
	}
	if r, _ := get(box, "tf-ecr"); r.Connection != "insecure" || r.AWSAccessKeyID != "AKIA1" || r.AWSSecretAccessKey != "secret-of-AKIA1" {
		t.Errorf("Devtron has %+v", r)
	}
}

// TestKeyThatIsNotKnownYetIsNotReportedAsRemoved.
func TestKeyThatIsNotKnownYetIsNotReportedAsRemoved(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.TerraformData)
	box := sandbox.ForTest(t)
	const aws = `{ region = "eu-west-1", access_key_id = "AKIA1", secret_access_key = "aws-secret-1" }`
	ecr := func(aws string) string {
		return at("tf-ecr", "type", `"ecr"`, "username", "", "password", "", "aws", aws)
	}
	w := acctest.NewWorkspace(t, box, ecr(aws))
	w.Apply().Ok()
	w.Write(acctest.UnknownValue("aws", aws) + ecr("terraform_data.aws.output"))
	w.Apply().Ok().Quiet()
	w.Plan().Empty().Quiet()
}

// TestSecretsThatDevtronHasStoredAreInNoError, although the request does not contain them.
func TestSecretsThatDevtronHasStoredAreInNoError(t *testing.T) {
	t.Parallel()
	box := sandbox.ForTest(t)
	box.Devtron.Registries.Put(other)
	const secret = "reg-secret-1"
	w := acctest.NewWorkspace(t, box, required("tf-reg").At(this))
	w.Apply().Ok()
	box.Devtron.Inject(sandbox.Fault{
		Path: route, Method: "PUT", Status: 500, ContentType: "application/json",
		Body: fmt.Sprintf(`{"code":500,"status":"Internal Server Error","errors":[{"userMessage":"cannot store {bob %s}"}]}`, secret),
	})
	box.Devtron.Inject(sandbox.Fault{
		Path: route, Method: "DELETE", Status: 500, ContentType: "application/json",
		Body: fmt.Sprintf(`{"code":500,"status":"Internal Server Error","errors":[{"userMessage":"cannot delete {bob %s}"}]}`, secret),
	})
	without := func(run acctest.Result) {
		t.Helper()
		for _, d := range run.Diagnostics {
			if strings.Contains(d.Summary+d.Detail, secret) {
				t.Errorf("%s\n%s", d.Summary, d.Detail)
			}
		}
	}
	w.Write(required("tf-reg").With("pull_secret", `{ clusters = ["all"] }`).At(this))
	without(w.Apply().Fails("cannot store", "(sensitive)"))
	w.Write(required("tf-reg").With("password", `"reg-secret-2"`).At(this))
	without(w.Apply().Fails("cannot store", "(sensitive)", "reading cannot tell whether they are stored"))
	without(w.Destroy().Fails("cannot delete", "(sensitive)"))
}
