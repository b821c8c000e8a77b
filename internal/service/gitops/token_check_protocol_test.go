// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/devtron-labs/terraform-provider-devtron/internal/acctest"
	"github.com/devtron-labs/terraform-provider-devtron/internal/provider"
	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox"
)

const (
	resourceType  = "devtron_gitops_config"
	tokenData     = "devtron_git_token"
	unknownForNow = unknownValue("known after apply")
	severityError = "error"
	severityWarns = "warning"
)

// values are arguments or attributes by name: string, bool, []string, values, unknownForNow, or nil
// for null.
type values map[string]any

type unknownValue string

func (v values) With(changes values) values {
	changed := values{}
	for _, m := range []values{v, changes} {
		for name, value := range m {
			changed[name] = value
		}
	}
	return changed
}

// walk is a provider that is started and configured for one walk of Terraform. Tests call it
// through the protocol, without a CLI, if they need many plans in a short time, or the paths of
// diagnostics.
type walk struct {
	t      *testing.T
	server tfprotov6.ProviderServer
	// validator validates and is not configured, so that it does not count the resources of one git
	// provider.
	validator tfprotov6.ProviderServer
	schema    *tfprotov6.GetProviderSchemaResponse
}

// begin starts a walk against the sandbox. Settings are further arguments of the provider.
func begin(t *testing.T, box *sandbox.Sandbox, settings values, options ...provider.Option) *walk {
	t.Helper()
	w := &walk{t: t}
	var err error
	w.server, err = provider.NewServer("test", append(options, provider.WithPatience(acctest.Patience))...)
	w.must(err)
	w.validator, err = provider.NewServer("test")
	w.must(err)
	w.schema, err = w.server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	w.must(err)
	config := values{"url": box.Devtron.URL(), "api_token": box.Devtron.AdminToken()}.With(settings)
	resp, err := w.server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.11.4", Config: w.encode(w.schema.Provider, w.object(w.schema.Provider, config)),
	})
	w.must(err)
	w.clean(resp.Diagnostics)
	return w
}

// state is the state of a resource; nil where Terraform has none.
type state struct {
	value   tftypes.Value
	private []byte
}

// refresh reads a resource, as a plan does first.
func (w *walk) refresh(s *state) *state {
	w.t.Helper()
	schema := w.schema.ResourceSchemas[resourceType]
	resp, err := w.server.ReadResource(w.t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: resourceType, CurrentState: w.encode(schema, s.value), Private: s.private,
	})
	w.must(err)
	w.clean(resp.Diagnostics)
	return &state{w.decode(schema, resp.NewState), resp.Private}
}

// Plan validates and plans, as Terraform does. It does not plan an invalid configuration.
func (w *walk) Plan(prior *state, config values) (*state, findings) {
	w.t.Helper()
	return w.planUnder(w.t.Context(), prior, config)
}

func (w *walk) planUnder(ctx context.Context, prior *state, config values) (*state, findings) {
	w.t.Helper()
	schema := w.schema.ResourceSchemas[resourceType]
	wanted := w.object(schema, config)
	valid, err := w.validator.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{
		TypeName: resourceType, Config: w.encode(schema, wanted),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	w.must(err)
	found := findingsOf(valid.Diagnostics)
	if found.Has(severityError) {
		return nil, found
	}
	if prior == nil {
		prior = &state{value: tftypes.NewValue(schema.ValueType(), nil)}
	}
	resp, err := w.server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: resourceType, Config: w.encode(schema, wanted), PriorState: w.encode(schema, prior.value), PriorPrivate: prior.private,
		ProposedNewState: w.encode(schema, w.proposed(schema, prior.value, wanted)),
	})
	w.must(err)
	found = append(found, findingsOf(resp.Diagnostics)...)
	if resp.PlannedState == nil {
		return nil, found
	}
	return &state{w.decode(schema, resp.PlannedState), resp.PlannedPrivate}, found
}

