# terraform test -test-directory=tests/sandbox: writes to the Devtron of DEVTRON_URL, which is meant to be a sandbox
# ("make sandbox" in the provider's repository) or a Devtron that nobody uses. TF_VAR_configurations, TF_VAR_tokens and
# TF_VAR_tokens_wo say what is configured there: GITHUB and GITLAB.

run "github_is_configured" {
  variables {
    active = "GITHUB"
  }
  assert {
    condition     = output.active == "GITHUB" && length(output.ids) == 2
    error_message = "GITHUB is to be active, and GITLAB to stand by."
  }
  assert {
    condition     = length(data.devtron_git_token.this) == 0 || alltrue([for t in data.devtron_git_token.this : t.verdict == "sufficient"])
    error_message = "A token cannot do the work: ${join(" ", local.insufficient)}"
  }
}

run "gitlab_takes_over" {
  variables {
    active = "GITLAB"
  }
  assert {
    condition     = output.active == "GITLAB" && devtron_gitops_config.this["GITHUB"].active == false
    error_message = "GITLAB is to be active, and it alone."
  }
}
