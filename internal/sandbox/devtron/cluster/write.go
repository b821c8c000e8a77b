// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"cmp"
	"net/http"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// decode reads and validates the body of POST and PUT, and then checks the permission of the
// sender.
func decode(who api.Identity, r *http.Request) (ClusterBean, []byte, *api.Reply) {
	var sent ClusterBean
	body, failure := api.Decode(r, &sent)
	if failure == nil {
		failure = sent.validate()
	}
	if failure == nil && !who.SuperAdmin {
		failure = &api.Forbidden
	}
	return sent, body, failure
}

// create connects to the cluster and stores it. It ignores active in the request. The reply
// contains the credentials. If the database rejects the row, the status is still 200, with ID 0.
func (s *Service) create(who api.Identity, r *http.Request) api.Reply {
	sent, body, failure := decode(who, r)
	if failure != nil {
		return *failure
	}
	s.rules.Write(r, body)
	if failure := s.add(who, &sent); failure != nil {
		return *failure
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
		return new(api.RawError(http.StatusInternalServerError, err.Error()))
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
	if _, failure := api.Decode(r, &sent); failure != nil {
		return *failure
	}
	for i := range sent {
		bean := &sent[i]
		bean.ServerURL = strings.TrimRight(bean.ServerURL, "/")
		if failure := s.add(who, bean); failure != nil {
			bean.ErrorInConnecting = failure.Text()
		}
	}
	return api.OK(sent)
}

// update replaces a cluster. The reply contains all credentials, including those that the request
// did not change.
func (s *Service) update(who api.Identity, r *http.Request) api.Reply {
	sent, body, failure := decode(who, r)
	if failure != nil {
		return *failure
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
		return api.Error(http.StatusBadRequest, api.ErrorEntry{Code: "400", InternalMessage: text, UserMessage: text})
	}
	row.replace(&sent)
	if changed {
		if err := s.connect(&row); err != nil {
			return api.RawError(http.StatusInternalServerError, err.Error())
		}
	}
	if !row.fits() {
		return api.Error(http.StatusInternalServerError, api.ErrorEntry{
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
		*stored = cmp.Or(sent.Config[key], *stored)
		sent.Config[key] = *stored
	}
	r.ServerURL, r.Active, r.Insecure, r.Production = sent.ServerURL, sent.Active, sent.InsecureSkipTLSVerify, sent.IsProd
	r.Prometheus.URL = sent.PrometheusURL
	if p := sent.PrometheusAuth; p != nil {
		if p.IsAnonymous {
			// An anonymous connection has no client certificate either, but Devtron does not clear
			// it.
			r.Prometheus.Username, r.Prometheus.Password = "", ""
		}
		r.Prometheus.Username = cmp.Or(p.UserName, r.Prometheus.Username)
		r.Prometheus.Password = cmp.Or(p.Password, r.Prometheus.Password)
		r.Prometheus.ClientCertificate = cmp.Or(p.TLSClientCert, r.Prometheus.ClientCertificate)
		r.Prometheus.ClientKey = cmp.Or(p.TLSClientKey, r.Prometheus.ClientKey)
	}
}

// delete uses only the ID in the body. It does not protect the default cluster.
func (s *Service) delete(who api.Identity, r *http.Request) api.Reply {
	var sent struct{ ID int }
	body, failure := api.Decode(r, &sent)
	if failure == nil {
		failure = api.Validate(api.Check{Bean: "DeleteClusterBean", Field: "Id", Tag: "required", OK: sent.ID != 0})
	}
	switch {
	case failure != nil:
		return *failure
	case !who.SuperAdmin:
		return api.Forbidden
	case s.inUse(sent.ID):
		return api.Error(http.StatusBadRequest, api.ErrorEntry{
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
