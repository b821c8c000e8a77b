# terraform test: needs no Devtron and no git host (Terraform 1.7, OpenTofu 1.8).
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
  # terraform test does not take the default of an ephemeral variable.
  tokens_wo = {}
}

run "one_is_active_and_the_other_stands_by" {
  assert {
    condition     = output.active == "GITHUB"
    error_message = "GITHUB is to be active."
  }
  assert {
    condition     = devtron_gitops_config.this["GITLAB"].active == false
    error_message = "GITLAB is to stand by."
  }
  assert {
    condition     = devtron_gitops_config.this["GITLAB"].host == "https://gitlab.example.com"
    error_message = "The host is not passed on."
  }
}

run "switching_over_is_one_word" {
  variables {
    active = "GITLAB"
  }
  assert {
    condition     = output.active == "GITLAB" && devtron_gitops_config.this["GITHUB"].active == false
    error_message = "GITLAB is to be active, and it alone."
  }
}

run "the_token_of_every_git_provider_is_asked_about" {
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
    error_message = "A token is not asked about."
  }
}

run "a_token_that_expires_soon_is_warned_about" {
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

run "a_token_that_cannot_do_the_work_is_warned_about" {
  command = plan
  override_data {
    target = data.devtron_git_token.this
    values = {
      verdict    = "insufficient"
      expires_at = null
      problems   = ["GitHub token lacks scopes that Devtron needs."]
    }
  }
  expect_failures = [check.git_tokens_can_do_the_work]
}

run "the_active_one_must_be_configured" {
  command = plan
  variables {
    active = "BITBUCKET_CLOUD"
  }
  expect_failures = [devtron_gitops_config.this]
}

run "an_unknown_git_provider_is_refused" {
  command = plan
  variables {
    configurations = { GITEA = { username = "acme-bot" } }
  }
  expect_failures = [var.configurations]
}

run "a_gitlab_group_by_path_is_refused" {
  command = plan
  variables {
    configurations = { GITLAB = { username = "acme-bot", group_id = "acme/gitops" } }
  }
  expect_failures = [var.configurations]
}

run "nothing_to_configure_is_refused" {
  command = plan
  variables {
    configurations = {}
  }
  expect_failures = [var.configurations]
}

run "a_duration_is_one" {
  command = plan
  variables {
    warn_before_expiry = "a month"
  }
  expect_failures = [var.warn_before_expiry]
}
