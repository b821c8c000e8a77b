# These tests write to the Devtron of DEVTRON_URL. Run them with "terraform test -test-directory=tests/sandbox"
# against a sandbox ("make sandbox" in the repository of the provider) or a Devtron that nobody uses. Set
# TF_VAR_configurations, TF_VAR_tokens, and TF_VAR_tokens_wo for GITHUB and GITLAB.

run "github_is_configured" {
  variables {
    active = "GITHUB"
  }
  assert {
    condition     = output.active == "GITHUB" && length(output.ids) == 2
    error_message = "GITHUB must be active, and GITLAB must be on standby."
  }
  assert {
    condition     = length(data.devtron_git_token.this) == 0 || alltrue([for t in data.devtron_git_token.this : t.verdict == "sufficient"])
    error_message = "A token is insufficient: ${join(" ", local.insufficient)}"
  }
}

run "switching_activates_gitlab" {
  variables {
    active = "GITLAB"
  }
  assert {
    condition     = output.active == "GITLAB" && devtron_gitops_config.this["GITHUB"].active == false
    error_message = "Only GITLAB must be active."
  }
}
