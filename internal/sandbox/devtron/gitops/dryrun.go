// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package gitops

import (
	"crypto/rand"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/sandbox/server"
)

// DryRun are the things that decide a dry run and that REST does not show. git itself is never run here: cloning and pushing
// count as done once the repository is there.
type DryRun struct {
	// Wait is what each of the two waits for a new repository lasts when it never appears; 30 s in a real Devtron, 0 here.
	Wait time.Duration
	// CloneFails makes git fail to clone, although the API works.
	CloneFails bool
	// Offline keeps Devtron from the public names that Sandbox.Proxy answers for, as where there is no way to the internet.
	Offline bool
}

// The stages of a dry run, in their order.
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

// dryRunRepository is the sample repository at a git host.
type dryRunRepository interface {
	find() (bool, error) // also the first call, so that it shows whether the host can be talked to
	create() error
	commit(file string) error
	remove() error
}

// connect finds the git host of a row and prepares its repository. The prefix stands before each of its errors.
func (d *Service) connect(row Row, name string) (repository dryRunRepository, prefix string, err error) {
	switch row.Provider {
	case "GITHUB":
		repository, err = d.connectGitHub(row, name)
		return repository, "github client error: ", err
	case "GITLAB":
		repository, err = d.connectGitLab(row, name)
		return repository, "gitlab client error: ", err
	case "AZURE_DEVOPS":
		repository, err = d.connectAzure(row, name)
		return repository, "azure devops client error: ", err
	default:
		repository, err = d.connectBitbucket(row, name)
		return repository, "bitbucket client error: ", err
	}
}

// runDryRun creates a repository at the row's git host, uses it and deletes it.
func (d *Service) runDryRun(row Row) (v validation) {
	v.StageErrorMap = map[string]string{}
	defer func() { v.ValidatedOn = time.Now().UTC() }()
	name := "devtron-sample-repo-dryrun-" + randomSuffix()
	repository, prefix, err := d.connect(row, name)
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
	v.passed(stageCreateRepo)
	d.prepare(&v, repository, prefix, name)

	// From here on nothing that went wrong before stops the rest.
	if _, failed := v.StageErrorMap[stageCloneHTTP]; failed || d.dryRun.Load().CloneFails {
		v.StageErrorMap[stageClone] = "error in git fetch command: exit status 128"
	} else {
		v.passed(stageClone)
	}
	// These two are listed as successful even where nothing could be cloned.
	_ = repository.commit("chart.yaml")
	v.passed(stageCommit)
	v.passed(stagePush)
	// A repository that stays behind is told, and is no error: the row is stored.
	if err := repository.remove(); err != nil {
		v.DeleteRepoFailed = true
	} else {
		v.passed(stageDeleteRepo)
	}
	return v
}

// prepare waits for the new repository and puts a first file into it.
func (d *Service) prepare(v *validation, repository dryRunRepository, prefix, name string) {
	invisible := "unable to validate project:" + name + " in given time"
	knobs := d.dryRun.Load()
	if found, err := repository.find(); err != nil || !found {
		server.Pause(d.lifetime(), knobs.Wait)
		v.StageErrorMap[stageCloneHTTP] = prefix + invisible
		return
	}
	v.passed(stageCloneHTTP)
	if err := repository.commit("README.md"); err != nil {
		v.StageErrorMap[stageCreateReadme] = prefix + err.Error()
		return
	}
	v.passed(stageCreateReadme)
	if knobs.CloneFails {
		server.Pause(d.lifetime(), knobs.Wait)
		v.StageErrorMap[stageCloneSSH] = invisible
		return
	}
	v.passed(stageCloneSSH)
}

func (v *validation) passed(stage string) { v.SuccessfulStages = append(v.SuccessfulStages, stage) }

func randomSuffix() string {
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789"
	b := make([]byte, 6)
	_, _ = rand.Read(b) // never fails
	for i := range b {
		b[i] = letters[int(b[i])%len(letters)]
	}
	return string(b)
}
