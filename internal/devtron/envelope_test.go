// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package devtron

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// testBody is a body that declares its secret and explains refusals.
type testBody struct {
	Name   string `json:"name"`
	Secret string `json:"secret"`
}

func (b testBody) secrets() []string   { return []string{b.Secret} }
func (b testBody) suspects() []Suspect { return []Suspect{{"name", "is suspect"}} }
func (b testBody) detail() string      { return "the name was sent" }

// silentBody declares no secret and explains nothing.
type silentBody struct{}

func (silentBody) secrets() []string { return nil }

// answered sends a call to a server that always replies so.
func answered(t *testing.T, status int, reply string, k *call, result any) error {
	t.Helper()
	server := serve(t, fixed(status, jsonType, reply))
	k.operation, k.route = "do something", "some/route"
	if k.method == "" {
		k.method = http.MethodPost
	}
	return newClient(t, server.URL, func(o *Options) { o.MaxRetries = 0 }).send(t.Context(), k, result)
}

func userMessage(status int, message string) string {
	return fmt.Sprintf(`{"code":%d,"status":"x","errors":[{"code":"000","internalMessage":"[{%s}]","userMessage":%q}]}`, status, message, message)
}

// TestFourShapesOf403: Devtron refuses a token without rights in four forms (20-15, 20-21, 21-20
// and that of users).
func TestFourShapesOf403(t *testing.T) {
	for _, reply := range []string{
		userMessage(403, "unauthorized"), userMessage(403, "Unauthorized User"),
		`{"code":403,"status":"Forbidden","result":"Unauthorized User"}`, `{"code":403,"result":"FORBIDDEN"}`,
	} {
		if e := failure(t, answered(t, 403, reply, &call{}, nil)); e.Kind != Forbidden || !e.Envelope || e.Message == "" {
			t.Errorf("%s: got %+v", reply, *e)
		}
	}
}

// TestKindsThatTheWordingTells covers the kinds of failures that the status does not tell apart.
func TestKindsThatTheWordingTells(t *testing.T) {
	for _, c := range []struct {
		status       int
		message      string
		kind         Kind
		maybeHandled bool
	}{
		{409, "Resource already exists", Conflict, false},
		{500, "cluster already exists", Conflict, true}, // before v1.8.0
		{500, "Container registry [x] already exists.", Conflict, true},
		{500, "role group already exist", Conflict, true},
		{500, "the name is already used", Conflict, true},
		{409, "environment name cannot be changed", Rejected, false},
		{409, "namespace cannot be changed", Rejected, false},
		{409, "cluster name cannot be changed", Rejected, false},
		{400, "default_cluster is reserved by the system and cannot be updated", Rejected, false},
		{400, " Please delete all related environments before deleting this cluster", InUse, false},
		{500, " Please delete all related environments before deleting this cluster : <nil>", InUse, false},
		{400, " Please delete all related cd pipelines and helm apps before deleting this environment", InUse, false},
		{500, " Please delete all apps in this project before deleting this project", InUse, false},
		{500, " Please delete all related git materials before deleting this git account", InUse, false},
		{500, " Please update all related docker config before deleting this registry", InUse, false},
		{500, "cannot delete repo, found charts deployed in this repo", InUse, false},
		{422, "err in deleting docker registry, found chart deployments using registry", InUse, false},
		{500, "team update failed, does not exist", NotFound, true},
		{500, "git provider failed to update in sync", Unsynced, true}, // stored all the same
		{412, "git provider failed to update in db", Precondition, false},
		{500, "git provider update failed, provider does not exist", NotFound, true},
		{500, "team failed to create in db", NotStorable, false},
		{500, "cluster update failed in db", NotStorable, false},
		{500, "Incorrect server url : Get \\\"https://127.0.0.1:1/livez\\\": dial tcp", ServerError, true},
		{400, "failed to create in db", Rejected, false},
	} {
		e := failure(t, answered(t, c.status, userMessage(c.status, c.message), &call{}, nil))
		if e.Kind != c.kind || e.MaybeHandled() != c.maybeHandled || !e.Envelope {
			t.Errorf("%d %s: got kind %d, maybe handled %v", c.status, c.message, e.Kind, e.MaybeHandled())
		}
	}
	// The same words from something else prove nothing.
	if e := failure(t, answered(t, 500, `{"message":"before deleting this cluster"}`, &call{}, nil)); e.Kind != Intercepted {
		t.Errorf("got %+v", *e)
	}
}

// TestInternalMessageWhereTheUserMessageSaysNothing happens with clusters and users.
func TestInternalMessageWhereTheUserMessageSaysNothing(t *testing.T) {
	for reply, want := range map[string]string{
		`{"code":500,"errors":[{"code":"1004","internalMessage":"cluster update failed in db","userMessage":"requested by 3"}]}`: "cluster update failed in db",
		`{"code":500,"errors":[{"internalMessage":"[{default policy not found}]","userMessage":""}]}`:                            "default policy not found",
		`{"code":500,"errors":[{"userMessage":"requested by 3"}]}`:                                                               "requested by 3",
	} {
		if e := failure(t, answered(t, 500, reply, &call{}, nil)); e.Message != want {
			t.Errorf("%s: got %q", reply, e.Message)
		}
	}
}

