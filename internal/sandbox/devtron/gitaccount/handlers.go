// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// sensorDown is what Devtron says when git-sensor is down. By then the change is stored.
var sensorDown = api.Error(http.StatusInternalServerError, api.Fault{
	Code:            "3011",
	InternalMessage: `Post "http://127.0.0.1:17070/git-provider": dial tcp 127.0.0.1:17070: connect: connection refused`,
	UserMessage:     "git provider failed to update in sync",
})

func failure(status int, code, text string) api.Reply {
	return api.Error(status, api.Fault{Code: code, InternalMessage: text, UserMessage: text})
}

var incompleteTLS = failure(http.StatusPreconditionFailed, "3012", "git provider failed to update in db")

// create stores an account and hands it to git-sensor. Whatever fails after the checks ends the connection without a reply,
// although the row is stored where it was git-sensor that failed.
func (s *Service) create(who api.Identity, r *http.Request) api.Reply {
	sent, body, refusal := decode(who, r)
	if refusal != nil {
		return *refusal
	}
	s.rules.Sent(r, body, "active")
	row := sent.row()
	if !row.takeTLS(Row{}, sent) {
		return incompleteTLS
	}
	defer s.lock.Hold()()
	if len(s.At(row.URL)) > 0 {
		return api.AlreadyExists
	}
	s.lock.Pause()
	if !row.fits() {
		return api.Hangup
	}
	id, ok := s.table.Insert(row)
	if ok && !knownHost(row.GitHostID) {
		s.table.Remove(id) // the id is used up
		ok = false
	}
	if !ok || s.down.Load() {
		return api.Hangup
	}
	sent.ID = id
	return api.OK(sent)
}

// update replaces an account, but keeps secrets that are empty. It does not look whether another account has the URL.
func (s *Service) update(who api.Identity, r *http.Request) api.Reply {
	sent, body, refusal := decode(who, r)
	if refusal != nil {
		return *refusal
	}
	s.rules.Sent(r, body, "active")
	stored, ok := s.get(sent.ID)
	if !ok {
		return failure(http.StatusInternalServerError, "3007", "git provider update failed, provider does not exist")
	}
	for _, secret := range []struct{ sent, stored *string }{
		{&sent.Password, &stored.Password}, {&sent.SSHPrivateKey, &stored.SSHKey}, {&sent.AccessToken, &stored.AccessToken},
	} {
		if *secret.sent == "" {
			*secret.sent = *secret.stored
		}
	}
	row := sent.row()
	row.InUse = stored.InUse
	if !row.takeTLS(stored, sent) {
		return incompleteTLS
	}
	if row.AuthMode != usernamePassword {
		row.Password, row.VerifyTLS, row.TLS = "", false, api.TLS{}
	}
	if !row.fits() || !knownHost(row.GitHostID) {
		return failure(http.StatusInternalServerError, "3008", "git provider failed to update in db")
	}
	s.table.Update(row.ID, func(r *Row) { *r = row })
	if s.down.Load() {
		return sensorDown
	}
	return api.OK(sent)
}

// delete validates the whole body and then uses the id alone.
func (s *Service) delete(who api.Identity, r *http.Request) api.Reply {
	sent, body, refusal := decode(who, r)
	if refusal != nil {
		return *refusal
	}
	row, ok := s.get(sent.ID)
	switch {
	case ok && row.InUse:
		return api.RawError(http.StatusInternalServerError, " Please delete all related git materials before deleting this git account")
	case !ok:
		return api.NotFound
	}
	s.rules.Delete(r, body, row.listed())
	s.table.Update(row.ID, func(r *Row) { r.Deleted = true })
	if s.down.Load() {
		return sensorDown
	}
	return api.OK("Git account deleted successfully.")
}

// list is empty to somebody without rights.
func (s *Service) list(who api.Identity, _ *http.Request) api.Reply {
	beans := []GitRegistry{}
	if who.SuperAdmin {
		for _, r := range s.present() {
			beans = append(beans, r.listed())
		}
	}
	return api.OK(beans)
}

// autocomplete shows the active accounts to everybody.
func (s *Service) autocomplete(api.Identity, *http.Request) api.Reply {
	beans := []GitRegistry{}
	for _, r := range s.present() {
		if r.Active {
			beans = append(beans, r.suggested())
		}
	}
	return api.OK(beans)
}

// byID answers with the secrets in clear, to super-admins.
func (s *Service) byID(who api.Identity, r *http.Request) api.Reply {
	id, refusal := databaseID(r.PathValue("id"))
	if refusal != nil {
		return *refusal
	}
	row, ok := s.get(id)
	switch {
	case !ok:
		return api.NotFound
	case !who.SuperAdmin:
		return mayNot
	}
	return api.OK(row.bean())
}

// databaseID reads an id that Devtron passes on to the database as it is.
func databaseID(text string) (int, *api.Reply) {
	id, err := strconv.Atoi(text)
	if err == nil {
		return id, nil
	}
	refusal := api.RawError(http.StatusInternalServerError, fmt.Sprintf("ERROR #22P02 invalid input syntax for type integer: %q", text))
	return 0, &refusal
}
