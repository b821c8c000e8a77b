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

// Request is one request that reached a server.
type Request struct {
	Server string // "devtron", "github", "gitlab", "azure" or "bitbucket"
	Host   string // as the client wrote it: the address of the server, or a public name that Proxy stands for
	Time   time.Time
	Method string
	Path   string // with the query
	Header http.Header
	Body   []byte
	Status int // what was answered; 0 for a connection that was closed without an answer, or for no answer yet
}

// Log is every request that reached one of the servers, in order of arrival, those that met a fault included.
type Log struct {
	mu   sync.Mutex
	list []*Request
}

// All returns the requests so far.
func (l *Log) All() []Request { return l.To("") }

// To returns the requests to one server; "" is any.
func (l *Log) To(server string) []Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	var found []Request
	for _, r := range l.list {
		if server == "" || r.Server == server {
			found = append(found, *r)
		}
	}
	return found
}

// Count says how many requests there were to a server, with a method, and with a path (query included) that begins so; "" is any.
func (l *Log) Count(server, method, pathPrefix string) int {
	n := 0
	for _, r := range l.To(server) {
		if (method == "" || r.Method == method) && strings.HasPrefix(r.Path, pathPrefix) {
			n++
		}
	}
	return n
}

// Reset forgets all requests.
func (l *Log) Reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = nil
}

func (l *Log) arrived(server string, r *http.Request) *Request {
	entry := &Request{
		Server: server, Host: r.Host, Time: time.Now(), Method: r.Method, Path: r.URL.RequestURI(), Header: r.Header.Clone(),
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, entry)
	return entry
}

func (l *Log) body(entry *Request, body []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry.Body = slices.Clone(body)
}

func (l *Log) answered(entry *Request, status int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry.Status = status
}