// TestHTTP200WithErrors is a failure that reading has to settle.
func TestHTTP200WithErrors(t *testing.T) {
	var result any
	for _, reply := range []string{
		userMessage(200, "pq: something"), `{"code":200,"status":"OK","result":[{"id":1}],"errors":[{"userMessage":"pq: something"}]}`,
	} {
		e := failure(t, answered(t, 200, reply, &call{}, &result))
		if e.Kind != ServerError || e.Message != "pq: something" || !e.Envelope || !e.MaybeHandled() || result != nil {
			t.Errorf("%s: got %+v, %v", reply, *e, result)
		}
	}
}

func TestMeaningOfAnEmptyResult(t *testing.T) {
	for _, reply := range []string{`{"code":200,"status":"OK","result":null}`, `{"code":200,"status":"OK"}`} {
		items := []int{}
		if err := answered(t, 200, reply, &call{empty: emptyIsNone}, &items); err != nil || len(items) != 0 {
			t.Errorf("none: got %v, %v", items, err)
		}
		if e := failure(t, answered(t, 200, reply, &call{empty: emptyIsNotFound}, &items)); e.Kind != NotFound || e.MaybeHandled() || e.Status != 200 {
			t.Errorf("not found: got %+v", *e)
		}
		if e := failure(t, answered(t, 200, reply, &call{}, &items)); e.Kind != NotDevtron || !e.MaybeHandled() {
			t.Errorf("foreign: got %+v", *e)
		}
	}
	for _, reply := range []string{`null`, ``, `{}`, `{"result":null}`, `{"code":500,"result":null}`} {
		if e := failure(t, answered(t, 200, reply, &call{empty: emptyIsNone}, nil)); e.Kind != NotDevtron {
			t.Errorf("%q is no reply of Devtron's: got %+v", reply, *e)
		}
	}
}

// TestRefusalsAreExplainedByTheBody, where it can.
func TestRefusalsAreExplainedByTheBody(t *testing.T) {
	precondition, database := userMessage(412, "no"), userMessage(500, "x failed to create in db")
	if e := failure(t, answered(t, 412, precondition, &call{body: testBody{}}, nil)); e.Kind != Precondition || e.Detail != "the name was sent" || e.Suspects != nil {
		t.Errorf("got %+v", *e)
	}
	if e := failure(t, answered(t, 500, database, &call{body: testBody{}}, nil)); e.Kind != NotStorable || !slices.Equal(e.Suspects, testBody{}.suspects()) || e.Detail != "" {
		t.Errorf("got %+v", *e)
	}
	for _, b := range []body{nil, silentBody{}} {
		for status, reply := range map[int]string{412: precondition, 500: database} {
			if e := failure(t, answered(t, status, reply, &call{body: b}, nil)); e.Detail != "" || e.Suspects != nil {
				t.Errorf("got %+v", *e)
			}
		}
	}
}

// TestDeleteSendsItsBodyOnce: Devtron's DELETE acts on its body, and nobody repeats it blindly.
func TestDeleteSendsItsBodyOnce(t *testing.T) {
	for status, want := range map[int]int{200: 1, 500: 1, 502: 1, 429: 4} {
		server := serve(t, fixed(status, jsonType, `{"code":200,"status":"OK","result":"deleted"}`))
		k := &call{operation: "delete", method: http.MethodDelete, route: "x", body: testBody{Name: "a"}}
		err := newClient(t, server.URL).send(t.Context(), k, nil)
		if (err == nil) != (status == 200) || len(server.all()) != want {
			t.Errorf("%d: %d requests, %v", status, len(server.all()), err)
		}
		for _, request := range server.all() {
			if request.Body != `{"name":"a","secret":""}` || request.Header.Get("Content-Type") != jsonType {
				t.Errorf("%d: sent %q, %v", status, request.Body, request.Header)
			}
		}
	}
	// A page of something else is no success.
	if e := failure(t, answered(t, 200, "<html>", &call{method: http.MethodDelete}, nil)); e.Kind != NotDevtron {
		t.Errorf("got %+v", *e)
	}
}

// TestSecretsOfAReplyAreNotQuoted: a reply can repeat secrets that Devtron has stored and the
// request does not have, also where it is cut off or is not what was expected.
func TestSecretsOfAReplyAreNotQuoted(t *testing.T) {
	const stored = `"stored \"secret\\"`
	const reply = `{"code":200,"status":"OK","result":{"id":0,"config":{"bearer_token" : ` + stored + `},"list":[` + stored + `]}}`
	for end := range len(reply) {
		e := failure(t, answered(t, 200, reply[:end], &call{secretReply: true}, nil))
		if e.Kind != NotDevtron || strings.Contains(e.Error(), "secret") {
			t.Errorf("%s: %s", reply[:end], e)
		}
	}
	e := failure(t, answered(t, 200, reply, &call{secretReply: true}, &[]int{}))
	const want = `application/json: {"code":200,"status":"...","result":{"id":0,"config":{"bearer_token" : "..."},"list":["..."]}}`
	if e.Kind != NotDevtron || e.Message != want {
		t.Errorf("got %s", e)
	}
}
