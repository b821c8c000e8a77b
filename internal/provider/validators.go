// Copyright (c) The terraform-provider-devtron authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/devtron-labs/terraform-provider-devtron/internal/devtron"
	"github.com/devtron-labs/terraform-provider-devtron/internal/gittoken"
)

// baseURLValidator accepts what devtron.ParseBaseURL accepts.
type baseURLValidator struct{}

func (baseURLValidator) Description(context.Context) string {
	return "must be the http(s) address of a Devtron installation"
}

func (v baseURLValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (baseURLValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if _, err := devtron.ParseBaseURL(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Devtron URL", "The value of "+req.Path.String()+" cannot be used: "+err.Error()+".")
	}
}

// hostValidator accepts what gittoken.ValidHost accepts.
type hostValidator struct{}

func (hostValidator) Description(context.Context) string {
	return "must be an http(s) address without query, fragment and user name"
}

func (v hostValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (hostValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || req.ConfigValue.ValueString() == "" {
		return
	}
	if err := gittoken.ValidHost(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid git host", "The value of host cannot be used: "+err.Error()+".")
	}
}

// trimmedValidator refuses white space around a value. Devtron stores it byte for
// byte and fails at the first deployment; its web page trims.
type trimmedValidator struct{ sensitive bool }

func (trimmedValidator) Description(context.Context) string {
	return "must not begin or end with white space"
}

func (v trimmedValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v trimmedValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	value := req.ConfigValue.ValueString()
	if value == strings.TrimSpace(value) {
		return
	}
	hint := ""
	if v.sensitive {
		hint = " A token read from a file often ends with a line break: use trimspace(file(...))."
	}
	resp.Diagnostics.AddAttributeError(req.Path, "White space around "+req.Path.String(),
		"The value of "+req.Path.String()+" begins or ends with white space, which Devtron would store as part of it."+hint)
}

// maxToken is in bytes: Devtron stores the token encrypted and base64 encoded in a
// column of 250 characters; 158 fit, 159 do not.
const maxToken = 158

// tokenLengthValidator refuses what Devtron cannot store: it would answer with
// HTTP 500 and no reason.
type tokenLengthValidator struct{}

func (tokenLengthValidator) Description(context.Context) string {
	return fmt.Sprintf("must have between 1 and %d bytes", maxToken)
}

func (v tokenLengthValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (tokenLengthValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	length := len(req.ConfigValue.ValueString())
	switch {
	case length == 0:
		resp.Diagnostics.AddAttributeError(req.Path, "The token is empty",
			"The value of "+req.Path.String()+" has no characters. If it comes from a variable or a file, look whether that is filled in; leave "+req.Path.String()+" out where there is none.")
	case length > maxToken:
		// Unknown, null and what cannot be read are "" here: the hint is then left out.
		var kind types.String
		_ = req.Config.GetAttribute(ctx, pathGitProvider, &kind)
		resp.Diagnostics.AddAttributeError(req.Path, "The token is too long for Devtron",
			fmt.Sprintf("Devtron stores at most %d bytes, and the value of %s has %d. ", maxToken, req.Path, length)+shorterToken(kind.ValueString()))
	}
}

// shorterToken says what to do about a token that is too long.
func shorterToken(kind string) string {
	if kind == bitbucketCloud {
		return "Bitbucket's API tokens have been seen with 192 characters and do not fit. What may fit is an access token of the workspace (Bitbucket Premium: the workspace's " +
			"settings, Access tokens), with username = \"x-token-auth\"; Atlassian does not tell how long those are."
	}
	return "Look whether it is one token and nothing else: the personal access tokens of GitHub, GitLab and Azure DevOps are shorter."
}

// noSlashValidator refuses a path where a name or an id belongs.
type noSlashValidator struct{}

func (noSlashValidator) Description(context.Context) string { return "must not contain a slash" }

func (v noSlashValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (noSlashValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !strings.Contains(req.ConfigValue.ValueString(), "/") {
		return
	}
	hint := "Write the name alone, without the address in front of it."
	if req.Path.String() == "group_id" {
		hint = "Write the numeric id of the group, shown on its page in GitLab: Devtron does not find a group by its path."
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Slash in "+req.Path.String(), "The value of "+req.Path.String()+" contains a slash. "+hint)
}

// Kinds of PEM blocks.
const (
	pemCertificate = "CERTIFICATE"
	pemKey         = "PRIVATE KEY"
)

// pemValidator refuses what Devtron would store without a look and fail with later.
type pemValidator struct{ block string }

func (pemValidator) Description(context.Context) string { return "must be PEM text" }

func (v pemValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v pemValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if problem := pemProblem(req.ConfigValue.ValueString(), v.block); problem != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid PEM text", "The value of "+req.Path.String()+" "+problem+
			" It must be the text itself, not the name of a file; use file(\"...\").")
	}
}

// pemProblem says what is wrong with a text, never quoting it: it may be a key.
func pemProblem(text, want string) string {
	rest := []byte(text)
	found := false
	for {
		var block *pem.Block
		block, rest = pem.Decode(rest)
		if block == nil {
			break
		}
		if !strings.HasSuffix(block.Type, want) {
			return "holds a PEM block of type " + block.Type + ", wanted is " + want + "."
		}
		if want == pemCertificate {
			if _, err := x509.ParseCertificate(block.Bytes); err != nil {
				return "holds a certificate that cannot be parsed."
			}
		}
		found = true
	}
	if !found {
		return "holds no PEM block of type " + want + "."
	}
	return ""
}
