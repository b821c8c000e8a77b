// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"sync"
)

// Rules records requests that a careful client does not send. Devtron answers them like any other, with consequences that
// nobody asked for: a write without active deletes, and a DELETE acts on its body.
type Rules struct {
	mu         sync.Mutex
	violations []string
}

// Violations returns what was recorded, as sentences.
func (l *Rules) Violations() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.violations)
}

// Write checks that the body of a POST or PUT sends active as true.
func (l *Rules) Write(r *http.Request, body []byte) {
	var sent struct{ Active *bool }
	if err := json.Unmarshal(body, &sent); err != nil {
		return
	}
	switch {
	case sent.Active == nil:
		l.violated(r, "does not send active, which deletes")
	case !*sent.Active:
		l.violated(r, "sends active as false, which deletes")
	}
}

// Sent checks that the body of a POST or PUT has a field, whatever its value.
func (l *Rules) Sent(r *http.Request, body []byte, field string) {
	var sent map[string]json.RawMessage
	if err := json.Unmarshal(body, &sent); err != nil {
		return
	}
	if _, ok := sent[field]; !ok {
		l.violated(r, "does not send "+field)
	}
}

// Delete checks that the body of a DELETE equals the stored object in every plain field that both have.
func (l *Rules) Delete(r *http.Request, body []byte, stored any) {
	encoded, err := json.Marshal(stored)
	var sent, kept map[string]any
	if err != nil || json.Unmarshal(body, &sent) != nil || json.Unmarshal(encoded, &kept) != nil {
		return
	}
	for name, value := range sent {
		if want, ok := kept[name]; ok && plain(want) && !reflect.DeepEqual(value, want) {
			l.violated(r, fmt.Sprintf("sends %s as %v, but the stored object has %v", name, value, want))
		}
	}
}

// plain says whether a value is neither a list nor an object.
func plain(value any) bool {
	switch value.(type) {
	case []any, map[string]any:
		return false
	}
	return true
}

func (l *Rules) violated(r *http.Request, what string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.violations = append(l.violations, r.Method+" "+r.URL.Path+" "+what)
}
