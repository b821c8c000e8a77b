// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package registry

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/devtron-labs/terraform-provider-devtron/internal/rule"
)

// validName reports whether Devtron's web page would accept a name. The API accepts more, and then
// does not find a registry with a slash in its name.
func validName(name string) bool {
	return len([]rune(name)) >= 3 && !strings.Contains(name, "/") && !strings.ContainsFunc(name, unicode.IsSpace)
}

// storable accepts what PostgreSQL can store.
func storable(a rule.Argument, value string) *rule.Problem {
	if !strings.ContainsRune(value, 0) {
		return nil
	}
	return rule.New("NUL character in "+a.Name, a.Subject()+" contains the character NUL, which Devtron's database cannot store. Remove it.")
}

// noComma refuses what would be several repositories in Devtron's database.
func noComma(a rule.Argument, value string) *rule.Problem {
	if !strings.Contains(value, ",") {
		return nil
	}
	return rule.New("Comma in a repository", fmt.Sprintf("%s is %q. Write each repository as a value of its own.", a.Subject(), value))
}

// clusterID accepts the id of a cluster, and the words.
func clusterID(words ...string) rule.Rule {
	return func(a rule.Argument, value string) *rule.Problem {
		if id, err := strconv.Atoi(value); slices.Contains(words, value) || err == nil && id > 0 && strconv.Itoa(id) == value {
			return nil
		}
		hint := "Write the id of a cluster, for example devtron_cluster.prod.id."
		if len(words) > 0 {
			hint = "Write the ids of clusters, for example [devtron_cluster.prod.id], or [\"" + strings.Join(words, "\", \"") + "\"] for all clusters. For no cluster, omit the argument."
		}
		return rule.New("Invalid cluster id", fmt.Sprintf("%s is %q, which is not the id of a cluster. %s", a.Subject(), value, hint))
	}
}

// serviceAccountKey reports what is wrong with the JSON key of a Google service account; "" if
// nothing is. It quotes nothing.
func serviceAccountKey(password string) string {
	var key struct {
		Type       string `json:"type"`
		PrivateKey string `json:"private_key"`
	}
	switch err := json.Unmarshal([]byte(jsonKey(password)), &key); {
	case err != nil:
		return "is not JSON"
	case key.Type != "service_account" || key.PrivateKey == "":
		return "has no \"type\": \"service_account\" and \"private_key\""
	}
	return ""
}

// customCredentials reports what is wrong with the credentials of a custom pull secret; "" if
// nothing is. It quotes nothing.
func customCredentials(value string) string {
	var credentials struct{ Server, Username, Password string }
	switch err := json.Unmarshal([]byte(value), &credentials); {
	case err != nil:
		return "is not a JSON object of texts"
	case credentials.Server == "" || credentials.Username == "" || credentials.Password == "":
		return "needs server, username, and password"
	}
	return ""
}
