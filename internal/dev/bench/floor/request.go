// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"sync"
)

// ask sends one request to Devtron in each process, however many resources there are, as any
// provider has to that reads a list.
var ask = sync.OnceValue(func() error {
	url := os.Getenv("DEVTRON_URL")
	if url == "" {
		return nil
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(os.Getenv("DEVTRON_CA_CERTIFICATE")))
	client := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}}
	req, err := http.NewRequest(http.MethodGet, url+"/orchestrator/gitops/config", nil)
	if err != nil {
		return err
	}
	req.Header.Set("token", os.Getenv("DEVTRON_API_TOKEN"))
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var reply struct{ Result []map[string]any }
	if err := json.NewDecoder(resp.Body).Decode(&reply); err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", req.URL, resp.Status)
	}
	return nil
})
