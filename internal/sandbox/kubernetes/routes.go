// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package kubernetes

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// identity is the sender of a request.
type identity struct {
	name  string
	admin bool
}

// ServeHTTP implements http.Handler.
func (c *Cluster) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	who, ok := c.authenticate(r)
	if !ok {
		sendStatus(w, http.StatusUnauthorized, "Unauthorized", "Unauthorized")
		return
	}
	const namespaces = "/api/v1/namespaces"
	name, one := strings.CutPrefix(r.URL.Path, namespaces+"/")
	switch get := r.Method == http.MethodGet; {
	// The role system:public-info-viewer allows these for all users.
	case get && (r.URL.Path == "/livez" || r.URL.Path == "/readyz" || r.URL.Path == "/healthz"):
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte("ok"))
	case get && r.URL.Path == "/version":
		c.sendVersion(w)
	case !who.admin:
		c.forbid(w, r, who)
	case get && r.URL.Path == namespaces:
		c.list(w)
	case r.Method == http.MethodPost && r.URL.Path == namespaces:
		c.create(w, r)
	case get && one && !strings.Contains(name, "/"):
		c.get(w, name)
	default:
		http.NotFound(w, r)
	}
}

// authenticate returns the sender of the request. Without credentials, the sender is anonymous. An
// invalid token is an error on every route.
func (c *Cluster) authenticate(r *http.Request) (identity, bool) {
	text, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	switch {
	case ok:
		c.mu.Lock()
		t, known := c.tokens[text]
		c.mu.Unlock()
		expired := !t.expires.IsZero() && time.Now().After(t.expires)
		return identity{"system:serviceaccount:devtroncd:cd-user", t.admin}, known && !expired
	case len(r.TLS.PeerCertificates) > 0:
		return identity{r.TLS.PeerCertificates[0].Subject.CommonName, true}, true
	default:
		return identity{name: "system:anonymous"}, true
	}
}

func (c *Cluster) forbid(w http.ResponseWriter, r *http.Request, who identity) {
	what := fmt.Sprintf("cannot %s path %q", strings.ToLower(r.Method), r.URL.Path)
	if strings.HasPrefix(r.URL.Path, "/api/v1/namespaces") {
		what = `cannot access resource "namespaces" in API group "" at the cluster scope`
	}
	sendStatus(w, http.StatusForbidden, "Forbidden", fmt.Sprintf("forbidden: User %q %s", who.name, what))
}

func (c *Cluster) sendVersion(w http.ResponseWriter) {
	c.mu.Lock()
	version := c.version
	c.mu.Unlock()
	numbers := strings.SplitN(strings.TrimPrefix(version, "v"), ".", 3)
	body := map[string]any{"major": numbers[0], "minor": "", "gitVersion": version, "platform": "linux/amd64"}
	if len(numbers) > 1 {
		body["minor"] = numbers[1]
	}
	server.SendJSON(w, http.StatusOK, body)
}

func (c *Cluster) list(w http.ResponseWriter) {
	items := []any{}
	for _, name := range c.Namespaces() {
		items = append(items, namespace(name))
	}
	server.SendJSON(w, http.StatusOK, map[string]any{
		"kind": "NamespaceList", "apiVersion": "v1", "metadata": map[string]any{"resourceVersion": "1"}, "items": items,
	})
}

func (c *Cluster) get(w http.ResponseWriter, name string) {
	c.mu.Lock()
	ok := c.namespaces[name]
	c.mu.Unlock()
	if !ok {
		sendStatus(w, http.StatusNotFound, "NotFound", fmt.Sprintf("namespaces %q not found", name))
		return
	}
	server.SendJSON(w, http.StatusOK, namespace(name))
}

func (c *Cluster) create(w http.ResponseWriter, r *http.Request) {
	var sent struct{ Metadata struct{ Name string } }
	if err := json.NewDecoder(r.Body).Decode(&sent); err != nil || sent.Metadata.Name == "" {
		sendStatus(w, http.StatusUnprocessableEntity, "Invalid", "Namespace is invalid: metadata.name: Required value")
		return
	}
	c.mu.Lock()
	exists := c.namespaces[sent.Metadata.Name]
	c.namespaces[sent.Metadata.Name] = true
	c.mu.Unlock()
	if exists {
		sendStatus(w, http.StatusConflict, "AlreadyExists", fmt.Sprintf("namespaces %q already exists", sent.Metadata.Name))
		return
	}
	server.SendJSON(w, http.StatusCreated, namespace(sent.Metadata.Name))
}

func namespace(name string) map[string]any {
	return map[string]any{
		"kind": "Namespace", "apiVersion": "v1", "metadata": map[string]any{"name": name},
		"status": map[string]any{"phase": "Active"},
	}
}

func sendStatus(w http.ResponseWriter, status int, reason, message string) {
	server.SendJSON(w, status, map[string]any{
		"kind": "Status", "apiVersion": "v1", "metadata": map[string]any{}, "status": "Failure",
		"message": message, "reason": reason, "code": status,
	})
}
