// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import "github.com/devtron-labs/terraform-provider-devtron/internal/framework/secret"

func (m model) bearerToken() secret.Argument {
	return secret.Argument{Plain: m.BearerToken, WriteOnly: m.BearerTokenWO, Version: m.BearerTokenWOVersion}
}

func (p prometheusModel) clientKey() secret.Argument {
	return secret.Argument{Plain: p.ClientKey, WriteOnly: p.ClientKeyWO, Version: p.ClientKeyWOVersion}
}

func (p prometheusModel) password() secret.Argument {
	return secret.Argument{Plain: p.Password, WriteOnly: p.PasswordWO, Version: p.PasswordWOVersion}
}
