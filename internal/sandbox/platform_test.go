// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// objectTypes are the types of objects that the tests below create. body returns the POST body for
// an object with the name.
var objectTypes = []struct {
	name, path string
	body       func(s *Sandbox, name string) string
	count      func(d *Devtron) int
}{
	{
		"project", "/orchestrator/team",
		func(_ *Sandbox, name string) string { return fmt.Sprintf(`{"name":%q,"active":true}`, name) },
		func(d *Devtron) int { return len(d.Projects.Rows()) },
	},
	{"cluster", "/orchestrator/cluster", clusterBody, func(d *Devtron) int { return len(d.Clusters.Rows()) }},
	{
		"environment", "/orchestrator/env",
		func(_ *Sandbox, name string) string {
			return fmt.Sprintf(`{"environment_name":%q,"cluster_id":1,"namespace":%q,"active":true}`, name, name)
		},
		func(d *Devtron) int { return len(d.Environments.Rows()) },
	},
}

// clusterBody returns the POST body that adds Sandbox.Cluster.
func clusterBody(s *Sandbox, name string) string {
	return clusterWith(name, s.Cluster.URL(), map[string]string{
		"bearer_token": s.Cluster.Token(), "cert_auth_data": s.Cluster.CACertificate,
	})
}

func clusterWith(name, url string, config map[string]string) string {
	text, _ := json.Marshal(map[string]any{"cluster_name": name, "server_url": url, "active": true, "config": config})
	return string(text)
}

// Parallel POSTs with the same name create duplicates: always for projects, and without the lock
// for other objects.
func TestRaceCreatesDuplicates(t *testing.T) {
	for _, object := range objectTypes {
		for _, race := range []time.Duration{0, 200 * time.Millisecond} {
			t.Run(fmt.Sprintf("%s %v", object.name, race), func(t *testing.T) {
				s := ForTest(t, Options{Race: race})
				before := object.count(s.Devtron)
				var all sync.WaitGroup
				for range 3 {
					all.Go(func() { send(t, s.Devtron, "POST", object.path, object.body(s, "twin")) })
				}
				all.Wait()
				want := 3
				if race == 0 && object.name != "project" {
					want = 1
				}
				if n := object.count(s.Devtron) - before; n != want {
					t.Errorf("got %d objects, want %d", n, want)
				}
			})
		}
	}
}

func TestRaceCreatesTwoHostURLs(t *testing.T) {
	s := ForTest(t, Options{Race: 200 * time.Millisecond})
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			send(t, s.Devtron, "POST", "/orchestrator/attributes/create", `{"key":"url","value":"https://a.example","active":true}`)
		})
	}
	all.Wait()
	if status, body := send(t, s.Devtron, "GET", "/orchestrator/attributes?key=url", ""); status != 500 || !strings.Contains(body, "multiple rows") {
		t.Errorf("got %d %s", status, body)
	}
}

// Faults apply before the handler runs, or after it so that the reply is lost.
func TestFaultsInPlatformRoutes(t *testing.T) {
	for _, object := range objectTypes {
		for name, c := range map[string]struct {
			fault  Fault
			status int // 0 means no response
			stored int
		}{
			"reset before": {Fault{Reset: true}, 0, 0},
			"reset after":  {Fault{Reset: true, Handle: true}, 0, 1},
			"502":          {Fault{Status: 502}, 502, 0},
			"504 after":    {Fault{Status: 504, Handle: true}, 504, 1},
			"EOF before":   {Fault{Close: true}, 0, 0},
			"EOF after":    {Fault{Close: true, Handle: true}, 0, 1},
			"half a reply": {Fault{Handle: true, Truncate: 1}, 200, 1},
		} {
			t.Run(object.name+" "+name, func(t *testing.T) {
				s := ForTest(t)
				before := object.count(s.Devtron)
				c.fault.Method, c.fault.Path, c.fault.Times = "POST", object.path, 1
				s.Devtron.Inject(c.fault)
				body := object.body(s, "example")
				status, _, _, err := exchange(s.Devtron, "POST", object.path, map[string]string{"token": s.Devtron.AdminToken()}, &body)
				if status != c.status {
					t.Errorf("got status %d, want %d", status, c.status)
				}
				if c.status == 0 && !errors.Is(err, io.EOF) && !errors.Is(err, syscall.ECONNRESET) {
					t.Errorf("got %v", err)
				}
				if n := object.count(s.Devtron) - before; n != c.stored {
					t.Errorf("got %d objects, want %d", n, c.stored)
				}
			})
		}
	}
}

