// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"crypto/rand"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// DryRun configures the parts of the dry run that do not depend on the REST API of the git host.
// The sandbox does not run git: cloning and pushing succeed if the repository exists.
type DryRun struct {
	// Wait is the timeout of each of the two waits for a new repository. It is 30 seconds in a real
	// Devtron, and 0 by default in the sandbox.
	Wait time.Duration
	// CloneFails makes git clone fail although the API works.
	CloneFails bool
	// Offline prevents Devtron from reaching the public names of the git hosts, as without internet
	// access.
	Offline bool
}

// The stages of a dry run in their order.
const (
	stageCreateRepo   = "Create Repo"
	stageCloneHTTP    = "Clone Http"
	stageCreateReadme = "Create Readme"
	stageCloneSSH     = "Clone Ssh"
	stageClone        = "Clone"
	stageCommit       = "Commit On Rest"
	stagePush         = "Push"
	stageDeleteRepo   = "Delete Repo"
)

// sampleRepository is the repository that a dry run creates at a git host.
type sampleRepository interface {
	// find reports whether the repository exists. The dry run calls it first to check the
	// connection.
	find() (bool, error)
	create() error
	commit(file string) error
	remove() error
}

// connect connects to the git host of a configuration. prefix is the prefix of all errors of the
// git host.
func (s *Service) connect(row Row, name string) (repository sampleRepository, prefix string, err error) {
	switch row.Provider {
	case "GITHUB":
		repository, err = s.connectGitHub(row, name)
		return repository, "github client error: ", err
	case "GITLAB":
		repository, err = s.connectGitLab(row, name)
		return repository, "gitlab client error: ", err
	case "AZURE_DEVOPS":
		repository, err = s.connectAzure(row, name)
		return repository, "azure devops client error: ", err
	default:
		repository, err = s.connectBitbucket(row, name)
		return repository, "bitbucket client error: ", err
	}
}

// runDryRun creates, uses, and deletes a repository at the git host of a configuration.
func (s *Service) runDryRun(row Row) (v validation) {
	v.StageErrorMap = map[string]string{}
	defer func() { v.ValidatedOn = time.Now().UTC() }()
	name := "devtron-sample-repo-dryrun-" + randomSuffix()
	repository, prefix, err := s.connect(row, name)
	if err == nil {
		_, err = repository.find()
	}
	if err != nil {
		v.StageErrorMap["error in connecting with "+row.Provider] = prefix + err.Error()
		return v
	}
	if err := repository.create(); err != nil {
		v.StageErrorMap[stageCreateRepo] = prefix + err.Error()
		return v
	}
	v.succeeded(stageCreateRepo)
	s.prepare(&v, repository, prefix, name)

	// The following stages run even if an earlier stage failed.
	if _, failed := v.StageErrorMap[stageCloneHTTP]; failed || s.dryRun.Load().CloneFails {
		v.StageErrorMap[stageClone] = "error in git fetch command: exit status 128"
	} else {
		v.succeeded(stageClone)
	}
	// Devtron reports these two stages as successful even if the clone failed.
	_ = repository.commit("chart.yaml")
	v.succeeded(stageCommit)
	v.succeeded(stagePush)
	// If the deletion fails, Devtron reports it and stores the configuration.
	if err := repository.remove(); err != nil {
		v.DeleteRepoFailed = true
	} else {
		v.succeeded(stageDeleteRepo)
	}
	return v
}

// prepare waits for the new repository and commits a first file.
func (s *Service) prepare(v *validation, repository sampleRepository, prefix, name string) {
	timeout := "unable to validate project:" + name + " in given time"
	options := s.dryRun.Load()
	if found, err := repository.find(); err != nil || !found {
		server.Pause(s.lifetime(), options.Wait)
		v.StageErrorMap[stageCloneHTTP] = prefix + timeout
		return
	}
	v.succeeded(stageCloneHTTP)
	if err := repository.commit("README.md"); err != nil {
		v.StageErrorMap[stageCreateReadme] = prefix + err.Error()
		return
	}
	v.succeeded(stageCreateReadme)
	if options.CloneFails {
		server.Pause(s.lifetime(), options.Wait)
		v.StageErrorMap[stageCloneSSH] = timeout
		return
	}
	v.succeeded(stageCloneSSH)
}

func (v *validation) succeeded(stage string) { v.SuccessfulStages = append(v.SuccessfulStages, stage) }

func randomSuffix() string {
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789"
	b := make([]byte, 6)
	_, _ = rand.Read(b) // never fails
	for i := range b {
		b[i] = letters[int(b[i])%len(letters)]
	}
	return string(b)
}
