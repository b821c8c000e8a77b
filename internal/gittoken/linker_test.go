// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gittoken

import (
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken/gitapi"
)

// TestReflectionReachesNoLibraryClient: the linker keeps all methods of a type that reflection can
// reach, 3 MB for the clients of go-github and go-gitlab.
func TestReflectionReachesNoLibraryClient(t *testing.T) {
	for p, definition := range definitions {
		client, err := definition.NewClient(&gitapi.Session{HTTP: http.DefaultClient, API: &url.URL{Scheme: "https", Host: "git.example.com"}})
		if err != nil {
			t.Fatal(err)
		}
		reached := map[reflect.Type]bool{}
		reach(reflect.TypeOf(client), reached)
		if len(reached) < 2 {
			t.Errorf("%s: reached only %v", p, reached)
		}
		for r := range reached {
			if r.Name() == "Client" && strings.Contains(r.PkgPath(), "go-git") {
				t.Errorf("%s: reflection reaches %s", p, r)
			}
		}
	}
}

// reach collects the types that a type consists of.
func reach(t reflect.Type, reached map[reflect.Type]bool) {
	if reached[t] {
		return
	}
	reached[t] = true
	switch t.Kind() {
	case reflect.Struct:
		for field := range t.Fields() {
			reach(field.Type, reached)
		}
	case reflect.Func:
		for in := range t.Ins() {
			reach(in, reached)
		}
		for out := range t.Outs() {
			reach(out, reached)
		}
	case reflect.Map:
		reach(t.Key(), reached)
		reach(t.Elem(), reached)
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Chan:
		reach(t.Elem(), reached)
	}
}
