// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

const project = "terraform-provider-devtron"

// snapshot is what goreleaser left in dist/.
type snapshot struct {
	dist, version string
	gnupg         string // the folder with the throwaway key; "" when nothing was signed
	commit        time.Time
}

func (s snapshot) file(suffix string) string {
	return filepath.Join(s.dist, project+"_"+s.version+"_"+suffix)
}

func (s snapshot) archive() string {
	return s.file(runtime.GOOS + "_" + runtime.GOARCH + ".zip")
}

// TestSnapshot builds a release of the working tree for this machine alone,
// without a network, looks at each file of it, and installs it with a CLI.
func TestSnapshot(t *testing.T) {
	if os.Getenv("RELEASE_CHECK") == "" {
		t.Skip(`builds goreleaser, which takes minutes the first time: run "make release-check"`)
	}
	s := build(t)
	t.Run("the sums name the archive and the manifest, and nothing else", s.testSums)
	t.Run("the signature is of the sums", s.testSignature)
	t.Run("the manifest is the registry's", s.testManifest)
	t.Run("the archive is reproducible", s.testArchive)
	t.Run("the bill of materials names what is in the binary", s.testBillOfMaterials)
	t.Run("a CLI installs it", s.testInstalled)
}

func build(t *testing.T) snapshot {
	t.Helper()
	s := snapshot{dist: filepath.Join(root, "dist")}

	config := filepath.Join(t.TempDir(), "goreleaser.yml")
	if err := os.WriteFile(config, []byte(forThisMachine(t, configuration(t))), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"tool", "-modfile=internal/tools/release/go.mod", "goreleaser", "release", "--snapshot", "--clean", "--config", config}
	env := append(os.Environ(),
		// goreleaser takes the commit's time only from a repository with a remote, which a clone without one lacks.
		"GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=remote.origin.url", "GIT_CONFIG_VALUE_0=https://github.com/devtron-labs/"+project)
	if fingerprint := s.makeKey(t); fingerprint != "" {
		env = append(env, "GNUPGHOME="+s.gnupg, "GPG_FINGERPRINT="+fingerprint)
	} else {
		t.Log("gpg is not installed: this snapshot is not signed")
		args = append(args, "--skip=sign")
	}
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = root
	cmd.Env = env
	start := time.Now()
	output, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	t.Logf("built in %s", time.Since(start).Round(time.Second))

	var metadata struct{ Version, Commit string }
	text, err := os.ReadFile(filepath.Join(s.dist, "metadata.json"))
	if err == nil {
		err = json.Unmarshal(text, &metadata)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.version = metadata.Version
	stamp := command(t, "git", "-C", root, "show", "-s", "--format=%cI", metadata.Commit)
	if s.commit, err = time.Parse(time.RFC3339, stamp); err != nil {
		t.Fatal(err)
	}
	return s
}

// makeKey makes a key that lives as long as the test, and returns its
// fingerprint, or "" where there is no gpg.
func (s *snapshot) makeKey(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("gpg"); err != nil {
		return ""
	}
	// Not t.TempDir(): gpg's sockets are in this folder, and a socket's path must be short.
	dir, err := os.MkdirTemp("", "gpg")
	if err != nil {
		t.Fatal(err)
	}
	s.gnupg = dir
	t.Cleanup(func() {
		// Not with the test's context, which has ended.
		_ = exec.Command("gpgconf", "--homedir", dir, "--kill", "all").Run()
		os.RemoveAll(dir)
	})
	command(t, "gpg", "--homedir", dir, "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", "",
		"--quick-generate-key", "A snapshot <snapshot@example.invalid>", "rsa3072", "sign", "1d")
	for line := range strings.Lines(command(t, "gpg", "--homedir", dir, "--batch", "--with-colons", "--list-secret-keys")) {
		if fields := strings.Split(line, ":"); fields[0] == "fpr" {
			return fields[9]
		}
	}
	t.Fatal("gpg made no key")
	return ""
}

func (s snapshot) testSums(t *testing.T) {
	text, err := os.ReadFile(s.file("SHA256SUMS"))
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]string{}
	for line := range strings.Lines(string(text)) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		sums[name] = sum
	}
	want := map[string]string{
		filepath.Base(s.archive()):             s.archive(),
		filepath.Base(s.file("manifest.json")): filepath.Join(root, "terraform-registry-manifest.json"),
	}
	for name, path := range want {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(content); sums[name] != hex.EncodeToString(sum[:]) {
			t.Errorf("%s: the sum is %q", name, sums[name])
		}
	}
	if len(sums) != len(want) {
		t.Errorf("the registry refuses sums of files that it does not know:\n%s", text)
	}
}

