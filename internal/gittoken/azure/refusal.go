// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package azure

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
)

// ReadRefusal reads {"$id":"1","message":...,"typeKey":...}, and responses without JSON that have a
// header or the title of Azure DevOps: the 401 for a token that it does not accept has no body.
func (inspector) ReadRefusal(_ int, header http.Header, body []byte) gitapi.Refusal {
	var refusal struct {
		Message  string `json:"message"`
		TypeKey  string `json:"typeKey"`
		TypeName string `json:"typeName"`
	}
	if json.Unmarshal(body, &refusal) != nil {
		return gitapi.Refusal{Own: isPage(header, body)}
	}
	return gitapi.Refusal{Own: isHeader(header) || refusal.Message != "" && refusal.TypeKey+refusal.TypeName != "", Message: refusal.Message}
}

// isHeader recognizes the responses of Azure DevOps by their headers.
func isHeader(header http.Header) bool {
	for _, name := range []string{"X-Tfs-Processid", "X-Tfs-Session", "X-Vss-E2eid", "X-Vss-Userdata"} {
		if header.Get(name) != "" {
			return true
		}
	}
	for _, challenge := range header.Values("Www-Authenticate") {
		if strings.Contains(challenge, olderSuffix) || strings.HasPrefix(challenge, "TFS-Federated") || strings.Contains(challenge, "authorization_uri=https://login.microsoftonline.com/") {
			return true
		}
	}
	return false
}

// isPage recognizes the pages of Azure DevOps for browsers.
func isPage(header http.Header, body []byte) bool {
	return isHeader(header) || bytes.Contains(body, []byte("Azure DevOps"))
}
