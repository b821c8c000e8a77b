// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// providers are the valid git providers. They are case-sensitive.
var providers = []string{"GITLAB", "GITHUB", "AZURE_DEVOPS", "BITBUCKET_CLOUD"}

// invalidProvider is the error of Devtron's validator for an invalid git provider.
const invalidProvider = "Key: 'GitOpsConfigDto.Provider' Error:Field validation for 'Provider' failed on the 'oneof' tag"

// decode reads the first JSON value of a body. It ignores unknown fields and anything after the
// value.
func decode(body []byte) (GitOpsConfigDto, *api.Reply) {
	var sent GitOpsConfigDto
	if err := json.NewDecoder(bytes.NewReader(body)).Decode(&sent); err != nil {
		return sent, new(api.RawError(http.StatusBadRequest, packageNames.Replace(err.Error())))
	}
	return sent, nil
}

// packageNames replaces the packages of types in a decoding error with their names in Devtron.
var packageNames = strings.NewReplacer(
	"gitops.GitOpsConfigDto", "gitOps.GitOpsConfigDto", "api.TLSConfig", "bean.TLSConfig",
)

// decodeWithStoredToken reads the body of PUT and validate. If the token is empty, it takes the
// stored token of the git provider.
//
// Devtron looks up the stored token before it validates the body. So without a token, the reply to
// invalid JSON or an unknown git provider is 404, and a changed git provider takes the token of
// another configuration.
func (s *Service) decodeWithStoredToken(r *http.Request) (GitOpsConfigDto, *api.Reply) {
	body, _ := io.ReadAll(r.Body)
	// If another field has the wrong type, the decoder still sets the token and the git provider.
	sent, failure := decode(body)
	if sent.Token != "" {
		return sent, failure
	}
	row, missing := s.onlyRow(sent.Provider)
	if missing != nil {
		return sent, missing
	}
	sent.Token = row.Token
	return sent, failure
}

// checkProvider returns the reply of POST and PUT to an invalid git provider, or nil.
func (b GitOpsConfigDto) checkProvider() *api.Reply {
	if slices.Contains(providers, b.Provider) {
		return nil
	}
	return new(api.RawError(http.StatusBadRequest, "value "+b.Provider+" is unsupported  "+invalidProvider))
}
