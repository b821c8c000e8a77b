// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"net/http"
)

// reply is a status with a JSON body; no body where it is nil.
type reply struct {
	status int
	body   any
}

// envelope wraps every result. Keys stand in the order of the real server.
type envelope struct {
	Code   int    `json:"code"`
	Status string `json:"status"`
	Result any    `json:"result"`
}

// plainEnvelope is the middleware's shape: no status, and a string where the handlers have errors.
type plainEnvelope struct {
	Code   int `json:"code"`
	Result any `json:"result"`
}

// errorEnvelope is the handlers' shape of an error.
type errorEnvelope struct {
	Code   int         `json:"code"`
	Status string      `json:"status"`
	Errors []wireError `json:"errors"`
}

type wireError struct {
	Code              string `json:"code,omitempty"`
	InternalMessage   string `json:"internalMessage,omitempty"`
	UserMessage       string `json:"userMessage,omitempty"`
	UserDetailMessage string `json:"userDetailMessage,omitempty"`
}

func okReply(r any) reply {
	return reply{http.StatusOK, envelope{http.StatusOK, http.StatusText(http.StatusOK), r}}
}

func errorReply(status int, e wireError) reply {
	return reply{status, errorEnvelope{status, http.StatusText(status), []wireError{e}}}
}

// rawError is how a Go error reaches the client: code "000" and the internal message in brackets.
func rawError(status int, text string) reply {
	return errorReply(status, wireError{Code: "000", InternalMessage: "[{" + text + "}]", UserMessage: text})
}

// plainError is how an error of the GitOps service itself reaches the client: without a code.
func plainError(status int, text string) reply {
	return errorReply(status, wireError{InternalMessage: text, UserMessage: text})
}

var (
	rowNotFound = errorReply(http.StatusNotFound, wireError{
		Code: "11006", InternalMessage: "resource not found", UserMessage: "Requested resource not found",
		UserDetailMessage: "The requested resource does not exist or has been deleted.",
	})
	unauthorizedReply = errorReply(http.StatusUnauthorized, wireError{
		Code: "11010", InternalMessage: "unauthorized", UserMessage: "Unauthorized access",
	})
	forbiddenReply = rawError(http.StatusForbidden, "unauthorized")
	// crashed is the third error shape: a panic that the server recovered from.
	crashed = reply{http.StatusInternalServerError, struct {
		Error string `json:"error"`
	}{"internal server error"}}
)

func writeReply(w http.ResponseWriter, r reply) {
	body, err := json.Marshal(r.body)
	if err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(r.status)
	_, _ = w.Write(body)
}

// gitopsConfig is a row as the API reads and writes it. A wrong type in a request is answered with the name of the real type:
// see decodeError.
type gitopsConfig struct {
	ID                    int        `json:"id"`
	Provider              string     `json:"provider"`
	Username              string     `json:"username"`
	Token                 string     `json:"token"`
	GitLabGroupID         string     `json:"gitLabGroupId"`
	GitHubOrgID           string     `json:"gitHubOrgId"`
	Host                  string     `json:"host"`
	Active                bool       `json:"active"`
	AzureProjectName      string     `json:"azureProjectName"`
	BitBucketWorkspaceID  string     `json:"bitBucketWorkspaceId"`
	BitBucketProjectKey   string     `json:"bitBucketProjectKey"`
	AllowCustomRepository bool       `json:"allowCustomRepository"`
	EnableTLSVerification bool       `json:"enableTLSVerification"`
	TLSConfig             *tlsConfig `json:"tlsConfig"`
	IsCADataPresent       bool       `json:"isCADataPresent"`
	IsTLSCertDataPresent  bool       `json:"isTLSCertDataPresent"`
	IsTLSKeyDataPresent   bool       `json:"isTLSKeyDataPresent"`
}

type tlsConfig struct {
	CAData      string `json:"caData"`
	TLSCertData string `json:"tlsCertData"`
	TLSKeyData  string `json:"tlsKeyData"`
}

// toConfig is the row as it is read: TLS material is never returned, and the token only where one row is asked for.
func (r Row) toConfig(withToken bool) gitopsConfig {
	c := gitopsConfig{
		ID: r.ID, Provider: r.Provider, Username: r.Username, GitLabGroupID: r.GitLabGroupID, GitHubOrgID: r.GitHubOrgID,
		Host: r.Host, Active: r.Active, AzureProjectName: r.AzureProjectName, BitBucketWorkspaceID: r.BitBucketWorkspaceID,
		BitBucketProjectKey: r.BitBucketProjectKey, AllowCustomRepository: r.AllowCustomRepository,
		EnableTLSVerification: r.EnableTLSVerification, TLSConfig: &tlsConfig{},
		IsCADataPresent: r.CAData != "", IsTLSCertDataPresent: r.TLSCertData != "", IsTLSKeyDataPresent: r.TLSKeyData != "",
	}
	if withToken {
		c.Token = r.Token
	}
	return c
}
