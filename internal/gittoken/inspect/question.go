// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package inspect

import (
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/devtron-labs/terraform-provider-devtron/internal/tlsconfig"
	"github.com/devtron-labs/terraform-provider-devtron/internal/weburl"
)

// DefaultBudget is the time for all requests of one question together.
const DefaultBudget = 10 * time.Second

// Question is everything that decides the facts about a token.
type Question struct {
	Provider Provider
	// Host is the web address of the git host as configured. Empty: the provider's default.
	Host string
	// The place where Devtron creates repositories. Empty: the question is about the token alone.
	Organization string // GitHub
	GroupID      string // GitLab; it should be a number, but may be a path, name, or URL
	Project      string // Azure DevOps; Host contains the organization
	Workspace    string // Bitbucket
	// ProjectKey is the key of a Bitbucket project, in any case. Empty: the workspace's oldest
	// project.
	ProjectKey string
	// Username is part of the credential for Bitbucket. The other providers do not need it.
	Username string
	Token    string
	TLS      tlsconfig.Material
	// Thorough means that something is about to be written. The answer then includes what takes
	// more than one round trip, and reports what no git host exposes. Otherwise at most two
	// requests are sent.
	Thorough bool
}

// Requirements is what the facts are judged against. It does not change the requests.
type Requirements struct {
	// Scopes replaces the documented scopes. Each of them that is missing is an error. nil means
	// the documented scopes, and so does a list of exactly these, in any order.
	Scopes []string
	// AllowCustomRepository is the argument of this name. With it Devtron may do without admin:org.
	AllowCustomRepository bool
	// Username is compared with the owner of the token, unless it is empty.
	Username string
	// Hint is what problems may advise about git_token_check.
	Hint Hint
}

// Key identifies questions that have the same facts. It contains a hash of the token, not the
// token. Thorough is not part of it: the details continue from the basics. The user name counts
// where it is part of the credential.
func (q Question) Key(d Definition) [sha256.Size]byte {
	_, credential := d.Credential(q)
	sum := sha256.New()
	for _, part := range []string{
		string(q.Provider), weburl.Normalize(q.Host), q.Organization, q.GroupID, q.Project, q.Workspace, strings.ToUpper(q.ProjectKey),
		credential, q.TLS.CACertificate, q.TLS.ClientCertificate, q.TLS.ClientKey,
	} {
		fmt.Fprintf(sum, "%d:", len(part))
		_, _ = io.WriteString(sum, part)
	}
	return [sha256.Size]byte(sum.Sum(nil))
}

// SegmentFault says why a name cannot be a segment of a URL's path. Empty: it can.
func SegmentFault(name string) string {
	switch {
	case strings.TrimSpace(name) != name:
		return "it begins or ends with white space"
	case name == "." || name == ".." || strings.ContainsAny(name, "/\\"):
		return "it contains a slash or is not a name"
	case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return "it contains control characters"
	}
	return ""
}
