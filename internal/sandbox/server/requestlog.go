// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Request is a request that reached a server.
type Request struct {
	// Server is "devtron", "github", "gitlab", "azure", "bitbucket", "kubernetes", "registry", or
	// "charts".
	Server string
	// Host is the Host header: the address of the server, or the public name of a git host.
	Host   string
	Time   time.Time
	Method string
	Path   string // with the query
	Header http.Header
	Body   []byte
	// Status is the status of the response. It is 0 if the connection was closed without a
	// response, or if there is no response yet.
	Status int
}

// Log contains all requests to all servers in the order of arrival, including requests with a
// fault.
type Log struct {
	mu       sync.Mutex
	requests []*Request
}

// All returns the requests so far.
func (l *Log) All() []Request { return l.To("") }

// To returns the requests to a server. An empty name matches all servers.
func (l *Log) To(server string) []Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	var found []Request
	for _, r := range l.requests {
		if server == "" || r.Server == server {
			found = append(found, *r)
		}
	}
	return found
}

// Count counts the requests to a server with a method and a path prefix. The path includes the
// query. An empty argument matches all requests.
func (l *Log) Count(server, method, pathPrefix string) int {
	n := 0
	for _, r := range l.To(server) {
		if (method == "" || r.Method == method) && strings.HasPrefix(r.Path, pathPrefix) {
			n++
		}
	}
	return n
}

// Reset deletes all requests.
func (l *Log) Reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.requests = nil
}

// add logs a request without its body and status.
func (l *Log) add(server string, r *http.Request) *Request {
	entry := &Request{
		Server: server, Host: r.Host, Time: time.Now(), Method: r.Method, Path: r.URL.RequestURI(), Header: r.Header.Clone(),
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.requests = append(l.requests, entry)
	return entry
}

func (l *Log) setBody(entry *Request, body []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry.Body = slices.Clone(body)
}

func (l *Log) setStatus(entry *Request, status int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry.Status = status
}
