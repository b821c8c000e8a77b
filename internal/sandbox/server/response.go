// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"bytes"
	"net/http"
	"strconv"
)

// response is a response in memory.
type response struct {
	header http.Header
	code   int
	body   bytes.Buffer
}

func (r *response) Header() http.Header { return r.header }

func (r *response) WriteHeader(code int) {
	if r.code == 0 {
		r.code = code
	}
}

func (r *response) Write(p []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(p)
}

func (r *response) status() int {
	if r.code == 0 {
		return http.StatusOK
	}
	return r.code
}

// send writes the whole response.
func (r *response) send(w http.ResponseWriter) {
	r.writeHeader(w)
	_, _ = w.Write(r.body.Bytes())
}

// sendTruncated declares the length of the whole body, writes the first n bytes, and closes the
// connection.
func (r *response) sendTruncated(w http.ResponseWriter, n int) {
	w.Header().Set("Content-Length", strconv.Itoa(r.body.Len()))
	r.writeHeader(w)
	_, _ = w.Write(r.body.Bytes()[:min(n, r.body.Len())])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

func (r *response) writeHeader(w http.ResponseWriter) {
	for k, v := range r.header {
		w.Header()[k] = v
	}
	w.WriteHeader(r.status())
}