func (s snapshot) testSignature(t *testing.T) {
	if s.gnupg == "" {
		t.Skip("gpg is not installed")
	}
	command(t, "gpg", "--homedir", s.gnupg, "--batch", "--verify", s.file("SHA256SUMS.sig"), s.file("SHA256SUMS"))
}

func (s snapshot) testManifest(t *testing.T) {
	var manifest struct {
		Version  int
		Metadata struct {
			Protocols []string `json:"protocol_versions"`
		}
	}
	text, err := os.ReadFile(filepath.Join(root, "terraform-registry-manifest.json"))
	if err == nil {
		err = json.Unmarshal(text, &manifest)
	}
	if err != nil {
		t.Fatal(err)
	}
	// main.go serves protocol 6; without the manifest the registry takes it for 5.
	if manifest.Version != 1 || strings.Join(manifest.Metadata.Protocols, " ") != "6.0" {
		t.Errorf("%s", text)
	}
}

func (s snapshot) testArchive(t *testing.T) {
	archive, err := zip.OpenReader(s.archive())
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	binary := project + "_v" + s.version
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	want := map[string]os.FileMode{"LICENSE": 0o644, binary: 0o755}
	for _, file := range archive.File {
		mode, ok := want[file.Name]
		delete(want, file.Name)
		if !ok || file.Mode() != mode {
			t.Errorf("%s %s", file.Mode(), file.Name)
		}
		if !file.Modified.Equal(s.commit) {
			t.Errorf("%s is of %s, and not of the commit's time %s", file.Name, file.Modified, s.commit)
		}
		if file.Name == binary {
			testBinary(t, file)
		}
	}
	for name := range want {
		t.Errorf("%s is missing", name)
	}
}

// testBinary looks for what would make two builds of one commit differ.
func testBinary(t *testing.T, file *zip.File) {
	t.Helper()
	here, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	content, err := file.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer content.Close()
	var binary bytes.Buffer
	if _, err := binary.ReadFrom(content); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(binary.Bytes(), []byte(here+"/internal/")) {
		t.Errorf("the binary has paths of this machine (%s)", here)
	}
}

func (s snapshot) testBillOfMaterials(t *testing.T) {
	var bill struct {
		BOMFormat string
		Metadata  struct {
			Component struct{ Name, Version string }
		}
		Components []struct{ Name, Version string }
	}
	text, err := os.ReadFile(s.file(runtime.GOOS + "_" + runtime.GOARCH + ".cdx.json"))
	if err == nil {
		err = json.Unmarshal(text, &bill)
	}
	if err != nil {
		t.Fatal(err)
	}
	if bill.BOMFormat != "CycloneDX" || bill.Metadata.Component.Version != "v"+s.version {
		t.Errorf("%q of %+v", bill.BOMFormat, bill.Metadata.Component)
	}
	names := map[string]string{}
	for _, component := range bill.Components {
		names[component.Name] = component.Version
	}
	for _, name := range []string{"github.com/hashicorp/terraform-plugin-framework", "google.golang.org/grpc", "std"} {
		if names[name] == "" {
			t.Errorf("%s is missing", name)
		}
	}
}

// command runs a command and returns what it printed.
func command(t *testing.T, name string, args ...string) string {
	t.Helper()
	output, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, output)
	}
	return strings.TrimSpace(string(output))
}
