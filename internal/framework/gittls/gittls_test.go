// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittls

import (
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
)

func TestRefreshShowsWhatTheConfigurationDoesNotSay(t *testing.T) {
	t.Parallel()
	none, ca, pair, both := Stored{}, Stored{CA: true}, Stored{Pair: true}, Stored{CA: true, Pair: true}
	for name, test := range map[string]struct {
		configured *Stored
		stored     devtron.TLSSettings
		kept       Stored
		want       View
	}{
		"nothing":               {nil, none.Keep(), none, View{None: true}},
		"as configured":         {&both, both.Keep(), none, View{}},
		"as imported":           {nil, ca.Keep(), ca, View{None: true}},
		"more than imported":    {nil, both.Keep(), ca, View{Foreign: true}},
		"less than imported":    {nil, ca.Keep(), both, View{Foreign: true}},
		"set by somebody else":  {nil, pair.Keep(), none, View{Foreign: true}},
		"more than configured":  {&ca, both.Keep(), none, View{Foreign: true}},
		"the pair is lost":      {&both, ca.Keep(), none, View{Lost: pair}},
		"the CA is lost":        {&both, pair.Keep(), none, View{Lost: ca}},
		"all is lost":           {&both, none.Keep(), none, View{None: true}},
		"not used":              {&both, devtron.TLSSettings{IsCADataPresent: true, IsTLSCertDataPresent: true}, none, View{None: true}},
		"only what was foreign": {&none, ca.Keep(), none, View{Foreign: true}},
	} {
		if got := Refresh(test.configured, test.stored, test.kept); got != test.want {
			t.Errorf("%s: got %+v", name, got)
		}
	}
	sent := Replace(devtron.TLSConfig{CAData: "ca"})
	if !sent.EnableTLSVerification || !sent.IsCADataPresent || sent.IsTLSCertDataPresent || sent.IsTLSKeyDataPresent || StoredOf(sent) != ca {
		t.Errorf("got %+v", sent)
	}
}
