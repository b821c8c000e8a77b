// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package server

import (
	"bytes"
	"net/http"
	"strconv"
)

// answer is a response in memory.
type answer struct {
	header http.Header
	code   int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(code int) {
	if a.code == 0 {
		a.code = code
	}
}

func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(p)
}

func (a *answer) status() int {
	if a.code == 0 {
		return http.StatusOK
	}
	return a.code
}

// send writes the whole answer.
func (a *answer) send(w http.ResponseWriter) {
	a.writeHeader(w)
	_, _ = w.Write(a.body.Bytes())
}

// sendPart announces the whole body, writes n bytes of it and cuts the connection.
func (a *answer) sendPart(w http.ResponseWriter, n int) {
	w.Header().Set("Content-Length", strconv.Itoa(a.body.Len()))
	a.writeHeader(w)
	_, _ = w.Write(a.body.Bytes()[:min(n, a.body.Len())])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

func (a *answer) writeHeader(w http.ResponseWriter) {
	for k, v := range a.header {
		w.Header()[k] = v
	}
	w.WriteHeader(a.status())
}
