// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

// Package gittls has what GitOps configurations and git accounts have in common about TLS: Devtron
// never returns TLS material, but says which of it is stored, and a write keeps, replaces, or
// removes it by flags.
package gittls

import "github.com/devtron-labs/terraform-provider-devtron/internal/devtron"

// Stored says which TLS material Devtron stores. The private state keeps what an import found,
// until the configuration sets tls: Devtron does not return the material, so a write can only keep
// it.
type Stored struct {
	CA   bool `json:"ca"`
	Pair bool `json:"pair"`
}

// StoredOf returns what Devtron says that it stores.
func StoredOf(s devtron.TLSSettings) Stored {
	return Stored{CA: s.EnableTLSVerification && s.IsCADataPresent, Pair: s.EnableTLSVerification && s.IsTLSCertDataPresent}
}

// Keep returns settings that keep the stored material.
func (s Stored) Keep() devtron.TLSSettings {
	return devtron.TLSSettings{
		EnableTLSVerification: s.CA || s.Pair, IsCADataPresent: s.CA, IsTLSCertDataPresent: s.Pair, IsTLSKeyDataPresent: s.Pair,
	}
}

// Replace returns settings that store the material instead of what is stored. Devtron needs the
// material and the flags.
func Replace(material devtron.TLSConfig) devtron.TLSSettings {
	return devtron.TLSSettings{
		EnableTLSVerification: true, TLS: material,
		IsCADataPresent: material.CAData != "", IsTLSCertDataPresent: material.TLSCertData != "", IsTLSKeyDataPresent: material.TLSKeyData != "",
	}
}

// View is how a refresh shows the argument tls, so that the plan shows a change where Devtron
// stores something else.
type View struct {
	// None: null. Foreign: an object without values, for material that the configuration did not
	// set.
	None, Foreign bool
	// Lost is material that Devtron no longer stores, which becomes null.
	Lost Stored
}

// Refresh compares what Devtron stores with the argument tls of the state, nil where that is null,
// and with what an import found.
func Refresh(configured *Stored, stored devtron.TLSSettings, kept Stored) View {
	found := StoredOf(stored)
	switch {
	case !stored.EnableTLSVerification, configured == nil && found == kept:
		return View{None: true}
	case configured == nil, found.CA && !configured.CA, found.Pair && !configured.Pair:
		return View{Foreign: true}
	}
	return View{Lost: Stored{CA: !found.CA, Pair: !found.Pair}}
}
