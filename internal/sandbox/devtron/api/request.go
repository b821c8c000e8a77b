// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Decode reads the first JSON value of a request into v and returns the whole body. It ignores the
// content type, unknown fields, and anything after the value. Errors contain the name of the type
// of v, so the type must have the same name as in Devtron.
func Decode(r *http.Request, v any) ([]byte, *Reply) {
	body, _ := io.ReadAll(r.Body)
	if err := json.NewDecoder(bytes.NewReader(body)).Decode(v); err != nil {
		return body, new(RawError(http.StatusBadRequest, goPackage.ReplaceAllString(err.Error(), "of type bean.")))
	}
	return body, nil
}

// goPackage matches the package name in a decoding error. In Devtron, these packages are called
// bean.
var goPackage = regexp.MustCompile(`of type [a-z]+\.`)

// Check is one rule of Devtron's validator, and whether the request satisfies it.
type Check struct {
	Bean, Field, Tag string
	OK               bool
}

// Validate returns a 400 with an entry for the first failed check of each field, or nil.
func Validate(checks ...Check) *Reply {
	var entries []ErrorEntry
	failed := map[string]bool{}
	for _, c := range checks {
		if c.OK || failed[c.Field] {
			continue
		}
		failed[c.Field] = true
		text := fmt.Sprintf("Key: '%s.%s' Error:Field validation for '%s' failed on the '%s' tag", c.Bean, c.Field, c.Field, c.Tag)
		entries = append(entries, ErrorEntry{InternalMessage: text, UserMessage: text})
	}
	if entries == nil {
		return nil
	}
	return new(Error(http.StatusBadRequest, entries...))
}

// IsURL implements the rule "url" of Devtron's validator.
func IsURL(text string) bool {
	text, _, _ = strings.Cut(text, "#")
	u, err := url.ParseRequestURI(text)
	return err == nil && u.Scheme != ""
}

// Fits reports whether a text fits into a database column of the width.
func Fits(text string, width int) bool { return utf8.RuneCountInString(text) <= width }
