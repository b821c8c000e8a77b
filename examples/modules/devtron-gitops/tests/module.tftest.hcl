# These tests mock the provider, so they need no Devtron (Terraform 1.7, OpenTofu 1.8).
mock_provider "devtron" {
  mock_data "devtron_git_token" {
    defaults = {
      verdict    = "sufficient"
      expires_at = null
      problems   = []
    }
  }
}

variables {
  active = "GITHUB"
  configurations = {
    GITHUB = { username = "acme-bot", organization = "acme-gitops" }
    GITLAB = { username = "acme-bot", group_id = "61512475", host = "https://gitlab.example.com" }
  }
  tokens = { GITHUB = "github-token", GITLAB = "gitlab-token" }
  # The test command ignores the default of an ephemeral variable.
  tokens_wo = {}
}

run "one_is_active_and_the_other_is_on_standby" {
  assert {
    condition     = output.active == "GITHUB"
    error_message = "GITHUB must be active."
  }
  assert {
    condition     = devtron_gitops_config.this["GITLAB"].active == false
    error_message = "GITLAB must be on standby."
  }
  assert {
    condition     = devtron_gitops_config.this["GITLAB"].host == "https://gitlab.example.com"
    error_message = "The host must be the configured one."
  }
}

run "switching_changes_one_variable" {
  variables {
    active = "GITLAB"
  }
  assert {
    condition     = output.active == "GITLAB" && devtron_gitops_config.this["GITHUB"].active == false
    error_message = "Only GITLAB must be active."
  }
}

run "the_token_of_every_git_provider_is_checked" {
  command = plan
  variables {
    configurations = {
      GITHUB          = { username = "acme-bot", organization = "acme-gitops" }
      GITLAB          = { username = "acme-bot", group_id = "61512475" }
      AZURE_DEVOPS    = { username = "acme-bot", azure_project = "gitops", host = "https://dev.azure.com/acme" }
      BITBUCKET_CLOUD = { username = "acme-bot@example.com", bitbucket_workspace_id = "acme", bitbucket_project_key = "GIT" }
    }
    tokens = { GITHUB = "a", GITLAB = "b", AZURE_DEVOPS = "c", BITBUCKET_CLOUD = "d" }
  }
  assert {
    condition     = length(data.devtron_git_token.this) == 4
    error_message = "Every token must be checked."
  }
}

run "a_token_that_expires_soon_causes_a_warning" {
  command = plan
  override_data {
    target = data.devtron_git_token.this
    values = {
      verdict    = "sufficient"
      expires_at = "2020-01-01T00:00:00Z"
      problems   = []
    }
  }
  expect_failures = [check.git_tokens_do_not_expire_soon]
}

run "an_insufficient_token_causes_a_warning" {
  command = plan
  override_data {
    target = data.devtron_git_token.this
    values = {
      verdict    = "insufficient"
      expires_at = null
      problems   = ["GitHub token lacks scopes that Devtron needs."]
    }
  }
  expect_failures = [check.git_tokens_are_sufficient]
}

run "the_active_configuration_must_exist" {
  command = plan
  variables {
    active = "BITBUCKET_CLOUD"
  }
  expect_failures = [devtron_gitops_config.this]
}

run "an_unknown_git_provider_is_rejected" {
  command = plan
  variables {
    configurations = { GITEA = { username = "acme-bot" } }
  }
  expect_failures = [var.configurations]
}

run "a_gitlab_group_path_is_rejected" {
  command = plan
  variables {
    configurations = { GITLAB = { username = "acme-bot", group_id = "acme/gitops" } }
  }
  expect_failures = [var.configurations]
}

run "an_empty_map_is_rejected" {
  command = plan
  variables {
    configurations = {}
  }
  expect_failures = [var.configurations]
}

run "an_invalid_duration_is_rejected" {
  command = plan
  variables {
    warn_before_expiry = "a month"
  }
  expect_failures = [var.warn_before_expiry]
}
