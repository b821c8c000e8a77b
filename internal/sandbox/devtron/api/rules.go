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

// Rules records requests that Devtron accepts but that have unintended effects: a write without
// active deletes the object, and a DELETE writes its body into the row.
type Rules struct {
	mu         sync.Mutex
	violations []string
}

// Violations returns the recorded violations in order.
func (l *Rules) Violations() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.violations)
}

// Write records a POST or PUT whose body does not set active to true.
func (l *Rules) Write(r *http.Request, body []byte) {
	var sent struct{ Active *bool }
	if err := json.Unmarshal(body, &sent); err != nil {
		return
	}
	switch {
	case sent.Active == nil:
		l.violated(r, "does not send active, which deletes the object")
	case !*sent.Active:
		l.violated(r, "sends active as false, which deletes the object")
	}
}

// Sent records a POST or PUT whose body does not contain the field.
func (l *Rules) Sent(r *http.Request, body []byte, field string) {
	var sent map[string]json.RawMessage
	if err := json.Unmarshal(body, &sent); err != nil {
		return
	}
	if _, ok := sent[field]; !ok {
		l.violated(r, "does not send "+field)
	}
}

// Delete records a DELETE whose body differs from the stored object. It compares the scalar fields
// that both have.
func (l *Rules) Delete(r *http.Request, body []byte, stored any) {
	encoded, err := json.Marshal(stored)
	var sent, kept map[string]any
	if err != nil || json.Unmarshal(body, &sent) != nil || json.Unmarshal(encoded, &kept) != nil {
		return
	}
	for name, value := range sent {
		if want, ok := kept[name]; ok && isScalar(want) && !reflect.DeepEqual(value, want) {
			l.violated(r, fmt.Sprintf("sends %s as %v, but the stored object has %v", name, value, want))
		}
	}
}

// isScalar reports whether a value is neither a list nor an object.
func isScalar(value any) bool {
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
