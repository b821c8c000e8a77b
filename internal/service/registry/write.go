// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/object"
	"github.com/devtron-labs/terraform-provider-devtron/internal/framework/secret"
)

// planned is a creation or an update.
type planned = object.Planned[model, devtron.ContainerRegistry]

// wanted is the registry as it is sent. An update sends only the credentials that change: Devtron
// keeps the others.
func wanted(config, plan model, state *model) devtron.ContainerRegistry {
	r := devtron.ContainerRegistry{
		Name: plan.Name.ValueString(), Type: plan.Type.ValueString(), URL: bare(plan.URL.ValueString()),
		Username: username(plan), Password: quoted(plan.Type.ValueString(), passwordChange(config, state).Value()),
		AWS: awsOf(config, state), Connection: plan.Connection.ValueString(), Certificate: plan.CACertificate.ValueString(),
		Containers: plan.Containers.ValueBool(), Public: plan.Public.ValueBool(), PullSecret: pullSecretOf(config, plan, state),
	}
	charts := secret.Fields[chartsModel](plan.Charts)
	r.ChartAction, r.Repositories = actions[charts.Action.ValueString()], valuesOf(charts.Repositories)
	if given := config.Default; !given.IsNull() && !given.IsUnknown() && (given.ValueBool() || state != nil) {
		r.Default = new(given.ValueBool()) // A new registry that is not to be the default gives up the flag afterwards, see written.
	}
	return r
}

// username is the user name as it is sent.
func username(m model) string {
	if m.Username.IsNull() && google(m.Type.ValueString()) && !m.Public.ValueBool() {
		return jsonKeyUser
	}
	return m.Username.ValueString()
}

// quoted is a password as Devtron stores it. Devtron passes the key of a Google service account to
// a shell, so that its web page puts quotes around it.
func quoted(registryType, password string) string {
	if password == "" || !google(registryType) {
		return password
	}
	return "'" + jsonKey(password) + "'"
}

// jsonKey is the key of a Google service account without the quotes that somebody may have put
// around it for Devtron.
func jsonKey(password string) string {
	key := strings.TrimSpace(password)
	if len(key) > 1 && strings.HasPrefix(key, "'") && strings.HasSuffix(key, "'") {
		key = key[1 : len(key)-1]
	}
	return key
}

// passwordChange is the password in a creation, where state is nil, or an update. A password
// belongs to its user and its registry: a change of these sends it along, also a write-only one
// whose version stays as it is.
func passwordChange(config model, state *model) secret.Change {
	c := secret.Change{Now: config.password(), Creation: state == nil || !config.Username.Equal(state.Username) || relocated(config, *state)}
	if state != nil {
		c.Before = state.password()
	}
	return c
}

// relocated reports whether the address of a registry changes.
func relocated(config, state model) bool {
	return !config.URL.IsNull() && (config.URL.IsUnknown() || !sameURL(config.URL.ValueString(), state.URL.ValueString()))
}

// awsKeyChange is the same for the secret key of AWS, which belongs to its id.
func awsKeyChange(config model, state *model) secret.Change {
	now := secret.Fields[awsModel](config.AWS)
	if state == nil {
		return secret.Change{Now: now.secretAccessKey(), Creation: true}
	}
	before := secret.Fields[awsModel](state.AWS)
	return secret.Change{Now: now.secretAccessKey(), Before: before.secretAccessKey(), Creation: !now.AccessKeyID.Equal(before.AccessKeyID)}
}

// pullSecretChange is the same for the value of the pull secret.
func pullSecretChange(config model, state *model) secret.Change {
	c := secret.Change{Now: secret.Fields[pullSecretModel](config.PullSecret).value(), Creation: state == nil}
	if state != nil {
		c.Before = secret.Fields[pullSecretModel](state.PullSecret).value()
	}
	return c
}

func awsOf(config model, state *model) devtron.RegistryAWS {
	a := secret.Fields[awsModel](config.AWS)
	return devtron.RegistryAWS{Region: a.Region.ValueString(), AccessKeyID: a.AccessKeyID.ValueString(), SecretAccessKey: awsKeyChange(config, state).Value()}
}

// pullSecretOf is the pull secret as it is sent. The name of one is no secret and goes along
// always.
func pullSecretOf(config, plan model, state *model) devtron.PullSecret {
	p := secret.Fields[pullSecretModel](plan.PullSecret)
	s := devtron.PullSecret{Type: pullSecrets[p.Type.ValueString()], Clusters: valuesOf(p.Clusters), Except: valuesOf(p.Except)}
	if len(s.Clusters) == 1 && s.Clusters[0] == allClusters {
		s.Clusters = []string{devtron.AllClusters}
	}
	switch now := secret.Fields[pullSecretModel](config.PullSecret).value(); s.Type {
	case devtron.PullSecretName:
		s.Value = p.Value.ValueString()
	case devtron.PullSecretCustom:
		s.Value = pullSecretChange(config, state).Value()
		if state != nil && secret.Fields[pullSecretModel](state.PullSecret).Type.ValueString() != p.Type.ValueString() {
			s.Value = now.Value() // Nothing of another type is kept.
		}
	}
	return normal(s)
}

// writes reports whether an update changes more than what concerns the provider alone.
func writes(config, plan, state model) bool {
	now := wanted(config, plan, &state)
	return !same(wanted(state, state, &state), now) || hidden(now) != nil
}

// written gives up the default flag that a new registry got although the configuration refuses it.
func written(ctx context.Context, d *framework.Data, p planned, m *model) diag.Diagnostics {
	if p.State != nil {
		// Another registry may have taken the flag in this run. What is planned may not change in
		// the apply; the next refresh shows it.
		m.Default = p.Plan.Default
		if p.State.Default.ValueBool() && isFalse(p.Plan.Default) {
			return notDefault(m.Name.ValueString(), handOn(ctx, d, m.Name.ValueString()))
		}
		return nil
	}
	if p.Plan.Default.IsUnknown() || p.Plan.Default.ValueBool() || !m.Default.ValueBool() {
		return nil
	}
	ctx, cancel := d.Patience.Afterwards(ctx)
	defer cancel()
	m.Default = types.BoolValue(false)
	name := m.Name.ValueString()
	if err := setDefault(ctx, d, name, false); err != nil {
		return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(pathDefault, "The registry is still the default",
			"Devtron made the new registry the default, as there was none, and it could not be changed: "+err.Error()+". Apply again: the next plan shows it.")}
	}
	return notDefault(name, handOn(ctx, d, name))
}

// notDefault reports that no other registry got the flag that the named one gave up.
func notDefault(name string, err error) diag.Diagnostics {
	if err == nil {
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(pathDefault, "The default registry has no successor",
		fmt.Sprintf("The registry %q gave up being the default, and another one could not become it: %s. To choose one, set default = true for it.", name, err))}
}