func TestViolationsAreRecorded(t *testing.T) {
	s := ForTest(t, Options{AllowViolations: true})
	d := s.Devtron
	project := d.Projects.Put(Project{Name: "payments", Active: true})
	environment := d.Environments.Put(Environment{Name: "prod", ClusterID: 1, Namespace: "prod", Active: true})
	cluster := d.Clusters.Put(ClusterRow{Name: "eu", ServerURL: "https://eu.example", Active: true})
	for _, c := range []struct{ method, path, body, want string }{
		{"POST", "/orchestrator/team", `{"name":"absent"}`, "does not send active"},
		{"POST", "/orchestrator/team", `{"name":"sent","active":true}`, ""},
		{"PUT", "/orchestrator/attributes/update", `{"id":1,"key":"url","value":"x"}`, "does not send active"},
		{"PUT", "/orchestrator/env", `{"id":9,"environment_name":"x","cluster_id":1,"namespace":"x","active":false}`, "active as false"},
		{"DELETE", "/orchestrator/env", fmt.Sprintf(`{"id":%d,"environment_name":"other","cluster_id":1,"namespace":"prod"}`, environment.ID), "environment_name as other"},
		{"DELETE", "/orchestrator/team", fmt.Sprintf(`{"id":%d,"name":"payments","active":true}`, project.ID), ""},
		{"DELETE", "/orchestrator/cluster", fmt.Sprintf(`{"id":%d,"cluster_name":"us"}`, cluster.ID), "cluster_name as us"},
		{"DELETE", "/orchestrator/team", `{"id":4711,"name":"gone"}`, ""},
	} {
		before := len(d.Violations())
		send(t, d, c.method, c.path, c.body)
		got := strings.Join(d.Violations()[before:], "\n")
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s %s %s: got %q, want %q", c.method, c.path, c.body, got, c.want)
		}
	}
}

// testSpy records whether the test failed.
type testSpy struct {
	TB
	failed  bool
	cleanup func()
}

func (s *testSpy) Errorf(string, ...any) { s.failed = true }
func (s *testSpy) Cleanup(f func())      { s.cleanup = f }

func TestViolationsFailTheTest(t *testing.T) {
	for _, allow := range []bool{false, true} {
		spy := &testSpy{TB: t}
		s := ForTest(spy, Options{AllowViolations: allow})
		send(t, s.Devtron, "POST", "/orchestrator/team", `{"name":"absent"}`)
		spy.cleanup()
		if spy.failed == allow {
			t.Errorf("AllowViolations %v: got failed %v", allow, spy.failed)
		}
	}
}

func TestObjectsInUseCannotBeDeleted(t *testing.T) {
	s := ForTest(t)
	d := s.Devtron
	d.Projects.AddApplication(1, "checkout")
	d.Environments.SetPipelines(1, true)
	for _, c := range []struct {
		path, body string
		status     int
		want       string
	}{
		{"/orchestrator/team", `{"id":1,"name":"devtron-demo","active":true}`, 500, `" Please delete all apps in this project before deleting this project"`},
		{"/orchestrator/env", `{"id":1,"environment_name":"devtron-demo","cluster_id":1,"namespace":"devtron-demo"}`, 400, `" Please delete all related cd pipelines before deleting this environment"`},
		{"/orchestrator/cluster", `{"id":1}`, 400, `" Please delete all related environments before deleting this cluster"`},
	} {
		if status, body := send(t, d, "DELETE", c.path, c.body); status != c.status || !strings.Contains(body, c.want) {
			t.Errorf("%s: got %d %s", c.path, status, body)
		}
	}
	if body := mustSend(t, d, "GET", "/orchestrator/app/team/by-id/1", ""); !strings.Contains(body, `"name":"checkout"`) {
		t.Errorf("got applications %s", body)
	}

	d.Projects.RemoveApplications(1)
	d.Environments.SetPipelines(1, false)
	mustSend(t, d, "DELETE", "/orchestrator/team", `{"id":1,"name":"devtron-demo","active":true}`)
	mustSend(t, d, "DELETE", "/orchestrator/env", `{"id":1,"environment_name":"devtron-demo","cluster_id":1,"namespace":"devtron-demo"}`)
}

func TestStateChangesWithoutRequests(t *testing.T) {
	d := ForTest(t).Devtron
	project := d.Projects.Put(Project{Name: "payments", Active: true})
	d.Attributes.Set("url", "https://one.example")
	d.Attributes.Set("url", "https://two.example")
	if value, ok := d.Attributes.Value("url"); !ok || value != "https://two.example" || len(d.Attributes.Rows("url")) != 2 {
		t.Errorf("got host URL %q and rows %v", value, d.Attributes.Rows("url"))
	}
	d.Attributes.Remove("url")
	if value, ok := d.Attributes.Value("url"); ok {
		t.Errorf("got host URL %q after Remove", value)
	}
	project.Name = "billing"
	d.Projects.Put(project)
	if len(d.Projects.Named("payments")) != 0 || len(d.Projects.Named("billing")) != 1 {
		t.Errorf("got projects %v", d.Projects.Rows())
	}
	d.Projects.Remove(project.ID)
	d.Environments.Remove(1)
	d.Clusters.Remove(1)
	if len(d.Projects.Rows()) != 1 || len(d.Environments.Rows()) != 0 || len(d.Clusters.Rows()) != 0 {
		t.Errorf("got projects %v, environments %v, and clusters %v", d.Projects.Rows(), d.Environments.Rows(), d.Clusters.Rows())
	}
}
