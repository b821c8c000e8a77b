// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package cluster

import (
	"net/http"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/devtron/api"
)

// decode reads and validates the body of POST and PUT, and only then looks at who sent it.
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

// create connects to the cluster and stores it, active whatever the request says. The reply repeats the credentials. It has the
// id 0, with 200, where the database did not take the row.
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

// add stores a cluster and puts its id into what was sent. The connection comes first, the name second.
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
	sent.ID = 0 // whatever the request says
	if row.fits() {
		sent.ID, _ = s.table.Insert(row)
	}
	return nil
}

// fits says whether the database takes the row. One that is too long uses up no id.
func (r Row) fits() bool {
	return api.Fits(r.Name, columnWidth) && api.Fits(r.ServerURL, columnWidth) && api.Fits(r.Prometheus.URL, columnWidth)
}

// createMany creates several clusters, and answers 200 with an error at each one that failed.
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

// update replaces a cluster. The reply has the credentials, also those that were kept.
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
		return api.Crashed // it writes into a map that is not there
	}
	// What is empty keeps what is stored, but counts as a change, which is tried out at the cluster.
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

// replace takes over what was sent, and puts into it the credentials that it keeps.
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
			{&r.Prometheus.Username, p.UserName}, {&r.Prometheus.Password, p.Password},
			{&r.Prometheus.ClientCertificate, p.TLSClientCert}, {&r.Prometheus.ClientKey, p.TLSClientKey},
		} {
			if field.sent != "" {
				*field.stored = field.sent
			}
		}
	}
}

// delete needs the id alone. It does not protect the cluster that Devtron runs in.
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
