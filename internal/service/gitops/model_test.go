// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

func TestAttributeOf(t *testing.T) {
	for field, want := range map[string]string{
		"gitHubOrgId":           "organization",
		"bitBucketProjectKey":   "bitbucket_project_key",
		"allowCustomRepository": "allow_custom_repository",
		"isCADataPresent":       "tls.ca_certificate",
		"host":                  "host",
		"":                      "",
		"futureField":           "futureField",
	} {
		if got := attributeOf(field); got != want {
			t.Errorf("%q: got %q, want %q", field, got, want)
		}
	}
	for i := range reflect.TypeFor[devtron.Config]().NumField() {
		name := reflect.TypeFor[devtron.Config]().Field(i).Tag.Get("json")
		if compared := !strings.HasPrefix(name, "is") && name != "provider" && name != "tlsConfig" && name != "enableTLSVerification"; compared {
			if got := attributeOf(name); got != strings.ToLower(got) {
				t.Errorf("%q is not the name of an argument: %q", name, got)
			}
		}
	}
}

func tlsObject(ca, certificate, key types.String) types.Object {
	return types.ObjectValueMust(tlsTypes, map[string]attr.Value{"ca_certificate": ca, "client_certificate": certificate, "client_key": key})
}

func TestTLSOf(t *testing.T) {
	null, unknown := types.StringNull(), types.StringUnknown()
	for name, c := range map[string]struct {
		object types.Object
		want   *tlsModel
	}{
		"null":         {types.ObjectNull(tlsTypes), nil},
		"unknown":      {types.ObjectUnknown(tlsTypes), nil},
		"empty":        {tlsObject(null, null, null), &tlsModel{null, null, null}},
		"with unknown": {tlsObject(unknown, null, null), &tlsModel{unknown, null, null}},
		"known":        {tlsObject(types.StringValue("ca"), null, null), &tlsModel{types.StringValue("ca"), null, null}},
	} {
		got, diags := tlsOf(t.Context(), c.object)
		if diags.HasError() || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %+v, %v", name, got, diags)
		}
	}
}

func TestTLSRefreshed(t *testing.T) {
	null, text := types.StringNull(), types.StringValue
	ca := &tlsModel{text("ca"), null, null}
	all := &tlsModel{text("ca"), text("certificate"), text("key")}
	foreign := &tlsModel{null, null, null}
	stored := func(ca, pair bool) devtron.Config {
		return devtron.Config{TLSSettings: devtron.TLSSettings{EnableTLSVerification: true, IsCADataPresent: ca, IsTLSCertDataPresent: pair, IsTLSKeyDataPresent: pair}}
	}
	for name, c := range map[string]struct {
		tls    *tlsModel
		stored devtron.Config
		kept   storedTLS
		want   *tlsModel
	}{
		"no TLS":               {nil, devtron.Config{}, storedTLS{}, nil},
		"disabled in Devtron":  {all, devtron.Config{TLSSettings: devtron.TLSSettings{IsCADataPresent: true}}, storedTLS{}, nil},
		"unchanged":            {all, stored(true, true), storedTLS{}, all},
		"imported":             {nil, stored(true, false), storedTLS{CA: true}, nil},
		"imported, then more":  {nil, stored(true, true), storedTLS{CA: true}, foreign},
		"set by another user":  {nil, stored(true, false), storedTLS{}, foreign},
		"CA is missing":        {all, stored(false, true), storedTLS{}, &tlsModel{null, text("certificate"), text("key")}},
		"pair is missing":      {all, stored(true, false), storedTLS{}, ca},
		"pair of another user": {ca, stored(true, true), storedTLS{}, foreign},
	} {
		if got := c.tls.refreshed(c.stored, c.kept); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}

func TestValidationValue(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	none := types.ListValueMust(types.StringType, []attr.Value{})
	for name, c := range map[string]struct {
		validation *devtron.Validation
		want       types.Object
	}{
		"no reply": {nil, types.ObjectNull(validationTypes)},
		"skipped": {&devtron.Validation{Skipped: true}, types.ObjectValueMust(validationTypes, map[string]attr.Value{
			"passed": types.BoolValue(false), "skipped": types.BoolValue(true), "stages": none, "time": types.StringNull(),
		})},
		"passed": {&devtron.Validation{SuccessfulStages: []string{"Push"}, ValidatedOn: at}, types.ObjectValueMust(validationTypes, map[string]attr.Value{
			"passed": types.BoolValue(true), "skipped": types.BoolValue(false), "time": types.StringValue("2026-01-02T03:04:05Z"),
			"stages": types.ListValueMust(types.StringType, []attr.Value{types.StringValue("Push")}),
		})},
	} {
		got, diags := validationValue(t.Context(), c.validation)
		if diags.HasError() || !got.Equal(c.want) {
			t.Errorf("%s: got %s, %v", name, got, diags)
		}
	}
}
