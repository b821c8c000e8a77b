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

// Delete checks that the body of a DELETE equals the stored object in every field that both have.
func (l *Rules) Delete(r *http.Request, body []byte, stored any) {
	encoded, err := json.Marshal(stored)
	var sent, kept map[string]any
	if err != nil || json.Unmarshal(body, &sent) != nil || json.Unmarshal(encoded, &kept) != nil {
		return
	}
	for name, value := range sent {
		if want, ok := kept[name]; ok && !reflect.DeepEqual(value, want) {
			l.violated(r, fmt.Sprintf("sends %s as %v, but the stored object has %v", name, value, want))
		}
	}
}

func (l *Rules) violated(r *http.Request, what string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.violations = append(l.violations, r.Method+" "+r.URL.Path+" "+what)
}
