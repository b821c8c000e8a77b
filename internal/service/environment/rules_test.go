// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package environment

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

func TestEnvironmentNames(t *testing.T) {
	for name, valid := range map[string]bool{
		"a": true, "7": true, "a--b": true, "payments-prod": true, strings.Repeat("a", 16): true,
		"": false, strings.Repeat("a", 17): false, "Prod": false, "-a": false, "a-": false, "-": false, "a_b": false, "a b": false, "ä": false,
	} {
		wanted := model{Name: types.StringValue(name), ClusterID: types.Int64Unknown(), Namespace: types.StringUnknown()}
		if d := planEnvironment(t.Context(), &framework.Data{}, planned{Plan: wanted}); d.HasError() == valid {
			t.Errorf("%q: %v", name, d)
		}
		if d := planEnvironment(t.Context(), &framework.Data{}, planned{Plan: wanted, State: &wanted}); d.HasError() {
			t.Errorf("%q is refused although the environment has it: %v", name, d)
		}
	}
}

func TestNamespacesAndDescriptions(t *testing.T) {
	for _, c := range []struct {
		rule  rule.Rule
		value string
		valid bool
	}{
		{validNamespace, "a", true},
		{validNamespace, "a--1", true},
		{validNamespace, strings.Repeat("n", 50), true},
		{validNamespace, strings.Repeat("n", 51), false},
		{validNamespace, "a.b", false},
		{validNamespace, "A", false},
		{validNamespace, "-a", false},
		{validNamespace, "a-", false},
		{validDescription, "", true},
		{validDescription, strings.Repeat("ü", 40), true},
		{validDescription, strings.Repeat("ü", 41), false},
	} {
		if problem := c.rule(rule.Argument{Name: "x"}, c.value); (problem == nil) != c.valid {
			t.Errorf("%q: %v", c.value, problem)
		}
	}
}

func TestPlacesOfEnvironments(t *testing.T) {
	there := []devtron.Environment{{ID: 7, Name: "theirs", ClusterID: 1, Namespace: "payments"}}
	env := func(name string, cluster int64, namespace string) model {
		return model{Name: types.StringValue(name), ClusterID: types.Int64Value(cluster), Namespace: types.StringValue(namespace)}
	}
	for name, c := range map[string]struct {
		first, second model
		replaced      int
		refused       bool
	}{
		"free":                         {first: env("a", 1, "x"), second: env("b", 1, "y")},
		"another cluster":              {first: env("a", 1, "x"), second: env("b", 2, "x")},
		"twice in the configuration":   {first: env("a", 1, "x"), second: env("b", 1, "x"), refused: true},
		"the same instance again":      {first: env("a", 1, "x"), second: env("a", 1, "x")},
		"there already":                {first: env("a", 1, "x"), second: env("b", 1, "payments"), refused: true},
		"the one that is replaced":     {first: env("a", 1, "x"), second: env("b", 1, "payments"), replaced: 7},
		"replacing another one":        {first: env("a", 1, "x"), second: env("b", 1, "payments"), replaced: 8, refused: true},
		"the same name, as if tainted": {first: env("a", 1, "x"), second: env("theirs", 1, "payments")},
	} {
		t.Run(name, func(t *testing.T) {
			d := &framework.Data{}
			if diags := checkPlace(d, planned{Plan: c.first, Objects: there}); diags.HasError() {
				t.Fatal(diags)
			}
			if diags := checkPlace(d, planned{Plan: c.second, Objects: there, Replaced: c.replaced}); diags.HasError() != c.refused {
				t.Errorf("%v", diags)
			}
		})
	}
}
