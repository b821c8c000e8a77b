data "devtron_git_token" "github" {
  git_provider = "GITHUB"
  organization = "acme-gitops"
  token        = var.github_token
}

# Every plan and apply warns from a month before the token expires.
check "github_token_is_not_about_to_expire" {
  assert {
    condition     = try(timecmp(data.devtron_git_token.github.expires_at, timeadd(plantimestamp(), "720h")) > 0, true)
    error_message = "The GitHub token of Devtron expires at ${coalesce(data.devtron_git_token.github.expires_at, "an unknown time")}."
  }
}

# Nothing that depends on this is deployed with a token that cannot do the work.
resource "terraform_data" "deployment" {
  lifecycle {
    precondition {
      condition     = data.devtron_git_token.github.verdict != "insufficient"
      error_message = join("\n", data.devtron_git_token.github.problems)
    }
  }
}
