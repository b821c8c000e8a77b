terraform {
  required_providers {
    devtron = {
      source  = "devtron-labs/devtron"
      version = "~> 0.1"
    }
  }
}

data "devtron_git_token" "github" {
  git_provider = "GITHUB"
  organization = "acme-gitops"
  token        = var.github_token
}

# Every plan and apply warns when the token expires within 30 days (720 hours).
check "github_token_does_not_expire_soon" {
  assert {
    condition     = try(timecmp(data.devtron_git_token.github.expires_at, timeadd(plantimestamp(), "720h")) > 0, true)
    error_message = "The GitHub token of Devtron expires at ${coalesce(data.devtron_git_token.github.expires_at, "an unknown time")}."
  }
}

# Nothing that depends on this resource is created with an insufficient token.
resource "terraform_data" "deployment" {
  lifecycle {
    precondition {
      condition     = data.devtron_git_token.github.verdict != "insufficient"
      error_message = join("\n", data.devtron_git_token.github.problems)
    }
  }
}

variable "github_token" {
  type      = string
  sensitive = true
}
