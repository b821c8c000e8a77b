// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package githost

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Bearer returns the bearer token of a request, or an empty string.
func Bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "bearer") {
		return ""
	}
	return token
}

// HasAny reports whether the granted scopes contain one of the accepted scopes.
func HasAny(granted, accepted []string) bool {
	return slices.ContainsFunc(accepted, func(scope string) bool { return slices.Contains(granted, scope) })
}

// Role returns the role in an organization, ignoring the case of its name. It is empty for other
// organizations.
func Role(roles map[string]string, organization string) string {
	for name, role := range roles {
		if strings.EqualFold(name, organization) {
			return role
		}
	}
	return ""
}

// Expired reports whether an expiration date has passed. The zero time means that the token never
// expires.
func Expired(expires time.Time) bool {
	return !expires.IsZero() && !expires.After(time.Now())
}

// RateLimitReset returns the time when a rate limit ends: reset, or if it is zero, the given
// duration from now.
func RateLimitReset(reset time.Time, duration time.Duration) time.Time {
	if reset.IsZero() {
		return time.Now().Add(duration)
	}
	return reset
}

// RetryAfter returns the Retry-After header for the time when a rate limit ends.
func RetryAfter(reset time.Time) string {
	return strconv.Itoa(max(1, int(time.Until(reset).Seconds())))
}