// Apply applies a plan, without the second plan of Terraform (see TestApplyOfCreateChecksAgain).
func (w *walk) Apply(prior, planned *state, config values) *state {
	w.t.Helper()
	schema := w.schema.ResourceSchemas[resourceType]
	if prior == nil {
		prior = &state{value: tftypes.NewValue(schema.ValueType(), nil)}
	}
	resp, err := w.server.ApplyResourceChange(w.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: resourceType, Config: w.encode(schema, w.object(schema, config)), PriorState: w.encode(schema, prior.value),
		PlannedState: w.encode(schema, planned.value), PlannedPrivate: planned.private,
	})
	w.must(err)
	w.clean(resp.Diagnostics)
	return &state{w.decode(schema, resp.NewState), resp.Private}
}

// Destroy destroys a resource.
func (w *walk) Destroy(prior *state) findings {
	w.t.Helper()
	schema := w.schema.ResourceSchemas[resourceType]
	none := w.encode(schema, tftypes.NewValue(schema.ValueType(), nil))
	resp, err := w.server.ApplyResourceChange(w.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: resourceType, Config: none, PriorState: w.encode(schema, prior.value), PlannedState: none, PlannedPrivate: prior.private,
	})
	w.must(err)
	return findingsOf(resp.Diagnostics)
}

// read validates and reads the data source devtron_git_token.
func (w *walk) read(config values) (map[string]tftypes.Value, findings) {
	w.t.Helper()
	schema := w.schema.DataSourceSchemas[tokenData]
	wanted := w.encode(schema, w.object(schema, config))
	valid, err := w.server.ValidateDataResourceConfig(w.t.Context(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: tokenData, Config: wanted})
	w.must(err)
	found := findingsOf(valid.Diagnostics)
	if found.Has(severityError) {
		return nil, found
	}
	resp, err := w.server.ReadDataSource(w.t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: tokenData, Config: wanted})
	w.must(err)
	var attributes map[string]tftypes.Value
	w.must(w.decode(schema, resp.State).As(&attributes))
	return attributes, append(found, findingsOf(resp.Diagnostics)...)
}

func (w *walk) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// clean fails the test if there is an error.
func (w *walk) clean(diagnostics []*tfprotov6.Diagnostic) {
	w.t.Helper()
	if found := findingsOf(diagnostics); found.Has(severityError) {
		w.t.Fatal(found)
	}
}

// finding is a diagnostic.
type finding struct{ severity, at, summary, detail string }

type findings []finding

func findingsOf(diagnostics []*tfprotov6.Diagnostic) findings {
	var all findings
	for _, d := range diagnostics {
		f := finding{severityError, "", d.Summary, d.Detail}
		if d.Severity == tfprotov6.DiagnosticSeverityWarning {
			f.severity = severityWarns
		}
		var steps []string
		for _, step := range d.Attribute.Steps() {
			name, _ := step.(tftypes.AttributeName)
			steps = append(steps, string(name))
		}
		f.at = strings.Join(steps, ".")
		all = append(all, f)
	}
	return all
}

func (f findings) Has(severity string) bool {
	return slices.ContainsFunc(f, func(x finding) bool { return x.severity == severity })
}

func (f findings) String() string {
	var b strings.Builder
	for _, x := range f {
		b.WriteString("\n" + x.severity + " at " + x.at + ": " + x.summary + "\n" + x.detail + "\n")
	}
	return b.String()
}

// expected is a finding with some of its words.
type expected struct {
	severity, at string
	words        []string
}

func stops(at string, words ...string) expected { return expected{severityError, at, words} }
func warns(at string, words ...string) expected { return expected{severityWarns, at, words} }

// expect fails the test unless the findings are the expected ones, in any order.
func (f findings) expect(t *testing.T, want ...expected) {
	t.Helper()
	if len(f) != len(want) {
		t.Errorf("got %d findings, want %d:%s", len(f), len(want), f)
	}
	for _, e := range want {
		if !slices.ContainsFunc(f, func(x finding) bool {
			return x.severity == e.severity && x.at == e.at && acctest.HasAll(x.summary+"\n"+x.detail, e.words)
		}) {
			t.Errorf("no %s at %s contains all of %q:%s", e.severity, e.at, e.words, f)
		}
	}
}
