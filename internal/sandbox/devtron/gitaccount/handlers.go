// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitaccount

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// sensorDown is the reply if git-sensor is unreachable. Devtron has stored the change.
var sensorDown = api.Error(http.StatusInternalServerError, api.ErrorEntry{
	Code:            "3011",
	InternalMessage: `Post "http://127.0.0.1:17070/git-provider": dial tcp 127.0.0.1:17070: connect: connection refused`,
	UserMessage:     "git provider failed to update in sync",
})

func codedError(status int, code, text string) api.Reply {
	return api.Error(status, api.ErrorEntry{Code: code, InternalMessage: text, UserMessage: text})
}

var incompleteTLS = codedError(http.StatusPreconditionFailed, "3012", "git provider failed to update in db")

// create stores an account and sends it to git-sensor. After the validation, every failure closes
// the connection without a reply. If git-sensor fails, the account is stored.
func (s *Service) create(who api.Identity, r *http.Request) api.Reply {
	sent, body, failure := decode(who, r)
	if failure != nil {
		return *failure
	}
	s.rules.Sent(r, body, "active")
	row := sent.row()
	if !row.mergeTLS(Row{}, sent) {
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

// update replaces an account, but keeps empty secrets. It does not check whether another account
// has the same URL.
func (s *Service) update(who api.Identity, r *http.Request) api.Reply {
	sent, body, failure := decode(who, r)
	if failure != nil {
		return *failure
	}
	s.rules.Sent(r, body, "active")
	stored, ok := s.table.GetLive(sent.ID)
	if !ok {
		return codedError(http.StatusInternalServerError, "3007", "git provider update failed, provider does not exist")
	}
	sent.Password = cmp.Or(sent.Password, stored.Password)
	sent.SSHPrivateKey = cmp.Or(sent.SSHPrivateKey, stored.SSHKey)
	sent.AccessToken = cmp.Or(sent.AccessToken, stored.AccessToken)
	row := sent.row()
	row.InUse = stored.InUse
	if !row.mergeTLS(stored, sent) {
		return incompleteTLS
	}
	if row.AuthMode != usernamePassword {
		row.Password, row.VerifyTLS, row.TLS = "", false, api.TLS{}
	}
	if !row.fits() || !knownHost(row.GitHostID) {
		return codedError(http.StatusInternalServerError, "3008", "git provider failed to update in db")
	}
	s.table.Update(row.ID, func(r *Row) { *r = row })
	if s.down.Load() {
		return sensorDown
	}
	return api.OK(sent)
}

// delete validates the whole body but uses only the ID.
func (s *Service) delete(who api.Identity, r *http.Request) api.Reply {
	sent, body, failure := decode(who, r)
	if failure != nil {
		return *failure
	}
	row, ok := s.table.GetLive(sent.ID)
	switch {
	case ok && row.InUse:
		return api.RawError(http.StatusInternalServerError, " Please delete all related git materials before deleting this git account")
	case !ok:
		return api.NotFound
	}
	s.rules.Delete(r, body, row.listItem())
	s.table.Update(row.ID, func(r *Row) { r.Deleted = true })
	if s.down.Load() {
		return sensorDown
	}
	return api.OK("Git account deleted successfully.")
}

// list returns an empty list to users without permission.
func (s *Service) list(who api.Identity, _ *http.Request) api.Reply {
	beans := []GitRegistry{}
	if who.SuperAdmin {
		for _, r := range s.table.Live() {
			beans = append(beans, r.listItem())
		}
	}
	return api.OK(beans)
}

// autocomplete returns the active accounts to all users.
func (s *Service) autocomplete(api.Identity, *http.Request) api.Reply {
	beans := []GitRegistry{}
	for _, r := range s.table.Live() {
		if r.Active {
			beans = append(beans, r.autocompleteItem())
		}
	}
	return api.OK(beans)
}

// byID returns the secrets in clear text to super-admins.
func (s *Service) byID(who api.Identity, r *http.Request) api.Reply {
	id, failure := databaseID(r.PathValue("id"))
	if failure != nil {
		return *failure
	}
	row, ok := s.table.GetLive(id)
	switch {
	case !ok:
		return api.NotFound
	case !who.SuperAdmin:
		return api.UnauthorizedUser
	}
	return api.OK(row.bean())
}

// databaseID reads an ID that Devtron passes to the database without a check.
func databaseID(text string) (int, *api.Reply) {
	id, err := strconv.Atoi(text)
	if err == nil {
		return id, nil
	}
	return 0, new(api.RawError(http.StatusInternalServerError, fmt.Sprintf("ERROR #22P02 invalid input syntax for type integer: %q", text)))
}
