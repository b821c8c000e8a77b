// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitapi

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Refusal is what a git host says in a response that refuses a request.
type Refusal struct {
	// Own means that the response is in the git host's own form. Any other form is the word of
	// something in front of the host, which knows nothing about the token.
	Own     bool
	Message string
	// Class is what a 403 is about, where the host says so.
	Class FailureClass
}

// refusal sorts a response that refuses a request.
func (s *Session) refusal(x *Exchange) Failure {
	r := s.readRefusal(x.Status, x.Header, x.Body())
	if !r.Own {
		r.Message = foreignMessage(x.Header, x.Body())
	}
	failure := Failure{Class: statusClass(x.Status, r), Status: x.Status, Foreign: !r.Own, Message: s.Clean(r.Message)}
	if failure.Class == RateLimited {
		failure.Until = limitReset(x.Header, s.Now())
	}
	return failure
}

// foreignMessage is the text of a response that is not the git host's, unless it is a page.
func foreignMessage(header http.Header, body []byte) string {
	text := strings.TrimSpace(string(body))
	if strings.Contains(header.Get("Content-Type"), "html") || strings.HasPrefix(text, "<") {
		return ""
	}
	return text
}

func statusClass(status int, r Refusal) FailureClass {
	switch {
	case status >= http.StatusInternalServerError:
		return ServerError
	case !r.Own:
		return NotTheAPI
	case status == http.StatusTooManyRequests:
		return RateLimited
	case status == http.StatusUnauthorized:
		return Unauthorized
	case status == http.StatusForbidden && r.Class != "":
		return r.Class
	case status == http.StatusForbidden:
		return Forbidden
	case status == http.StatusNotFound:
		return NotFound
	}
	return UnexpectedStatus
}

// limitReset reads when a rate limit resets, from the headers that GitHub and GitLab send. Zero:
// they do not say.
func limitReset(header http.Header, now time.Time) time.Time {
	if after := header.Get("Retry-After"); after != "" {
		if seconds, err := strconv.Atoi(after); err == nil && seconds >= 0 {
			return now.Add(time.Duration(seconds) * time.Second).Truncate(time.Second)
		}
		if at, err := http.ParseTime(after); err == nil {
			return at
		}
	}
	for _, name := range []string{"X-Ratelimit-Reset", "Ratelimit-Reset"} {
		if unix, err := strconv.ParseInt(header.Get(name), 10, 64); err == nil && unix > 0 {
			return time.Unix(unix, 0)
		}
	}
	if at, err := http.ParseTime(header.Get("Ratelimit-Resettime")); err == nil {
		return at
	}
	return time.Time{}
}
