// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// listed is an item of the list. The keys of all replies are in alphabetical order.
type listed struct {
	Description    string `json:"description"`
	ExpireAtInMs   int64  `json:"expireAtInMs"`
	ID             int    `json:"id"`
	LastUsedAt     string `json:"lastUsedAt,omitempty"`
	LastUsedByIP   string `json:"lastUsedByIp,omitempty"`
	Name           string `json:"name"`
	Token          string `json:"token"`
	UpdatedAt      string `json:"updatedAt"`
	UserID         int    `json:"userId"`
	UserIdentifier string `json:"userIdentifier"`
}

// issued is the reply to a write. It contains the token but not the ID.
type issued struct {
	HideAPIToken   bool   `json:"hideApiToken"`
	Success        bool   `json:"success"`
	Token          string `json:"token,omitempty"`
	UserID         int    `json:"userId,omitempty"`
	UserIdentifier string `json:"userIdentifier,omitempty"`
}

// clock is the format of times in the list.
const clock = "2006-01-02 15:04:05.999999 +0000 UTC"

// list returns the tokens in clear text unless they are hidden.
func (s *Service) list(who api.Identity, _ *http.Request) api.Reply {
	if !who.SuperAdmin {
		return handlerError(http.StatusForbidden, 71, "GetAllApiTokens", "unauthorized")
	}
	var all []listed
	for _, r := range s.table.Live() {
		l := listed{
			Description: r.Description, ExpireAtInMs: r.ExpireAtInMs, ID: r.ID, Name: r.Name, Token: r.Token,
			UpdatedAt: r.updated.UTC().Format(clock), UserID: r.UserID, UserIdentifier: r.email(),
		}
		if s.hidden.Load() {
			l.Token = ""
		}
		if !r.used.IsZero() {
			l.LastUsedAt, l.LastUsedByIP = r.used.UTC().Format(clock), "localhost"
		}
		all = append(all, l)
	}
	return api.OK(all)
}

// request is the body of a write. All fields are required, but the description can be empty.
type request struct {
	Name         string
	Description  *string
	ExpireAtInMs *int64
}

var nameRule = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*[a-z0-9]$`)

func (q request) validate() *api.Reply {
	const letters = "must start and end with a lowercase letter or digit; may only contain lowercase letters, digits, '_' or '-' (no spaces or commas)"
	field, rule := "Name", ""
	switch n := utf8.RuneCountInString(q.Name); {
	case n < 3:
		rule = "failed validation rule 'min=3'"
	case n > 50:
		rule = "failed validation rule 'max=50'"
	case !nameRule.MatchString(q.Name):
		rule = letters
	case q.Description == nil, !api.Fits(*q.Description, 350):
		field, rule = "Description", "failed validation rule 'max=350'"
	case q.ExpireAtInMs == nil, *q.ExpireAtInMs < 0:
		field, rule = "ExpireAtInMs", "failed validation rule 'gte=0'"
	default:
		return nil
	}
	return new(api.Error(http.StatusBadRequest, api.ErrorEntry{
		Code: "11004", InternalMessage: "validation failed for " + field + ": " + field + " " + rule,
		UserMessage:       "Validation failed for field '" + field + "': " + field + " " + rule,
		UserDetailMessage: "Please check the field value and try again.",
	}))
}

// create issues a token without permissions. If it revives a deleted token, the user keeps the
// previous permissions.
func (s *Service) create(who api.Identity, r *http.Request) api.Reply {
	if !who.SuperAdmin {
		return handlerError(http.StatusForbidden, 95, "CreateApiToken", "unauthorized")
	}
	var sent request
	if err := json.NewDecoder(r.Body).Decode(&sent); err != nil {
		return handlerError(http.StatusBadRequest, 105, "CreateApiToken", "invalid JSON payload "+err.Error())
	}
	if failure := sent.validate(); failure != nil {
		return *failure
	}
	defer s.lock.Hold()()
	row, exists := s.find(sent.Name)
	if exists && !row.Deleted {
		return api.AlreadyExists
	}
	row.Name, row.Description, row.ExpireAtInMs, row.Deleted = sent.Name, *sent.Description, *sent.ExpireAtInMs, false
	id, own := s.users.ForToken(row.email())
	if !own {
		return api.RawError(http.StatusInternalServerError,
			`ERROR #23505 duplicate key value violates unique constraint "api_token_user_id_key"`)
	}
	row.UserID, row.updated = id, time.Now()
	s.issue(&row)
	s.table.Put(row)
	return api.OK(issued{s.hidden.Load(), true, row.Token, row.UserID, row.email()})
}

// update issues a new token if the expiry changes, which invalidates the old one. The reply always
// contains the token.
func (s *Service) update(who api.Identity, r *http.Request) api.Reply {
	if !who.SuperAdmin {
		return handlerError(http.StatusForbidden, 137, "UpdateApiToken", "unauthorized")
	}
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		return api.RawError(http.StatusBadRequest, err.Error())
	}
	var sent request
	if _, failure := api.Decode(r, &sent); failure != nil {
		return *failure
	}
	failure := api.Validate(
		api.Check{Bean: "UpdateApiTokenRequest", Field: "Description", Tag: "required", OK: sent.Description != nil},
		api.Check{
			Bean: "UpdateApiTokenRequest", Field: "Description", Tag: "max", OK: sent.Description == nil || api.Fits(*sent.Description, 350),
		},
	)
	if failure != nil {
		return *failure
	}
	if sent.ExpireAtInMs == nil {
		return api.Crashed
	}
	row, ok := s.table.GetLive(id)
	if !ok {
		return api.NotFound
	}
	changed := row.ExpireAtInMs != *sent.ExpireAtInMs
	row.Description, row.ExpireAtInMs, row.updated = *sent.Description, *sent.ExpireAtInMs, time.Now()
	if changed {
		s.issue(&row)
	}
	s.table.Put(row)
	return api.OK(issued{HideAPIToken: s.hidden.Load(), Success: true, Token: row.Token})
}

func (s *Service) delete(who api.Identity, r *http.Request) api.Reply {
	if !who.SuperAdmin {
		return handlerError(http.StatusForbidden, 187, "DeleteApiToken", "unauthorized")
	}
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		return api.RawError(http.StatusBadRequest, err.Error())
	}
	row, ok := s.table.GetLive(id)
	if !ok {
		return api.NotFound
	}
	s.revoke(row)
	return api.OK(map[string]bool{"success": true})
}
