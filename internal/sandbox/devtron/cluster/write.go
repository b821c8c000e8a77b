// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"net/http"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// decode reads and validates the body of POST and PUT, and then checks the permission of the
// sender.
func decode(who api.Identity, r *http.Request) (ClusterBean, []byte, *api.Reply) {
	var sent ClusterBean
	body, refusal := api.Decode(r, &sent)
	if refusal == nil {
		refusal = sent.validate()
	}
	if refusal == nil && !who.SuperAdmin {
		refusal = &api.Forbidden
	}
	return sent, body, refusal
}

// create connects to the cluster and stores it. It ignores active in the request. The reply
// contains the credentials. If the database rejects the row, the status is still 200, with ID 0.
func (s *Service) create(who api.Identity, r *http.Request) api.Reply {
	sent, body, refusal := decode(who, r)
	if refusal != nil {
		return *refusal
	}
	s.rules.Write(r, body)
	if refusal := s.add(who, &sent); refusal != nil {
		return *refusal
	}
	return api.OK(sent)
}

// add checks the connection, then the name, stores the cluster, and sets the ID of sent.
func (s *Service) add(who api.Identity, sent *ClusterBean) *api.Reply {
	row := Row{
		Name: sent.ClusterName, ServerURL: sent.ServerURL, Active: true, Config: sent.config(),
		Insecure: sent.InsecureSkipTLSVerify, Production: sent.IsProd, createdBy: who.Email, createdOn: time.Now(),
		Prometheus: Prometheus{URL: sent.PrometheusURL},
	}
	if p := sent.PrometheusAuth; p != nil {
		row.Prometheus = Prometheus{sent.PrometheusURL, p.UserName, p.Password, p.TLSClientCert, p.TLSClientKey}
	}
	if err := s.connect(&row); err != nil {
		refusal := api.RawError(http.StatusInternalServerError, err.Error())
		return &refusal
	}
	defer s.lock.Hold()()
	if len(s.Named(row.Name)) > 0 {
		return &api.AlreadyExists
	}
	s.lock.Pause()
	sent.ID = 0 // Devtron ignores the ID in the request
	if row.fits() {
		sent.ID, _ = s.table.Insert(row)
	}
	return nil
}

// fits reports whether the database accepts the row. A rejected row does not use up an ID.
func (r Row) fits() bool {
	return api.Fits(r.Name, columnWidth) && api.Fits(r.ServerURL, columnWidth) && api.Fits(r.Prometheus.URL, columnWidth)
}

// createMany creates several clusters. The status is always 200; failed clusters have an error in
// the reply.
func (s *Service) createMany(who api.Identity, r *http.Request) api.Reply {
	var sent []ClusterBean
	if _, refusal := api.Decode(r, &sent); refusal != nil {
		return *refusal
	}
	for i := range sent {
		bean := &sent[i]
		bean.ServerURL = strings.TrimRight(bean.ServerURL, "/")
		if refusal := s.add(who, bean); refusal != nil {
			bean.ErrorInConnecting = refusal.Text()
		}
	}
	return api.OK(sent)
}

// update replaces a cluster. The reply contains all credentials, including those that the request
// did not change.
func (s *Service) update(who api.Identity, r *http.Request) api.Reply {
	sent, body, refusal := decode(who, r)
	if refusal != nil {
		return *refusal
	}
	s.rules.Write(r, body)
	row, ok := s.Get(sent.ID)
	switch {
	case !ok:
		return api.NotFound
	case row.Name != sent.ClusterName:
		return api.RawError(http.StatusConflict, "cluster name cannot be changed")
	case len(s.Named(row.Name)) > 1:
		return api.AlreadyExists
	case sent.Config == nil:
		return api.Crashed // a write to a nil map
	}
	// An empty credential keeps the stored one but counts as a change, so Devtron connects to the
	// cluster.
	changed := row.ServerURL != sent.ServerURL || row.Insecure != sent.InsecureSkipTLSVerify || row.Config != sent.config()
	if changed && row.ID == DefaultID && row.Name == DefaultName {
		const text = "default_cluster is reserved by the system and cannot be updated"
		return api.Error(http.StatusBadRequest, api.Fault{Code: "400", InternalMessage: text, UserMessage: text})
	}
	row.replace(&sent)
	if changed {
		if err := s.connect(&row); err != nil {
			return api.RawError(http.StatusInternalServerError, err.Error())
		}
	}
	if !row.fits() {
		return api.Error(http.StatusInternalServerError, api.Fault{
			Code: "1004", InternalMessage: "cluster update failed in db", UserMessage: "requested by 3",
		})
	}
	s.table.Update(row.ID, func(r *Row) { *r = row })
	return api.OK(sent)
}

// replace applies a request to the row, and adds the kept credentials to the request.
func (r *Row) replace(sent *ClusterBean) {
	for key, stored := range map[string]*string{
		bearerToken: &r.Config.BearerToken, caCertificate: &r.Config.CACertificate,
		clientCertificate: &r.Config.ClientCertificate, clientKey: &r.Config.ClientKey,
	} {
		if sent.Config[key] == "" {
			sent.Config[key] = *stored
		}
		*stored = sent.Config[key]
	}
	r.ServerURL, r.Active, r.Insecure, r.Production = sent.ServerURL, sent.Active, sent.InsecureSkipTLSVerify, sent.IsProd
	r.Prometheus.URL = sent.PrometheusURL
	switch p := sent.PrometheusAuth; {
	case p == nil:
	case p.IsAnonymous:
		r.Prometheus = Prometheus{URL: r.Prometheus.URL}
	default:
		for _, field := range []struct {
			stored *string
			sent   string
		}{
			{&r.Prometheus.Username, p.UserName},
			{&r.Prometheus.Password, p.Password},
			{&r.Prometheus.ClientCertificate, p.TLSClientCert},
			{&r.Prometheus.ClientKey, p.TLSClientKey},
		} {
			if field.sent != "" {
				*field.stored = field.sent
			}
		}
	}
}

// delete uses only the ID in the body. It does not protect the default cluster.
func (s *Service) delete(who api.Identity, r *http.Request) api.Reply {
	var sent struct{ ID int }
	body, refusal := api.Decode(r, &sent)
	if refusal == nil {
		refusal = api.Validate(api.Check{Bean: "DeleteClusterBean", Field: "Id", Tag: "required", OK: sent.ID != 0})
	}
	switch {
	case refusal != nil:
		return *refusal
	case !who.SuperAdmin:
		return api.Forbidden
	case s.inUse(sent.ID):
		return api.Error(http.StatusBadRequest, api.Fault{
			UserMessage: " Please delete all related environments before deleting this cluster",
		})
	}
	row, ok := s.Get(sent.ID)
	if !ok {
		return api.NotFound
	}
	s.rules.Delete(r, body, row.bean())
	s.table.Update(row.ID, func(r *Row) { r.Active = false })
	return api.OK("Cluster deleted successfully.")
}
